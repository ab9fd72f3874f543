"""What somebody typed and did not save: kept per person and address (the path its form is sent to), shown again in that form, gone with
the save that takes it. A draft never touches the record and nobody else reads it."""
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, has_request_context, request, url_for
from sqlalchemy import event
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import RequestRedirect

from app.extensions import begin_writing, db, is_writing
from app.models import Draft, User
from app.queries import drafts
from app.rules import Refused
from app.web import stamps
from app.web.known import known

MOST_LETTERS = 250_000
MOST_FIELDS = 400
LONGEST_ADDRESS = 300
MOST_DRAFTS = 200      # of one person
WORTH_SHOWING = 60     # letters; what is shorter goes along unseen
REPLAY = "ketikan"     # hidden field: this POST finishes what was held; its value says which
NOT_TYPED = {"csrf_token", REPLAY}
QUERY = "?"           # among the fields of what was held: the query it was sent with
SUBJECT = "baris"     # the word of a query that says what a page is about; its form says so too: data-draft="baris"
TWICE = "Kiriman ini sudah disimpan atau dibuang sebelumnya, jadi tidak disimpan dua kali."


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(draft_at=draft_at, draft_here=here, texts_of=texts_of)
    app.after_request(no_longer_held)


# Found again

def draft_at(address: str) -> Draft | None:
    """What the person who asks typed there; looked up once a request, together with what is sent right below: mostly forms of the same page."""
    if not g.get("user_id") or g.get("is_broken") or not is_form(address):
        return None
    read = g.setdefault("drafts", {})
    place = next((place for place in (address, address.rpartition("/")[0]) if place in read), address)
    if place not in read:
        read[place] = {draft.address: draft for draft in db.session.scalars(drafts.from_(g.user_id, place))}
    return read[place].get(address)


def is_form(address: str) -> bool:
    """Can anything be sent there? Nothing is kept where not, so a list is not asked for."""
    path = address.partition("?")[0]
    if len(address) > LONGEST_ADDRESS:
        return False
    return known(("takes a form", path), lambda: "POST" in current_app.create_url_adapter(request).allowed_methods(path))


def typed(address: str) -> MultiDict | None:
    """The same as a form takes it."""
    draft = draft_at(address)
    return MultiDict(draft.fields) if draft else None


def here() -> str:
    """The address of what is typed on this very page: with the part of its query that says what the page is about."""
    subject = request.args.get(SUBJECT)
    return f"{request.path}?{SUBJECT}={subject}" if subject else request.path


def typed_into(form) -> MultiDict | None:
    """For a form that is sent to the page it stands on, when that page is opened."""
    found = typed(here()) if request.method == "GET" else None
    return found if found and any(name in form for name in found) else None


def is_elsewhere(draft: Draft) -> bool:
    """Typed in another window, after the page this POST comes from was opened: that page never showed it."""
    page = stamps.sent()
    return page is not None and draft.saved_at > page.at and draft.fields.get(stamps.NAME) != [request.form[stamps.NAME]]


def texts_of(draft: Draft) -> list[str]:
    """The words in it, without ticks, numbers and what stands in hidden fields."""
    spoken = [words for name, values in draft.fields.items() if name not in (stamps.NAME, QUERY) for words in values]
    return [words for words in spoken if " " in words.strip() or len(words) > 20]


# Kept

def fields_sent() -> dict[str, list[str]]:
    """As typed. Raises Refused when that is more than is kept."""
    fields = {name: values for name, values in request.form.lists() if name not in NOT_TYPED}
    if len(fields) > MOST_FIELDS or len(here()) > LONGEST_ADDRESS or sum(len(words) for values in fields.values() for words in values) > MOST_LETTERS:
        raise Refused("Ketikan ini terlalu panjang untuk dijaga otomatis. Simpan dengan tombolnya.")
    return fields


def keep(user: User, address: str, fields: dict[str, list[str]], held: bool = False) -> Draft:
    """Call inside a writing transaction."""
    draft = db.session.scalar(drafts.at(user.id, address))
    if draft is None:
        draft = Draft.begin(user, address)
        db.session.add(draft)
        for id in db.session.scalars(drafts.beyond(user.id, MOST_DRAFTS)).all():
            db.session.delete(db.session.get(Draft, id))
    draft.keep(fields, held)
    g.keeps_draft = True
    return draft


# Saved for real

def remember(address: str, draft: Draft | None) -> None:
    """What the writing transaction found there beside something else; it is the only writer."""
    g.draft_found = {address: draft}


def found_here(session) -> Draft | None:
    found = g.pop("draft_found", {})
    return found[here()] if here() in found else session.scalar(drafts.at(g.user_id, here()))


def replayed() -> datetime | None:
    """Which held sending this POST finishes."""
    try:
        which = datetime.fromisoformat(request.form.get(REPLAY, "")) if request.method == "POST" else None
    except (ValueError, RequestEntityTooLarge):
        return None
    return which if which and which.tzinfo else None


@event.listens_for(db.session, "before_commit")
def saved(session) -> None:
    """In the transaction that saves: what was typed for this address is done with, unless another window has it. What was held is finished
    once, not twice."""
    if not has_request_context() or not is_writing() or request.method != "POST" or not g.get("user_id") or g.get("keeps_draft"):
        return
    which = None if g.get("is_saved") else replayed()
    draft = found_here(session)
    if which and (draft is None or draft.saved_at != which):
        raise Refused(TWICE)
    if draft and (which or not is_elsewhere(draft)):
        session.delete(draft)
    g.is_saved = True


def no_longer_held(response):
    """What could not be finished stays as typed, for the person to look at; it is not sent by itself again."""
    if g.get("user_id") and replayed() and not g.get("is_saved") and not g.get("is_broken"):
        begin_writing()
        draft = db.session.scalar(drafts.at(g.user_id, here()))
        if draft and texts_of(draft):
            draft.is_held = False
        elif draft:
            db.session.delete(draft)
        g.keeps_draft = True
        db.session.commit()
    return response


def sent() -> dict[str, Any]:
    """This sending once more, for a page from which it can be sent again; nothing of the pages that ask for passwords."""
    if request.method != "POST" or request.blueprint == "account":
        return {}
    try:
        form, files = request.form, request.files
    except (OSError, HTTPException):  # the disk was too full to take it in
        return {}
    texts = [words for name, words in form.items() if name not in NOT_TYPED | {stamps.NAME} and len(words) >= WORTH_SHOWING]
    return {"fields": [(name, words) for name, words in form.items(multi=True) if name != "csrf_token"], "texts": texts,
            "token": form.get("csrf_token", ""), "has_files": any(file.filename for file in files.values())}


# Where people are led

def came_from() -> str:
    """The page of this site the person was on; the front page when unknown."""
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc != request.host or referrer.path.startswith(("//", "/\\")):  # such a path would be read as another host
        return "/"
    if referrer.path.startswith("/ketikan") and replayed():  # back there it would be sent once more
        return page_of(request.path) or "/"
    return f"{referrer.path}{'?' + referrer.query if referrer.query else ''}"


def page_of(address: str) -> str | None:
    """The page on which the form for this address stands: the address itself, or the nearest page above it."""
    routes = current_app.create_url_adapter(request)
    address, mark, query = address.partition("?")
    whole = address
    while address:
        try:
            routes.match(address, method="GET")
        except RequestRedirect:
            return f"{address}/"
        except HTTPException:
            address = address.rpartition("/")[0]
            continue
        return f"{address}{mark}{query}" if address == whole else address
    return None


def landing(user_id: int, usual: str) -> str:
    """Where signing in leads: to what was held for this person, if anything was."""
    waiting = db.session.scalars(drafts.held(user_id)).all()
    if not waiting:
        return usual
    return url_for("drafts.show", id=waiting[0]) if len(waiting) == 1 else url_for("drafts.index")

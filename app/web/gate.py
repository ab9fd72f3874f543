"""The one way a view gets at a record: seen or 404, able or 403. For a POST the writing transaction opens here."""
from collections.abc import Callable
from datetime import timedelta
from typing import NoReturn, TypeVar

from flask import abort, current_app, g, make_response, request
from flask_login import current_user
from sqlalchemy.orm.attributes import set_committed_value

from app.extensions import begin_reading, begin_writing, db, is_writing
from app.models import Answer, DeskSession, Document, Entry, Innovation, Instrument, Interest, Period, RegionRow, RegisterImport, Sending, Unit, User
from app.models.event import go_on_from
from app.queries import catalogue, desk, documents, head, innovations, instruments, people, region, sendings, whole
from app.rules import access
from app.storage import Storage
from app.web import stamps, stranded, unsaved
from app.web.known import forget_last

Found, Made = TypeVar("Found"), TypeVar("Made")
SAFE = {"GET", "HEAD", "OPTIONS"}
LEAVING = {"copy", "choose", "send"}  # abilities on the way to the ministry


def public(view: Callable) -> Callable:
    """Opens a view to people who are not signed in; everything else is closed."""
    view.is_public = True
    return view


def me() -> User:
    return current_user._get_current_object()


def can(ability: str, thing=None) -> bool:
    return access.can(me(), ability, thing)


def must(ability: str, write: bool | None = None) -> None:
    """For pages that are not about one record; a POST starts writing here, and asks inside the transaction it will write in."""
    _begin(write)
    if not can(ability):
        abort(403)


def storage() -> Storage:
    return current_app.extensions["storage"]


def session_limits() -> tuple[timedelta, timedelta]:
    """How long a session lives: unused, and in all."""
    settings = current_app.config["LUMBUNG"]
    return timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)


def get_innovation(id: int, to: str = "view", write: bool | None = None) -> Innovation:
    return _get(innovations.visible_to, Innovation, id, f"innovation.{to}", write)


def get_shown(id: int, to: str = "catalogue.view", write: bool | None = None) -> Innovation:
    """One of the catalogue, which everybody who is signed in may see."""
    return _get(lambda user: catalogue.one(), Innovation, id, to, write)


def get_interest(id: int, write: bool | None = None) -> Interest:
    return _get(lambda user: catalogue.interest(), Interest, id, "interest.end", write)


def get_entry(id: int, to: str = "view", write: bool | None = None, brief: bool = False) -> Entry:
    """`brief`: without its rows, for a page that names nobody and shows no document."""
    entry = _as_it_stands(id, write, lambda: seen_entry(id, brief)) or abort(404)
    if not brief and not _writes(write):
        whole.introduce(db.session, entry)
    return _opened(entry, to)


def _opened(entry: Entry, to: str) -> Entry:
    if not can(f"entry.{to}", entry):
        abort(403)
    g.practice = entry.period.is_training
    if to in LEAVING:
        entry.must_count()
    entry.page_opened_at = stamps.opened_at(entry, lambda: unsaved.draft_at(request.path))
    return entry


def seen_entry(id: int, brief: bool = False) -> Entry | None:
    """With what its verbs and pages touch; None where this person may not see it."""
    entry = db.session.scalars(whole.brief() if brief else whole.one(), {"id": id}).unique().first()
    if entry is None or not can("entry.view", entry):
        return None
    return entry if brief else whole.complete(db.session, entry)


def seen_row(id: int, code: str) -> Answer | None:
    """A row alone, for who changes it."""
    answer = whole.row(db.session, id, code)
    return answer if answer and can("entry.view", answer.entry) else None


def _as_it_stands(id: int, write: bool | None, read: Callable[[], Found | None]) -> Found | None:
    """What `read` finds of the proposal `id`. Who writes reads before the writing transaction begins, so that nobody waits for it, and once more
    inside where something was written meanwhile that it may depend on."""
    if _writes(write) and "last_event" not in g:  # something was written in this request: what it knows is from then
        begin_reading()
        g.last_event = db.session.scalar(head.last_id()) or 0
    found = read()
    if found is None or not _writes(write):
        return found
    g.look_again = lambda: get_entry(id, write=False)
    if not is_writing():
        db.session.commit()  # ends what was only reading, and forgets nothing
        g.writing = True
    address = unsaved.here()
    asked = {"id": id, "last": g.last_event, "session_id": g.session_id, "address": address}
    is_in, is_overtaken, newest, draft = db.session.execute(whole.since(), asked).first() or (False, False, None, None)
    if not is_in:
        turn_away()
    go_on_from(db.session, newest)
    unsaved.remember(address, draft)
    if is_overtaken:
        db.session.expire_all()
        found = read()
    return found


def get_answer(id: int, code: str, to: str = "view", write: bool | None = None) -> Answer:
    """The row `code` of a proposal, alone for who changes it; a code the instrument does not have is a 404."""
    return get_answer_with(id, code, to, lambda answer: None, write)[0]


def get_answer_with(id: int, code: str, to: str, make: Callable[[Answer], Made], write: bool | None = None) -> tuple[Answer, Made]:
    """The same and what `make` gives of it; that, too, keeps nobody waiting (a sixth of the time for which a save kept others from theirs)."""
    if not _writes(write):
        answer = get_entry(id, to, write).answer_on(code) or abort(404)
        return answer, make(answer)
    answer, made = _as_it_stands(id, write, lambda: (row := seen_row(id, code)) and (row, make(row))) or abort(404)
    _opened(answer.entry, to)
    return answer, made


def get_document(id: int, to: str = "view", write: bool | None = None) -> Document:
    return _get(documents.whole_visible_to, Document, id, f"document.{to}", write)


def get_region(year: int, to: str = "view", write: bool | None = None) -> Period:
    """The period of a year with its regional indicators."""
    must(f"region.{to}", write)
    return look(lambda: db.session.scalar(region.whole(year)))


def get_region_row(year: int, code: str, to: str = "view", write: bool | None = None) -> RegionRow:
    period = get_region(year, to, write)
    row: RegionRow = period.region_row(code) or abort(404)
    set_committed_value(row, "period", period)  # who holds the row holds all that was loaded with it
    return row


def get_sending(id: int, write: bool | None = None) -> Sending:
    """What was sent; whoever may see its proposal may see it."""
    return _get(sendings.visible_to, Sending, id, "sending.view", write)


def get_desk_session(id: int, to: str = "view", write: bool | None = None) -> DeskSession:
    return _get(desk.visible_to, DeskSession, id, f"desk.{to}", write)


def get_unit(id: int) -> Unit:
    must("unit.manage")
    return look(lambda: db.session.get(Unit, id))


def get_person(id: int, write: bool | None = None) -> User:
    must("person.manage", write)
    return look(lambda: db.session.scalar(people.whole().where(User.id == id)))


def get_period(id: int, ability: str = "period.manage") -> Period:
    must(ability)
    return look(lambda: db.session.get(Period, id))


def get_register_import(id: int) -> RegisterImport:
    must("register.import")
    return look(lambda: db.session.get(RegisterImport, id))


def get_instrument(code: str, to: str = "view", write: bool | None = None) -> Instrument:
    must(f"instrument.{to}", write)
    return look(lambda: db.session.scalar(instruments.coded(code)))


def _writes(write: bool | None) -> bool:
    return write if write is not None else request.method not in SAFE


def _begin(write: bool | None) -> None:
    if _writes(write):
        begin_writing()
        if db.session.scalar(people.still_in(), {"session_id": g.session_id}) is None:
            turn_away()


def look(find: Callable[[], Found | None]) -> Found:
    """What the request is about, or 404; kept for another look."""
    if is_writing():
        g.look_again = lambda: look(find)
    return find() or abort(404)


def look_again() -> None:
    """For the page that answers what was not taken: who writes next does not wait until it is made. What was half done is dropped, and what the
    request is about is as it stands now."""
    if is_writing():
        begin_reading()
        forget_last()
        g.get("look_again", lambda: None)()


def turn_away() -> NoReturn:
    """The session was ended or the account closed while this was on its way: an upload takes minutes from the door to its row."""
    abort(make_response(stranded.signed_out()))


def _get(visible_to, noun, id: int, ability: str, write: bool | None):
    _begin(write)
    thing = look(lambda: db.session.scalar(visible_to(me()).where(noun.id == id)))
    if not can(ability, thing):
        abort(403)
    return thing

"""A sending that cannot be taken, because its session is over or its page older than the present one: it is held for the person it was
typed by, and finished once they have signed in again. Only where nobody knows whose it is, the words are shown once more, to be copied."""
from flask import Flask, flash, jsonify, redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf

from app.extensions import begin_writing, db
from app.models import Draft, Session, User
from app.queries import drafts, people
from app.rules import Refused
from app.rules.tokens import hash_token
from app.web import stamps, unsaved
from app.web.errors import refused, wants_json

WORTH_KEEPING = 60  # letters; what is shorter is typed again as quickly
OVER = "Sesi Anda sudah berakhir."
AGAIN = {True: "Kiriman Anda dijaga: masuk lagi, lalu langsung diselesaikan.", False: "Ketikan Anda dijaga: masuk lagi, lalu lanjutkan."}
NO_FILES = "Berkas tidak dapat dijaga: pilih berkasnya sekali lagi, lalu kirim."


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, stale)


def signed_out():
    """Nobody is signed in any more: hold what was sent, and lead to the sign-in page."""
    if request.method == "GET":
        return redirect(url_for("account.login", next=request.full_path.rstrip("?")))
    if request.method == "POST" and wants_json():
        return jsonify(error=f"{OVER} Masuk lagi di tab lain; halaman ini boleh tetap terbuka.", login=url_for("account.login")), 401
    former = former_session()
    if draft := former and hold(former.user, is_over=former.ended_at is None):
        flash(f"{OVER} {AGAIN[draft.is_held]}{' ' + NO_FILES if has_files() else ''}", "warning")
        return redirect(url_for("account.login", next=unsaved.came_from()), 303)
    if texts := typed():
        return copy_page(texts, "Sesi Anda berakhir sebelum halaman itu dikirim.", url_for("account.login", next=unsaved.came_from()), 401)
    if request.blueprint == "account":
        return redirect(url_for("account.login"))
    flash(f"{OVER} Yang baru Anda kirim belum disimpan: masuk lagi, lalu ulangi di halamannya.", "warning")
    back = unsaved.came_from()
    return redirect(url_for("account.login", next=back if back != "/" else None))


def stale(_error: CSRFError):
    """The page is from before the present session. With a person at hand the sending goes on at once."""
    if not current_user.is_authenticated:
        return signed_out() if request.blueprint != "account" else refused(Refused("Halaman itu terlalu lama terbuka. Isi sekali lagi."))
    stamp = stamps.sent()
    if stamp and stamp.user_id != current_user.id:
        return of_somebody_else(stamp.user_id)
    if wants_json():
        fresh = {"token": generate_csrf()} if stamp else {}
        return jsonify(error="Halaman ini dibuka sebelum Anda masuk lagi. Kirim sekali lagi.", **fresh), 400
    if draft := stamp and hold(current_user._get_current_object()):
        if draft.is_held:
            return redirect(url_for("drafts.show", id=draft.id), 303)
        flash(NO_FILES, "error")
        return redirect(unsaved.came_from(), 303)
    if texts := typed():
        return copy_page(texts, "Sesi halaman itu sudah berakhir.", unsaved.came_from(), 400)
    return refused(Refused("Sesi halaman itu sudah berakhir, jadi kirimannya belum disimpan. Periksa lalu kirim sekali lagi."))


def former_session() -> Session | None:
    """The session this browser still names, alive or not; none of an account that is closed."""
    token = session.get("_user_id")
    found = db.session.scalars(people.by_session(hash_token(token))).unique().first() if token else None
    return found if found and found.user.is_active else None


def hold(user: User, is_over: bool = True) -> Draft | None:
    """Keep this sending for its person, when the page it comes from was made for them. It finishes itself after signing in, except with
    files, or when the session was ended on purpose: then it is shown in its form."""
    stamp = stamps.sent()
    if request.blueprint == "account" or stamp is None or stamp.user_id != user.id:
        return None
    try:
        fields = unsaved.fields_sent()
    except Refused:
        return None
    id, query = user.id, request.query_string.decode("utf-8", "replace")
    fields |= {unsaved.QUERY: [query]} if query else {}
    begin_writing()
    draft = unsaved.keep(db.session.get(User, id), unsaved.here(), fields, held=is_over and not has_files())
    db.session.commit()
    return draft


def of_somebody_else(user_id: int):
    """A page that another person left open in this browser: kept for them, unless they have something there; never shown to this one."""
    sentence = "Halaman itu dibuka oleh orang lain di komputer ini, jadi tidak ada yang disimpan."
    if wants_json():
        return jsonify(error=sentence), 409
    flash(f"{sentence} Ketikannya dijaga untuk pemiliknya." if kept_for(user_id) else sentence, "error")
    return redirect(url_for("home.show"), 303)


def kept_for(user_id: int) -> bool:
    begin_writing()
    owner, address = db.session.get(User, user_id), unsaved.here()
    if owner is None or not owner.is_active or request.blueprint == "account" or db.session.scalar(drafts.at(user_id, address)):
        return False
    try:
        unsaved.keep(owner, address, unsaved.fields_sent())
    except Refused:
        return False
    db.session.commit()
    return True


def has_files() -> bool:
    return any(file.filename for file in request.files.values())


def typed() -> list[str]:
    """Long answers from a page of this site; never of the pages that ask for passwords."""
    if request.method != "POST" or request.blueprint == "account" or unsaved.came_from() == "/":
        return []
    return [words for name, words in request.form.items() if name not in unsaved.NOT_TYPED | {stamps.NAME} and len(words) >= WORTH_KEEPING]


def copy_page(texts: list[str], why: str, back: str, code: int):
    return render_template("errors/unsaved.html", texts=texts, why=why, back=back), code

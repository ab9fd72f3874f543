"""While it goes on and after: the minutes, who came, what was promised."""
from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import DeskSession
from app.queries import desk
from app.rules import Refused
from app.web import conflict
from app.web.desk import bp
from app.web.desk.agenda import open_promises, sheets
from app.web.desk.forms import MinutesForm
from app.web.gate import get_desk_session, me
from app.web.season import today

DONE = "selesai"  # of the button that closes it


@bp.route("/<int:id>/risalah", methods=["GET", "POST"])
def minutes(id):
    session = get_desk_session(id, "hold")
    if session.cancelled_at:
        session.must_be_open()
    form = MinutesForm.of(session)
    if form.validate_on_submit() and written(session, form):
        db.session.commit()
        flash("Risalah disimpan." if session.held_at else "Catatan disimpan. Sesi belum ditutup: tekan Selesai bila sudah.")
        return redirect(url_for(".show" if session.held_at else ".minutes", id=id), 303)
    return minutes_page(session, form)


def written(session: DeskSession, form: MinutesForm) -> bool:
    try:
        stored = MinutesForm.of(session, formdata=None)
        conflict.choose(form, stored)
        seen = form.seen.data if conflict.differing(stored, form) else None  # the same as is stored overwrites nothing
        said = (form.notes.data or "", form.names)
        if session.held_at:
            session.correct(me(), *said, seen)
        elif DONE in request.form:
            session.hold(me(), *said, form.promises, seen)
        else:
            session.note(me(), *said, form.promises, seen)
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def minutes_page(session: DeskSession, form: MinutesForm) -> str:
    last = db.session.scalar(desk.last_minuted(session))
    clash = conflict.between(MinutesForm.of(session, formdata=None), form, last.by if last else None)
    return render_template("desk/minutes.html", session=session, form=form, clash=clash, saved_at=last.at if last else None, done=DONE,
                           sheets=sheets(session), owed=open_promises(session), today=today())

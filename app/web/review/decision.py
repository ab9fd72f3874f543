"""The end of a round: the summary, and what becomes of the proposal."""
from flask import flash, redirect, render_template, request

from app.extensions import db
from app.rules import Refused
from app.web.gate import me
from app.web.jinja import format_number
from app.web.review import bp
from app.web.review.desk import Desk, desk_for
from app.web.review.forms import DecisionForm
from app.web.review.queue import queue_url


@bp.route("/<int:id>/keputusan", methods=["GET", "POST"])
def decide(id):
    desk = desk_for(id, "judge" if request.method == "POST" else "view")
    form = DecisionForm(data=proposal(desk))
    if form.validate_on_submit():
        try:
            done = settle(desk, form)
        except Refused as reason:
            desk = again(id, form, reason)
        else:
            db.session.commit()
            flash(done)
            return redirect(queue_url(), 303)
    return render_template("review/decide.html", desk=desk, form=form, repairs_open=desk.entry.period.accepts("returned"))


def proposal(desk: Desk) -> dict:
    """What goes back unless the reviewer says otherwise: rows below their claim, and empty ones the unit is asked to fill."""
    rows = [row.code for row in desk.noted if row.is_below or not row.claimed]
    return {"rows": rows, "profile_note": request.args.get("profil", ""), "seen": desk.mark}


def again(id: int, form: DecisionForm, reason: Refused) -> Desk:
    """After a refusal: the state now, with what was typed."""
    db.session.rollback()
    desk = desk_for(id, write=False)
    form.refuse(reason)
    form.seen.raw_data, form.seen.data = None, desk.mark
    return desk


def settle(desk: Desk, form: DecisionForm) -> str:
    """Return or approve; the sentence that says what was done."""
    entry = desk.entry
    if desk.may_judge and form.seen.data != desk.mark:
        raise Refused("Ada putusan baris yang berubah sejak halaman ini dibuka. Periksa ringkasan di bawah, lalu putuskan sekali lagi.")
    fault = form.profile_note.data.strip()
    if form.decision.data == "approve":
        if fault:
            raise Refused("Kekurangan profil hanya ikut pengembalian. Pindahkan ke catatan umum atau kosongkan, lalu setujui.")
        entry.approve(me(), form.note.data)
        return f"{entry.innovation.name} disetujui dengan {format_number(entry.verified)} poin."
    rows = [row.code for row in desk.rows if row.code in form.rows.data]
    entry.return_(me(), rows, form.note.data, fault)
    what = " dan ".join(part for part in (f"{len(rows)} baris" if rows else "", "profil" if fault else "") if part)
    return f"{entry.innovation.name} dikembalikan ke {entry.unit.name}: {what}."

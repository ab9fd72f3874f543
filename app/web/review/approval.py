"""The second step: a coordinator looks over what a reviewer finished, approves it or hands it back to them."""
from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.rules import Refused
from app.rules.workflow import Status
from app.web.gate import can, me
from app.web.jinja import format_number
from app.web.review import bp
from app.web.review.decision import again, coordinators_of
from app.web.review.desk import Desk, desk_for
from app.web.review.forms import ApprovalForm
from app.web.review.queue import next_url


@bp.route("/<int:id>/persetujuan", methods=["GET", "POST"])
def approval(id):
    desk = desk_for(id, "approve" if request.method == "POST" else "view")
    form = ApprovalForm(data={"seen": desk.mark})
    if form.validate_on_submit():
        try:
            done = settle(desk, form)
        except Refused as reason:
            desk = again(desk, form, reason)
        else:
            db.session.commit()
            flash(done)
            return redirect(next_url(), 303)
    if desk.entry.status != Status.VERIFIED and not form.is_submitted():
        return redirect(url_for(".decide", id=id))
    return render_template("review/approval.html", desk=desk, form=form, why_not=why_not(desk), others=coordinators_of(desk.entry))


def why_not(desk: Desk) -> str:
    """Why this person does not take the second step, as a sentence."""
    if desk.entry.status != Status.VERIFIED:
        return desk.why_not or "Usulan ini sedang diperiksa verifikator."
    if not can("entry.approve", desk.entry):
        return desk.why_not if not desk.reader.serves(desk.entry.unit) else (
            f"Anda terdaftar di {desk.entry.unit.name}, jadi usulan ini disetujui koordinator lain.")
    return desk.entry.why_not_approved_by(desk.reader)


def settle(desk: Desk, form: ApprovalForm) -> str:
    """The sentence that says what was done."""
    entry = desk.entry
    if form.seen.data != desk.mark:
        raise Refused("Ada putusan baris yang berubah sejak halaman ini dibuka. Periksa ringkasan di bawah, lalu putuskan sekali lagi.")
    if form.decision.data == "recheck":
        entry.recheck(me(), form.again.data, [row.code for row in desk.rows if row.code in (form.rows.data or [])])
        return f"{entry.innovation.name} dikembalikan ke verifikator untuk diperiksa lagi."
    if form.again.data.strip():
        raise Refused("Anda menulis apa yang perlu diperiksa lagi. Kembalikan ke verifikator, atau kosongkan lalu setujui.")
    entry.approve(me(), form.note.data)
    return f"{entry.innovation.name} disetujui dengan {format_number(entry.verified)} poin."

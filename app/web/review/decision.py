"""The end of a round: the summary, and what becomes of the proposal."""
from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Entry, User
from app.queries import people
from app.rules import Refused
from app.rules.words import listed
from app.rules.workflow import Status
from app.web import stamps
from app.web.gate import me
from app.web.jinja import format_number
from app.web.review import bp
from app.web.review.desk import Desk, desk_for, desk_of
from app.web.review.forms import ApprovalForm, DecisionForm
from app.web.review.queue import next_url

NOBODY_ELSE = ("Belum ada koordinator lain yang dapat menyetujuinya: minta admin menambah koordinator, atau melonggarkan aturannya pada periodenya.")


@bp.route("/<int:id>/keputusan", methods=["GET", "POST"])
def decide(id):
    desk = desk_for(id, "judge" if request.method == "POST" else "view")
    if desk.entry.status == Status.VERIFIED and request.method == "GET":
        return redirect(url_for(".approval", id=id))
    form = DecisionForm(data=proposal(desk))
    if form.validate_on_submit():
        try:
            done = settle(desk, form)
        except Refused as reason:
            desk = again(desk, form, reason)
        else:
            db.session.commit()
            flash(done)
            return redirect(next_url(), 303)
    return render_template("review/decide.html", desk=desk, form=form, repairs_open=desk.entry.period.accepts("returned", desk.entry.unit))


def proposal(desk: Desk) -> dict:
    """What goes back unless the reviewer says otherwise: rows below their claim, and empty ones the unit is asked to fill."""
    rows = [row.code for row in desk.noted if row.is_below or not row.claimed]
    said = {} if desk.round.decision else {"note": desk.round.note, "profile_note": desk.round.profile_note}
    return {"rows": rows, "seen": desk.mark, **said}


def again(desk: Desk, form: DecisionForm | ApprovalForm, reason: Refused) -> Desk:
    """After a refusal: the state now, with what was typed."""
    form.refuse(reason)
    desk = desk_of(desk.entry)
    form.seen.raw_data, form.seen.data = None, desk.mark
    return desk


def settle(desk: Desk, form: DecisionForm) -> str:
    """Return, finish or approve; the sentence that says what was done."""
    entry = desk.entry
    if desk.may_judge and form.seen.data != desk.mark:
        raise Refused(f"{changed_since(desk, form)} Periksa ringkasan di bawah, lalu putuskan sekali lagi.")
    fault = form.profile_note.data.strip()
    if form.decision.data != "return" and fault:
        raise Refused("Kekurangan profil hanya ikut pengembalian. Pindahkan ke catatan umum atau kosongkan, lalu setujui.")
    if form.decision.data == "finish":
        others = [user for user in coordinators_of(entry) if user is not me() or entry.period.may_approve_own]
        entry.finish(me(), form.note.data, tell=others)
        return (f"{entry.innovation.name} selesai diperiksa dengan {format_number(desk.proven)} poin dan diserahkan ke koordinator."
                f"{'' if others else ' ' + NOBODY_ELSE}")
    if form.decision.data == "approve":
        entry.approve(me(), form.note.data)
        return f"{entry.innovation.name} disetujui dengan {format_number(entry.verified)} poin."
    rows = [row.code for row in desk.rows if row.code in form.rows.data]
    entry.return_(me(), rows, form.note.data, fault)
    what = " dan ".join(part for part in (f"{len(rows)} baris" if rows else "", "profil" if fault else "") if part)
    return f"{entry.innovation.name} dikembalikan ke {entry.unit.name}: {what}."


def changed_since(desk: Desk, form: DecisionForm) -> str:
    """Which rows, and by whom, as far as the page says when it was opened; and the note on the profile where it is not the one sent."""
    page, note = stamps.sent(), desk.round.profile_note
    about = f" Catatan profil yang tersimpan sekarang: “{note}”." if note and note != form.profile_note.data.strip() else ""
    rows = [f"{row.code} ({row.verdict.by.name})" for row in desk.rows if page and row.verdict and row.verdict.by and row.verdict.at > page.at]
    what = "Ada yang" if about and not rows else "Ada putusan baris yang"
    return f"{what} berubah sejak halaman ini dibuka{f': baris {listed(rows)}' if rows else ''}.{about}"


def coordinators_of(entry: Entry) -> list[User]:
    """Who may take the second step on it, as far as they are no verifiers of it."""
    inside = None if entry.period.may_judge_own_unit else entry.unit
    found = db.session.scalars(people.coordinators(besides=inside)).all()
    return [user for user in found if not entry.period.two_steps or entry.period.may_approve_own or user not in entry.verifiers]

"""One row beside its evidence, and the verdict on it."""
from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.queries import row_helps
from app.rules import Refused
from app.web import conflict, unsaved
from app.web.gate import me
from app.web.hints import Reader
from app.web.review import bp, citing, evidence
from app.web.review.desk import Desk, desk_for, desk_of
from app.web.review.forms import VerdictForm
from app.web.review.queue import done_today
from app.web.review.rows import Row
from app.web.twins import flags


@bp.route("/<int:id>/putusan/<code>", methods=["GET", "POST"])
def row(id, code):
    desk = desk_for(id, "judge" if request.method == "POST" else "view")
    form = VerdictForm(data=draft(desk.row(code)) | {"round": desk.round.number})
    if form.validate_on_submit():
        try:
            desk.must_be_round(form.round.data)
            conflict.choose(form, stands(desk.row(code)))
            form.reason.data, cited = citing.taken(desk.row(code), form.reason.data, ticked())
            desk.entry.judge(desk.row(code).answer, me(), form.level.data, form.reason.data, form.seen.data, cited)
        except Refused as reason:
            desk = again(desk, form, reason)
        else:
            db.session.commit()
            flash(f"Putusan baris {code} tersimpan.")
            return redirect(address_after(desk, desk.row(code)), 303)
    return page(desk, desk.row(code), form)


def ticked() -> list[int] | None:
    """The reasons of the bank that were ticked, by id; None on a page where nobody did yet."""
    sent = request.form if request.method == "POST" else unsaved.typed(unsaved.here())
    return None if sent is None else sent.getlist("cited", int)


def draft(row: Row) -> dict:
    """The verdict as it stands, to be seen or changed. Nothing is chosen for the reviewer."""
    if row.verdict is None:
        return {"seen": 0}
    return {"level": row.verdict.proven_level, "reason": row.verdict.reason, "seen": row.verdict.version}


def again(desk: Desk, form: VerdictForm, reason: Refused) -> Desk:
    """After a refusal: the state now, with what was typed."""
    form.refuse(reason)
    desk = desk_of(desk.entry)
    form.round.raw_data, form.round.data = None, desk.round.number
    return desk


def stands(row: Row) -> VerdictForm:
    return VerdictForm(formdata=None, data=draft(row))


def address_after(desk: Desk, row: Row) -> str:
    following = desk.next_after(row)
    return url_for("review.row", id=desk.entry.id, code=following.code) if following else url_for("review.decide", id=desk.entry.id)


def page(desk: Desk, row: Row, form: VerdictForm) -> str:
    clash = conflict.between(stands(row), form, row.verdict and row.verdict.by) if desk.may_judge else None
    documents = evidence.shown(desk, row)
    chosen = request.args.get("bukti", type=int)
    open_ = next((one for one in documents if one.id == chosen), documents[0] if documents else None)
    return render_template(
        "review/row.html", desk=desk, row=row, form=form, clash=clash, documents=documents, open=open_, following=desk.next_after(row),
        number=request.args.get("hlm", open_ and open_.first_page, type=int), needs=evidence.needs(row), options=evidence.options(row),
        substances=evidence.substances(row), supported=row.evidenced, beside=desk.beside(row), today=done_today(),
        bank=citing.offered(row, ticked()) if desk.may_judge else [], help=db.session.scalar(row_helps.of_row(row.code)),
        twins=flags(desk.entry.unit_id, [one.version for one in documents], desk.entry.id),
        hints=Reader(desk.round.snapshot["profile"]["name"], [one.version for one in documents]))

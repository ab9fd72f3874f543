"""One row: what it asks, what is claimed, what proves it, what the reviewer said."""
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select

from app.extensions import db
from app.models import Answer, Exhibit
from app.queries import documents, entries, evidence, row_helps, sheet
from app.rules import Refused
from app.rules.words import listed
from app.rules.workflow import Status
from app.web import conflict, unsaved
from app.web.entries import bp, guide
from app.web.entries.forms import ClaimForm
from app.web.gate import can, get_answer, get_answer_with, look_again, me
from app.web.hints import of_answer
from app.web.proofs import ExhibitForm, UploadForm
from app.web.twins import flags


@bp.route("/<int:id>/indikator/<code>", methods=["GET", "POST"])
def row(id, code):
    answer, (form, is_ready) = get_answer_with(id, code, "edit" if request.method == "POST" else "view", filled_in)
    if is_ready and said(answer, form):
        db.session.commit()
        return redirect(following(answer), 303)
    return row_page(answer, claim=form)


def filled_in(answer: Answer) -> tuple[ClaimForm, bool]:
    """What was sent about it, and whether that can be saved."""
    form = ClaimForm.of(answer)
    return form, form.is_ready()


@bp.post("/<int:id>/indikator/<code>/bukti/<int:exhibit_id>")
def describe(id, code, exhibit_id):
    answer = get_answer(id, code, "edit")
    exhibit, form = exhibit_of(answer, exhibit_id), ExhibitForm()
    if not form.validate():
        return row_page(answer, described=(exhibit_id, form))
    answer.describe(me(), exhibit, form.pages.data or "", form.set_number.data or exhibit.set_number)
    db.session.commit()
    return redirect(url_for(".row", id=id, code=code, _anchor=f"bukti-{exhibit_id}"), 303)


@bp.post("/<int:id>/indikator/<code>/bukti/<int:exhibit_id>/lepas")
def detach(id, code, exhibit_id):
    answer = get_answer(id, code, "edit")
    exhibit = exhibit_of(answer, exhibit_id)
    answer.detach(me(), exhibit)
    db.session.commit()
    flash(f"“{exhibit.version.title}” dilepas dari baris {code}. Dokumennya tetap ada di dokumen bukti.")
    return redirect(url_for(".row", id=id, code=code, _anchor="bukti"), 303)


def exhibit_of(answer: Answer, id: int) -> Exhibit:
    return next((exhibit for exhibit in answer.exhibits if exhibit.id == id), None) or abort(404)


def said(answer: Answer, form: ClaimForm) -> bool:
    """The claim and, on a returned row, the answer to the reviewer; False when a rule refused, with the reason on the form."""
    try:
        seen = form.seen.data
        if seen not in (None, answer.version) or conflict.choices(form):
            stored = ClaimForm.of(answer, formdata=None)
            conflict.choose(form, stored)
            seen = seen if conflict.differing(stored, form) else None  # the same as is stored overwrites nothing
        answer.claim(me(), form.level.data or None, form.chosen_basis(answer), form.substances.data if form.substances else (), seen)
        if form.reply and (form.reply.data or "") != answer.returned_verdict.reply:
            answer.reply(me(), form.reply.data or "")
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def following(answer: Answer) -> str:
    """Where a save leads: to the same row, or on to the next."""
    id, code = answer.entry_id, answer.indicator.code
    if request.form.get("go") != "next":
        return url_for(".row", id=id, code=code)
    flash(f"Baris {code} tersimpan.")
    if answer.entry.status == Status.RETURNED:  # which rows still wait is seen on them
        get_answer(id, code, write=False)
    after = guide.neighbours(answer).after
    return url_for(".row", id=id, code=after) if after else url_for(".show", id=id)


def row_page(answer: Answer, claim: ClaimForm | None = None, upload: UploadForm | None = None, described=(None, None)) -> str:
    """The page of one row, with the forms somebody typed in where there are any."""
    look_again()
    place = {"id": answer.entry_id, "code": (code := answer.indicator.code)}
    claim = claim or ClaimForm.of(answer, formdata=unsaved.typed(url_for(".row", **place)))
    upload = upload or UploadForm.of(answer, formdata=unsaved.typed(url_for(".attach", **place)))
    clash = conflict.between(ClaimForm.of(answer, formdata=None), claim, answer.changed_by)
    waiting = select(func.count()).select_from(evidence.candidates(me(), answer).order_by(None).subquery())
    return render_template(
        "entries/row.html", entry=answer.entry, answer=answer, indicator=answer.indicator, basis=claim.chosen_basis(answer), claim=claim,
        upload=upload, clash=clash, described=described, guide=guide, lock=lock(answer), notes=sheet.notes(answer),
        lines=sheet.lines(answer.entry), verified=sheet.verified(answer.entry), also=also(answer), candidates=db.session.scalar(waiting),
        hints=of_answer(answer), help=db.session.scalar(row_helps.of_row(code)),
        twins=flags(answer.entry.unit_id, [exhibit.version for exhibit in answer.exhibits], answer.entry_id),
        saved_at=db.session.scalar(entries.saved_at(answer)), most_bytes=current_app.config["LUMBUNG"].upload_mb * 1024 * 1024)


def lock(answer: Answer) -> str:
    """Why this person cannot change the row now; empty when they can."""
    if not can("entry.edit", answer.entry):
        return f"Isian diubah oleh operator {answer.entry.unit.name}."
    return sheet.reason_against(answer.must_change)


def also(answer: Answer) -> dict[int, str]:
    """By document: what else it proves."""
    found: dict[int, tuple[list[str], set[int]]] = {}
    for proof in db.session.execute(documents.proved_by([exhibit.document_id for exhibit in answer.exhibits])):
        codes, others = found.setdefault(proof.document_id, ([], set()))
        if proof.entry_id != answer.entry_id:
            others.update([] if proof.is_training else [proof.entry_id])
        elif proof.code != answer.indicator.code:
            codes.append(proof.code)
    return {id: proves(codes, len(others)) for id, (codes, others) in found.items()}


def proves(codes: list[str], others: int) -> str:
    """`Juga membuktikan baris 17 dan 22, dan dipakai 2 usulan lain`."""
    parts = [f"membuktikan baris {listed(codes)}" if codes else "", f"dipakai {others} usulan lain" if others else ""]
    return f"Juga {' dan '.join(filter(None, parts))}" if any(parts) else ""

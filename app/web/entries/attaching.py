"""Evidence for a row: a document the unit already has, or a new file."""
from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from app.extensions import db
from app.models import Answer, Document
from app.queries import documents, evidence
from app.queries.documents import DocumentFilter
from app.rules import Refused
from app.web.entries import bp, guide
from app.web.entries.rows import row_page
from app.web.errors import wants_json
from app.web.gate import get_answer, me
from app.web.listing import page_of
from app.web.proofs import Refusal, UploadForm, store, uploadable
from app.web.uploads import Upload


@bp.get("/<int:id>/indikator/<code>/pilih")
def pick(id, code):
    answer = get_answer(id, code, "edit")
    if not answer.may_change:
        return redirect(url_for(".row", id=id, code=code))
    chosen = DocumentFilter.read(request.args)
    found = chosen.ordered(chosen.narrow(evidence.candidates(me(), answer)))
    page = page_of(found, chosen.page, lambda n: url_for(".pick", id=id, code=code, **chosen.args(page=n)))
    return render_template("entries/pick.html", entry=answer.entry, indicator=answer.indicator, page=page, chosen=chosen,
                           kinds=guide.kinds_line(answer), proved=proved(ids := [line.id for line in page.items]), regional=regional(ids))


@bp.post("/<int:id>/indikator/<code>/bukti")
def attach(id, code):
    """Documents by id, or files."""
    ids = set(request.form.getlist("document", int))
    answer = get_answer(id, code, "edit", write=bool(ids))
    answer.must_change()
    if "pick" in request.form and not ids:
        raise Refused("Centang dulu dokumen yang dilampirkan.")
    return take(answer, ids) if ids else bring(answer)


def take(answer: Answer, ids: set[int]):
    wanted = documents.whole_visible_to(me()).where(Document.id.in_(ids)).order_by(Document.id)
    found = db.session.scalars(wanted).unique().all()
    if len(found) < len(ids):
        abort(404)
    for document in found:
        answer.attach(me(), document)
    db.session.commit()
    flash(f"{len(found)} dokumen dilampirkan pada baris {answer.indicator.code}. Sebutkan halaman yang membuktikannya bila perlu.")
    return redirect(url_for(".row", id=answer.entry_id, code=answer.indicator.code, _anchor="bukti"), 303)


def bring(answer: Answer):
    """All bytes first, without holding up other writers; then each file by itself, so that a bad one does not take the others with it."""
    id, code, form = answer.entry_id, answer.indicator.code, UploadForm.of(answer)
    if not form.validate():
        return refused(answer, form, [Refusal("", error) for errors in form.errors.values() for error in errors])
    files = request.files.getlist("file") or [FileStorage()]
    uploads, refusals = store(files, answer.entry.unit, uploadable(answer), answer.indicator.evidence.get("max_video_seconds"),
                              about=answer.entry.innovation)
    refusals += [Refusal(upload.name, reason) for upload in uploads if (reason := keep(id, code, upload, form))]
    if len(refusals) == len(files):
        return refused(answer, form, refusals)
    if wants_json():  # one file a request: the script says for itself what became of it
        return jsonify(ok=True)
    for refusal in refusals:
        flash(str(refusal), "error")
    flash(f"{len(files) - len(refusals)} berkas dilampirkan pada baris {code}.")
    return redirect(url_for(".row", id=id, code=code, _anchor="bukti"), 303)


def keep(id: int, code: str, upload: Upload, form: UploadForm) -> str:
    """The document and its place on the row; the reason when a rule refused."""
    answer = get_answer(id, code, "edit")
    try:
        document = Document.add(answer.entry.unit, me(), upload.row(), upload.name, **form.facts())
        answer.attach(me(), document, **form.place())
    except Refused as reason:
        db.session.rollback()
        return str(reason)
    db.session.commit()
    return ""


def refused(answer: Answer, form: UploadForm, refusals: list[Refusal]):
    """Nothing was taken: what was typed stays on the page."""
    if wants_json():
        return jsonify(error=" ".join(refusal.reason for refusal in refusals)), 422
    if not form.errors:
        for refusal in refusals:
            form.refuse(Refused(str(refusal)))
    return row_page(answer, upload=form)


def proved(ids: list[int]) -> dict[int, list]:
    """By document: the rows it proves already, on any proposal."""
    found: dict[int, list] = {}
    for proof in db.session.execute(documents.proved_by(ids)):
        found.setdefault(proof.document_id, []).append(proof)
    return found


def regional(ids: list[int]) -> dict[int, list[str]]:
    """By document of the office: the regional rows it proves."""
    found: dict[int, list[str]] = {}
    for proof in db.session.execute(documents.region_proved_by(ids)):
        found.setdefault(proof.document_id, []).append(f"SPD {proof.year} baris {proof.code}")
    return found

"""Evidence for a regional row: a document the office already has, or a new file."""
from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from app.extensions import db
from app.models import Document, RegionExhibit, RegionRow, Unit
from app.queries import documents, region
from app.queries.documents import DocumentFilter
from app.rules import Refused
from app.web.errors import wants_json
from app.web.gate import get_region_row, me
from app.web.listing import page_of
from app.web.proofs import ExhibitForm, Refusal, UploadForm, store, uploadable
from app.web.region import YEAR, bp, guide
from app.web.region.rows import row_page, the_office
from app.web.uploads import Upload


@bp.get(f"/{YEAR}/<kode>/pilih")
def pick(tahun, kode):
    row, office = get_region_row(tahun, kode, "fill"), the_office()
    if office is None or row.period.why_region_is_closed:
        return redirect(guide.address(row))
    chosen = DocumentFilter.read(request.args)
    found = chosen.ordered(chosen.narrow(region.candidates(me(), office, row)))
    page = page_of(found, chosen.page, lambda n: url_for(".pick", tahun=tahun, kode=kode, **chosen.args(page=n)))
    return render_template("region/pick.html", row=row, office=office, page=page, chosen=chosen, guide=guide,
                           proved=proved([line.id for line in page.items]))


@bp.post(f"/{YEAR}/<kode>/bukti")
def attach(tahun, kode):
    """Documents by id, or files."""
    ids = set(request.form.getlist("document", int))
    row = get_region_row(tahun, kode, "fill", write=bool(ids))
    row.must_change(me())
    if "pick" in request.form and not ids:
        raise Refused("Centang dulu dokumen yang dilampirkan.")
    return take(row, ids) if ids else bring(row)


@bp.post(f"/{YEAR}/<kode>/bukti/<int:exhibit_id>")
def describe(tahun, kode, exhibit_id):
    row = get_region_row(tahun, kode, "fill")
    exhibit, form = exhibit_of(row, exhibit_id), ExhibitForm()
    if not form.validate():
        return row_page(row, described=(exhibit_id, form))
    row.describe(me(), exhibit, form.pages.data or "", form.set_number.data or exhibit.set_number)
    db.session.commit()
    return redirect(guide.address(row, _anchor=f"bukti-{exhibit_id}"), 303)


@bp.post(f"/{YEAR}/<kode>/bukti/<int:exhibit_id>/lepas")
def detach(tahun, kode, exhibit_id):
    row = get_region_row(tahun, kode, "fill")
    exhibit = exhibit_of(row, exhibit_id)
    row.detach(me(), exhibit)
    db.session.commit()
    flash(f"“{exhibit.version.title}” dilepas dari baris {kode}. Dokumennya tetap ada di dokumen bukti.")
    return redirect(guide.address(row, _anchor="bukti"), 303)


def exhibit_of(row: RegionRow, id: int) -> RegionExhibit:
    return next((exhibit for exhibit in row.exhibits if exhibit.id == id), None) or abort(404)


def take(row: RegionRow, ids: set[int]):
    found = db.session.scalars(documents.whole_visible_to(me()).where(Document.id.in_(ids)).order_by(Document.id)).unique().all()
    if len(found) < len(ids):
        abort(404)
    for document in found:
        row.attach(me(), document)
    db.session.commit()
    flash(f"{len(found)} dokumen dilampirkan pada baris {row.code}. Sebutkan halaman yang membuktikannya bila perlu.")
    return redirect(guide.address(row, _anchor="bukti"), 303)


def bring(row: RegionRow):
    """All bytes first, without holding up other writers; then each file by itself, so that a bad one does not take the others with it."""
    form, office = UploadForm.of(row), the_office()
    if office is None:
        raise Refused("Belum ada perangkat daerah yang ditandai sebagai kantor pengelola inovasi. Minta admin menandainya.")
    if not form.validate():
        return refused(row, form, [Refusal("", error) for errors in form.errors.values() for error in errors])
    files, year, code = request.files.getlist("file") or [FileStorage()], row.period.year, row.code
    uploads, refusals = store(files, office, uploadable(row), row.indicator.evidence.get("max_video_seconds"))
    refusals += [Refusal(upload.name, reason) for upload in uploads if (reason := keep(year, code, office.id, upload, form))]
    if len(refusals) == len(files):
        return refused(row, form, refusals)
    if wants_json():  # one file a request: the script says for itself what became of it
        return jsonify(ok=True)
    for refusal in refusals:
        flash(str(refusal), "error")
    flash(f"{len(files) - len(refusals)} berkas dilampirkan pada baris {code}.")
    return redirect(guide.address(row, _anchor="bukti"), 303)


def keep(year: int, code: str, office_id: int, upload: Upload, form: UploadForm) -> str:
    """The document and its place on the row; the reason when a rule refused."""
    row = get_region_row(year, code, "fill")
    try:
        document = Document.add(db.session.get_one(Unit, office_id), me(), upload.row(), upload.name, **form.facts())
        row.attach(me(), document, **form.place())
    except Refused as reason:
        db.session.rollback()
        return str(reason)
    db.session.commit()
    return ""


def refused(row: RegionRow, form: UploadForm, refusals: list[Refusal]):
    """Nothing was taken: what was typed stays on the page."""
    if wants_json():
        return jsonify(error=" ".join(refusal.reason for refusal in refusals)), 422
    if not form.errors:
        for refusal in refusals:
            form.refuse(Refused(str(refusal)))
    return row_page(row, upload=form)


def proved(ids: list[int]) -> dict[int, str]:
    """By document: what it proves already, in words."""
    regional: dict[int, list[str]] = {}
    others: dict[int, set[int]] = {}
    for proof in db.session.execute(documents.region_proved_by(ids)):
        regional.setdefault(proof.document_id, []).append(f"SPD {proof.year} baris {proof.code}")
    for proof in db.session.execute(documents.proved_by(ids)):
        others.setdefault(proof.document_id, set()).add(proof.entry_id)
    return {id: " · ".join([*regional.get(id, []), *([f"{len(others[id])} usulan"] if id in others else [])]) for id in {*regional, *others}}

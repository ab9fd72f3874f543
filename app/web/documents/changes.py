"""A new document, a new version of one, and into the archive. Bytes come first, the writing transaction after them."""
from collections.abc import Callable

from flask import abort, flash, jsonify, redirect, render_template, request, url_for

from app.extensions import begin_writing, db
from app.models import Document, Unit
from app.queries import documents
from app.rules import Refused
from app.rules.access import Role
from app.rules.profile import MINISTRY_LIMIT
from app.rules.words import listed
from app.storage import Rejected
from app.web.documents import bp
from app.web.documents.forms import DocumentForm
from app.web.errors import wants_json
from app.web.gate import get_document, me
from app.web.season import instrument_now
from app.web.uploads import Upload, receive

KINDS = ("pdf", "jpg", "jpeg", "png", "mp4")  # all that any row takes; which row takes which is asked when it is linked


@bp.route("/baru", methods=["GET", "POST"])
def new():
    units = [unit for unit in me().units(Role.OPERATOR) if unit.archived_at is None] or abort(403)
    form = DocumentForm(instrument_now().year, units)
    if request.method == "POST" and (document := attempt(form, lambda: add(form, units))):
        flash(f"“{document.current.title}” tersimpan di pustaka.")
        return jsonify(ok=True) if wants_json() else redirect(url_for(".show", id=document.id), 303)
    return render_template("documents/new.html", form=form, units=units, kinds=KINDS, limits=limits())


@bp.route("/<int:id>/ubah", methods=["GET", "POST"])
def edit(id):
    document = get_document(id, to="edit", write=False)
    document.must_be_kept()
    form = DocumentForm(instrument_now().year, version=document.current)
    if request.method == "POST" and attempt(form, lambda: revise(form, document)):
        flash(said(document))
        return jsonify(ok=True) if wants_json() else redirect(url_for(".show", id=id), 303)
    return render_template("documents/edit.html", document=document, form=form, kinds=KINDS, limits=limits())


@bp.post("/<int:id>/arsip")
def archive(id):
    document = get_document(id, to="edit")
    document.archive(by=me())
    db.session.commit()
    flash(f"“{document.current.title}” diarsipkan.")
    return redirect(url_for(".index"), 303)


def attempt(form: DocumentForm, verb: Callable[[], Document]) -> Document | None:
    """The document when all went well. Otherwise the reason is in the form, or is the answer when a script asked for one."""
    try:
        if form.validate():
            return verb()
        if wants_json():
            raise Refused(form.first_fault())
    except (Refused, Rejected) as reason:
        if wants_json():
            raise
        form.refuse(reason)
    return None


def add(form: DocumentForm, units: list[Unit]) -> Document:
    unit = next(unit for unit in units if "unit" not in form or unit.id == form.unit.data)
    upload = take(form, unit)
    begin_writing()
    if not me().serves(unit, Role.OPERATOR):  # the bytes may have taken a while
        abort(403)
    document = Document.add(unit, me(), upload.row(), upload.name, **form.answers())
    db.session.add(document)
    db.session.commit()
    return document


def revise(form: DocumentForm, document: Document) -> Document:
    upload = take(form, document.unit) if form.upload.data else None
    document = get_document(document.id, to="edit")
    document.revise(me(), upload and upload.row(), upload.name if upload else "", **form.answers())
    db.session.commit()
    return document


def take(form: DocumentForm, unit: Unit) -> Upload:
    return receive(form.upload.data, unit, KINDS, limits()["seconds"])


def limits() -> dict[str, int | None]:
    """Of a video in seconds, under the instrument of the year; of a PDF in bytes, on the ministry's site."""
    return {"seconds": db.session.scalar(documents.longest_video(instrument_now())), "ministry": MINISTRY_LIMIT}


def said(document: Document) -> str:
    """Which rows took the new version and which kept the one that was judged."""
    current = document.current
    held = [(e.answer.indicator.code, e.version) for e in document.exhibits] + [(f"SPD {e.row.code}", e.version) for e in document.region_exhibits]
    took, kept = [code for code, version in held if version is current], [code for code, version in held if version is not current]
    return " ".join([f"Versi {current.number} disimpan.", *[f"Baris {listed(took)} ikut memakainya."] * bool(took),
                     *[f"Baris {listed(kept)} tetap memakai versi yang sudah diperiksa."] * bool(kept)])

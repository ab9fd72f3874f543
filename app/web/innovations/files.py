"""The four files of a profile: budget, business profile, certificate, award."""
from flask import abort, flash, jsonify, redirect, request, url_for

from app.extensions import db
from app.models import ProfileFile
from app.rules.profile import FILE_SLOTS, FILE_TYPES, MINISTRY_LIMIT
from app.rules.words import file_size
from app.web import sending
from app.web.errors import wants_json
from app.web.gate import get_innovation, me
from app.web.innovations import bp
from app.web.uploads import receive


@bp.post("/<int:id>/berkas/<slot>")
def attach_file(id, slot):
    if slot not in FILE_SLOTS:
        abort(404)
    innovation = get_innovation(id, to="edit", write=False)
    innovation.must_be_editable()
    upload = receive(request.files.get("file"), innovation.unit, FILE_TYPES, about=innovation)
    innovation = get_innovation(id, to="edit")
    innovation.attach(me(), slot, upload.row(), upload.name)
    db.session.commit()
    say(slot, upload.stored.size)
    return jsonify(ok=True) if wants_json() else redirect(url_for(".profile", id=id, bagian="berkas"), 303)


def say(slot: str, size: int) -> None:
    flash(f"{FILE_SLOTS[slot]} diterima.")
    if size > MINISTRY_LIMIT:
        flash(f"Berkas ini {file_size(size)}; situs Kemendagri hanya menerima {file_size(MINISTRY_LIMIT)}. "
              "Siapkan versi yang lebih kecil sebelum dikirim.", "warning")


@bp.get("/<int:id>/berkas/<slot>")
def file(id, slot):
    held: ProfileFile = get_innovation(id).file_in(slot) or abort(404)
    send = sending.attachment if "unduh" in request.args else sending.inline
    return send(held.file, held.file_name)

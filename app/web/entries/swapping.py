"""The same file brought twice: the row takes the document the unit already had."""
from flask import flash, redirect, url_for

from app.extensions import db
from app.models import Document
from app.rules import Refused
from app.web.entries import bp
from app.web.entries.rows import exhibit_of
from app.web.gate import get_answer, me
from app.web.twins import flags


@bp.post("/<int:id>/indikator/<code>/bukti/<int:exhibit_id>/pakai-yang-ada")
def use_instead(id, code, exhibit_id):
    answer = get_answer(id, code, "edit")
    exhibit = exhibit_of(answer, exhibit_id)
    brought, kept = exhibit.document, known(answer.entry.unit_id, exhibit.version)
    answer.use_instead(me(), exhibit, kept)
    db.session.commit()
    flash(f"Baris {code} sekarang memakai “{kept.current.title}” yang sudah ada."
          + ("" if brought.exhibits else f" “{brought.current.title}” yang tidak dipakai lagi dapat diarsipkan di dokumen bukti."))
    return redirect(url_for(".row", id=id, code=code, _anchor="bukti"), 303)


def known(unit_id: int, version) -> Document:
    flag = flags(unit_id, [version]).get(version.id)
    if flag is None or flag.instead is None:
        raise Refused("Tidak ada dokumen lain yang lebih dulu berisi berkas ini.")
    return db.session.get_one(Document, flag.instead.document_id)

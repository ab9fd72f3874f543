"""A letter as it was handed out, byte for byte. The id is the letter's."""
from flask import abort

from app.exports.letters import KINDS
from app.extensions import db
from app.models import Letter
from app.queries import letters
from app.web import sending
from app.web.gate import me
from app.web.letters import bp


def get_letter(id: int) -> Letter:
    """One this person may see through its proposal, or 404."""
    return db.session.scalar(letters.visible_to(me(), id)) or abort(404)


@bp.get("/surat/<int:id>.docx")
def docx(id):
    letter = get_letter(id)
    return sending.attachment(letter.docx, f"{name_of(letter)}.docx")


@bp.get("/surat/<int:id>.pdf")
def pdf(id):
    letter = get_letter(id)
    return sending.inline(letter.pdf, f"{name_of(letter)}.pdf")


def name_of(letter: Letter) -> str:
    """`Surat hasil verifikasi 400.10.11-007-LI-2026`: what a folder can hold."""
    return f"{KINDS[letter.kind]} {letter.label}".translate(str.maketrans(dict.fromkeys('/\\:*?"<>|', "-")))

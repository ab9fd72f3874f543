"""Both letters as Word files, which the office may go on writing in."""
from app.exports import word
from app.exports.emblem import Logo
from app.exports.letters.facts import DECISION, KINDS, Facts
from app.exports.letters.wording import wording

NAMES = {kind: "surat-hasil-verifikasi.docx" if kind == DECISION else "berita-acara-verifikasi.docx" for kind in KINDS}


def write(kind: str, facts: Facts, logo: Logo) -> bytes:
    return word.filled(NAMES[kind], wording(kind, facts), f"{KINDS[kind]} {facts.number}", facts.region, facts.dated_on, logo)

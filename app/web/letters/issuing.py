"""A letter in the making: a number, the facts, both files on disk, then the row."""
from zoneinfo import ZoneInfo

from flask import current_app

from app import clock
from app.exports.letters import FORMATS, write
from app.extensions import db
from app.models import Letter, Round, StoredFile
from app.models.letter import LetterKind
from app.queries import letters
from app.rules import days
from app.rules.numbers import letter_number
from app.web.gate import me, storage
from app.web.letters.telling import facts_of


def issue(round_: Round, kind: LetterKind) -> Letter:
    """Inside the writing transaction, because the number is the next one of the year; both files take a twentieth of a second to write."""
    Letter.must_be_due(round_, kind)
    settings = current_app.config["LUMBUNG"]
    today = days.of(clock.now(), ZoneInfo(settings.timezone))
    number = (db.session.scalar(letters.last_number(today.year)) or 0) + 1
    facts = facts_of(round_, letter_number(settings.letter_number, number, today), today, settings).to_json()
    files = {format: _kept(write(kind, facts, format), format) for format in FORMATS}
    return Letter.issue(round_, kind, me(), today.year, number, facts, **files)


def _kept(content: bytes, format: str) -> StoredFile:
    stored = storage().keep(content, format, durable=True)
    return StoredFile(sha256=stored.sha256, size=stored.size, kind=stored.kind, active=[])

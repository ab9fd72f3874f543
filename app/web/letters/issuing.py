"""A letter in the making: a number, the facts, both files on disk, then the row."""
from datetime import date

from app import clock
from app.exports.letters import FORMATS, write
from app.extensions import db
from app.models import Letter, Round, StoredFile
from app.models.letter import LetterKind
from app.queries import letters
from app.rules import days
from app.rules.numbers import letter_number, training_letter_number
from app.web.gate import me, storage
from app.web.letters.telling import facts_of
from app.web.regency import regency


def issue(round_: Round, kind: LetterKind) -> Letter:
    """Inside the writing transaction, because the number is the next one of the year; both files take a twentieth of a second to write."""
    Letter.must_be_due(round_, kind)
    house = regency()
    today = days.of(clock.now(), house.zone)
    number, label = next_training_number(today) if round_.entry.period.is_training else next_number(today)
    facts = facts_of(round_, label, today, house).to_json()
    files = {format: _kept(write(kind, facts, format, house.paper_logo), format) for format in FORMATS}
    return Letter.issue(round_, kind, me(), today.year, number, facts, **files)


def next_number(today: date) -> tuple[int, str]:
    number = (db.session.scalar(letters.last_number(today.year)) or 0) + 1
    return number, letter_number(regency().letter_number, number, today)


def next_training_number(today: date) -> tuple[int, str]:
    """Kept below zero, beside the sequence of the office."""
    number = (db.session.scalar(letters.last_of_training(today.year)) or 0) - 1
    return number, training_letter_number(-number, today)


def _kept(content: bytes, format: str) -> StoredFile:
    stored = storage().keep(content, format, durable=True)
    return StoredFile(sha256=stored.sha256, size=stored.size, kind=stored.kind, active=[])

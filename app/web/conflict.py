"""Two people in one thing: the second sees what is stored beside what they typed, and chooses field by field. Nothing is overwritten
unseen, not by the same person in two windows either."""
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.models import User
from app.rules import changes
from app.rules.changes import IN, KEPT, OUT, Piece
from app.rules.words import on_date
from app.web.forms import Form
from app.web.gate import me

CHOICE, STORED = "pakai-", "tersimpan"


class Side(NamedTuple):
    """One field that differs: the stored words and one's own, those the other does not have marked; which of them is chosen so far."""
    name: str
    label: str
    stored: list[Piece]
    own: list[Piece]
    takes_stored: bool = False


class Conflict(NamedTuple):
    who: str
    sides: Sequence[Side]


def between(stored: Form, own: Form, by: User | None, only: Collection[str] = ()) -> Conflict | None:
    """When `own` was typed on an older version than `stored` (its field `seen` says so) and they differ, in the fields `only` where any are
    named; or when they were shown side by side before and the choice is not saved yet. From here on `own` is a change of the stored one."""
    if not own.seen or own.seen.data in (None, ""):
        return None
    known = choices(own) if own.seen.data == stored.seen.data else None
    if known == {}:
        return None
    own.seen.raw_data, own.seen.data = None, stored.seen.data
    sides = differing(stored, own, known or only)
    if known:
        sides = [side._replace(takes_stored=known[side.name] == STORED) for side in sides]
    who = "Anda sendiri, di jendela lain," if by is me() else by.name if by else "Orang lain"
    return Conflict(who, sides) if sides else None


def differing(stored: Form, own: Form, only: Collection[str] = ()) -> list[Side]:
    found = []
    for field in own:
        kind = getattr(field.widget, "input_type", "")
        if kind in ("hidden", "submit", "file") or field.name not in stored or (only and field.name not in only):
            continue
        before, after = words_of(stored[field.name]), words_of(field)
        if before != after:
            found.append(Side(field.name, field.label.text, *marked(before, after)))
    return found


def choose(own: Form, stored: Form) -> None:
    """Take the stored answer where this sending says so."""
    for name, choice in choices(own).items():
        if choice == STORED and name in stored:
            own[name].data, own[name].raw_data = stored[name].data, None


def choices(own: Form) -> dict[str, str]:
    """By field: which side is chosen where both were shown; sent or typed, never stored."""
    return {field.name: own.taken[f"{CHOICE}{field.name}"] for field in own if own.taken and f"{CHOICE}{field.name}" in own.taken}


def words_of(field) -> str:
    """What a person reads in this field; as typed where it could not be understood."""
    values = field.data if isinstance(field.data, list) else [field.data]
    if field.data is None and field.raw_data:
        values = field.raw_data
    labels = {str(choice.value): str(choice.label or choice.value) for choice in getattr(field, "choices", None) or ()}
    return ", ".join(labels.get(str(value)) or _plain(value) for value in values if value not in (None, "")).replace("\r\n", "\n").strip()


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return on_date(value) if isinstance(value, date) else str(value)


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Compared by paragraph first: two texts of thousands of words differ in a few."""
    first, last = _common(before.splitlines(True), after.splitlines(True))
    head, tail = sum(map(len, first)), sum(map(len, last))
    middle = changes.words(before[head:len(before) - tail], after[head:len(after) - tail])
    pieces = [Piece(KEPT, "".join(first)), *middle, Piece(KEPT, ("\n" if middle and last else "") + "".join(last))]
    pieces = [piece for piece in pieces if piece.text]
    return [[p for p in changes.shortened(pieces) if p.kind != other] for other in (IN, OUT)]  # type: ignore[return-value]


def _common(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """The paragraphs both begin with, and those both end with."""
    begin, end = changes.common(before, after)
    return before[:begin], before[len(before) - end:]

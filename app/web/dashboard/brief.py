"""What fits on one page of A4. Names may be long and lists longer: what does not fit is counted, never cut off."""
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from app.exports.formal import Person
from app.extensions import db
from app.queries import entries, units
from app.queries.board import Line
from app.queries.standing import Pick
from app.web.regency import regency
from app.web.sheeting import macro

ROOM = 21                                                       # lines for the decisions, what is to be sent, and who signs
SENTENCE, OFFICE, POSITION, NAME, UNIT = 88, 70, 40, 27, 44     # letters of each that surely stand on one line
ROOM_FOR_NAMES = 3 * 46                                         # letters for the units that bring nothing

Thing = TypeVar("Thing")


class Signer(NamedTuple):
    """Whose letterhead, and who signs: the head of the innovation office, as far as there is an account for them."""
    office: str
    person: Person


def trimmed(facts: dict[str, Any], signer: Signer, wanted: Sequence[Pick]) -> dict[str, Any]:
    """Of `wanted` the best to send, and the units that bring nothing, as many as the page holds beside the rest, and how many more there are."""
    said, period = macro("dashboard/decisions.html", "decision"), facts["period"]
    taken = sum(lines_of(said(one, period, linked=False), SENTENCE) for one in facts["decisions"]) + (facts["before"] is not None)
    taken += regency().below_office.count("\n") + lines_of(signer.office, OFFICE) - 1
    taken += lines_of(signer.person.position, POSITION) + lines_of(signer.person.name, POSITION)
    sending = fitting(wanted, ROOM - taken, size_of)
    if len(sending) < (number := facts["standing"].best.number):
        sending = fitting(wanted, ROOM - taken - 1, size_of)  # one more line says how many are left
    none_yet: Sequence[Line] = facts["lanes"]["belum"]
    names = fitting([line.name for line in none_yet], ROOM_FOR_NAMES, lambda name: len(name) + 2)
    return {"sending": sending, "sending_left": number - len(sending), "without": names, "without_left": len(none_yet) - len(names)}


def fitting(things: Iterable[Thing], room: int, size: Callable[[Thing], int]) -> list[Thing]:
    """The first of them that fit together."""
    taken: list[Thing] = []
    for thing in things:
        room -= size(thing)
        if room < 0:
            break
        taken.append(thing)
    return taken


def size_of(pick: Pick) -> int:
    return max(lines_of(pick.name, NAME), lines_of(pick.unit, UNIT))


def lines_of(text: str, letters: int) -> int:
    return max(1, -(-len(text) // letters))


def signer() -> Signer:
    office = db.session.scalar(units.offices().limit(1))
    head = db.session.scalar(entries.heads_of(office).limit(1)) if office else None
    name = office.name if office else regency().office
    return Signer(name, Person(head.name, head.position or f"Kepala {name}", head.nip or "") if head else Person(position=f"Kepala {name}"))

"""What a period asks of its units: "satu OPD satu inovasi", or more than one, or only of some kinds of unit.

A proposal counts as brought once it has left its unit: handed in, and not taken back before anybody decided on it. A draft is none, and so is one
that its own head has yet to sign. What was returned counts on: it was brought, and its unit mends it. No maturity is asked for here; the line
"layak kirim" is another one.
"""
from collections.abc import Collection

from app.rules.codelists import UNIT_KINDS
from app.rules.workflow import Status

SHORT, MET = "kurang", "terpenuhi"  # words of the board's filter


def kinds_asked(number: int, kinds: Collection[str]) -> list[str]:
    """The kinds of unit that a period asks for `number` proposals: those named, all when none is named, none when the number is 0."""
    return [kind for kind in UNIT_KINDS if number and (not kinds or kind in kinds)]


def asked_of(kind: str, number: int, kinds: Collection[str]) -> int:
    """How many proposals a unit of this kind is asked for; 0 when it is not asked."""
    return number if kind in kinds_asked(number, kinds) else 0


def is_brought(status: str, was_decided: bool) -> bool:
    """`was_decided`: the office decided on it before."""
    return status != Status.DRAFT and (status != Status.SIGNING or was_decided)


def is_met(brought: int, wanted: int) -> bool:
    """Of a unit that is asked for something."""
    return brought >= wanted > 0

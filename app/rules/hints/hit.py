"""One place where something looked for stands, and what its surroundings say of it."""
from enum import IntEnum
from typing import NamedTuple


class Verdict(IntEnum):
    """Only a certain place counts as found. A page can be read in two orders: what one denies, the other cannot make certain."""
    NOTHING = 0
    DENIED = 1
    UNCERTAIN = 2
    CERTAIN = 3


class Hit(NamedTuple):
    """From `start` to before `end` in the folded text."""
    start: int
    end: int
    verdict: Verdict


def together(one: Verdict, other: Verdict) -> Verdict:
    """What two readings of the same words come to."""
    least, most = min(one, other), max(one, other)
    return least if least <= Verdict.DENIED else most

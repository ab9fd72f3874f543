"""Who had a proposal for how long, told from its turns. Both sides read the same."""
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from app.rules import days

UNIT, HEAD, REVIEWER, COORDINATOR = "OPD", "kepala OPD", "verifikator", "koordinator"

COMES_TO = {  # event: who has it from then on; None for nobody any more
    "entry_started": UNIT, "carried_over": UNIT, "handed_back": UNIT, "withdrawn": UNIT, "returned": UNIT, "reopened": UNIT, "prepared": HEAD,
    "submitted": REVIEWER, "signed": REVIEWER, "rechecked": REVIEWER, "finished": COORDINATOR, "approved": None, "sent": None,
}


class Stay(NamedTuple):
    """`event` is the id of the event that began it; `nights` so far where it lasts until now."""
    event: int
    holder: str
    nights: int
    is_over: bool


def stays(turns: Sequence[tuple[int, str, datetime]], now: datetime, zone: tzinfo) -> list[Stay]:
    """`turns` as event id, what and when, oldest first."""
    ends = [at for _, _, at in turns[1:]] + [None]
    return [Stay(id, holder, (days.of(end or now, zone) - days.of(at, zone)).days, end is not None)
            for (id, what, at), end in zip(turns, ends, strict=False) if (holder := COMES_TO[what])]


def totals(stays: Iterable[Stay]) -> dict[str, int]:
    """Nights with each holder, in the order they had it first."""
    found: dict[str, int] = {}
    for stay in stays:
        found[stay.holder] = found.get(stay.holder, 0) + stay.nights
    return found

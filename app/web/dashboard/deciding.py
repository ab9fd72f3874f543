"""What the leadership has to decide, told from the figures: at most three things, the weightiest first."""
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from app.models import Period
from app.queries.standing import Pick, Standing
from app.rules.lanes import Lane
from app.rules.portfolio import Index

MOST = 3
WORTH = Decimal("0.01")  # an index that differs by less is the same on paper


class Decision(NamedTuple):
    """`what` names its sentence in dashboard/decisions.html, `facts` fill it."""
    what: str
    facts: dict[str, Any]


def decisions(period: Period, standing: Standing, alone: Sequence[Pick], lanes: Mapping[Lane, int], now: datetime) -> list[Decision]:
    """`alone` are those without which the gate of the best set shuts, `lanes` as the board counts them."""
    return list(_all(period, standing, alone, lanes, now))[:MOST]


def _all(period: Period, standing: Standing, alone: Sequence[Pick], lanes: Mapping[Lane, int], now: datetime) -> Iterator[Decision]:
    best, waiting = standing.best, standing.depths["pending"].number - standing.depths["verified"].number
    if standing.number and not best.gate_open:
        empty = [affair for affair in standing.affairs if not affair.approved]
        yield Decision("gate", {"covered": best.index.basic_affairs, "needed": best.needed, "by_choice": best.gate_shut_by_choice,
                                "nearest": max(empty, key=lambda affair: affair.pending, default=None)})
    if standing.held and best.number:
        yield Decision("choose", {"send": best.number, "hold": standing.held, "all": standing.verified.index,
                                  "lower": best.index.index - standing.verified.index >= WORTH})
    if lonely := weakest(standing, alone):
        yield Decision("guard", {"pick": lonely[0], "after": lonely[1].index})
    if lanes[Lane.NONE]:
        yield Decision("start", {"number": lanes[Lane.NONE], "until": period.closes_at if period.closes_at >= now else None})
    if waiting:
        yield Decision("judge", {"number": waiting, "index": standing.pending.index,
                                 "higher": standing.pending.index - standing.best_index.index >= WORTH})
    if standing.depths["pending"].spd > standing.spd:
        yield Decision("region", {"verified": standing.spd, "evidenced": standing.depths["pending"].spd})


def weakest(standing: Standing, alone: Sequence[Pick]) -> tuple[Pick, Index] | None:
    """Of those whose fall would shut the gate the one that costs most, and the index then."""
    falls = [(pick, standing.without(pick)) for pick in alone]
    return min(falls, key=lambda fall: (fall[1].index, fall[0].id), default=None)

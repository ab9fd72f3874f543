"""What the leadership has to decide, told from the figures: at most three things, the weightiest first."""
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from app.models import Period
from app.queries.standing import Standing
from app.rules.codelists import BASIC_AFFAIRS
from app.rules.lanes import Lane
from app.rules.portfolio import Index
from app.rules.selection import hanging, without

MOST = 3
WORTH = Decimal("0.01")  # an index that differs by less is the same on paper


class Decision(NamedTuple):
    """`what` names its sentence in dashboard/decisions.html, `facts` fill it."""
    what: str
    facts: dict[str, Any]


def decisions(period: Period, standing: Standing, lanes: Mapping[Lane, int], now: datetime) -> list[Decision]:
    """`lanes` as the board counts them."""
    return list(_all(period, standing, lanes, now))[:MOST]


def _all(period: Period, standing: Standing, lanes: Mapping[Lane, int], now: datetime) -> Iterator[Decision]:
    best, waiting = standing.best, standing.depths["pending"].number - standing.depths["verified"].number
    if standing.picks and not best.gate_open:
        empty = [affair for affair in standing.affairs if not affair.approved]
        yield Decision("gate", {"covered": best.index.basic_affairs, "needed": best.needed, "by_choice": best.gate_shut_by_choice,
                                "nearest": max(empty, key=lambda affair: affair.pending, default=None)})
    if standing.holding and best.send:
        yield Decision("choose", {"send": len(best.send), "hold": len(standing.holding), "all": standing.verified.index,
                                  "lower": best.index.index - standing.verified.index >= WORTH})
    if lonely := weakest(standing):
        yield Decision("guard", {"pick": lonely[0], "after": lonely[1].index})
    if lanes[Lane.NONE]:
        yield Decision("start", {"number": lanes[Lane.NONE], "until": period.closes_at if period.closes_at >= now else None})
    if waiting:
        yield Decision("judge", {"number": waiting, "index": standing.pending.index,
                                 "higher": standing.pending.index - standing.best_index.index >= WORTH})
    if standing.depths["pending"].spd > standing.spd:
        yield Decision("region", {"verified": standing.spd, "evidenced": standing.depths["pending"].spd})


def weakest(standing: Standing) -> tuple[Any, Index] | None:
    """The innovation whose fall would shut the gate of the best set, and the index then; of several the one that costs most."""
    if not standing.best.gate_open or standing.needed is None or standing.best_index.basic_affairs > standing.needed:
        return None
    sent = [pick.candidate for pick in standing.sending]
    alone = set(hanging(sent, BASIC_AFFAIRS).values())
    falls = [(pick, without(pick.id, standing.spd, sent, standing.rules, BASIC_AFFAIRS)) for pick in standing.sending if pick.id in alone]
    return min(falls, key=lambda fall: (fall[1].index, fall[0].id), default=None)

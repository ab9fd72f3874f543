"""Which rows to lift, and how far, for the points that are missing."""
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from app.rules.scoring import HIGHEST


class RowNow(NamedTuple):
    """A row as it stands: the level proven by now, the level claimed, the highest it may reach."""
    code: str
    name: str
    weight: Decimal
    proven: int
    claimed: int
    highest: int = HIGHEST


class Lift(NamedTuple):
    """A row to lift: `points` is what it brings; `claimed` when the unit claims that much already and only has to prove it."""
    code: str
    name: str
    before: int
    after: int
    points: Decimal
    claimed: bool


def rows_for(points_missing: Decimal, rows: Iterable[RowNow]) -> tuple[Lift, ...] | None:
    """The fewest rows that bring the missing points, the biggest step first (of equals, what is claimed already), no level more than
    needed; None when all rows at their highest would not do."""
    open_rows = sorted((row for row in rows if row.highest > row.proven and row.weight > 0),
                       key=lambda row: (-_gain(row, row.highest), row.claimed <= row.proven))
    chosen: dict[RowNow, int] = {}
    spare = -points_missing
    for row in open_rows:
        if spare >= 0:
            break
        chosen[row] = row.highest
        spare += _gain(row, row.highest)
    if spare < 0:
        return None
    for row in reversed(list(chosen)):
        down = int(spare // row.weight)
        chosen[row] -= down
        spare -= row.weight * down
    lifts = (Lift(row.code, row.name, row.proven, level, _gain(row, level), level <= row.claimed) for row, level in chosen.items())
    return tuple(sorted(lifts, key=lambda lift: -lift.points))


def _gain(row: RowNow, level: int) -> Decimal:
    return row.weight * (level - row.proven)

"""What to do next on a proposal, ranked by the points it can bring; required rows come first."""
from decimal import Decimal
from typing import NamedTuple

from app.rules.scoring import HIGHEST


class RowState(NamedTuple):
    """One row as the submitter sees it. `proven` is None before the first decision; `is_returned` ends with an answer or a change;
    `is_open` says whether the row may be changed now; `lacks` is what the claim still needs, or why it was returned."""
    code: str
    name: str
    weight: Decimal
    mandatory: bool
    claimed: int | None
    evidenced: int
    proven: int | None
    is_returned: bool
    is_open: bool
    lacks: str


class Step(NamedTuple):
    code: str
    name: str
    mandatory: bool
    kind: str      # "returned", "evidence" or "empty"
    now: int
    target: int
    points: Decimal
    lacks: str


def next_steps(rows: list[RowState]) -> list[Step]:
    """One step per open row that can still gain or must be answered. Ranked: required rows first, then points, then the row's own order."""
    steps = [step for row in rows if row.is_open and (step := _step(row))]
    return sorted(steps, key=lambda step: (not step.mandatory, -step.points))


def _step(row: RowState) -> Step | None:
    claimed = row.claimed or 0
    if row.is_returned:
        now = row.proven or 0
        kind, target = "returned", max(claimed, now)
    elif not claimed:
        kind, now, target = "empty", 0, HIGHEST
    elif row.evidenced < claimed:
        kind, now, target = "evidence", row.evidenced, claimed
    else:
        return None
    return Step(row.code, row.name, row.mandatory, kind, now, target, row.weight * (target - now), row.lacks)

"""What a session is to be about, read from the records: each proposal of the unit, what was sent back, what lacks evidence, what brings most."""
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from app.extensions import db
from app.models import DeskSession, Entry, Promise
from app.queries import desk, sheet
from app.rules.steps import Step, next_steps
from app.web.season import period_now

STEPS = 6


class Sheet(NamedTuple):
    """One proposal: `returned` and `short` are rows of its sheet with what is wrong, `lacks` what keeps it from being submitted."""
    entry: Entry
    verified: Decimal | None
    returned: list[sheet.Line]
    short: list[sheet.Line]
    steps: list[Step]
    lacks: list[str]


def sheets(session: DeskSession) -> list[Sheet]:
    period = period_now()
    return [_sheet(entry) for entry in db.session.scalars(desk.proposals(session, period))] if period else []


def open_promises(session: DeskSession) -> Sequence[Promise]:
    """Of earlier sessions with this unit."""
    return db.session.scalars(desk.open_promises(session.unit)).all()


def _sheet(entry: Entry) -> Sheet:
    lines = sheet.lines(entry)
    named = {line.code for line in lines if line.kind in ("returned", "short")}
    return Sheet(entry, sheet.verified(entry), [line for line in lines if line.kind == "returned"], [line for line in lines if line.kind == "short"],
                 [step for step in next_steps(sheet.row_states(entry)) if step.points][:STEPS],
                 [str(one) for one in entry.obstacles() if one.row not in named] if entry.allows("submit") else [])

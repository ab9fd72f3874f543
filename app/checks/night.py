"""What the nightly round noted: when, how each step went, and where the log ended."""
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, state_file
from app.models import Event

Head = tuple[int, str]  # number and hash of the last event


class Step(NamedTuple):
    """`trouble` is why it failed, empty when it did not; `says` what it did."""
    name: str
    says: str
    trouble: str = ""


class Night(NamedTuple):
    """`head` is where the log ended at `head_at`, when all of it was found linked."""
    at: datetime
    steps: tuple[Step, ...]
    head: Head | None
    head_at: datetime | None

    @property
    def failed(self) -> list[Step]:
        return [step for step in self.steps if step.trouble]


def last_night(data: Path) -> Night | None:
    told = state_file.read(data / state_file.NIGHT)
    try:
        head, head_at = told["head"], told["head_at"]
        return Night(datetime.fromisoformat(told["at"]), tuple(Step(**step) for step in told["steps"]),
                     (head["last"], head["head"]) if head else None, datetime.fromisoformat(head_at) if head_at else None)
    except (KeyError, TypeError, ValueError):
        return None


def note(data: Path, steps: list[Step], head: Head | None) -> None:
    """Without a head that can be trusted the earlier one stays: what was cut off tonight is still known tomorrow."""
    now, before = clock.now(), last_night(data)
    kept, since = (head, now) if head else (before.head, before.head_at) if before else (None, None)
    state_file.note(data / state_file.NIGHT, {"at": now.isoformat(), "steps": [step._asdict() for step in steps],
                                              "head": {"last": kept[0], "head": kept[1]} if kept else None, "head_at": since and since.isoformat()})


def head_of(session: Session) -> Head | None:
    row = session.execute(select(Event.id, Event.hash).order_by(Event.id.desc()).limit(1)).one_or_none()
    return (row.id, row.hash) if row else None

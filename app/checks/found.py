"""What a check looks at, and what it says."""
from collections.abc import Iterable
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.config import Settings
from app.queries import regency
from app.storage import Storage

MOST_NAMED = 20


class State(StrEnum):
    """By how soon somebody must look."""
    GOOD = "baik"
    LOOK = "perlu dilihat"
    BAD = "rusak"


class Things(NamedTuple):
    session: Session
    settings: Settings
    storage: Storage

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.session.scalar(regency.clock_of()) or self.settings.timezone)

    def forget(self) -> None:
        """Between two batches: nothing that was recomputed is kept or written, and no reading transaction grows old."""
        self.session.rollback()
        self.session.expunge_all()


class Check(NamedTuple):
    """`says` is one sentence, `advice` what to do about it; `faults` name what is wrong one by one, the first of them."""
    name: str
    state: State
    says: str
    advice: str = ""
    faults: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, faults: Iterable[str], good: str, bad: str, advice: str) -> Self:
        """Broken when there is any fault; `bad` has their number in {}."""
        each = iter(faults)
        named = tuple(islice(each, MOST_NAMED))
        more = sum(1 for _ in each)
        if not named:
            return cls(name, State.GOOD, good)
        return cls(name, State.BAD, bad.format(len(named) + more), advice, (*named, f"dan {more} lainnya") if more else named)

    def told(self) -> dict[str, Any]:
        return {**self._asdict(), "faults": list(self.faults)}

    @classmethod
    def read(cls, told: dict[str, Any]) -> Self:
        return cls(told["name"], State(told["state"]), told["says"], told["advice"], tuple(told["faults"]))


def worst(checks: Iterable[Check]) -> State:
    return max((check.state for check in checks), key=list(State).index, default=State.GOOD)

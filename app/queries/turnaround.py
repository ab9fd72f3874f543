"""Where a period's time goes: how long proposals lay with whom, told from their recorded turns in one pass."""
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import groupby, pairwise
from statistics import median
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Select, func, select

from app.models import Entry, Event, Innovation, Period, Unit, User
from app.queries.filters import Filter
from app.rules import days
from app.rules.turns import COMES_TO, COORDINATOR, HEAD, REVIEWER, UNIT
from app.rules.workflow import DONE, Status

HOLDERS = (UNIT, HEAD, REVIEWER, COORDINATOR)
DECIDED = ("returned", "approved")
ENDS = ("returned", "finished", "approved")  # what a reviewer does to be done with a proposal


class Stay(NamedTuple):
    """How long a proposal lay somewhere, in days."""
    days: int
    entry: int


@dataclass
class Spell:
    """Stays of one kind."""
    stays: list[Stay] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.stays)

    @property
    def median(self) -> float | None:
        return median(stay.days for stay in self.stays) if self.stays else None

    @property
    def longest(self) -> Stay | None:
        return max(self.stays, default=None)

    @property
    def total(self) -> int:
        return sum(stay.days for stay in self.stays)


@dataclass
class Pace:
    """Of one unit, or of all: `at` per holder the days each proposal lay there in all; `rounds` decided so far, over `decided` proposals, of
    which `first` were approved in their first."""
    at: dict[str, Spell] = field(default_factory=lambda: {holder: Spell() for holder in HOLDERS})
    proposals: int = 0
    rounds: int = 0
    decided: int = 0
    first: int = 0

    @property
    def rounds_each(self) -> float | None:
        return self.rounds / self.decided if self.decided else None

    @property
    def first_share(self) -> float | None:
        """In percent."""
        return 100 * self.first / self.decided if self.decided else None

    @property
    def office(self) -> list[Stay]:
        """The days each proposal lay with the reviewers and the coordinator together."""
        found: dict[int, int] = defaultdict(int)
        for stay in (*self.at[REVIEWER].stays, *self.at[COORDINATOR].stays):
            found[stay.entry] += stay.days
        return [Stay(number, entry) for entry, number in found.items()]


@dataclass
class Turnaround:
    """`reviewers` are turns they ended, by id; `units` by id."""
    whole: Pace = field(default_factory=Pace)
    units: dict[int, Pace] = field(default_factory=lambda: defaultdict(Pace))
    reviewers: dict[int, Spell] = field(default_factory=lambda: defaultdict(Spell))


@dataclass(frozen=True)
class PaceFilter(Filter):
    """The units of L8: in which order, of the period of the year `tahun`. Sorted where the medians are known."""
    tahun: int = 0
    ORDERS: ClassVar[Mapping[str, Any]] = dict.fromkeys(("unit", "usulan", "opd", "kepala", "kantor", "putaran", "sekali"), ())
    USUAL: ClassVar = "-opd"


def turns(period: Period) -> Select:
    """Everything that gave a proposal to somebody else, oldest first within each proposal."""
    return (select(Event.entry_id, Entry.unit_id, Event.what, Event.at, Event.by_id).join(Entry, Entry.id == Event.entry_id)
            .where(Entry.period_id == period.id, Event.what.in_(list(COMES_TO))).order_by(Event.entry_id, Event.id))


def measured(turns: Iterable[Any], now: datetime, zone: tzinfo) -> Turnaround:
    """From the rows of `turns`. Days are nights that passed in the regency; what lasts still counts until now."""
    found, today = Turnaround(), days.of(now, zone)
    for entry, rows in groupby(turns, key=lambda row: row.entry_id):
        steps = [(row.what, days.of(row.at, zone), row.by_id, row.unit_id) for row in rows]
        nights: dict[str, int] = {}
        for (what, began, _, _), (end, ended, by, _) in pairwise([*steps, ("", today, None, 0)]):
            if (holder := COMES_TO[what]) is None:
                continue
            nights[holder] = nights.get(holder, 0) + (ended - began).days
            if holder == REVIEWER and end in ENDS:
                found.reviewers[by].stays.append(Stay((ended - began).days, entry))
        decisions = [what for what, *_ in steps if what in DECIDED]
        for pace in (found.whole, found.units[steps[0][3]]):
            _add(pace, entry, nights, decisions)
    return found


def _add(pace: Pace, entry: int, nights: dict[str, int], decisions: Sequence[str]) -> None:
    pace.proposals += 1
    for holder, number in nights.items():
        pace.at[holder].stays.append(Stay(number, entry))
    if decisions:
        pace.decided += 1
        pace.rounds += len(decisions)
        pace.first += decisions[0] == "approved"


def standing_still(period: Period) -> Select:
    """For each state that is not the end: how many are in it, and which of them came there first."""
    order = func.row_number().over(partition_by=Entry.status, order_by=(Entry.moved_at, Entry.id))
    number = func.count().over(partition_by=Entry.status).label("number")
    ranked = (select(Entry.id, Entry.status, Entry.moved_at, Entry.innovation_id, Entry.unit_id, number, order.label("place"))
              .where(Entry.period_id == period.id, Entry.status.not_in(DONE)).subquery())
    return (select(ranked.c.id, ranked.c.status, ranked.c.moved_at, ranked.c.number, Innovation.name, Unit.name.label("unit"))
            .join(Innovation, Innovation.id == ranked.c.innovation_id).join(Unit, Unit.id == ranked.c.unit_id).where(ranked.c.place == 1))


def in_hand(period: Period) -> Select:
    """Per reviewer (id): how many proposals wait for them now, and since when the oldest."""
    return (select(Entry.reviewer_id, func.count(), func.min(Entry.moved_at))
            .where(Entry.period_id == period.id, Entry.status == Status.SUBMITTED, Entry.reviewer_id.is_not(None)).group_by(Entry.reviewer_id))


def names(people: Iterable[int]) -> Select[int, str]:
    return select(User.id, User.name).where(User.id.in_(people))


def unit_names(period: Period) -> Select[int, str]:
    """Of the units that bring something."""
    return select(Unit.id, Unit.name).where(Unit.id.in_(select(Entry.unit_id).where(Entry.period_id == period.id)))

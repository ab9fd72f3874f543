"""How a period stands with the index: the one source of the expected index for every page that shows it.

Three depths, each as if everything it counts were sent: what is verified; that and what is under review, if its evidence holds; what is
claimed. Beside them the set that is best to send.
"""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from app.models import Entry, Event, Innovation, Period, Unit, YearResult
from app.models.choosing import Choice
from app.rules.codelists import BASIC_AFFAIRS
from app.rules.portfolio import Index, IndexRules, index_from
from app.rules.selection import Candidate, Selection, best, reaching
from app.rules.workflow import DONE, WITH_OFFICE, Status

NEAREST = 4  # innovations that are held and come nearest to being sent


class Pick(NamedTuple):
    """An innovation that may be sent or was: approved or sent. `maturity` is the verified one."""
    id: int
    number: int
    name: str
    unit: str
    maturity: Decimal
    main_affair: str
    choice: str | None
    status: str
    chosen_at: datetime | None

    @property
    def is_sent(self) -> bool:
        return self.status == Status.SENT

    @property
    def candidate(self) -> Candidate:
        """For the sums: what was sent stays sent."""
        return Candidate(self.id, self.maturity, self.main_affair, Choice.SEND if self.is_sent else self.choice)  # type: ignore[arg-type]


class Affair(NamedTuple):
    """A basic-service affair: how many of it are approved or sent, and how many are under review."""
    name: str
    approved: int
    pending: int


@dataclass(frozen=True)
class Depth:
    """All of one depth: the index if all of it were sent, how many that are, their maturity together, the points of the region."""
    index: Index
    number: int
    points: Decimal
    spd: Decimal

    @property
    def mean(self) -> Decimal:
        """The part of maturity in the index: the divisor may be larger than the number."""
        return self.points / self.index.divisor


@dataclass(frozen=True)
class Standing:
    """`affairs` are the six basic ones in the official order; `picks` everything approved or sent, by proposal number. `like` is one of the same
    picks, verified region and rules: what is dear is worked out there, once for both."""
    rules: IndexRules
    depths: dict[str, Depth]
    affairs: list[Affair]
    picks: list[Pick]
    like: "Standing | None" = None

    @property
    def verified(self) -> Index:
        """Everything approved or sent, at its verified maturity."""
        return self.depths["verified"].index

    @property
    def pending(self) -> Index:
        """The same and what is under review, at the maturity its evidence carries."""
        return self.depths["pending"].index

    @property
    def claimed(self) -> Index:
        """Every proposal of the period at its claim."""
        return self.depths["claimed"].index

    @cached_property
    def best(self) -> Selection:
        """The best set to send of what is approved; what was sent is in it, hand choices are kept."""
        if self.like:
            return self.like.best
        return best(self.spd, [pick.candidate for pick in self.picks], self.rules, BASIC_AFFAIRS)

    @property
    def best_index(self) -> Index:
        return self.best.index

    @cached_property
    def free_index(self) -> Index:
        """The best there would be without a hand's choices; what was sent stays sent."""
        if self.like:
            return self.like.free_index
        if all(pick.is_sent or not pick.choice for pick in self.picks):
            return self.best.index
        free = [pick.candidate if pick.is_sent else pick.candidate._replace(choice=None) for pick in self.picks]
        return best(self.spd, free, self.rules, BASIC_AFFAIRS).index

    @cached_property
    def best_depth(self) -> Depth:
        """The best set with what its index is made of."""
        if self.like:
            return self.like.best_depth
        return Depth(self.best.index, len(self.sending), sum((pick.maturity for pick in self.sending), Decimal(0)), self.spd)

    @cached_property
    def taken(self) -> set[int]:
        """The ids of what the best set sends."""
        if self.like:
            return self.like.taken
        return {int(id) for id in self.best.send}

    @cached_property
    def sending(self) -> list[Pick]:
        """What the best set sends, by proposal number."""
        if self.like:
            return self.like.sending
        return [pick for pick in self.picks if pick.id in self.taken]

    @cached_property
    def holding(self) -> list[Pick]:
        """What the best set keeps back, the highest maturity first."""
        if self.like:
            return self.like.holding
        return sorted((pick for pick in self.picks if pick.id not in self.taken), key=lambda pick: (-pick.maturity, pick.id))

    @cached_property
    def nearest(self) -> list[tuple[Pick, Decimal | None]]:
        """What is held, no hand decided that, and is nearest to being sent: each with the maturity at which it would be."""
        if self.like:
            return self.like.nearest
        held = [pick for pick in self.holding if pick.choice is None][:NEAREST]
        wanted = reaching(self.spd, [pick.candidate for pick in self.picks], [pick.id for pick in held], self.rules, BASIC_AFFAIRS)
        return [(pick, wanted[pick.id]) for pick in held]

    @property
    def spd(self) -> Decimal:
        """The verified points of the regional indicators."""
        return self.depths["verified"].spd

    @property
    def needed(self) -> int | None:
        """How many of the basic affairs must be covered for the count to score; None in a year without that gate."""
        return self.rules.minimum_basic_affairs

    @property
    def gate_open(self) -> bool:
        """What is approved covers enough of the basic affairs; hand choices may still close it for the best set (`best.gate_open`)."""
        return self.needed is None or self.verified.basic_affairs >= self.needed

    @property
    def other_way(self) -> Index:
        """What the index of the best set would be with the gate the other way: shut where it is open, open where it is shut."""
        covered = 0 if self.best.gate_open else self.needed or 0
        return index_from(self.spd, self.best_depth.number, self.best_depth.points, covered, self.rules)

    @property
    def is_empty(self) -> bool:
        """Nothing verified yet: neither an innovation nor a regional indicator."""
        return not self.picks and not self.spd


def sums(period: Period) -> Select:
    """How many proposals of each main affair are in each status, and their maturity added up."""
    return (select(Entry.main_affair, Entry.status, func.count(Entry.id).label("number"), func.sum(Entry.claimed).label("claimed"),
                   func.sum(Entry.evidenced).label("evidenced"), func.sum(Entry.verified).label("verified"))
            .where(Entry.period_id == period.id).group_by(Entry.status, Entry.main_affair))


def picks(period: Period) -> Select:
    """What may be sent or was, as `Pick`."""
    return (select(Entry.id, Entry.number, Innovation.name, Unit.name, Entry.verified, func.coalesce(Entry.main_affair, ""), Entry.choice,
                   Entry.status, Entry.chosen_at)
            .join(Innovation, Innovation.id == Entry.innovation_id).join(Unit, Unit.id == Entry.unit_id)
            .where(Entry.period_id == period.id, Entry.status.in_(DONE)).order_by(Entry.number, Entry.id))


# What happens on proposals nobody approved yet, and to papers: a proposal that is approved or sent stays as it is.
QUIET = ("level_claimed", "exhibit_attached", "exhibit_described", "exhibit_detached", "exhibit_swapped", "row_replied", "row_judged",
         "profile_noted", "document_added", "document_revised", "entry_started", "prepared", "submitted", "signed", "handed_back", "withdrawn",
         "finished", "rechecked", "returned", "annotated", "assigned", "taken", "reminded", "reminded_of")


def last_on_done(after: int) -> Select[int]:
    """The last event later than this one (id) that may have changed something in `picks`; whatever is not named QUIET may."""
    return select(Event.id).where(Event.id > after, Event.what.not_in(QUIET)).order_by(Event.id.desc()).limit(1)


def read(period: Period, rules: IndexRules, sums: Iterable[Any], picks: Iterable[Any]) -> Standing:
    """From the rows of `sums` and `picks`."""
    return Standing(rules=rules, picks=[Pick(*row) for row in picks], **_summed(period, rules, list(sums)))


def read_like(other: Standing, period: Period, sums: Sequence[Any]) -> Standing:
    """From the rows of `sums`, while nothing of what the other's best set is made of has changed."""
    return replace(other, like=other, **_summed(period, other.rules, sums))


def _summed(period: Period, rules: IndexRules, rows: Sequence[Any]) -> dict[str, Any]:
    done = [(row.main_affair, row.number, row.verified) for row in rows if row.status in DONE]
    waiting = [(row.main_affair, row.number, row.evidenced) for row in rows if row.status in WITH_OFFICE]
    claims = [(row.main_affair, row.number, row.claimed) for row in rows]
    return {
        "depths": {"verified": _depth(period.region_verified, done, rules), "pending": _depth(period.region_evidenced, done + waiting, rules),
                   "claimed": _depth(period.region_claimed, claims, rules)},
        "affairs": [Affair(affair, _count(done, affair), _count(waiting, affair)) for affair in BASIC_AFFAIRS]}


def _depth(spd: Decimal, groups: list[tuple[str | None, int, Decimal]], rules: IndexRules) -> Depth:
    number, points = sum(number for _, number, _ in groups), sum((points for _, _, points in groups), Decimal(0))
    covered = len({affair for affair, _, _ in groups} & set(BASIC_AFFAIRS))
    return Depth(index_from(spd, number, points, covered, rules), number, points, spd)


def _count(groups: list[tuple[str | None, int, Decimal]], affair: str) -> int:
    return sum(number for name, number, _ in groups if name == affair)


def reserves(period: Period) -> Select:
    """For each basic affair the proposal under review whose evidence carries most: `affair`, `id`, `name`, `evidenced`."""
    place = func.row_number().over(partition_by=Entry.main_affair, order_by=(Entry.evidenced.desc(), Entry.number)).label("place")
    ranked = (select(Entry.id, Entry.main_affair.label("affair"), Innovation.name, Entry.evidenced, place)
              .join(Innovation, Innovation.id == Entry.innovation_id)
              .where(Entry.period_id == period.id, Entry.status.in_(WITH_OFFICE), Entry.main_affair.in_(BASIC_AFFAIRS)).subquery())
    return select(ranked.c.affair, ranked.c.id, ranked.c.name, ranked.c.evidenced).where(ranked.c.place == 1)


def result_before(period: Period) -> Select[Decimal]:
    """The index of the year before, as it was recorded."""
    return select(YearResult.index).where(YearResult.year == period.year - 1)

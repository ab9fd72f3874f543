"""How a period stands with the index: the one source of the expected index for every page that shows it.

Three depths, each as if everything it counts were sent: what is verified; that and what is under review, if its evidence holds; what is
claimed. Beside them the set that is best to send.
"""
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, literal, or_, select, true, union_all

from app.models import Entry, Innovation, Period, Tally, Unit
from app.models.choosing import Choice
from app.queries.kept import of_period
from app.rules.codelists import BASIC_AFFAIRS
from app.rules.field import Group
from app.rules.portfolio import Index, IndexRules, index_from
from app.rules.selection import Held, Id, Nth, Selection, best, highest, reaching
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

    @property
    def is_sent(self) -> bool:
        return self.status == Status.SENT


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
    """`affairs` are the six basic ones in the official order, `groups` everything approved or sent, `best` the best set to send of it: what was
    sent is in it, hand choices are kept. `free_index` is what the best would give without a hand's choices; what was sent stays sent. `there` are
    the main affairs of what is approved or sent."""
    rules: IndexRules
    depths: dict[str, Depth]
    affairs: list[Affair]
    there: set[str]
    groups: list[Group]
    best: Selection
    free_index: Decimal

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

    @property
    def number(self) -> int:
        """Approved or sent."""
        return self.depths["verified"].number

    @property
    def held(self) -> int:
        """How many the best set keeps back."""
        return self.number - self.best.number

    @property
    def best_index(self) -> Index:
        return self.best.index

    @property
    def best_depth(self) -> Depth:
        """The best set with what its index is made of."""
        return Depth(self.best.index, self.best.number, self.best.points, self.spd)

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
        return index_from(self.spd, self.best.number, self.best.points, covered, self.rules)

    @property
    def is_empty(self) -> bool:
        """Nothing verified yet: neither an innovation nor a regional indicator."""
        return not self.number and not self.spd

    def takes(self, pick: Pick) -> bool:
        """The best set does."""
        return pick.is_sent or self.best.takes(pick.maturity, pick.choice, pick.number)

    def without(self, pick: Pick) -> Index:
        """What the index becomes when this one falls out of the best set, which has no other of its basic affair."""
        covered = self.best_index.basic_affairs - 1
        return index_from(self.spd, self.best.number - 1, self.best.points - pick.maturity, covered, self.rules)

    def reaching(self, held: Iterable[Held]) -> dict[Id, Decimal | None]:
        """The maturity at which the best set would take each of these, which it keeps back."""
        return reaching(self.spd, self.groups, self.best, held, self.rules, BASIC_AFFAIRS)


@of_period
def sums(period: int) -> Select:
    """How many proposals are in each status, and their maturity added up."""
    added = [func.sum(getattr(Tally, name)).label(name) for name in ("number", "claimed", "evidenced", "verified")]
    return select(Tally.status, *added).where(Tally.period_id == period, Tally.number > 0).group_by(Tally.status)


@of_period
def affairs(period: int) -> Select:
    """How many proposals of each main affair are in each status."""
    return select(Entry.main_affair, Entry.status, func.count()).where(Entry.period_id == period).group_by(Entry.status, Entry.main_affair)


@of_period
def groups(period: int) -> CompoundSelect:
    """What may be sent or was, alike in all that counts: `maturity`, `main_affair` (all that are not basic stand together), `choice`, `status`,
    how many, and the first and last number."""
    here, like = (Entry.period_id == period, Entry.status.in_(DONE)), (Entry.status, Entry.choice, Entry.verified)  # as in the index
    facts = (Entry.choice, Entry.status, func.count(), func.min(Entry.number), func.max(Entry.number))
    basic = select(Entry.verified, Entry.main_affair, *facts).where(*here, Entry.main_affair.in_(BASIC_AFFAIRS))
    others = select(Entry.verified, literal(""), *facts).where(*here, func.coalesce(Entry.main_affair, "").not_in(BASIC_AFFAIRS))
    return union_all(basic.group_by(*like, Entry.main_affair), others.group_by(*like))


def nth(period: Period, maturity: Decimal, so_many: int, but: Collection[int]) -> Select[int]:
    """The number of the so-manieth proposal that may be sent, was verified at this and has no hand's choice, those of the numbers `but` left out."""
    free = (Entry.status == Status.APPROVED, Entry.verified == maturity, Entry.choice.is_(None), Entry.number.not_in(but))
    return select(Entry.number).where(Entry.period_id == period.id, *free).order_by(Entry.number).offset(so_many - 1).limit(1)


def goes(chosen: Selection) -> ColumnElement[bool]:
    """Of proposals approved or sent: `chosen` takes it; as `Selection.takes` says it, and what was sent stays sent."""
    rest: ColumnElement[bool] = Entry.number.in_(chosen.heads)
    if chosen.least is not None:
        rest = or_(rest, Entry.verified > chosen.least, and_(Entry.verified == chosen.least, Entry.number <= chosen.edge))
    return or_(Entry.status == Status.SENT, func.coalesce(Entry.choice, "") == Choice.SEND, and_(Entry.choice.is_(None), rest))


def picks(period: Period, condition: ColumnElement[bool]) -> Select:
    """Of what may be sent or was those of which this is so, as `Pick`, the highest maturity first."""
    return _picked(and_(Entry.period_id == period.id, Entry.status.in_(DONE), condition))


def _picked(condition: ColumnElement[bool]) -> Select:
    affair = func.coalesce(Entry.main_affair, "").label("main_affair")
    return (select(Entry.id, Entry.number, Innovation.name, Unit.name, Entry.verified, affair, Entry.choice, Entry.status)
            .join(Innovation, Innovation.id == Entry.innovation_id).join(Unit, Unit.id == Entry.unit_id)
            .where(condition).order_by(Entry.verified.desc(), Entry.id))


def nearest(period: Period, chosen: Selection) -> Select:
    """Of what is held and no hand decided the few that come nearest to being sent, as `Pick`."""
    most = true() if chosen.least is None else Entry.verified <= chosen.least
    held = (select(Entry.id).where(Entry.period_id == period.id, Entry.status == Status.APPROVED, Entry.choice.is_(None), most, ~goes(chosen))
            .order_by(Entry.verified.desc(), Entry.id).limit(NEAREST))
    return _picked(Entry.id.in_(held.subquery().select()))


def alone(period: Period, chosen: Selection) -> Select:
    """Those `chosen` takes that are the only ones of their basic affair in it, as `Pick`."""
    only = (select(func.min(Entry.id)).where(Entry.period_id == period.id, Entry.status.in_(DONE), Entry.main_affair.in_(BASIC_AFFAIRS), goes(chosen))
            .group_by(Entry.main_affair).having(func.count() == 1))
    return _picked(Entry.id.in_(only))


def read(period: Period, rules: IndexRules, sums: Sequence[Any], affairs: Sequence[Any], groups: Sequence[Any], nth: Nth) -> Standing:
    """From the rows of `sums`, `affairs` and `groups`."""
    found = [Group(maturity, affair, "send" if status == Status.SENT else choice, *facts) for maturity, affair, choice, status, *facts in groups]
    freely = [group._replace(choice=None) if group.choice and row.status != Status.SENT else group for group, row in zip(found, groups, strict=True)]
    of_done, of_waiting = (_by_affair(affairs, wanted) for wanted in (DONE, WITH_OFFICE))
    chosen = best(period.region_verified, found, rules, BASIC_AFFAIRS, nth)
    verified, waiting = [(row.number, row.verified) for row in sums if row.status in DONE], [row for row in sums if row.status in WITH_OFFICE]
    return Standing(
        rules=rules, groups=found, best=chosen, there=set(of_done),
        free_index=chosen.index.index if freely == found else highest(period.region_verified, freely, rules, BASIC_AFFAIRS),
        depths={"verified": _depth(period.region_verified, verified, of_done, rules),
                "pending": _depth(period.region_evidenced, verified + [(row.number, row.evidenced) for row in waiting], of_done | of_waiting, rules),
                "claimed": _depth(period.region_claimed, [(row.number, row.claimed) for row in sums], _by_affair(affairs, set(Status)), rules)},
        affairs=[Affair(affair, of_done[affair], of_waiting[affair]) for affair in BASIC_AFFAIRS])


def _by_affair(counted: Sequence[Any], wanted: Collection[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for affair, status, number in counted:
        if status in wanted:
            found[affair or ""] += number
    return found


def _depth(spd: Decimal, sums: list[tuple[int, Decimal]], affairs: Collection[str], rules: IndexRules) -> Depth:
    number, points = sum(number for number, _ in sums), sum((points for _, points in sums), Decimal(0))
    return Depth(index_from(spd, number, points, len(set(affairs) & set(BASIC_AFFAIRS)), rules), number, points, spd)


def reserves(period: Period) -> Select:
    """For each basic affair the proposal under review whose evidence carries most: `affair`, `id`, `name`, `evidenced`."""
    place = func.row_number().over(partition_by=Entry.main_affair, order_by=(Entry.evidenced.desc(), Entry.number)).label("place")
    ranked = (select(Entry.id, Entry.main_affair.label("affair"), Innovation.name, Entry.evidenced, place)
              .join(Innovation, Innovation.id == Entry.innovation_id)
              .where(Entry.period_id == period.id, Entry.status.in_(WITH_OFFICE), Entry.main_affair.in_(BASIC_AFFAIRS)).subquery())
    return select(ranked.c.affair, ranked.c.id, ranked.c.name, ranked.c.evidenced).where(ranked.c.place == 1)

"""The board "satu OPD satu inovasi": every unit of a period with its furthest proposal in it; two SELECTs for any number of units."""
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any, ClassVar, NamedTuple, Self

from sqlalchemy import ColumnElement, CompoundSelect, Select, SQLColumnExpression, and_, case, desc, func, null, select, union_all
from sqlalchemy.orm import aliased

from app.models import Entry, Innovation, Membership, Period, Tally, Unit, User
from app.queries import targets
from app.queries.filters import Filter
from app.queries.kept import of_period
from app.queries.reminders import touched
from app.rules import days
from app.rules.access import Role
from app.rules.codelists import UNIT_KINDS
from app.rules.lanes import FURTHEST_FIRST, Lane, lane_of
from app.rules.targets import MET, SHORT, is_met
from app.rules.workflow import DONE, Status

_other: Any = aliased(Entry)


@dataclass(frozen=True)
class Line:
    """A unit on the board. `depth` is how deep it hangs in the tree and `above` the ids over it; `operator` and `head` are names (None: no
    account). `entry` is a row of `furthest`, or None; `idle` are days since somebody last worked on that. `wanted` is how many proposals the
    unit is asked for, 0 when it is not."""
    id: int
    name: str
    kind: str
    depth: int
    above: tuple[int, ...]
    parent: str | None
    operator: str | None
    head: str | None
    entry: Any
    idle: int
    wanted: int = 1

    @property
    def lane(self) -> Lane:
        return lane_of(self.entry and self.entry.status, self.idle, self.wanted > 0)

    @property
    def brought(self) -> int:
        """Of proposals, those that count for the target."""
        return self.entry.brought if self.entry else 0

    @property
    def target(self) -> str:
        """SHORT or MET, empty for who is not asked."""
        return "" if not self.wanted else MET if is_met(self.brought, self.wanted) else SHORT

    @property
    def number(self) -> int:
        """Of proposals."""
        return self.entry.number_of_unit if self.entry else 0

    @property
    def urgency(self) -> tuple:
        """Within a lane: what stands still longest first, of what is done the highest maturity first, else as in the tree."""
        if self.lane is Lane.DONE:
            return (-self.entry.best,)
        return (-self.idle,)


@dataclass(frozen=True)
class BoardFilter(Filter):
    """`lane` is a word of Lane, `target` SHORT or MET, `kind` one of UNIT_KINDS, `parent` the id of a unit: itself and all below; `q` part of
    the unit's name; `tahun` the year of the period, 0 for the current one."""
    lane: str = ""
    target: str = ""
    kind: str = ""
    parent: int = 0
    q: str = ""
    tahun: int = 0
    ORDERS: ClassVar = {}

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Self:
        chosen = super().read(args)
        return replace(chosen, lane=chosen.lane if chosen.lane in set(Lane) else "", target=chosen.target if chosen.target in (SHORT, MET) else "")

    def covers(self, line: Line) -> bool:
        """Whatever its lane."""
        return ((not self.kind or line.kind == self.kind) and (not self.target or line.target == self.target)
                and (not self.parent or self.parent in (line.id, *line.above)) and self.q.lower() in line.name.lower())


def units(period: Period) -> Select:
    """The units of a period: who fills in and who signs there, and how many proposals are wanted."""
    return (select(Unit.id, Unit.name, Unit.kind, Unit.parent_id, _first(Role.OPERATOR).label("operator"), _first(Role.HEAD).label("head"),
                   targets.wanted(period).label("wanted")).where(targets.belongs(period)))


@of_period
def furthest(period: int) -> CompoundSelect:
    """For each unit that brings something the proposal that came furthest, the first of its rows: of several equally far the one touched last,
    or of those that are done the best. Of its unit: `brought` counts for the target, `best` is the highest verified maturity (None while none
    is done). `since` is the last touch."""
    brought = func.sum(case((targets.is_brought, Tally.number), else_=0)).label("brought")
    mine = (select(Tally.unit_id, _furthest(Tally.status).label("status"), func.sum(Tally.number).label("number_of_unit"), brought)
            .where(Tally.period_id == period, Tally.number > 0).group_by(Tally.unit_id).cte("mine"))
    there = and_(Entry.period_id == period, Entry.unit_id == mine.c.unit_id, Entry.status == mine.c.status)

    def told(which: ColumnElement[bool], condition: ColumnElement[bool], best: Any, since: Any) -> Select:
        """Each of these has its next, so that outer joins lose nothing; they keep SQLite from going through all proposals first."""
        return (select(Entry.id.label("id"), Entry.unit_id.label("unit_id"), Entry.number, Entry.status, Entry.claimed, Entry.evidenced,
                       Entry.reminded_at, Innovation.name, User.name.label("reviewer"), mine.c.number_of_unit, mine.c.brought, best.label("best"),
                       since.label("since"))
                .select_from(mine).outerjoin(Entry, which).outerjoin(Innovation, Innovation.id == Entry.innovation_id)
                .outerjoin(User, User.id == Entry.reviewer_id).where(condition))

    of_unit = (_other.period_id == period, _other.unit_id == mine.c.unit_id)
    best_of_unit = (select(_other.id).where(*of_unit, _other.status == mine.c.status)
                    .order_by(_other.verified.desc(), _other.moved_at.desc(), _other.id).limit(1).correlate(mine).scalar_subquery())
    each = [select(func.max(_other.verified).label("most")).where(*of_unit, _other.status == status).correlate(mine) for status in sorted(DONE)]
    most = union_all(*each).subquery()  # a status at a time, so that the index tells it
    best = select(func.max(most.c.most)).scalar_subquery()
    done, moving = mine.c.status.in_(DONE), mine.c.status.not_in(DONE)
    found = union_all(told(Entry.id == best_of_unit, done, best, Entry.moved_at), told(there, moving, null(), touched()))
    return found.order_by("unit_id", desc("since"), "id")


def _furthest(status: SQLColumnExpression[str]) -> ColumnElement[str]:
    """Of several the one that is furthest."""
    places = dict(enumerate(FURTHEST_FIRST))
    return case(places, value=func.min(case({word: place for place, word in places.items()}, value=status)))


def lines(units: Iterable[Any], furthest: Iterable[Any], now: datetime, zone: tzinfo) -> list[Line]:
    """The board in the order of the tree: by kind and name, what belongs to a unit right below it."""
    mine: dict[int, Any] = {}
    for entry in furthest:
        mine.setdefault(entry.unit_id, entry)
    below: dict[int | None, list[Any]] = defaultdict(list)
    known = {unit.id: unit for unit in units}
    for unit in sorted(known.values(), key=lambda unit: (UNIT_KINDS.index(unit.kind), unit.name, unit.id)):
        below[unit.parent_id if unit.parent_id in known else None].append(unit)  # a unit that is gone holds nothing together any more
    today, found = days.of(now, zone), []

    def walk(under: int | None, above: tuple[int, ...]) -> None:
        for unit in below[under]:
            entry = mine.get(unit.id)
            found.append(Line(unit.id, unit.name, unit.kind, len(above), above, known[under].name if under else None, unit.operator, unit.head,
                              entry, (today - days.of(entry.since, zone)).days if entry else 0, unit.wanted))
            walk(unit.id, (*above, unit.id))

    walk(None, ())
    return found


def by_lane(lines: Iterable[Line]) -> dict[Lane, list[Line]]:
    """All of them, each with what is most urgent first."""
    found: dict[Lane, list[Line]] = {lane: [] for lane in Lane}
    for line in lines:
        found[line.lane].append(line)
    return {lane: sorted(mine, key=lambda line: line.urgency) for lane, mine in found.items()}


def counted(lines: Iterable[Line]) -> dict[Lane, int]:
    found = Counter(line.lane for line in lines)
    return {lane: found[lane] for lane in Lane}


class Target(NamedTuple):
    """How many units are asked for proposals, and how many of them brought as many as they were asked for."""
    asked: int
    met: int

    @property
    def short(self) -> int:
        return self.asked - self.met


def target(lines: Iterable[Line]) -> Target:
    asked = [line.target for line in lines if line.target]
    return Target(len(asked), asked.count(MET))


def holder(line: Line, needs_signature: bool, office: str) -> str:
    """Who has it in hand now, by name as far as it is somebody's; `office` is the name of the innovation office."""
    status = line.entry.status if line.entry else Status.DRAFT
    if status == Status.SUBMITTED:
        return line.entry.reviewer or f"{office}, belum dibagi"
    if status == Status.SIGNING and needs_signature and line.head:
        return line.head
    if status in (Status.DRAFT, Status.RETURNED, Status.SIGNING):
        return line.operator or "belum punya operator"
    return "kementerian" if status == Status.SENT else f"koordinator {office}" if status == Status.VERIFIED else office


def parents(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Id and name of the units that have others below them."""
    over = {line.above[-1] for line in lines if line.above}
    return [(line.id, line.name) for line in lines if line.id in over]


def _first(role: Role) -> Any:
    """The first by name of the active people who hold this role in the unit."""
    return (select(func.min(User.name)).join(Membership, Membership.user_id == User.id)
            .where(Membership.unit_id == targets.heir(), Membership.role == role, User.deactivated_at.is_(None)).correlate(Unit).scalar_subquery())

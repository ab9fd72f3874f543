"""The office's queue: whose turn a proposal is, how much of it is still to judge, how long nobody moved it."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple, Self

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from app.models import Answer, DocumentVersion, Entry, Indicator, Innovation, Period, Round, Unit, User, Verdict
from app.models.review import Decision, Origin
from app.queries import entries
from app.queries.filters import Filter
from app.rules.access import JUDGES
from app.rules.workflow import Status

MINE, WAITING, DONE = "", "opd", "selesai"
NEW, AGAIN = "baru", "ulang"

_earlier = aliased(Round)
_newest = (select(func.max(_earlier.number)).where(_earlier.entry_id == Entry.id, func.coalesce(_earlier.decision, "") != Decision.WITHDRAWN)
           .correlate(Entry).scalar_subquery())
_rows = select(func.count(Answer.id)).where(Answer.entry_id == Entry.id).correlate(Entry).scalar_subquery()
_given = select(func.count(Verdict.id)).where(Verdict.round_id == Round.id).correlate(Round).scalar_subquery()
_left = _rows - _given
_again = Round.number > 1


@dataclass(frozen=True)
class QueueFilter(Filter):
    """`tab` is whose turn it is, `unit` an id, `round` new or again, `idle` at least so many days, `period` a year."""
    tab: str = MINE
    q: str = ""
    unit: int = 0
    round: str = ""
    idle: int = 0
    period: int = 0
    ORDERS: ClassVar = {"lama": (Entry.moved_at, Entry.id)}
    USUAL: ClassVar = "lama"

    @property
    def descending(self) -> bool:
        """Work waits oldest first; what is done is read newest first."""
        return self.tab == DONE

    @property
    def is_narrow(self) -> bool:
        return bool(self.args(sort="", page=1, tab=MINE))

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Self:
        chosen = super().read(args)
        return chosen if chosen.tab in (MINE, WAITING, DONE) else replace(chosen, tab=MINE)

    def cleared(self) -> dict[str, Any]:
        """The address of the same tab without a filter."""
        return QueueFilter(tab=self.tab).args()

    def conditions(self, midnight: datetime) -> list[ColumnElement[bool]]:
        """`midnight` is when today began in the regency: a day of waiting is a night that passed."""
        wanted = {NEW: [~_again], AGAIN: [_again]}.get(self.round, [])
        if self.q:
            wanted.append(entries.named(self.q))
        if self.unit:
            wanted.append(Entry.unit_id == self.unit)
        if self.period:
            wanted.append(Period.year == self.period)
        if self.idle:
            wanted.append(Entry.moved_at < midnight - timedelta(days=min(self.idle, 3650) - 1))
        return wanted


class Counts(NamedTuple):
    """The first three under the filter; then what waits for this person at all, how much of it comes back and with how many rows,
    and what waits for others because it is of a unit of theirs."""
    mine: int
    waiting: int
    done: int
    turn: int
    again: int
    again_rows: int
    own: int


def counts(user: User, chosen: QueueFilter, midnight: datetime) -> Select[Any]:
    """One row, as `Counts`."""
    turn, narrowed = _is_in(MINE, user), and_(true(), *chosen.conditions(midnight))
    tabs = [func.count(case((and_(_is_in(tab, user), narrowed), 1))) for tab in (MINE, WAITING, DONE)]
    return _submitted_once(select(
        *tabs, func.count(case((turn, 1))), func.count(case((and_(turn, _again), 1))),
        func.coalesce(func.sum(case((and_(turn, _again), _left))), 0), func.count(case((_is_own(user), 1)))))


def queue(user: User, chosen: QueueFilter, midnight: datetime) -> Select:
    """Rows of one tab. `left` counts the rows without a verdict; `verified` is None until something was; `by` judges or decided."""
    decided = select(User.name).where(User.id == Round.decided_by_id).correlate(Round).scalar_subquery()
    judging = (select(User.name).join(Verdict, Verdict.by_id == User.id).where(Verdict.round_id == Round.id, Verdict.origin == Origin.JUDGED)
               .order_by(Verdict.at.desc(), Verdict.id.desc()).limit(1).correlate(Round).scalar_subquery())
    query = select(
        Entry.id, Innovation.name, Unit.name.label("unit"), Period.year, Entry.number, Round.number.label("round"), _left.label("left"),
        Entry.claimed, Entry.evidenced,
        case((or_(_again, Entry.status != Status.SUBMITTED), Entry.verified)).label("verified"), Entry.moved_at,
        func.coalesce(decided, judging).label("by"))
    query = _submitted_once(query).join(Unit, Unit.id == Entry.unit_id)
    return chosen.ordered(query.where(_is_in(chosen.tab, user), *chosen.conditions(midnight)))


def oldest(user: User) -> Select[int, str | None]:
    """Where to begin: the proposal that has waited longest for this person, and its first row without a verdict (None when all have one)."""
    judged = select(Verdict.answer_id).where(Verdict.round_id == Round.id).correlate(Round)
    first = (select(Indicator.code).join(Answer, Answer.indicator_id == Indicator.id).where(Answer.entry_id == Entry.id, Answer.id.not_in(judged))
             .order_by(Indicator.position).limit(1).correlate(Entry, Round).scalar_subquery())
    query = _submitted_once(select(Entry.id, first.label("code"))).where(_is_in(MINE, user))
    return QueueFilter().ordered(query).limit(1)


def units() -> Select[int, str]:
    """The units that ever submitted something, for the filter."""
    return select(Unit.id, Unit.name).where(Unit.id.in_(select(Entry.unit_id).where(Entry.status != Status.DRAFT))).order_by(Unit.name, Unit.id)


def versions(ids: Iterable[int]) -> Select[DocumentVersion]:
    """The very versions a snapshot names, with their files."""
    return select(DocumentVersion).where(DocumentVersion.id.in_(ids)).options(joinedload(DocumentVersion.file))


def _submitted_once(query: Select) -> Select:
    """Joined with the latest round: proposals that were never submitted fall out."""
    return (query.select_from(Entry).join(Round, and_(Round.entry_id == Entry.id, Round.number == _newest))
            .join(Innovation, Innovation.id == Entry.innovation_id).join(Period, Period.id == Entry.period_id))


def _is_in(tab: str, user: User) -> ColumnElement[bool]:
    """A judge's turn agrees with `entry.judge`; who only reads sees all that waits for any judge."""
    if tab in (WAITING, DONE):
        return Entry.status == (Status.RETURNED if tab == WAITING else Status.APPROVED)
    return and_(Entry.status == Status.SUBMITTED, ~_is_own(user)) if user.has_role(*JUDGES) else Entry.status == Status.SUBMITTED


def _is_own(user: User) -> ColumnElement[bool]:
    """Waits for other people, because this person has a role in its unit."""
    return and_(Entry.status == Status.SUBMITTED, Entry.unit_id.in_([unit.id for unit in user.units()]))

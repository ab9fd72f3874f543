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
from app.queries.counting import COUNTS, known, which
from app.queries.filters import MOST_DIGITS, Filter
from app.rules import workflow
from app.rules.access import JUDGES, Role
from app.rules.workflow import WITH_OFFICE, Status

MINE, COLLEAGUES, WAITING, DONE = "", "rekan", "opd", "selesai"
TABS = (MINE, COLLEAGUES, WAITING, DONE)
NEW, AGAIN = "baru", "ulang"
NOBODY = "belum"

_earlier = aliased(Round)
_rows = select(func.count(Answer.id)).where(Answer.entry_id == Entry.id).correlate(Entry).scalar_subquery()
_given = select(func.count(Verdict.id)).where(Verdict.round_id == Round.id).correlate(Round).scalar_subquery()
left = _rows - _given
_again: ColumnElement[bool] = select(_earlier.id).where(
    _earlier.entry_id == Entry.id, _earlier.number < Round.number, _earlier.decision != Decision.WITHDRAWN).correlate(Entry, Round).exists()


@dataclass(frozen=True)
class QueueFilter(Filter):
    """`tab` is whose turn it is, `unit` an id, `round` new or again, `idle` at least so many days, `period` a year, `verifikator` who it was
    given to: an id, or NOBODY; `latihan` a word of `counting.which`. What waits for the coordinator is with no reviewer any more."""
    tab: str = MINE
    q: str = ""
    unit: int = 0
    verifikator: str = ""
    round: str = ""
    idle: int = 0
    period: int = 0
    latihan: str = ""
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
        return replace(chosen, tab=chosen.tab if chosen.tab in TABS else MINE, verifikator=known_reviewer(chosen.verifikator),
                       latihan=known(chosen.latihan))

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
        if self.verifikator:
            wanted.append(and_(is_given(Entry.reviewer_id, self.verifikator), Entry.status != Status.VERIFIED))
        if self.period:
            wanted.append(Period.year == self.period)
        if self.idle:
            wanted.append(Entry.moved_at < midnight - timedelta(days=min(self.idle, 3650) - 1))
        return wanted


def known_reviewer(text: str) -> str:
    """A reviewer as an address says it: an id, or NOBODY; empty for what makes no sense."""
    return text if text == NOBODY or (text.isdecimal() and len(text) <= MOST_DIGITS) else ""


def is_given(column: Any, reviewer: str) -> ColumnElement[bool]:
    return column.is_(None) if reviewer == NOBODY else column == int(reviewer)


class Counts(NamedTuple):
    """The first four under the filter; then what waits for this person at all, how much of it comes back and with how many rows, what waits
    for others because it is of a unit of theirs, and what is theirs because nobody has it or because it waits for an approval."""
    mine: int
    colleagues: int
    waiting: int
    done: int
    turn: int
    again: int
    again_rows: int
    own: int
    unshared: int
    to_approve: int


def counts(user: User, chosen: QueueFilter, midnight: datetime) -> Select[Any]:
    """One row, as `Counts`."""
    turn, narrowed = _is_in(MINE, user), and_(true(), *chosen.conditions(midnight))
    tabs = [_number(and_(_is_in(tab, user), narrowed)) for tab in TABS]
    return joined(select(
        *tabs, _number(turn), _number(and_(turn, _again)), func.coalesce(func.sum(case((and_(turn, _again), left))), 0),
        _number(and_(Entry.status.in_(WITH_OFFICE), _is_own(user))),
        _number(and_(turn, Entry.status == Status.SUBMITTED, Entry.reviewer_id.is_(None))),
        _number(and_(turn, Entry.status == Status.VERIFIED)))).where(Entry.status != Status.DRAFT, which(chosen.latihan))


def queue(user: User, chosen: QueueFilter, midnight: datetime) -> Select:
    """Rows of one tab. `left` counts the rows without a verdict; `verified` is None until something was; `reviewer` was given it, `by`
    decided, finished or judges it; `again` says that it came back after a decision. `round` is None where the head of its unit has yet to sign
    the first one."""
    people = [select(User.name).where(User.id == id).correlate(Entry, Round).scalar_subquery()
              for id in (Entry.reviewer_id, Round.decided_by_id, Round.finished_by_id)]
    judging = (select(User.name).join(Verdict, Verdict.by_id == User.id).where(Verdict.round_id == Round.id, Verdict.origin == Origin.JUDGED)
               .order_by(Verdict.at.desc(), Verdict.id.desc()).limit(1).correlate(Round).scalar_subquery())
    query = select(
        Entry.id, Innovation.name, Unit.name.label("unit"), Period.year, Period.is_training, Entry.period_id, Entry.number, Entry.status,
        Round.number.label("round"),
        _again.label("again"), left.label("left"), Entry.claimed, Entry.evidenced,
        case((entries.was_decided, Entry.verified)).label("verified"), Entry.moved_at, Entry.reviewer_id,
        people[0].label("reviewer"), func.coalesce(*people[1:], judging).label("by"))
    query = joined(query).join(Unit, Unit.id == Entry.unit_id)
    return chosen.ordered(query.where(_is_in(chosen.tab, user), which(chosen.latihan), *chosen.conditions(midnight)))


def following(user: User, held: bool = False) -> Select[int, str | None]:
    """Where to go on with real work: the proposal that has waited longest for this person, and its first row without a verdict (None when all
    have one). `held` leaves out what nobody was given yet."""
    judged = select(Verdict.answer_id).where(Verdict.round_id == Round.id).correlate(Round)
    first = (select(Indicator.code).join(Answer, Answer.indicator_id == Indicator.id).where(Answer.entry_id == Entry.id, Answer.id.not_in(judged))
             .order_by(Indicator.position).limit(1).correlate(Entry, Round).scalar_subquery())
    query = joined(select(Entry.id, first.label("code"))).where(_is_in(MINE, user), COUNTS)
    if held:
        query = query.where(or_(Entry.reviewer_id == user.id, Entry.status == Status.VERIFIED))
    return QueueFilter().ordered(query).limit(1)


def units() -> Select[int, str]:
    """The units that ever submitted something, for the filter."""
    return select(Unit.id, Unit.name).where(Unit.id.in_(select(Entry.unit_id).where(Entry.status != Status.DRAFT))).order_by(Unit.name, Unit.id)


def versions(ids: Iterable[int]) -> Select[DocumentVersion]:
    """The very versions a snapshot names, with their files."""
    return select(DocumentVersion).where(DocumentVersion.id.in_(ids)).options(joinedload(DocumentVersion.file))


def joined(query: Select) -> Select:
    """With the latest round that counts; there is none before the head of the unit signed the first."""
    return (query.select_from(Entry).outerjoin(Round, and_(Round.entry_id == Entry.id, Round.number == entries.newest_round))
            .join(Innovation, Innovation.id == Entry.innovation_id).join(Period, Period.id == Entry.period_id))


def _is_in(tab: str, user: User) -> ColumnElement[bool]:
    """Every proposal that left its unit is in exactly one tab."""
    if tab == WAITING:
        return Entry.status.in_((Status.RETURNED, Status.SIGNING))
    if tab == DONE:
        return Entry.status.in_(workflow.DONE)
    return is_turn(user) if tab == MINE else and_(Entry.status.in_(WITH_OFFICE), ~is_turn(user))


def is_turn(user: User) -> ColumnElement[bool]:
    """What this person may move on: agrees with `entry.judge`, and with `why_not_approved_by` for what waits for the coordinator. Who only
    reads sees all that waits for anybody of the office."""
    if not user.has_role(*JUDGES):
        return Entry.status.in_(WITH_OFFICE)
    judges = and_(Entry.status == Status.SUBMITTED, or_(Entry.reviewer_id.is_(None), Entry.reviewer_id == user.id))
    return and_(~_is_own(user), or_(judges, _may_be_approved_by(user)))


def _may_be_approved_by(user: User) -> ColumnElement[bool]:
    if not user.has_role(Role.COORDINATOR):
        return and_(Entry.status == Status.VERIFIED, ~Period.two_steps)
    verified = select(Verdict.id).where(Verdict.round_id == Round.id, Verdict.by_id == user.id).correlate(Round).exists()
    return and_(Entry.status == Status.VERIFIED, or_(~Period.two_steps, Period.may_approve_own, and_(Round.finished_by_id != user.id, ~verified)))


def _is_own(user: User) -> ColumnElement[bool]:
    """Waits for other people, because this person has a role in its unit."""
    return and_(Entry.unit_id.in_([unit.id for unit in user.units()]), ~Period.may_judge_own_unit)


def _number(condition: ColumnElement[bool]) -> Any:
    return func.count(case((condition, 1)))

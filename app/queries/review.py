"""The office's queue: whose turn a proposal is, how much of it is still to judge, how long nobody moved it."""
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple, Self

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from app.models import Answer, Entry, Indicator, Innovation, Instrument, Period, Round, Unit, User, Verdict
from app.models.review import Origin
from app.queries import entries
from app.queries.counting import COUNTED, COUNTS, in_periods, known, up_to, which
from app.queries.filters import MOST_DIGITS, Filter
from app.rules import workflow
from app.rules.access import JUDGES, Role
from app.rules.workflow import WITH_OFFICE, Status

MINE, COLLEAGUES, WAITING, DONE = "", "rekan", "opd", "selesai"
TABS = (MINE, COLLEAGUES, WAITING, DONE)
IN_TAB = {MINE: WITH_OFFICE, COLLEAGUES: WITH_OFFICE, WAITING: {Status.RETURNED, Status.SIGNING}, DONE: workflow.DONE}
NEW, AGAIN = "baru", "ulang"
NOBODY = "belum"

_again = Entry.decided_rounds > case((Entry.status.in_(WITH_OFFICE), 0), else_=1)  # one decided before the latest


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
        if not args:
            return chosen
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
            wanted.append(in_periods(Period.year == self.period))
        if self.idle:
            wanted.append(Entry.moved_at < midnight - timedelta(days=min(self.idle, 3650) - 1))
        return wanted


def known_reviewer(text: str) -> str:
    """A reviewer as an address says it: an id, or NOBODY; empty for what makes no sense."""
    return text if text == NOBODY or (text.isdecimal() and len(text) <= MOST_DIGITS) else ""


def is_given(column: Any, reviewer: str) -> ColumnElement[bool]:
    return column.is_(None) if reviewer == NOBODY else column == int(reviewer)


class Counts(NamedTuple):
    """The first four under the filter; then what waits for this person at all, how much of it they hold, how much comes back and with how many
    rows, what waits for others because it is of a unit of theirs, and what is theirs because nobody has it or because it waits for an approval.
    Nothing is counted further than one above COUNTED."""
    mine: int
    colleagues: int
    waiting: int
    done: int
    turn: int
    held: int
    again: int
    again_rows: int
    own: int
    unshared: int
    to_approve: int

    @property
    def again_is_whole(self) -> bool:
        """Only then are their rows all counted."""
        return self.again <= COUNTED


def counts(user: User, chosen: QueueFilter, midnight: datetime) -> Select[Any]:
    """One row, as `Counts`. Each is a SELECT of its own, which stops: so many proposals more cost nothing."""
    shown, turn, narrowed = which(chosen.latihan), _is_in(MINE, user), chosen.conditions(midnight)
    tabs = [up_to(select(Entry.id).where(_is_in(tab, user), shown, *narrowed)) for tab in TABS]
    numbers = [(turn,), (turn, Entry.reviewer_id == user.id, Entry.status == Status.SUBMITTED), (turn, _again)]
    left = select(Entry.rows_left).where(turn, _again, shown).limit(COUNTED + 1).subquery()
    others = [(Entry.status.in_(WITH_OFFICE), _is_own(user)), (turn, Entry.status == Status.SUBMITTED, Entry.reviewer_id.is_(None)),
              (turn, Entry.status == Status.VERIFIED)]
    first, last = ([up_to(select(Entry.id).where(*wanted, shown)) for wanted in some] for some in (numbers, others))
    return select(*tabs, *first, select(func.coalesce(func.sum(left.c.rows_left), 0)).scalar_subquery(), *last)


def ids(user: User, chosen: QueueFilter, midnight: datetime, size: int, offset: int) -> Select[int]:
    """Of one page of `queue`. Each status is read in the order of its index, as far as the page may reach."""
    each = [chosen.ordered(select(Entry.id.label("id"), Entry.moved_at.label("moved_at"))
                           .where(Entry.status == status, _is_in(chosen.tab, user), which(chosen.latihan), *chosen.conditions(midnight)))
            .limit(offset + size).subquery() for status in sorted(IN_TAB[chosen.tab])]
    found = union_all(*(select(part.c.id, part.c.moved_at) for part in each)).subquery()
    order = (found.c.moved_at.desc(), found.c.id.desc()) if chosen.descending else (found.c.moved_at, found.c.id)
    return select(select(found.c.id).order_by(*order).limit(size).offset(offset).subquery().c.id)


def queue(user: User, chosen: QueueFilter, midnight: datetime) -> Select:
    """All of one tab, as `rows`."""
    return rows(chosen).where(_is_in(chosen.tab, user), which(chosen.latihan), *chosen.conditions(midnight))


def rows(chosen: QueueFilter) -> Select:
    """Of any tab, in the order of the one chosen. `left` counts the rows without a verdict; `verified` is None until something was; `reviewer`
    was given it, `by` decided, finished or judges it; `again` says that it came back after a decision. `round` is None where the head of its
    unit has yet to sign the first one."""
    people = [select(User.name).where(User.id == id).correlate(Entry, Round).scalar_subquery()
              for id in (Entry.reviewer_id, Round.decided_by_id, Round.finished_by_id)]
    judging = (select(User.name).join(Verdict, Verdict.by_id == User.id).where(Verdict.round_id == Round.id, Verdict.origin == Origin.JUDGED)
               .order_by(Verdict.at.desc(), Verdict.id.desc()).limit(1).correlate(Round).scalar_subquery())
    query = select(
        Entry.id, Innovation.name, Unit.name.label("unit"), Period.year, Period.is_training, Entry.period_id, Entry.number, Entry.status,
        Round.number.label("round"),
        _again.label("again"), Entry.rows_left.label("left"), Entry.claimed, Entry.evidenced,
        case((entries.was_decided, Entry.verified)).label("verified"), Entry.moved_at, Entry.reviewer_id,
        people[0].label("reviewer"), func.coalesce(*people[1:], judging).label("by"))
    return chosen.ordered(joined(query).join(Unit, Unit.id == Entry.unit_id))


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
    return select(Unit.id, Unit.name).where(_submitted_once()).order_by(Unit.name, Unit.id)


class Choice(NamedTuple):
    """What the filter offers: a unit, a person or a period, by `kind`; of a period its year, whether it is training, and the most points a
    proposal of it can have."""
    kind: str
    id: int
    name: str
    year: int | None
    is_training: bool | None
    maximum: str | None


def choices(reviewers: Select[int, str]) -> CompoundSelect:
    """All of them as `Choice`, by name. `reviewers` are the ids and names of the people."""
    people, nothing = reviewers.order_by(None).subquery(), (null_of(Integer), null_of(Boolean), null_of(String))
    most = Instrument.rules[("scoring", "maturity_max")].as_string()
    return union_all(
        select(literal("unit").label("kind"), Unit.id.label("id"), Unit.name.label("name"), *nothing).where(_submitted_once()),
        select(literal("person"), people.c.id, people.c.name, *nothing),
        select(literal("period"), Period.id, literal(""), Period.year, Period.is_training, most)
        .join(Instrument, Instrument.id == Period.instrument_id)).order_by("name", "id")


def null_of(kind: type) -> Any:
    return cast(null(), kind)


def _submitted_once() -> ColumnElement[bool]:
    return select(Entry.id).where(Entry.unit_id == Unit.id, Entry.status != Status.DRAFT).correlate(Unit).exists()


def joined(query: Select) -> Select:
    """With the latest round that counts; there is none before the head of the unit signed the first."""
    return (query.select_from(Entry).outerjoin(Round, and_(Round.entry_id == Entry.id, Round.number == Entry.round_number))
            .join(Innovation, Innovation.id == Entry.innovation_id).join(Period, Period.id == Entry.period_id))


def _is_in(tab: str, user: User) -> ColumnElement[bool]:
    """Every proposal that left its unit is in exactly one tab."""
    held = Entry.status.in_(IN_TAB[tab])
    return held if tab in (WAITING, DONE) else and_(held, is_turn(user) if tab == MINE else ~is_turn(user))


def is_turn(user: User) -> ColumnElement[bool]:
    """What this person may move on: agrees with `entry.judge`, and with `why_not_approved_by` for what waits for the coordinator. Who only
    reads sees all that waits for anybody of the office."""
    if not user.has_role(*JUDGES):
        return Entry.status.in_(WITH_OFFICE)
    judges = and_(Entry.status == Status.SUBMITTED, or_(Entry.reviewer_id.is_(None), Entry.reviewer_id == user.id))
    return and_(~_is_own(user), or_(judges, _may_be_approved_by(user)))


def _may_be_approved_by(user: User) -> ColumnElement[bool]:
    if not user.has_role(Role.COORDINATOR):
        return and_(Entry.status == Status.VERIFIED, in_periods(~Period.two_steps))
    verified = select(Verdict.id).where(Verdict.round_id == Round.id, Verdict.by_id == user.id).correlate(Round).exists()
    among = (select(Round.id).where(Round.entry_id == Entry.id, Round.number == Entry.round_number, or_(Round.finished_by_id == user.id, verified))
             .correlate(Entry).exists())
    return and_(Entry.status == Status.VERIFIED, or_(in_periods(or_(~Period.two_steps, Period.may_approve_own)), ~among))


def _is_own(user: User) -> ColumnElement[bool]:
    """Waits for other people, because this person has a role in its unit."""
    return and_(Entry.unit_id.in_([unit.id for unit in user.units()]), in_periods(~Period.may_judge_own_unit))

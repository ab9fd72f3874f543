"""Desk sessions and monitoring visits: the list, what one of them needs, and where they show on other pages."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.models import DeskSession, Entry, Event, Innovation, Membership, Period, Promise, Unit, User
from app.models.desk import LONGEST, Kind
from app.queries import entries
from app.queries.filters import Filter
from app.queries.spoken import day_of
from app.rules.access import JUDGES, READS_ALL, UNIT_ROLES

HELD, CANCELLED, ALL = "selesai", "batal", "semua"
KINDS = {"": "Semua", Kind.DESK.value: "Pendampingan", Kind.MONITORING.value: "Kunjungan monitoring"}
ARRANGING = ("session_arranged", "session_edited", "session_moved")
MINUTES = ("minutes_noted", "session_held", "minutes_corrected")
FEW = 5  # on the page of a proposal or an innovation
MOST_OWED = 20  # on an agenda

NAMES = (joinedload(DeskSession.unit), joinedload(DeskSession.reviewer), joinedload(DeskSession.innovation))
_open = and_(DeskSession.held_at.is_(None), DeskSession.cancelled_at.is_(None))


@dataclass(frozen=True)
class DeskFilter(Filter):
    """`state` is empty for what is still to come or to be closed, else HELD, CANCELLED or ALL; `siapa` (reviewer) and `unit` are ids, `kind` a
    word of Kind, `first` and `last` days of the regency (ISO)."""
    state: str = ""
    siapa: int = 0
    unit: int = 0
    kind: str = ""
    first: str = ""
    last: str = ""
    ORDERS: ClassVar = {"at": (DeskSession.starts_at, DeskSession.id)}
    USUAL: ClassVar = "at"

    def narrow(self, query: Select, span: tuple[datetime | None, datetime | None]) -> Select:
        """`span`: the instants the two days begin and end at."""
        if self.state != ALL:
            query = query.where({HELD: DeskSession.held_at.is_not(None), CANCELLED: DeskSession.cancelled_at.is_not(None)}.get(self.state, _open))
        if self.siapa:
            query = query.where(DeskSession.reviewer_id == self.siapa)
        if self.unit:
            query = query.where(DeskSession.unit_id == self.unit)
        if self.kind in KINDS and self.kind:
            query = query.where(DeskSession.kind == self.kind)
        first, last = span
        query = query.where(DeskSession.starts_at >= first) if first else query
        return query.where(DeskSession.starts_at <= last) if last else query

    def by_day(self, query: Select, user: User, offset: timedelta) -> Select:
        """The days in turn, one's own sessions first in each; what is over with the latest day above. `offset` of the regency to UTC."""
        day = day_of(DeskSession.starts_at, offset)
        return query.order_by(day.desc() if self.state else day, DeskSession.reviewer_id != user.id, DeskSession.starts_at, DeskSession.id)


def seen_by(user: User) -> ColumnElement[bool]:
    """Agrees with `desk.view`."""
    if user.has_role(*READS_ALL):
        return true()
    return of_units([unit.id for unit in user.units(*UNIT_ROLES)])


def of_units(ids: Collection[int]) -> ColumnElement[bool]:
    """Of these units (ids), and of those that were merged into them."""
    return or_(DeskSession.unit_id.in_(ids), DeskSession.unit_id.in_(select(Unit.id).where(Unit.merged_into_id.in_(ids))))


def visible_to(user: User) -> Select[DeskSession]:
    """With what its verbs and its page touch."""
    people = selectinload(Unit.memberships).joinedload(Membership.user)
    return select(DeskSession).where(seen_by(user)).options(
        joinedload(DeskSession.unit).options(people, joinedload(Unit.merged_into).options(people)),
        joinedload(DeskSession.reviewer), joinedload(DeskSession.made_by), joinedload(DeskSession.innovation), joinedload(DeskSession.entry),
        selectinload(DeskSession.promises).joinedload(Promise.done_by))


def rows(user: User) -> Select[DeskSession]:
    return select(DeskSession).where(seen_by(user)).options(*NAMES)


def counts(user: User) -> Select:
    """How many are open, held and called off: one row."""
    numbers = [func.count(DeskSession.id).filter(which) for which in
               (_open, DeskSession.held_at.is_not(None), DeskSession.cancelled_at.is_not(None))]
    return select(*numbers).where(seen_by(user))


def units(user: User) -> Select[int, str]:
    return select(Unit.id, Unit.name).where(Unit.id.in_(select(DeskSession.unit_id).where(seen_by(user)))).order_by(Unit.name, Unit.id)


def reviewers(user: User) -> Select[int, str]:
    """Id and name of whoever has sessions this person sees."""
    return select(User.id, User.name).where(User.id.in_(select(DeskSession.reviewer_id).where(seen_by(user)))).order_by(User.name, User.id)


def mine(user: User) -> ColumnElement[bool]:
    """Those one goes to oneself: with one's unit, or as its reviewer."""
    return or_(DeskSession.reviewer_id == user.id, of_units([unit.id for unit in user.units(*UNIT_ROLES)]))


def own(user: User, since: datetime) -> Select[DeskSession]:
    """For one's own calendar; what was called off is taken out of it."""
    return select(DeskSession).where(mine(user), DeskSession.starts_at >= since).options(*NAMES).order_by(DeskSession.starts_at, DeskSession.id)


def next_of(user: User, now: datetime) -> Select[DeskSession]:
    return (select(DeskSession).where(mine(user), _open, DeskSession.starts_at >= now - timedelta(hours=1)).options(*NAMES)
            .order_by(DeskSession.starts_at, DeskSession.id).limit(1))


def around(units: Collection[int], reviewers: Collection[int], first: datetime, last: datetime) -> Select[DeskSession]:
    """What these units and reviewers (ids) have between two instants."""
    return (select(DeskSession).where(or_(DeskSession.unit_id.in_(units), DeskSession.reviewer_id.in_(reviewers)),
                                      DeskSession.cancelled_at.is_(None), DeskSession.starts_at < last,
                                      DeskSession.starts_at > first - timedelta(minutes=LONGEST))
            .options(*NAMES).order_by(DeskSession.starts_at, DeskSession.id))


def last_arranged(session: DeskSession) -> Select[int]:
    """The event that last said when and where it is."""
    return select(func.max(Event.id)).where(Event.desk_session_id == session.id, Event.what.in_(ARRANGING))


def last_minuted(session: DeskSession) -> Select[Event]:
    """The event that last changed its minutes."""
    return (select(Event).where(Event.desk_session_id == session.id, Event.what.in_(MINUTES)).options(joinedload(Event.by))
            .order_by(Event.id.desc()).limit(1))


def history(session: DeskSession) -> Select[Event]:
    return select(Event).where(Event.desk_session_id == session.id).options(joinedload(Event.by)).order_by(Event.id.desc())


# What it is about

def proposals(session: DeskSession, period: Period) -> Select[Entry]:
    """What the unit brings in a period, whole; of the one innovation where it is about one."""
    about = Entry.innovation_id == session.innovation_id if session.innovation_id else Entry.unit_id == session.unit_id
    return select(Entry).where(about, Entry.period_id == period.id).options(*entries.WHOLE).order_by(Entry.number, Entry.id)


def of_entry(entry: Entry) -> Select[DeskSession]:
    """The latest that were about this proposal, or about its unit while its period ran."""
    general = and_(DeskSession.unit_id == entry.unit_id, DeskSession.innovation_id.is_(None), DeskSession.starts_at >= entry.period.opens_at,
                   DeskSession.starts_at <= entry.period.repairs_close_at)
    return _latest(or_(DeskSession.entry_id == entry.id, general))


def of_innovation(innovation: Innovation) -> Select[DeskSession]:
    """The latest that were about this innovation, or about its unit since it is recorded."""
    general = and_(DeskSession.unit_id == innovation.unit_id, DeskSession.innovation_id.is_(None),
                   func.coalesce(DeskSession.held_at, DeskSession.starts_at) >= innovation.recorded_at)
    return _latest(or_(DeskSession.innovation_id == innovation.id, general))


def _latest(which: ColumnElement[bool]) -> Select[DeskSession]:
    return (select(DeskSession).where(which, DeskSession.cancelled_at.is_(None)).order_by(DeskSession.starts_at.desc(), DeskSession.id.desc())
            .options(joinedload(DeskSession.reviewer), selectinload(DeskSession.promises)).limit(FEW))


# Promises

OVERDUE, DONE = "lewat", "selesai"


@dataclass(frozen=True)
class PromiseFilter(Filter):
    """`state` is empty for what is still open, else OVERDUE, DONE or ALL; `unit` and `siapa` (reviewer) are ids."""
    state: str = ""
    unit: int = 0
    siapa: int = 0
    ORDERS: ClassVar = {"due": (Promise.due_on, Promise.id)}
    USUAL: ClassVar = "due"

    def narrow(self, query: Select, today: date) -> Select:
        if self.unit:
            query = query.where(DeskSession.unit_id == self.unit)
        if self.siapa:
            query = query.where(DeskSession.reviewer_id == self.siapa)
        if self.state == ALL:
            return query
        if self.state == DONE:
            return query.where(Promise.done_at.is_not(None))
        query = query.where(Promise.done_at.is_(None))
        return query.where(Promise.due_on < today) if self.state == OVERDUE else query


def promises(user: User) -> Select[Promise]:
    """Those of sessions that were held, with whom they were made."""
    return _held(select(Promise)).where(seen_by(user)).options(
        contains_eager(Promise.session).options(*NAMES), joinedload(Promise.done_by))


def promise_counts(user: User, today: date) -> Select:
    """How many are open, overdue and done: one row."""
    waits = Promise.done_at.is_(None)
    numbers = [func.count(Promise.id).filter(which) for which in (waits, and_(waits, Promise.due_on < today), Promise.done_at.is_not(None))]
    return _held(select(*numbers).select_from(Promise)).where(seen_by(user))


def open_promises(unit: Unit) -> Select[Promise]:
    """What this unit still owes, with those merged into it; the oldest day first."""
    return (_held(select(Promise)).where(of_units([unit.id]), Promise.done_at.is_(None))
            .options(contains_eager(Promise.session)).order_by(Promise.due_on, Promise.id).limit(MOST_OWED))


def overdue(user: User, today: date) -> Select[Promise]:
    """Of one's own sessions."""
    return (_held(select(Promise)).where(mine(user), Promise.done_at.is_(None), Promise.due_on < today)
            .options(contains_eager(Promise.session).options(*NAMES)).order_by(Promise.due_on, Promise.id))


def _held(query: Select) -> Select:
    return query.join(DeskSession, DeskSession.id == Promise.session_id).where(DeskSession.held_at.is_not(None))


def judges() -> Select[User]:
    """Who may be asked to sit with a unit, with the units they belong to."""
    held = select(Membership.user_id).where(Membership.role.in_(JUDGES))
    return (select(User).where(User.id.in_(held), User.deactivated_at.is_(None)).order_by(User.name, User.id)
            .options(selectinload(User.memberships).joinedload(Membership.unit)))

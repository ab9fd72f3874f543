"""Everything that happened in this installation, for those who answer for it."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import joinedload, load_only

from app.models import (
    DeskSession,
    Document,
    Entry,
    Event,
    FailedSignIn,
    Innovation,
    Instrument,
    Membership,
    Period,
    Reason,
    RegisterImport,
    Session,
    Unit,
    User,
    YearResult,
)
from app.queries import searching
from app.queries.counting import which_events
from app.queries.filters import Filter
from app.queries.spoken import each_in
from app.rules.log import KINDS

BY_PEOPLE = "tanpa-pengingat"
OF_THE_DESK = ("judging", "approving", "unshared")  # reminders that say who judges what


@dataclass(frozen=True)
class LogFilter(Filter):
    """`person` (id) did it or is the one it was done to; `unit` (id) is that of the thing, or of the account; `q` is part of an innovation's
    name; `kind` a key of KINDS, or BY_PEOPLE: all but the reminders; `latihan` a word of `counting.which`; `first` and `last` are days of the
    regency (ISO). `before` and `after` are ids of events: the page ends or begins beside them."""
    person: int = 0
    unit: int = 0
    q: str = ""
    kind: str = ""
    first: str = ""
    last: str = ""
    latihan: str = ""
    before: int = 0
    after: int = 0
    ORDERS: ClassVar = {"at": (Event.at, Event.id)}
    USUAL: ClassVar = "-at"

    def narrow(self, query: Select, span: tuple[datetime | None, datetime | None]) -> Select:
        """`span`: the instants the two days begin and end at."""
        query = query.where(which_events(self.latihan))
        if self.person:
            query = query.where(or_(Event.by_id == self.person, Event.person_id == self.person))
        if self.unit:
            query = query.where(_of_unit(self.unit))
        if self.q:
            found = select(Innovation.id).where(searching.named(self.q))
            query = query.where(or_(Event.innovation_id.in_(found), Event.entry_id.in_(select(Entry.id).where(Entry.innovation_id.in_(found)))))
        if self.kind == BY_PEOPLE:
            query = query.where(Event.what.not_in(sorted(KINDS["pengingat"].events)))
        elif self.kind in KINDS:
            query = query.where(Event.what.in_(sorted(KINDS[self.kind].events)))
        return query.where(*within(Event.at, span))


@dataclass(frozen=True)
class DoorFilter(Filter):
    """Of sign-ins: `person` (id) and days as in LogFilter."""
    person: int = 0
    first: str = ""
    last: str = ""
    before: int = 0
    after: int = 0
    ORDERS: ClassVar = {"at": (Session.started_at, Session.id)}
    USUAL: ClassVar = "-at"


def within(column, span: tuple[datetime | None, datetime | None]) -> list[ColumnElement[bool]]:
    first, last = span
    return [*([column >= first] if first else []), *([column <= last] if last else [])]


def seen_by(user: User) -> Select[int]:
    """The ids of what this person may read. What the office says to itself is hidden where the own unit is judged: agrees with `entry.annotate`."""
    mine = [unit.id for unit in user.units()]
    judged = (select(Entry.id).join(Period, Period.id == Entry.period_id)
              .where(Entry.unit_id.in_(mine), Period.may_judge_own_unit.is_(False)))
    own = or_(Event.entry_id.in_(judged), Event.unit_id.in_(mine))
    return select(Event.id).where(not_(and_(Event.is_private, func.coalesce(own, False))), not_(_reminds_of(judged)))


def _reminds_of(judged: Select) -> ColumnElement[bool]:
    """A reminder to a judge that names one of these proposals."""
    item = each_in(Event.details, "items")
    named = exists(select(1).select_from(item).where(item.c.value["entry"].as_integer().in_(judged)).correlate(Event))
    return and_(Event.what == "reminded_of", Event.details["kind"].as_string().in_(OF_THE_DESK), named)


def _of_unit(id: int) -> ColumnElement[bool]:
    return or_(Event.unit_id == id, Event.entry_id.in_(select(Entry.id).where(Entry.unit_id == id)),
               Event.innovation_id.in_(select(Innovation.id).where(Innovation.unit_id == id)),
               Event.document_id.in_(select(Document.id).where(Document.unit_id == id)),
               Event.desk_session_id.in_(select(DeskSession.id).where(DeskSession.unit_id == id)),
               Event.person_id.in_(select(Membership.user_id).where(Membership.unit_id == id)))


def whole(ids: Sequence[int] | Select) -> Select[Event]:
    """With what their sentences name and lead to, newest first."""
    entry, named = joinedload(Event.entry).load_only(Entry.number), load_only(Innovation.name)
    return (select(Event).where(Event.id.in_(ids)).order_by(Event.at.desc(), Event.id.desc()).options(
        joinedload(Event.by).load_only(User.name), joinedload(Event.person).load_only(User.name, User.username), entry.options(
            joinedload(Entry.innovation).options(named), joinedload(Entry.period).load_only(Period.year, Period.is_training),
            joinedload(Entry.unit).load_only(Unit.name)),
        joinedload(Event.innovation).options(named, joinedload(Innovation.unit).load_only(Unit.name)),
        joinedload(Event.document).load_only(Document.id).joinedload(Document.unit).load_only(Unit.name), joinedload(Event.unit).load_only(Unit.name),
        joinedload(Event.period).load_only(Period.year, Period.is_training), joinedload(Event.reason).load_only(Reason.row),
        joinedload(Event.desk_session).options(load_only(DeskSession.kind), joinedload(DeskSession.unit).load_only(Unit.name)),
        joinedload(Event.year_result).load_only(YearResult.year), joinedload(Event.register_import).load_only(RegisterImport.file_name),
        joinedload(Event.instrument).load_only(Instrument.code, Instrument.title)))


def people() -> Select[int, str]:
    """Whoever has an account, for a choice: those who left did things too."""
    return select(User.id, User.name + " (" + User.username + ")").order_by(func.lower(User.name), User.id)


def units() -> Select[int, str]:
    return select(Unit.id, Unit.name).order_by(Unit.name, Unit.id)


def sign_ins(chosen: DoorFilter, span) -> Select:
    """One line each: who came in, from where, and when they left."""
    query = select(Session.id, Session.started_at.label("at"), Session.seen_at, Session.ended_at, Session.address, Session.agent, User.name,
                   User.username, User.id.label("user_id")).join(User, User.id == Session.user_id).where(*within(Session.started_at, span))
    return query.where(Session.user_id == chosen.person) if chosen.person else query


def failures(chosen: DoorFilter, span) -> Select:
    """One line each; `name` is None when nobody has that user name: it may be anything, even a password typed into the wrong field."""
    query = (select(FailedSignIn.id, FailedSignIn.at, FailedSignIn.address, FailedSignIn.forgiven_at, User.name, User.username,
                    User.id.label("user_id"))
             .outerjoin(User, User.username == FailedSignIn.username).where(*within(FailedSignIn.at, span)))
    return query.where(User.id == chosen.person) if chosen.person else query

"""What a person is to hear of."""
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.models import DeskSession, Entry, Event, Innovation, Notification, User
from app.queries.counting import COUNTS
from app.queries.filters import Filter
from app.rules.access import UNIT_ROLES

MOST_A_DAY = 300
WORK = ("level_claimed", "exhibit_attached", "row_replied", "row_judged")  # told to nobody, only counted


@dataclass(frozen=True)
class NoticeFilter(Filter):
    unread: bool = False
    ORDERS: ClassVar = {"new": (Event.at, Notification.id)}
    USUAL: ClassVar = "-new"

    def narrow(self, query: Select) -> Select:
        return query.where(Notification.read_at.is_(None)) if self.unread else query


def unread_count(user: User) -> Select[int]:
    return select(func.count(Notification.id)).where(Notification.user_id == user.id, Notification.read_at.is_(None))


def of(user: User) -> Select[Notification]:
    """With what their sentences name and lead to."""
    return (select(Notification).join(Notification.event).where(Notification.user_id == user.id)
            .options(contains_eager(Notification.event).options(
                joinedload(Event.by), joinedload(Event.entry).joinedload(Entry.innovation), joinedload(Event.innovation),
                joinedload(Event.document), joinedload(Event.person), joinedload(Event.period), joinedload(Event.unit),
                joinedload(Event.desk_session).joinedload(DeskSession.unit))))


def between(first: datetime, last: datetime) -> ColumnElement[bool]:
    """Of events from one instant to another, both inclusive."""
    return and_(Event.at >= first, Event.at <= last)


def on_day(user: User, first: datetime, last: datetime) -> Select[Notification]:
    """What this person was told between two instants, newest first."""
    return of(user).where(between(first, last)).order_by(Event.at.desc(), Notification.id.desc()).limit(MOST_A_DAY)


def beside(user: User, first: datetime, last: datetime) -> Select:
    """When the nearest notices before and after a day were made: one row, None where there are none."""
    mine = select(func.max(Event.at)).join(Notification, Notification.event_id == Event.id).where(Notification.user_id == user.id)
    after = select(func.min(Event.at)).join(Notification, Notification.event_id == Event.id).where(Notification.user_id == user.id)
    return select(mine.where(Event.at < first).scalar_subquery(), after.where(Event.at > last).scalar_subquery())


def work_on_day(user: User, first: datetime, last: datetime) -> Select:
    """How much was done on the proposals of this person's units, and on those they verify: entry id, its innovation's name, what, how often."""
    units = [unit.id for unit in user.units(*UNIT_ROLES)]
    mine = select(Entry.id).where(or_(Entry.unit_id.in_(units), Entry.reviewer_id == user.id))
    hidden = and_(Event.is_private, Entry.unit_id.in_([unit.id for unit in user.units()]))
    return (select(Entry.id, Innovation.name, Event.what, func.count(Event.id)).join(Entry, Entry.id == Event.entry_id)
            .join(Innovation, Innovation.id == Entry.innovation_id)
            .where(Event.entry_id.in_(mine), Event.what.in_(WORK), COUNTS, ~hidden, between(first, last))
            .group_by(Entry.id, Innovation.id, Event.what).order_by(Innovation.name, Entry.id, Event.what).limit(MOST_A_DAY))

"""What a person is to hear of."""
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.models import Entry, Event, Notification, User
from app.queries.filters import Filter


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
                joinedload(Event.document), joinedload(Event.person))))

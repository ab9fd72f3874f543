"""What the office tells: to whom, and since and until when."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.models import Announcement, Event
from app.queries.filters import Filter
from app.rules.audience import Audience


@dataclass(frozen=True)
class AnnouncementFilter(Filter):
    ORDERS: ClassVar = {"new": (Announcement.shows_from, Announcement.id)}
    USUAL: ClassVar = "-new"


class Told(NamedTuple):
    """What stands on top of a page."""
    id: int
    text: str
    shows_from: datetime
    shows_until: datetime
    changed_at: datetime

    @property
    def paragraphs(self) -> list[str]:
        return self.text.splitlines()

    def is_showing(self, now: datetime) -> bool:
        return self.shows_from <= now <= self.shows_until


def ahead(now: datetime, audiences: Collection[Audience]) -> Select:
    """To these people, showing or still to come, as `Told`, the newest first."""
    return (select(Announcement.id, Announcement.text, Announcement.shows_from, Announcement.shows_until, Announcement.changed_at)
            .where(Announcement.shows_until >= now, Announcement.ended_at.is_(None), Announcement.audience.in_(audiences))
            .order_by(Announcement.shows_from.desc(), Announcement.id.desc()))


def any_ahead(now: Any) -> ColumnElement[bool]:
    """Is there one, to whomever, that shows or will?"""
    return select(Announcement.id).where(Announcement.shows_until >= now, Announcement.ended_at.is_(None)).exists()


def showing(now: datetime, audiences: Collection[Audience]) -> Select[Announcement]:
    """To these people, the newest first."""
    return (select(Announcement).where(Announcement.shows_until >= now, Announcement.shows_from <= now, Announcement.ended_at.is_(None),
                                       Announcement.audience.in_(audiences)).order_by(Announcement.shows_from.desc(), Announcement.id.desc()))


def at_door(now: datetime) -> Select[Announcement]:
    """To whoever comes to sign in."""
    return showing(now, [Audience.ALL]).where(Announcement.at_door)


def of_more_time(sentences: Collection[str], now: datetime) -> Select[Announcement]:
    """Not over yet, and beginning with one of these."""
    begins = or_(*(Announcement.text.startswith(words, autoescape=True) for words in sentences))
    return select(Announcement).where(Announcement.ended_at.is_(None), Announcement.shows_until >= now, begins).order_by(Announcement.id)


def all_of_them() -> Select[Announcement]:
    return select(Announcement).options(joinedload(Announcement.by))


def history(announcement: Announcement) -> Select[Event]:
    return select(Event).where(Event.announcement_id == announcement.id).options(joinedload(Event.by)).order_by(Event.id.desc())


def last_change(announcement: Announcement) -> Select[int]:
    return select(func.max(Event.id)).where(Event.announcement_id == announcement.id)

"""What the office tells: to whom, and since and until when."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.models import Announcement, Event
from app.queries.filters import Filter
from app.rules.audience import Audience


@dataclass(frozen=True)
class AnnouncementFilter(Filter):
    ORDERS: ClassVar = {"new": (Announcement.shows_from, Announcement.id)}
    USUAL: ClassVar = "-new"


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

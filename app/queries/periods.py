"""Periods and instruments."""
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.models import Entry, Event, Extension, Instrument, Period


def newest_first() -> Select[Period]:
    return select(Period).options(joinedload(Period.instrument)).order_by(Period.year.desc())


def current(now: datetime) -> Select[Period]:
    """The newest period that has begun: the one people mean when they say "periode ini"."""
    return newest_first().where(Period.opens_at <= now).limit(1)


def begun(now: datetime) -> Select[int]:
    """The years of those that have begun, newest first."""
    return select(Period.year).where(Period.opens_at <= now).order_by(Period.year.desc())


def not_over(now: datetime) -> Select[Period]:
    """Those that still have something ahead of them, with the extensions units were given; an extension may reach beyond the repairs."""
    given = Period.extensions.any(and_(Extension.ended_at.is_(None), Extension.until >= now))
    return select(Period).where(or_(Period.repairs_close_at >= now, given)).options(selectinload(Period.extensions)).order_by(Period.year)


def instruments() -> Select[Instrument]:
    """Those a period may use, newest first: published, and complete."""
    usable = Instrument.published_at.is_not(None), Instrument.source["complete"].as_boolean()
    return select(Instrument).where(*usable).order_by(Instrument.year.desc(), Instrument.id.desc())


def of_year(year: int) -> Select[Period]:
    return newest_first().where(Period.year == year)


def entry_counts() -> Select[int, str, int]:
    """How many proposals each period (id) has in each status."""
    return select(Entry.period_id, Entry.status, func.count(Entry.id)).group_by(Entry.period_id, Entry.status)


def last_change(period: Period) -> Select[int]:
    """The id of the event that last said what this period is; extensions are no part of it."""
    return select(func.max(Event.id)).where(Event.period_id == period.id, Event.what.in_(("period_added", "period_edited")))


def history(period: Period) -> Select[Event]:
    """What was done to a period, newest first."""
    return select(Event).where(Event.period_id == period.id).options(joinedload(Event.by)).order_by(Event.id.desc())

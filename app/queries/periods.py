"""Periods and instruments. A training period is none of them, unless it is asked for."""
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.models import Entry, Event, Extension, Instrument, Period

OF_ROWS = ("region_claimed", "region_attached", "region_described", "region_detached", "region_judged")


def newest_first() -> Select[Period]:
    return with_training().where(Period.is_training.is_(False))


def with_training() -> Select[Period]:
    """All there are, newest first; the real one of a year before its training."""
    return select(Period).options(joinedload(Period.instrument)).order_by(Period.year.desc(), Period.is_training)


def to_practise(now: datetime) -> Select[Period]:
    """Training periods that have begun and may still be open for a unit, newest first."""
    ahead = or_(Period.closes_at >= now, _given(now))
    return with_training().where(Period.is_training, Period.opens_at <= now, ahead).options(selectinload(Period.extensions))


def current(now: datetime) -> Select[Period]:
    """The newest period that has begun: the one people mean when they say "periode ini"."""
    return newest_first().where(Period.opens_at <= now).limit(1)


def current_id(now: Any) -> Select[int]:
    """Its id."""
    newest = aliased(Period)
    return select(newest.id).where(newest.opens_at <= now, newest.is_training.is_(False)).order_by(newest.year.desc()).limit(1)


def begun(now: datetime) -> Select[int]:
    """The years of those that have begun, newest first."""
    return select(Period.year).where(Period.opens_at <= now, Period.is_training.is_(False)).order_by(Period.year.desc())


def not_over(now: datetime) -> Select[Period]:
    """Those that still have something ahead of them, with the extensions units were given; an extension may reach beyond the repairs."""
    return (select(Period).where(or_(Period.repairs_close_at >= now, _given(now)), Period.is_training.is_(False))
            .options(selectinload(Period.extensions)).order_by(Period.year))


def _given(now: datetime) -> ColumnElement[bool]:
    return Period.extensions.any(and_(Extension.ended_at.is_(None), Extension.until >= now))


def any_training() -> Select[bool]:
    return select(select(Period.id).where(Period.is_training).exists())


def instruments() -> Select[Instrument]:
    """Those a period may use, newest first: published, and complete."""
    usable = Instrument.published_at.is_not(None), Instrument.source["complete"].as_boolean()
    return select(Instrument).where(*usable).order_by(Instrument.year.desc(), Instrument.id.desc())


def of_year(year: int) -> Select[Period]:
    return newest_first().where(Period.year == year)


def of_kind(year: int, is_training: bool) -> Select[Period]:
    return with_training().where(Period.year == year, Period.is_training.is_(is_training))


def entry_counts() -> Select[int, str, int]:
    """How many proposals each period (id) has in each status."""
    return select(Entry.period_id, Entry.status, func.count(Entry.id)).group_by(Entry.period_id, Entry.status)


def last_change(period: Period) -> Select[int]:
    """The id of the event that last said what this period is; extensions are no part of it."""
    return select(func.max(Event.id)).where(Event.period_id == period.id, Event.what.in_(("period_added", "period_edited", "period_prolonged")))


def prolonged(period: Period) -> Select[Event]:
    """The last time everybody was given more time."""
    return select(Event).where(Event.period_id == period.id, Event.what == "period_prolonged").order_by(Event.id.desc()).limit(1)


def history(period: Period) -> Select[Event]:
    """What was done to a period, newest first; the single rows of its regional indicators have a history of their own."""
    return select(Event).where(Event.period_id == period.id, Event.what.not_in(OF_ROWS)).options(joinedload(Event.by)).order_by(Event.id.desc())

"""The year people mean now: the period that has begun last, and the instrument that rules it."""
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import abort, g, request

from app import clock
from app.extensions import db, is_writing
from app.models import Event, Instrument, Period
from app.queries import periods
from app.rules import days
from app.web.regency import regency


def period_now() -> Period | None:
    """Asked for once a page. Whoever writes asks again: it decides what may be written."""
    if is_writing():
        return db.session.scalar(periods.current(clock.now()))
    if "period_now" not in g:
        g.period_now = db.session.scalar(periods.current(clock.now()))
    return g.period_now


def period_asked() -> Period | None:
    """The period of the address (`?tahun=2025`), else the current one; None while there is none. A year without a period is a 404."""
    if not (year := request.args.get("tahun", "")):
        return period_now()
    return (year.isdecimal() and len(year) == 4 and db.session.scalar(periods.of_year(int(year)))) or abort(404)


def prolonged(period: Period) -> Event | None:
    """The last time everybody was given more time, as long as its days still hold."""
    event = db.session.scalar(periods.prolonged(period))
    days_then = event and [datetime.fromisoformat(event.details[name][1]) for name in ("closes_at", "repairs_close_at")]
    return event if days_then == [period.closes_at, period.repairs_close_at] else None


def years() -> Sequence[int]:
    """The years whose period has begun, newest first."""
    return db.session.scalars(periods.begun(clock.now())).all()


def instrument_now() -> Instrument:
    """Of the current period; the newest published one while no period has begun."""
    period = period_now()
    return period.instrument if period else db.session.scalars(periods.instruments().limit(1)).one()


def zone() -> ZoneInfo:
    """Where the regency's days begin and end."""
    return regency().zone


def today() -> date:
    return days.of(clock.now(), zone())

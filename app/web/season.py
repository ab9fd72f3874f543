"""The year people mean now: the period that has begun last, and the instrument that rules it."""
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flask import abort, current_app, request

from app import clock
from app.extensions import db
from app.models import Instrument, Period
from app.queries import periods
from app.rules import days


def period_now() -> Period | None:
    return db.session.scalar(periods.current(clock.now()))


def period_asked() -> Period | None:
    """The period of the address (`?tahun=2025`), else the current one; None while there is none. A year without a period is a 404."""
    if not (year := request.args.get("tahun", "")):
        return period_now()
    return (year.isdecimal() and len(year) == 4 and db.session.scalar(periods.of_year(int(year)))) or abort(404)


def years() -> Sequence[int]:
    """The years whose period has begun, newest first."""
    return db.session.scalars(periods.begun(clock.now())).all()


def instrument_now() -> Instrument:
    """Of the current period; the newest published one while no period has begun."""
    period = period_now()
    return period.instrument if period else db.session.scalars(periods.instruments().limit(1)).one()


def zone() -> ZoneInfo:
    """Where the regency's days begin and end."""
    return ZoneInfo(current_app.config["LUMBUNG"].timezone)


def today() -> date:
    return days.of(clock.now(), zone())

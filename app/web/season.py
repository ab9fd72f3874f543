"""The year people mean now: the period that has begun last, and the instrument that rules it."""
from datetime import date
from zoneinfo import ZoneInfo

from flask import current_app

from app import clock
from app.extensions import db
from app.models import Instrument, Period
from app.queries import periods
from app.rules import days


def period_now() -> Period | None:
    return db.session.scalar(periods.current(clock.now()))


def instrument_now() -> Instrument:
    """Of the current period; the newest published one while no period has begun."""
    period = period_now()
    return period.instrument if period else db.session.scalars(periods.instruments().limit(1)).one()


def zone() -> ZoneInfo:
    """Where the regency's days begin and end."""
    return ZoneInfo(current_app.config["LUMBUNG"].timezone)


def today() -> date:
    return days.of(clock.now(), zone())

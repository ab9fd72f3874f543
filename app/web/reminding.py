"""The first visit of a day makes the reminders where no timer did. A visitor never waits for it twice and never sees it fail."""
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask, current_app, request
from flask_login import current_user
from sqlalchemy.orm import Session

from app import clock
from app.extensions import db, short_write
from app.models import ReminderRun
from app.queries import reminders
from app.rules import days
from app.web.known import forget_last
from app.web.regency import regency

AGAIN_AFTER = timedelta(minutes=10)  # after a failure


class Memory:
    """What this process knows: the last day that is done, and until when it does not try again."""
    day: date | None = None
    waits_until: datetime | None = None


def init_app(app: Flask) -> None:
    """`REMINDERS=False` leaves it to the timer alone."""
    if app.config.get("REMINDERS", True):
        app.extensions["reminders"] = Memory()
        app.before_request(on_first_visit)


def on_first_visit() -> None:
    memory, now = current_app.extensions["reminders"], clock.now()
    if (memory.waits_until and now < memory.waits_until) or not request.endpoint or not current_user.is_authenticated:
        return
    today = days.of(now, regency().zone)
    if memory.day == today:
        return
    try:
        if db.session.scalar(reminders.run_on(today)) is None and make(today, now, regency().zone):
            db.session.rollback()  # so that the visitor's own page shows them
            forget_last()
        memory.day = today
    except Exception:
        current_app.logger.exception("the reminders of %s were not made", today)
        memory.waits_until = now + AGAIN_AFTER


def make(today: date, now: datetime, zone: ZoneInfo) -> bool:
    """In a short writing transaction of its own; False when another process was faster."""
    with short_write() as connection, Session(connection) as session:
        if session.scalar(reminders.run_on(today)):
            return False
        session.add(ReminderRun.make(today, reminders.for_today(session, now, zone)))
        session.flush()
    return True

"""Deadlines as a calendar file that Outlook, Thunderbird and phones read."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.exports.words import plain

if TYPE_CHECKING:
    from icalendar import Event

EARLY = timedelta(days=3)
SOON = timedelta(hours=1)


@dataclass(frozen=True)
class Deadline:
    """`uid` stays the same for the same deadline, also when it moves, so that a calendar that has it moves it along."""
    uid: str
    at: datetime
    summary: str
    description: str = ""


@dataclass(frozen=True)
class Meeting:
    """`uid` as above; `is_off` takes it out of a calendar that has it."""
    uid: str
    at: datetime
    until: datetime
    summary: str
    description: str = ""
    place: str = ""
    is_off: bool = False


def calendar(name: str, deadlines: Iterable[Deadline | Meeting], stamp: datetime) -> bytes:
    """All instants in UTC; each deadline calls three days before, each meeting an hour. `stamp` is when this was written (DTSTAMP), so the
    same facts at the same instant give the same bytes."""
    from icalendar import Calendar  # 4 MB: for who asks for deadlines in a calendar

    made = Calendar()
    made.add("prodid", "-//Lumbung Inovasi//Tenggat//ID")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", plain(name))
    for deadline in deadlines:
        made.add_component(_event(deadline, stamp))
    return made.to_ical()


def _event(deadline: Deadline | Meeting, stamp: datetime) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{deadline.uid}@lumbung-inovasi")
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", deadline.at.astimezone(UTC).replace(microsecond=0))
    event.add("summary", plain(deadline.summary))
    if deadline.description:
        event.add("description", plain(deadline.description))
    if isinstance(deadline, Meeting):
        event.add("dtend", deadline.until.astimezone(UTC).replace(microsecond=0))
        event.add("status", "CANCELLED" if deadline.is_off else "CONFIRMED")
        if deadline.place:
            event.add("location", plain(deadline.place))
    else:
        event.add("transp", "TRANSPARENT")      # nobody is busy because something is due
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -SOON if isinstance(deadline, Meeting) else -EARLY)
    alarm.add("description", plain(deadline.summary))
    event.add_component(alarm)
    return event

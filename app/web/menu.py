"""What stands in the head of every page: the places this person may use, their notices, the deadline."""
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user

from app import clock
from app.extensions import db
from app.models import Period, Unit, User
from app.queries import notices, periods
from app.rules import access
from app.rules.words import on_date
from app.rules.workflow import Status

LIBRARY = ("document.list", "Dokumen bukti", "documents.index")
PLACES = (  # ability that opens it (None: everyone), label, endpoint
    (None, "Beranda", "home.show"),
    ("innovation.list", "Inovasi", "innovations.index"),
    ("entry.list", "Usulan", "entries.index"),
    LIBRARY,
    ("review.list", "Verifikasi", "review.index"),
    ("dashboard.view", "Dasbor", "dashboard.show"),
    ("sending.list", "Kirim", "sendings.index"),
)
WITHIN = {"reasons": "review", "letters": "review", "standing": "dashboard", "board": "dashboard", "results": "dashboard",
          "region": "dashboard"}  # areas without a place of their own
ROOMS = (  # under Kelola, which leads to the first of them this person may use
    ("unit.manage", "Perangkat daerah", "units.index"),
    ("person.manage", "Orang", "people.index"),
    ("period.manage", "Periode", "periods.index"),
    ("instrument.view", "Instrumen", "instruments.index"),
    ("review.remind", "Perlu diingatkan", "late.index"),
    ("announcement.manage", "Pengumuman", "announcements.index"),
    ("row_help.edit", "Bantuan baris", "row_helps.index"),
    ("log.view", "Log", "log.index"),
)


class Place(NamedTuple):
    label: str
    url: str
    current: bool
    count: None = None  # tabs may show one


class Deadline(NamedTuple):
    """`date` is an instant; `days` are calendar days left in the regency's zone; `after` says what is possible once it has passed,
    `grace` until when a page opened before it may still be sent."""
    text: str
    date: datetime
    days: int
    after: str
    grace: datetime | None = None

    @property
    def countdown(self) -> dict[str, int]:
        """For a script that counts from the server's clock: when it ends, and what time it is, in milliseconds."""
        return {"data-countdown": int(self.date.timestamp() * 1000), "data-now": int(clock.now().timestamp() * 1000)}


def init_app(app: Flask) -> None:
    app.context_processor(head)


def head() -> dict:
    if g.get("is_broken") or not current_user.is_authenticated:
        return {"me": None}
    user = current_user._get_current_object()
    if user.must_change_password:  # every other place would only lead back
        return {"me": user}
    rooms = allowed(user, ROOMS)
    rooms += allowed(user, [LIBRARY]) if rooms else []  # a strip of places holds seven
    unread = db.session.scalar(notices.unread_count(user))
    return {"me": user, "places": places(user, rooms), "rooms": rooms, "unread": unread, "deadline": deadline(user)}


def allowed(user, table) -> list[Place]:
    here = WITHIN.get(request.blueprint or "", request.blueprint)
    return [Place(label, url_for(endpoint), here == endpoint.split(".")[0])
            for ability, label, endpoint in table if ability is None or access.can(user, ability)]


def places(user, rooms: list[Place]) -> list[Place]:
    kelola = [Place("Kelola", rooms[0].url, any(room.current for room in rooms))] if rooms else []
    return [*allowed(user, [place for place in PLACES if not rooms or place is not LIBRARY]), *kelola]


def deadline(user: User) -> Deadline | None:
    """The next closing of the current period that is still ahead; for the people of units that of their unit, an extension counted in."""
    period = db.session.scalar(periods.current(clock.now()))
    if period is None:
        return None
    zone = ZoneInfo(current_app.config["LUMBUNG"].timezone)
    units = [] if user.has_role(*access.READS_ALL) else user.units(*access.UNIT_ROLES)
    found = [one for unit in units or [None] if (one := _next(period, unit, zone))]
    return min(found, key=lambda one: one.date, default=None)


def _next(period: Period, unit: Unit | None, zone) -> Deadline | None:
    if unit and period.running_extension(unit):
        return _closing(period, Status.DRAFT, f"perpanjangan {unit.name} ditutup", zone, unit)
    return _closing(period, Status.DRAFT, "pengisian ditutup", zone) or _closing(period, Status.RETURNED, "perbaikan ditutup", zone)


def _closing(period: Period, status: Status, words: str, zone, unit: Unit | None = None) -> Deadline | None:
    until = period.deadline(status, unit)
    if until < clock.now():
        return None
    days = (until.astimezone(zone).date() - clock.now().astimezone(zone).date()).days
    return Deadline(f"Periode {period.year} · {words}", until, days, _after(period, status, zone, unit),
                    until + timedelta(minutes=period.grace_minutes) if period.grace_minutes else None)


def _after(period: Period, status: Status, zone, unit: Unit | None) -> str:
    repairs = period.deadline(Status.RETURNED, unit)
    if status == Status.DRAFT and repairs > period.deadline(status, unit):
        return f"Usulan yang dikembalikan masih dapat diperbaiki sampai {on_date(repairs.astimezone(zone).date())}."
    return "Usulan hanya dapat dibaca."

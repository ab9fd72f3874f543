"""What stands in the head of every page: the places this person may use, their notices, the deadline."""
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user

from app import clock
from app.extensions import db
from app.models import Period
from app.queries import notices, periods
from app.rules import access
from app.rules.workflow import Status

PLACES = (  # ability that opens it (None: everyone), label, endpoint
    (None, "Beranda", "home.show"),
    ("innovation.list", "Inovasi", "innovations.index"),
    ("entry.list", "Usulan", "entries.index"),
    ("document.list", "Dokumen bukti", "documents.index"),
    ("review.list", "Verifikasi", "review.index"),
    (None, "Bantuan", "help.index"),
)
ROOMS = (  # under Kelola, which leads to the first of them this person may use
    ("unit.manage", "Perangkat daerah", "units.index"),
    ("person.manage", "Orang", "people.index"),
    ("period.manage", "Periode", "periods.index"),
)


class Place(NamedTuple):
    label: str
    url: str
    current: bool
    count: None = None  # tabs may show one


class Deadline(NamedTuple):
    """`date` is an instant; `days` are calendar days left in the regency's zone."""
    text: str
    date: object
    days: int


def init_app(app: Flask) -> None:
    app.context_processor(head)


def head() -> dict:
    if g.get("is_broken") or not current_user.is_authenticated:
        return {"me": None}
    user = current_user._get_current_object()
    if user.must_change_password:  # every other place would only lead back
        return {"me": user}
    rooms = allowed(user, ROOMS)
    unread = db.session.scalar(notices.unread_count(user))
    return {"me": user, "places": places(user, rooms), "rooms": rooms, "unread": unread, "deadline": deadline()}


def allowed(user, table) -> list[Place]:
    return [Place(label, url_for(endpoint), request.blueprint == endpoint.split(".")[0])
            for ability, label, endpoint in table if ability is None or access.can(user, ability)]


def places(user, rooms: list[Place]) -> list[Place]:
    kelola = [Place("Kelola", rooms[0].url, any(room.current for room in rooms))] if rooms else []
    *first, last = allowed(user, PLACES)
    return [*first, *kelola, last]


def deadline() -> Deadline | None:
    """The next closing of the current period that is still ahead."""
    now = clock.now()
    period = db.session.scalar(periods.current(now))
    if period is None:
        return None
    zone = ZoneInfo(current_app.config["LUMBUNG"].timezone)
    return _closing(period, Status.DRAFT, "pengisian ditutup", zone) or _closing(period, Status.RETURNED, "perbaikan ditutup", zone)


def _closing(period: Period, status: Status, words: str, zone) -> Deadline | None:
    until = period.deadline(status)
    if until < clock.now():
        return None
    days = (until.astimezone(zone).date() - clock.now().astimezone(zone).date()).days
    return Deadline(f"Periode {period.year} · {words}", until, days)

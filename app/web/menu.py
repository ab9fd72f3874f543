"""What stands in the head of every page: the places this person may use, their notices, the deadline."""
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user

from app import clock
from app.extensions import db, is_writing
from app.models import Period, Unit, User
from app.queries import notices
from app.rules import access
from app.rules.words import on_date
from app.rules.workflow import Status
from app.web.known import known
from app.web.regency import regency
from app.web.season import period_now

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
WITHIN = {"catalogue": "innovations", "desk": "entries", "reasons": "review", "letters": "review", "standing": "dashboard",
          "board": "dashboard", "results": "dashboard", "region": "dashboard"}  # areas without a place of their own
OFFICE, YEAR, REGISTER, WORDS, KEEPING = "Kantor", "Tahun penilaian", "Register dan bukti", "Teks kantor", "Penjagaan"
ROOMS = (  # under Kelola, group by group: ability, label, endpoint, group, what it is for
    ("regency.manage", "Daerah dan kantor", "regency.index", OFFICE, "Nama, kop surat, logo, warna, dan zona waktu."),
    ("unit.manage", "Perangkat daerah", "units.index", OFFICE, "Dinas, badan, kecamatan, puskesmas, sekolah; tambah, impor, gabung."),
    ("person.manage", "Orang", "people.index", OFFICE, "Akun, peran, slip kata sandi, dan serah terima."),
    ("instrument.view", "Instrumen", "instruments.index", YEAR, "Indikator, bobot, dan aturan bukti setiap tahun."),
    ("period.manage", "Periode", "periods.index", YEAR, "Kapan pengisian dibuka dan ditutup, perpanjangan, target."),
    ("review.remind", "Perlu diingatkan", "late.index", YEAR, "Usulan yang diam dan perangkat daerah yang belum mengusulkan."),
    ("register.import", "Impor register", "imports.index", REGISTER, "Daftar inovasi tahun lalu dari XLSX."),
    (*LIBRARY, REGISTER, "Dokumen semua perangkat daerah."),
    ("announcement.manage", "Pengumuman", "announcements.index", WORDS, "Kabar di kepala halaman, menurut tanggal dan penerima."),
    ("row_help.edit", "Bantuan baris", "row_helps.index", WORDS, "Keterangan kantor di samping setiap baris isian."),
    ("health.view", "Kesehatan", "wellness.index", KEEPING, "Apakah semuanya utuh, tercadang, dan terjadwal."),
    ("backup.make", "Cadangan", "backups.index", KEEPING, "Salinan basis data dan semua berkas."),
    ("log.view", "Log", "log.index", KEEPING, "Siapa melakukan apa, dan kapan."),
)


class Place(NamedTuple):
    label: str
    url: str
    current: bool
    count: None = None  # tabs may show one


class Room(NamedTuple):
    label: str
    url: str
    current: bool
    group: str
    says: str
    count: None = None


class Deadline(NamedTuple):
    """`date` is an instant; `days` are calendar days left in the regency's zone; `after` says what is possible once it has passed,
    `grace` until when a page opened before it may still be sent."""
    text: str
    date: datetime
    days: int
    after: str
    grace: datetime | None = None

    @property
    def ends(self) -> int:
        """For a script that counts from the server's clock, in milliseconds."""
        return int(self.date.timestamp() * 1000)

    @property
    def now(self) -> int:
        """What time it is, in the same."""
        return int(clock.now().timestamp() * 1000)


def init_app(app: Flask) -> None:
    app.context_processor(head)


def head() -> dict:
    if g.get("is_broken") or not current_user.is_authenticated:
        return {"me": None}
    user = current_user._get_current_object()
    if user.kept_at:  # every other place would only lead back
        return {"me": user}
    rooms, there = known(("places", user.id, request.blueprint), lambda: ((rooms := rooms_of(user)), places(user, rooms)))
    return {"me": user, "places": there, "rooms": rooms, "unread": unread(user), "deadline": deadline(user)}


def unread(user: User) -> int:
    """How many notices wait for this person; whoever writes asks again."""
    return g.unread if "unread" in g and not is_writing() else db.session.scalar(notices.unread_count(user)) or 0


def allowed(user, table) -> list[Place]:
    here = WITHIN.get(request.blueprint or "", request.blueprint)
    return [Place(label, url_for(endpoint), here == endpoint.split(".")[0])
            for ability, label, endpoint in table if ability is None or access.can(user, ability)]


def rooms_of(user) -> list[Room]:
    """Those this person may use, the library among them only beside others: a strip of places holds seven. One that is not built is no room."""
    built = [room for room in ROOMS if room[2] in current_app.view_functions]
    rooms = [Room(*place[:3], group, says) for *room, group, says in built for place in allowed(user, [room])]
    return rooms if any(room.label != LIBRARY[1] for room in rooms) else []


def places(user, rooms: list[Room]) -> list[Place]:
    kelola = [Place("Kelola", url_for("rooms.index"), request.blueprint == "rooms" or any(room.current for room in rooms))] if rooms else []
    return [*allowed(user, [place for place in PLACES if not rooms or place is not LIBRARY]), *kelola]


def deadline(user: User) -> Deadline | None:
    """The next closing that is still ahead."""
    found = known(("deadline", user.id), lambda: next_closing(user))
    return next_closing(user) if found and found.date < clock.now() else found


def next_closing(user: User) -> Deadline | None:
    """Of the current period; for the people of units that of their unit, an extension counted in."""
    period = period_now()
    if period is None:
        return None
    zone = regency().zone
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

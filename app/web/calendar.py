"""The deadlines a person has to keep, for the calendar they use anyway."""
from collections.abc import Iterator

from flask import Blueprint

from app import clock
from app.exports.calendars import Deadline, calendar
from app.extensions import db
from app.models import Period, Unit
from app.queries import periods
from app.rules.access import UNIT_ROLES
from app.web import sending
from app.web.gate import me
from app.web.regency import regency

bp = Blueprint("calendar", __name__)


@bp.get("/tenggat.ics")
def show():
    now, units = clock.now(), me().units(*UNIT_ROLES)
    ahead = [deadline for period in db.session.scalars(periods.not_over(now)) for deadline in deadlines(period, units) if deadline.at >= now]
    return sending.attached(calendar("Tenggat inovasi daerah", sorted(ahead, key=lambda one: (one.at, one.uid)), now), "tenggat.ics")


def deadlines(period: Period, units: list[Unit]) -> Iterator[Deadline]:
    """Those of everybody, and the extensions these units were given."""
    office, name = regency().office, f"periode-{period.year}"
    yield Deadline(f"{name}-pengisian", period.closes_at, f"Pengisian usulan inovasi {period.year} ditutup",
                   f"Sesudah ini hanya usulan yang dikembalikan {office} dapat diperbaiki.")
    yield Deadline(f"{name}-perbaikan", period.repairs_close_at, f"Perbaikan usulan inovasi {period.year} ditutup",
                   "Sesudah ini usulan hanya dapat dibaca.")
    for unit in units:
        if extension := period.running_extension(unit):
            yield Deadline(f"{name}-perpanjangan-{unit.id}", extension.until, f"Perpanjangan {unit.name} {period.year} berakhir", extension.reason)

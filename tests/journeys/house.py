"""What the office itself runs: laid beside the training regency, and the pages of it each role finds."""
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app import clock, instruments
from app.extensions import db
from app.models import Announcement, Entry, Instrument, Period, RowHelp, Unit, User
from app.queries import carrying
from app.rules.access import Role
from app.rules.workflow import Status


def places_of(people: dict[Role, User], unit: Unit) -> dict[str, Any]:
    """A draft of next year's instrument, words of the office's own, one innovation of this unit that may be brought along and one that was."""
    admin, now = people[Role.ADMIN], clock.now()
    draft = Instrument.clone(admin, instruments.load("iid-2026"), 2027, {"iid-2026"})
    told = Announcement.add(admin, text="Klinik pendampingan hari Rabu pukul 09.00.", audience="semua", shows_from=now - timedelta(days=1),
                            shows_until=now + timedelta(days=9), at_door=False)
    help = RowHelp.begin("16", admin)
    help.write(admin, "Mintalah salinan SK di Bagian Hukum, lantai dua.")
    db.session.add_all([draft, told, help])
    db.session.flush()
    period = db.session.scalars(select(Period).where(Period.year == 2026)).one()
    brought = db.session.scalars(select(Entry).where(Entry.unit == unit, Entry.period == period, Entry.status == Status.APPROVED)).first()
    before = select(Entry).join(Entry.period).where(Entry.innovation_id == brought.innovation_id, Period.year == 2025)
    brought.carried_from = db.session.scalars(before).one()
    offered = db.session.execute(carrying.offers([unit.id], period)).first()
    assert offered, f"{unit.name} has nothing to bring along"
    return {"draft": draft.code, "told": told.id, "brought": brought.id, "offered": offered.id,
            "newest_unit": db.session.scalar(select(Unit.id).where(Unit.archived_at.is_(None)).order_by(Unit.id.desc()))}


def pages_of(role: Role, places: dict[str, Any]) -> list[str]:
    instrument, draft = "/kelola/instrumen/iid-2026", f"/kelola/instrumen/{places['draft']}"
    period, told, unit = f"/kelola/periode/{places['period']}", f"/kelola/pengumuman/{places['told']}", f"/kelola/unit/{places['newest_unit']}"
    return {
        Role.OPERATOR: ["/usulan/bawa", f"/usulan/bawa/{places['offered']}", f"/usulan/{places['brought']}/pengembangan"],
        Role.REVIEWER: ["/kelola/instrumen/", instrument, f"{instrument}/cetak", "/kelola/instrumen/banding?dari=iid-2023&ke=iid-2026"],
        Role.COORDINATOR: ["/kelola/instrumen/", draft, "/kelola/instrumen/banding", "/kelola/instrumen/impor", f"{instrument}/salin",
                           f"{draft}/aturan", f"{draft}/baris/16", f"{draft}/baris/2a", f"{draft}/terbit", f"{period}/bawaan", "/kelola/log/",
                           "/kelola/pengumuman/", told, "/kelola/bantuan-baris/", "/kelola/bantuan-baris/16"],
        Role.ADMIN: ["/kelola/unit/impor", f"{unit}/gabung", "/kelola/orang/impor", "/kelola/orang/slip-massal", "/kelola/log/?q=gizi",
                     "/kelola/log/masuk", "/kelola/log/gagal", "/kelola/pengumuman/baru", "/kelola/bantuan-baris/17"],
    }.get(role, [])

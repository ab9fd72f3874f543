"""A closed season stays what it was, byte for byte, whatever becomes of instruments after it."""
from copy import deepcopy
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models import Entry, Indicator, Instrument, Period, Sending, User
from app.queries import region
from app.web.sendings.telling import dossier_of
from tests.examined import faults
from tests.web.reviewing import desk
from tests.web.sent import three_sent

EXPORTS = ("/usulan/daftar.xlsx?year=2026", "/usulan/{entry}/indikator.xlsx", "/usulan/{entry}/riwayat.xlsx",
           "/kirim/daftar.xlsx?tab=terkirim&year=2026", "/spd/daftar.xlsx?tahun=2026", "/dasbor/kirim-atau-tahan.xlsx?tahun=2026",
           "/dasbor/tahun.xlsx", "/hasil/daftar.xlsx?tahun=2026",
           "/kirim/register.pdf?tahun=2026", "/kelola/instrumen/iid-2026/instrumen.json")


@pytest.fixture
def season(app, saved):
    """2026 with three sent innovations and regional rows that were verified; it is three months after its end."""
    with desk(app, saved) as cast:
        for row in db.session.scalar(region.whole(2026)).region_rows[:3]:
            row.claim(cast.reviewer, 2, {}, "Angkanya menyusul." if row.formula else "", None)
        three_sent(cast)
        return cast.period.repairs_close_at + timedelta(days=90)


def exported(app, person, saved) -> dict[str, bytes | str]:
    """All that leaves the house about the season, and the facts of a sent one's paper."""
    found: dict[str, bytes | str] = {address: person.get(address.format(entry=saved.entry)).data for address in EXPORTS}
    with app.test_request_context():
        for sending in db.session.scalars(select(Sending).order_by(Sending.id)):
            found[sending.number] = repr(dossier_of(sending.entry, sending.snapshot))
        entry = db.session.get(Entry, saved.entry)
        found["stored"] = repr([(one.claimed, one.evidenced, one.verified) for one in db.session.scalars(select(Entry).order_by(Entry.id))])
        found["eligible"] = repr(entry.innovation.eligibility(entry.period.instrument.window))
        db.session.rollback()
    return found


def turn_over(draft: Instrument, by: User) -> None:
    """Another weight, level and rule wherever there is one; still right in itself."""
    for one in deepcopy(draft.source["indicators"]):
        one["levels"][0]["label"], one["name"], one["mandatory"] = "Lain sama sekali", f"{one['name']} baru"[:160], not one["mandatory"]
        one["weight"] = {"16": 4, "35": 3}.get(one["code"], one["weight"])
        one["evidence"]["file_types"] = ["pdf", "url"] if one["code"] != "35" else ["mp4", "url"]
        draft.edit_row(by, one)
    scoring = {**draft.source["scoring"], "minimum_divisor": 20, "count_weight": 0.5, "total_max": 274}
    bands = [{"name": "Baik", "above": 10}, {"name": "Kurang", "above": None}]
    draft.edit_rules(by, {"legal_basis": "Surat 2027", "scoring": scoring, "bands": bands})
    draft.issue(by, draft.checksum)


def test_a_new_instrument_moves_no_old_score(app, saved, season, open_as):
    with clock.at(season):
        leader, admin = open_as("coordinator"), open_as("admin")
        before = exported(app, leader, saved)
        assert "JEMPUT GIZI" in before["IID-1"] and before["stored"].count("Decimal('28')") > 3
        for year, code in ((2027, "iid-2027"), (2026, "iid-2026-2")):  # next year's, and a corrected one of the same year
            admin.post("/kelola/instrumen/iid-2026/salin", {"year": year})
            with app.app_context():
                draft = db.session.scalar(select(Instrument).where(Instrument.code == code))
                turn_over(draft, db.session.get(User, saved.people["admin"]))
                db.session.commit()
        assert exported(app, leader, saved) == before
        with app.app_context():
            sizes = select(Instrument.code, func.count(Indicator.id)).join(Indicator).group_by(Instrument.code).order_by(Instrument.code)
            rows = db.session.execute(sizes).all()
            assert rows == [("iid-2026", 40), ("iid-2026-2", 40), ("iid-2027", 40)]
            assert faults("Nilai usulan", "Indikator daerah", "Yang sudah dikirim", "Instrumen") == []
            following = db.session.scalar(select(Instrument).where(Instrument.code == "iid-2027"))
            db.session.add(Period.add(2027, following, db.session.get(User, saved.people["admin"]), opens_at=season + timedelta(days=30),
                                      closes_at=season + timedelta(days=60), repairs_close_at=season + timedelta(days=70), minimum_maturity=80))
            db.session.commit()
        assert exported(app, leader, saved) == before  # nor does next year's period that uses it
        with app.app_context():
            assert faults("Nilai usulan", "Indikator daerah", "Yang sudah dikirim", "Instrumen") == []


def test_a_draft_is_nothing_the_doctor_minds(app, saved, open_as):
    open_as("admin").post("/kelola/instrumen/iid-2026/salin", {"year": 2027})
    with app.app_context():
        assert faults("Instrumen") == []

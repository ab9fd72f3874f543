"""The regency's way out in Chromium, on the real server, in one go: the coordinator fills a regional row and another verifies it, the expected
index moves, the best set is taken, its first innovations are sent, and everything leaves as papers and a package. Figures stay what they say."""
import re

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.exports import packing
from app.extensions import db
from app.models import Entry, Instrument, Period, Sending
from app.rules.codelists import BASIC_AFFAIRS
from tests.cast import make_cast
from tests.journeys import evidence
from tests.journeys.test_sending import lay
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running
from tests.web.reviewing import another, judge

AFFAIRS = [*BASIC_AFFAIRS[:5], *["Pangan"] * 10]
WEAK = 3  # of the fifteen; judged low, so that they are better held


@pytest.fixture
def folder(tmp_path):
    """Fifteen approved proposals of one unit, five basic affairs, the last three weak; no regional row is filled."""
    with prepared(tmp_path / "data") as app:
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in cast.people.values():
            user.change_password(PASSWORD_HASH)
        db.session.add_all([*cast.people.values(), cast.entry])
        cast.entry.submit(cast.owner)
        entries = [cast.entry, *(another(cast, f"INOVASI {number:02d}", unit="dinas", submit_days_ago=None) for number in range(2, 16))]
        for place, (entry, affair) in enumerate(zip(entries, AFFAIRS, strict=True)):
            if place:
                entry.innovation.edit(cast.owner, main_affair=affair, touching_affairs=[])
                entry.submit(cast.owner)
            low = place >= len(AFFAIRS) - WEAK
            judge(cast, entry, **({f"r{code}": 0 for code in ("16", "17", "32")} if low else {}))
            entry.approve(cast.coordinator)
            for answer in entry.answers:
                for exhibit in answer.exhibits:
                    lay(app.extensions["storage"], exhibit.version.file)
    return tmp_path / "data"


def test_from_the_regional_rows_to_the_package(browser, shots, folder, tmp_path):
    with running(folder) as address:
        coordinator, leader = (Visitor(browser, address, shots).sign_in(who) for who in ("coordinator", "leader"))
        before = index_of(leader)
        fills_and_has_it_verified(coordinator, Visitor(browser, address, shots).sign_in("reviewer"), tmp_path)
        after = index_of(leader)
        assert round(after - before, 2) == 1.8, "opinion of the audit at level 3: 4.5 of 250 points"
        takes_the_set(coordinator)
        sends_two(coordinator)
        takes_everything_along(coordinator, tmp_path)
        leader.open("/dasbor/")
        leader.look("jalan-keluar-pimpinan")
        leader.open("/papan/")
        assert "Terkirim" in leader.text()
        faults = coordinator.faults + leader.faults
    assert not faults, "\n".join(faults)
    with prepared(folder):
        period, sent = db.session.scalars(select(Period)).one(), db.session.scalars(select(Sending).order_by(Sending.id)).all()
        assert [(one.number, one.is_whole) for one in sent] == [("IID-2026-0001", True), ("IID-2026-0002", True)]
        assert {one.entry.status for one in sent} == {"sent"} and period.region_verified == 4.5
        chosen = db.session.scalars(select(Entry).where(Entry.chosen_at.is_not(None))).all()
        assert len(chosen) == len(AFFAIRS) - WEAK and not {entry.innovation.name for entry in chosen} & {f"INOVASI {n}" for n in (13, 14, 15)}


def index_of(leader) -> float:
    """The expected index as the leader reads it."""
    leader.open("/dasbor/indeks")
    leader.look("jalan-keluar-indeks")
    return float(leader.page.locator(".headline").first.inner_text().replace(",", "."))


def fills_and_has_it_verified(coordinator, reviewer, tmp_path):
    page = coordinator.page
    coordinator.open("/spd/8")
    page.get_by_label("Level 3").check()
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Baris 8 tersimpan: level 3.").wait_for()
    page.get_by_label("Berkas", exact=True).set_input_files(evidence.decree(tmp_path / "lhp.pdf", "lhp"))
    page.get_by_label("Judul dokumen").fill("LHP BPK 2025")
    page.get_by_role("button", name="Unggah dan lampirkan").click()
    page.locator(".viewer img").wait_for()
    reviewer.open("/spd/8")
    reviewer.page.locator(".verdict").get_by_label("3 ·").check()
    reviewer.page.get_by_role("button", name="Simpan putusan", exact=True).click()
    reviewer.page.get_by_text("Putusan baris 8 tersimpan: terbukti level 3.").wait_for()
    assert not reviewer.faults, "\n".join(reviewer.faults)


def takes_the_set(coordinator):
    page = coordinator.page
    coordinator.open("/dasbor/kirim-atau-tahan")
    assert page.get_by_role("heading", level=1).inner_text() == "Kirim 12, tahan 3"
    coordinator.look("jalan-keluar-susunan")
    page.get_by_role("link", name="Pakai susunan ini").click()
    page.get_by_role("button", name="Pakai susunan ini").click()
    page.get_by_role("link", name="Buka daftar kirim").click()
    page.get_by_text("Menampilkan").or_(page.get_by_role("table")).first.wait_for()
    assert page.get_by_label(re.compile("^Nomor registrasi ")).count() == 12
    coordinator.look("jalan-keluar-daftar")


def sends_two(coordinator):
    page = coordinator.page
    for number, name in (("IID-2026-0001", "JEMPUT GIZI"), ("IID-2026-0002", "INOVASI 02")):
        page.get_by_label(f"Nomor registrasi {name}").fill(number)
    page.get_by_role("button", name="Kirim yang bernomor").click()
    page.get_by_role("heading", name="Kirim 2 inovasi").wait_for()
    page.get_by_label("Saya sudah memeriksa").check()
    page.get_by_role("button", name="Kirim 2 inovasi").click()
    page.get_by_text("2 terkirim: ").first.wait_for()


def takes_everything_along(coordinator, tmp_path):
    page = coordinator.page
    coordinator.open("/kirim/?tab=terkirim")
    with page.expect_download() as got:
        page.get_by_role("link", name="Unduh XLSX").click()
    got.value.save_as(tmp_path / "register.xlsx")
    rows = list(load_workbook(tmp_path / "register.xlsx").active.iter_rows(min_row=3, values_only=True))
    assert len(rows) == 2 and {"IID-2026-0001", "IID-2026-0002"} <= {cell for row in rows for cell in row}
    page.get_by_role("link", name="Paket semua 2").click()
    page.get_by_role("heading", name="Paket siap diunduh").wait_for()
    with page.expect_download() as got:
        page.get_by_role("link", name="Unduh paket (ZIP)").click()
    got.value.save_as(tmp_path / "paket.zip")
    assert packing.check(tmp_path / "paket.zip") == []

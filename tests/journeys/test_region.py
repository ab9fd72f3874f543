"""The regional indicators in Chromium, on the real server: counted from two figures, an overlap decided by a person, proven with a file and with
one that was there, verified by somebody else, locked."""
import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Instrument, Period
from tests.cast import make_cast
from tests.journeys import evidence
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running


@pytest.fixture
def folder(tmp_path):
    with prepared(tmp_path / "data"):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in cast.people.values():
            user.change_password(PASSWORD_HASH)
        db.session.add_all([*cast.people.values(), cast.period])
    return tmp_path / "data"


def test_filled_decided_proven_verified_and_locked(browser, shots, folder, tmp_path):
    with running(folder) as address:
        coordinator = Visitor(browser, address, shots).sign_in("coordinator")
        page = coordinator.page
        coordinator.open("/spd/")
        coordinator.look("spd-kosong")
        page.get_by_role("row", name="Kualitas peningkatan perizinan").get_by_role("link").click()
        by_the_formula(coordinator)
        overlap(coordinator)
        upload(coordinator, evidence.decree(tmp_path / "izin.pdf", "izin"))
        pick(coordinator)
        verify(Visitor(browser, address, shots).sign_in("reviewer"))
        lock(coordinator)
        leader = Visitor(browser, address, shots).sign_in("leader")
        leader.open("/spd/2026/3")
        leader.look("spd-pimpinan")
        faults = coordinator.faults + leader.faults
    assert not faults, "\n".join(faults)
    with prepared(folder):
        period = db.session.scalars(select(Period)).one()
        rows = {code: period.region_row(code) for code in ("3", "8")}
        assert {code: (row.claimed_level, row.proven_level, row.judged_by.username) for code, row in rows.items()} == {
            "3": (2, 2, "reviewer"), "8": (3, 2, "reviewer")}
        assert (rows["3"].figures, rows["3"].reason) == ({"T-2": "1208", "T-1": "600"}, "Lampiran menulis −50,33 di level 2.")
        assert period.region_closed_at is not None


def by_the_formula(coordinator):
    """The level follows while one types, and is what a save without a choice takes."""
    page = coordinator.page
    page.get_by_label("Jumlah izin terbit 2024").fill("1.200")
    page.get_by_label("Jumlah izin terbit 2025").fill("1.349")
    page.get_by_text("Naik 12,42 persen: level 3.").wait_for()
    assert page.locator("#level-3").is_checked()
    page.get_by_text("Ketikan aman").wait_for()
    coordinator.look("spd-dihitung")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Baris 3 tersimpan: level 3.").wait_for()


def overlap(coordinator):
    page = coordinator.page
    page.get_by_label("Jumlah izin terbit 2024").fill("1.208")
    page.get_by_label("Jumlah izin terbit 2025").fill("600")
    page.get_by_text("Aplikasi tidak memilihkan").wait_for()
    assert page.locator("[name=level]:checked").count() == 0
    page.get_by_label("Level 2").check()
    coordinator.look("spd-tumpang-tindih")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Tulis alasan Anda memilih level 2.").first.wait_for()
    page.get_by_label("Alasan").fill("Lampiran menulis −50,33 di level 2.")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Baris 3 tersimpan: level 2.").wait_for()


def upload(coordinator, paper):
    page = coordinator.page
    if not page.get_by_label("Berkas", exact=True).is_visible():
        page.get_by_text("Unggah berkas baru").click()
    page.get_by_label("Berkas", exact=True).set_input_files(paper)
    page.get_by_label("Judul dokumen").fill("Laporan izin terbit")
    page.get_by_role("button", name="Unggah dan lampirkan").click()
    page.get_by_text("Berkas yang ada mendukung level 3").or_(page.get_by_text("Berkas yang ada mendukung level 2 yang diklaim.")).wait_for()
    page.locator(".viewer img").wait_for()
    coordinator.look("spd-berbukti")


def pick(coordinator):
    """The same paper for another row."""
    page = coordinator.page
    coordinator.open("/spd/8")
    page.get_by_label("Level 3").check()
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Baris 8 tersimpan: level 3.").wait_for()
    page.get_by_role("link", name="Pilih dari 1 dokumen").click()
    coordinator.look("spd-pilih")
    page.get_by_label("Laporan izin terbit").check()
    page.get_by_role("button", name="Lampirkan yang dicentang").click()
    page.get_by_text("Juga membuktikan SPD baris 3").wait_for()
    assert "orang lain yang memutusnya" in coordinator.text()


def verify(reviewer):
    page = reviewer.page
    reviewer.open("/spd/")
    page.get_by_role("link", name="Periksa baris 3").click()
    page.get_by_role("heading", name="Putusan baris 3").wait_for()
    reviewer.look("spd-putusan")
    page.locator(".verdict").get_by_label("2 ·").check()
    page.get_by_title("Halaman berikutnya").click()  # in place: what is chosen stays
    page.locator("[data-pane]", has_text="halaman 2 dari 2").wait_for()
    assert page.locator(".verdict [name=level]:checked").get_attribute("value") == "2"
    page.get_by_role("button", name="Simpan putusan, lanjut ke baris 8").click()
    page.get_by_text("Putusan baris 3 tersimpan: terbukti level 2.").wait_for()
    page.locator(".verdict").get_by_label("2 ·").check()
    page.get_by_role("button", name="Simpan putusan", exact=True).click()
    page.get_by_text("Tulis alasan mengapa level terbukti di bawah klaim.").wait_for()
    page.locator(".verdict").get_by_label("Alasan").fill("Opini WDP, bukan WTP.")
    page.get_by_role("button", name="Simpan putusan", exact=True).click()
    page.get_by_text("Tidak ada lagi yang menunggu putusan Anda.").wait_for()
    reviewer.look("spd-diputus")
    assert not reviewer.faults, "\n".join(reviewer.faults)


def lock(coordinator):
    page = coordinator.page
    coordinator.open("/spd/")
    assert "2 dari 20 baris terisi, 2 terverifikasi" in coordinator.text()
    page.get_by_role("link", name="Kunci").click()
    coordinator.look("spd-kunci")
    page.get_by_role("button", name="Kunci indikator daerah").click()
    page.get_by_text("Indikator daerah 2026 dikunci.").wait_for()
    coordinator.look("spd-terkunci")
    coordinator.open("/spd/2026/cetak")
    coordinator.look("spd-cetak")
    coordinator.open("/spd/2026/riwayat")
    coordinator.look("spd-riwayat")
    coordinator.open("/spd/2026/buka-kunci")
    coordinator.look("spd-buka-kunci")

"""Next year's instrument without a programmer: copied, mended, compared and published in Chromium on the real server; a file out and in."""
import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Instrument
from app.rules import instrument_file
from tests.cast import make_cast
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running
from tests.rules.instrument_cases import changed

AREA = "/kelola/instrumen"


@pytest.fixture
def folder(tmp_path):
    with prepared(tmp_path / "data"):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in cast.people.values():
            user.change_password(PASSWORD_HASH)
        db.session.add_all([*cast.people.values(), cast.entry])
    return tmp_path / "data"


def test_next_year_is_made_on_screen(browser, shots, folder):
    with running(folder) as address:
        coordinator = Visitor(browser, address, shots).sign_in("coordinator")
        page = coordinator.page
        for name, path in (("daftar", ""), ("baca", "iid-2026"), ("cetak", "iid-2026/cetak"), ("acuan", "iid-2023"), ("salin", "iid-2026/salin"),
                           ("banding-2023", "banding?dari=iid-2023&ke=iid-2026"), ("impor", "impor")):
            coordinator.open(f"{AREA}/{path}")
            coordinator.look(f"instrumen-{name}")
        coordinator.open(f"{AREA}/iid-2026")
        page.get_by_role("link", name="Salin ke tahun lain").click()
        page.get_by_role("button", name="Buat draf").click()
        page.wait_for_url("**/iid-2027")
        assert "1 hal perlu diperbaiki sebelum terbit" in coordinator.text()
        coordinator.look("instrumen-draf")
        page.get_by_role("link", name="Periksa dan terbitkan").click()
        coordinator.look("instrumen-terbit-belum")
        page.get_by_role("link", name="Aturan", exact=True).click()
        page.get_by_label("Dasar hukum").fill("Surat Kepala BSKDN Nomor 1, 2 April 2027")
        coordinator.look("instrumen-aturan")
        page.get_by_role("button", name="Simpan aturan").click()
        page.get_by_text("Aturan disimpan.").wait_for()
        coordinator.open(f"{AREA}/iid-2027/baris/33")
        coordinator.look("instrumen-baris-33")
        coordinator.open(f"{AREA}/iid-2027/baris/5a")
        for label, text in (("Level 3 dari", "0,50"), ("Level 2 sampai", "banyak")):
            page.get_by_label(label, exact=True).fill(text)
        page.get_by_role("button", name="Simpan", exact=True).click()
        page.get_by_text("“banyak” bukan bilangan").first.wait_for()
        assert page.get_by_label("Level 3 dari").input_value() == "0,50"
        coordinator.look("instrumen-baris-galat")
        page.get_by_label("Level 2 sampai").fill("0,49")
        page.get_by_role("button", name="Simpan, ke baris 5b").click()
        page.wait_for_url("**/baris/5b")
        coordinator.open(f"{AREA}/iid-2027/terbit")
        assert "1 aturan" not in coordinator.text() and "1 baris berbeda" in coordinator.text()
        coordinator.look("instrumen-terbit")
        page.get_by_role("button", name="Terbitkan").click()
        page.get_by_text("Mulai sekarang isinya tetap.").wait_for()
        coordinator.look("instrumen-terbitnya")
        coordinator.open(f"{AREA}/banding?dari=iid-2026&ke=iid-2027")
        assert page.locator("ins").filter(has_text="14").count() == 1
        coordinator.look("instrumen-banding-2027")
        coordinator.open("/kelola/periode/baru")
        assert "Indeks Inovasi Daerah 2027" in page.get_by_label("Instrumen").inner_text()
        assert coordinator.faults == []


def test_a_file_with_faults_names_them_and_a_mended_one_becomes_a_draft(browser, shots, folder, tmp_path):
    with running(folder) as address:
        admin = Visitor(browser, address, shots).sign_in("admin")
        page = admin.page
        for name, data in (("galat", changed("levels.0.level", 7, "18")), ("baik", changed("scoring.spd_max", 60))):
            (tmp_path / f"{name}.json").write_bytes(instrument_file.written(data))
            admin.open(f"{AREA}/impor")
            page.get_by_label("Berkas JSON atau XLSX").set_input_files(tmp_path / f"{name}.json")
            page.get_by_role("button", name="Impor sebagai draf").click()
            if name == "galat":
                assert "Baris 18, level: harus tepat level 1, 2, dan 3, berurutan." in admin.text()
            admin.look(f"instrumen-impor-{name}")
        page.wait_for_url("**/iid-2026-2")
        assert "Kode iid-2026 sudah ada, jadi draf ini memakai iid-2026-2." in admin.text() and "tertulis 60, padahal bobot" in admin.text()
        with page.expect_download() as taken:
            page.get_by_role("link", name="Unduh XLSX").click()
        assert taken.value.suggested_filename == "iid-2026-2.xlsx"
        page.get_by_text("Hapus draf ini").click()
        page.get_by_role("button", name="Hapus draf").click()
        page.get_by_text("Draf Indeks Inovasi Daerah 2026 dihapus.").wait_for()
        assert admin.faults == []

"""From an empty data folder to the first approved innovation, in Chromium on the real server; the command line is used once, to start. The
administrator goes through the first steps, hands out slips, and the people on them do the rest. Pages no other journey sees are looked at."""
import os
import re
import subprocess
import sys
from datetime import timedelta

import openpyxl
import pytest

from app import clock
from app.config import ROOT
from app.extensions import db
from app.models import Entry
from app.rules import people_sheet, unit_sheet
from tests.cast import MANDATORY
from tests.exports.readers import pdf_pages
from tests.journeys.test_main_job import SECTIONS, file_for, upload, write
from tests.journeys.test_stands_behind import press
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD, prepared, running

OFFICE = "Badan Perencanaan dan Riset"
UNITS = [("Kecamatan Sukamaju", "Kecamatan", "-", "tidak"), ("Dinas Kesehatan", "Dinas", "-", "tidak"),
         ("Puskesmas Sukamaju", "Puskesmas", "Dinas Kesehatan", "tidak")]
PEOPLE = [("ratna.dewi", "Ratna Dewi", "", "Staf perencanaan", "Operator OPD", "Puskesmas Sukamaju"),
          ("bima.adi", "Bima Adi", "", "Peneliti", "Verifikator", OFFICE)]


@pytest.fixture
def started(tmp_path):
    """What `lumbung.py serve` does before it serves; the folder and the password it shows once."""
    folder = tmp_path / "data"
    said = subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "siapkan"], cwd=ROOT, capture_output=True, text=True, timeout=120,
                          env={"PATH": os.environ["PATH"], "LUMBUNG_DATA": str(folder)}, check=True).stdout
    return folder, re.search(r"kata sandi +(\S.*)", said)[1].strip()


def test_an_empty_folder_to_the_first_approved_innovation(browser, shots, started, tmp_path):
    folder, slip = started
    with running(folder) as address:
        admin = enter(Visitor(browser, address, shots), "admin", slip)
        name_the_house(admin)
        bring_units(admin, tmp_path)
        slips = bring_people(admin, tmp_path)
        open_period(admin)
        operator, reviewer = (enter(Visitor(browser, address, shots), who, slips[who]) for who in ("ratna.dewi", "bima.adi"))
        propose(operator, tmp_path)
        judge(reviewer)
        operator.open("/usulan/1")
        assert "Disetujui" in operator.text()
        back_up(admin)
        faults = admin.faults + operator.faults + reviewer.faults
    assert not faults, "\n".join(faults)
    with prepared(folder):
        entry = db.session.get(Entry, 1)
        assert (entry.status, entry.unit.name, entry.verified) == ("approved", "Puskesmas Sukamaju", entry.evidenced)
        assert entry.verified > 0


def enter(person: Visitor, username: str, slip: str) -> Visitor:
    """With the one-time password, which has to be changed first."""
    page = person.page
    person.open("/masuk")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(slip)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_label("Kata sandi sekarang").fill(slip)
    for label in ("Kata sandi baru", "Ulangi kata sandi baru"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Ganti kata sandi").click()
    page.wait_for_url(person.address + "/")
    return person


def name_the_house(admin):
    admin.look("awal-1-beranda-admin")
    admin.open("/kelola/")
    admin.look("awal-2-persiapan")
    admin.open("/kelola/daerah")
    admin.page.get_by_label("Nama daerah").fill("Kabupaten Sumber Rejo")
    admin.page.get_by_label("Kantor pengelola").fill(OFFICE)
    press(admin, "Simpan")
    admin.look("awal-3-daerah")
    assert "Kabupaten Sumber Rejo" in admin.page.locator("header").inner_text()


def bring_units(admin, scratch):
    admin.open("/kelola/unit/1")
    admin.page.get_by_label("Nama", exact=False).first.fill(OFFICE)
    press(admin, "Simpan")
    bring(admin, "/kelola/unit/impor", scratch / "unit.xlsx", unit_sheet.COLUMNS, UNITS)
    press(admin, "Simpan 3 perangkat daerah")


def bring_people(admin, scratch) -> dict[str, str]:
    """Accounts from a sheet and their slips on one page: the password of each."""
    bring(admin, "/kelola/orang/impor", scratch / "orang.xlsx", people_sheet.COLUMNS, PEOPLE)
    press(admin, "Simpan 2 akun")
    with admin.page.expect_download() as download:
        admin.page.get_by_role("button", name="Buat slip yang dicentang").click()
    text = pdf_pages(download.value.path().read_bytes())[0]
    return {who: re.search(rf"{who} Kata sandi (\S+)", text)[1] for who, *_ in PEOPLE}


def bring(admin, where, path, titles, rows):
    book = openpyxl.Workbook()
    for row in (titles, *rows):
        book.active.append(row)
    book.save(path)
    admin.open(where)
    admin.page.get_by_label("Berkas XLSX").set_input_files(path)
    press(admin, "Unggah dan periksa")


def open_period(admin):
    page, today = admin.page, clock.now().date()
    admin.open("/kelola/periode/baru")
    page.get_by_label("Tahun", exact=False).first.fill("2026")
    page.get_by_label("Instrumen").select_option(index=1)
    for label, days in (("Pengisian dibuka", -1), ("Pengisian ditutup", 30), ("Perbaikan ditutup", 45)):
        page.get_by_label(label).fill((today + timedelta(days=days)).isoformat())
    page.get_by_label("Kematangan layak kirim").fill("30")
    press(admin, "Tambah periode")
    admin.open("/kelola/")
    admin.look("awal-4-siap")


def propose(operator, scratch):
    page = operator.page
    operator.look("awal-5-beranda-operator")
    operator.open("/inovasi/baru")
    page.get_by_label("Nama inovasi").fill("JEMPUT GIZI")
    press(operator, "Catat inovasi")
    for slug, fields in SECTIONS.items():
        operator.open(f"/inovasi/1/profil/{slug}")
        for name, value in fields.items():
            write(page, name, value)
        press(operator, "Simpan")
    operator.open("/inovasi/1")
    press(operator, "Usulkan pada periode 2026")
    for code in MANDATORY:
        operator.open(f"/usulan/1/indikator/{code}")
        if page.locator("[name=basis]").count():
            page.locator("[name=basis]").first.check()
            page.locator("[name=show]").click()
        page.locator("#level-1").check()
        for tick in page.locator("[name=substances]").all():
            tick.check()
        page.get_by_role("button", name="Simpan", exact=True).click()
        page.get_by_role("status").filter(has_text="Tersimpan").wait_for()
        upload(operator, code, file_for(code, scratch))
    operator.open("/usulan/1/pengajuan")
    page.locator("[name=agreed]").check()
    press(operator, "Ajukan")


def judge(reviewer):
    page = reviewer.page
    reviewer.open("/verifikasi/1")
    for code in MANDATORY:
        reviewer.open(f"/verifikasi/1/putusan/{code}")
        page.locator("[name=level][value='1']").check()
        page.get_by_role("button", name="Simpan, lanjut ke").click()
        page.wait_for_url(lambda url, code=code: not url.endswith(f"/putusan/{code}"))
    reviewer.open("/verifikasi/1/keputusan")
    press(reviewer, "Setujui")


def back_up(admin):
    admin.open("/kelola/cadangan")
    press(admin, "Cadangkan sekarang")
    admin.page.get_by_text("Cocok").first.wait_for()
    admin.open("/kelola/")
    admin.look("awal-6-semua-selesai")

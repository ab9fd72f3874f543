"""A whole region brought in two sheets, slips for everybody, two units made one: in Chromium on the real server, also without JavaScript."""
import io
import re
import urllib.parse

import openpyxl
import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Instrument, User
from app.rules import people_sheet, unit_sheet
from tests.cast import make_cast
from tests.exports.readers import pdf_pages
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, Person, prepared, running
from tests.web.test_manage_sheets import region


@pytest.fixture
def folder(tmp_path):
    with prepared(tmp_path / "data"):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in cast.people.values():
            user.change_password(PASSWORD_HASH)
        db.session.add_all([*cast.people.values(), cast.entry])
    return tmp_path / "data"


def sheet(path, titles, rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (titles, *rows):
        book.active.append(row)
    book.save(file)
    path.write_bytes(file.getvalue())
    return path


def bring(admin, where, path):
    admin.open(where)
    admin.page.get_by_label("Berkas XLSX").set_input_files(path)
    admin.page.get_by_role("button", name="Unggah dan periksa").click()
    admin.page.wait_for_url(f"**{where}/**")


def test_a_region_is_brought_and_everybody_gets_a_slip(browser, shots, folder, tmp_path):
    units, staff = region()
    wrong = [*units[:3], ("Dinas Kesehatn", "Dinass", "Dinas Kesehatn"), ("", "Dinas"), ("Dinas Kesehatan", "Badan")]
    with running(folder) as address:
        admin = Visitor(browser, address, shots).sign_in("admin")
        for name, path in (("orang-impor", "/kelola/orang/impor"), ("unit-impor", "/kelola/unit/impor")):
            admin.open(path)
            admin.look(name)
        bring(admin, "/kelola/unit/impor", sheet(tmp_path / "salah.xlsx", unit_sheet.COLUMNS, wrong))
        assert "5 baris perlu diperbaiki" in admin.text() and admin.page.get_by_role("button", name="Simpan").count() == 0
        admin.look("unit-laporan-galat")
        bring(admin, "/kelola/unit/impor", sheet(tmp_path / "unit.xlsx", unit_sheet.COLUMNS, units))
        admin.look("unit-laporan")
        admin.page.get_by_role("button", name="Simpan 120 perangkat daerah").click()
        admin.page.wait_for_url("**/kelola/unit/")
        assert "120 perangkat daerah ditambahkan dan 0 diubah dari berkas." in admin.text()
        admin.look("unit-daftar-bersusun")
        bring(admin, "/kelola/orang/impor", sheet(tmp_path / "orang.xlsx", people_sheet.COLUMNS, staff))
        admin.look("orang-laporan")
        admin.page.get_by_role("button", name="Simpan 400 akun").click()
        admin.page.wait_for_url("**/slip-massal?state=baru")
        admin.look("slip-baru")
        with admin.page.expect_download() as download:
            admin.page.get_by_role("button", name="Buat slip yang dicentang").click()
        pages = pdf_pages(download.value.path().read_bytes())
        assert len(pages) == 5 and all(page.count("Masuk paling lambat") == 8 for page in pages)
        admin.page.get_by_role("link", name="muat bagian berikutnya").click()
        assert "360 akun cocok dengan saringan" in admin.text()
        admin.open("/kelola/orang/slip-massal?state=belum")
        admin.look("slip-belum-masuk")
        admin.open("/kelola/orang/?state=baru")
        admin.look("orang-belum-ada-kata-sandi")
        assert admin.faults == []


def test_two_units_become_one(browser, shots, folder):
    with running(folder) as address:
        admin = Visitor(browser, address, shots).sign_in("admin")
        admin.open("/kelola/unit/1")
        admin.look("unit-dengan-penggabungan")
        admin.page.get_by_role("link", name="Gabungkan ke yang lain").click()
        admin.look("unit-gabung-pilih")
        admin.page.get_by_label("Digabung ke").select_option("Badan Keuangan")
        admin.page.get_by_role("button", name="Lihat yang berpindah").click()
        admin.look("unit-gabung-periksa")
        admin.page.get_by_label("Alasan").fill("Perda Nomor 3 Tahun 2026.")
        admin.page.get_by_role("button", name="Gabungkan ke Badan Keuangan").click()
        admin.page.wait_for_url("**/kelola/unit/*")
        admin.look("unit-sesudah-gabung")
        owner = Visitor(browser, address, shots).sign_in("owner")
        owner.open("/usulan/1")
        assert "Badan Keuangan" in owner.text()
        owner.look("operator-usulan-sesudah-gabung")
        owner.open("/pemberitahuan")
        assert "pindah ke Badan Keuangan" in owner.text()
        assert admin.faults + owner.faults == []


def test_without_javascript_the_slips_come_all_the_same(folder):
    with prepared(folder):
        db.session.add(User.enrol("tanpa.slip", "Tanpa Slip", PASSWORD_HASH, None))
    with running(folder) as address:
        admin = Person(address, "admin")
        page = admin.open("/kelola/orang/slip-massal?state=baru")
        fields = {name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1] for name in ("csrf_token", "akun")}
        with admin.opener.open(f"{address}/kelola/orang/slip-massal", urllib.parse.urlencode(fields).encode(), timeout=60) as answer:
            assert "tanpa.slip" in pdf_pages(answer.read())[0]
        assert "Semua akun sudah pernah dibuatkan slip." in admin.open("/kelola/orang/slip-massal?state=baru")

"""The ministry's result comes back: a year typed in, results of all from a sheet, the gap read by the office and by the unit, in Chromium."""
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Instrument, Sending, YearResult
from tests.cast import make_cast
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH as KNOWN
from tests.live import prepared, running
from tests.web.sent import three_sent


@pytest.fixture
def folder(tmp_path):
    """Three were sent; two years from before are known."""
    with prepared(tmp_path / "data"):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in cast.people.values():
            user.change_password(KNOWN)
        db.session.add_all([*cast.people.values(), cast.entry])
        db.session.flush()
        three_sent(cast)
        for year, index, rank in ((2022, "53.10", 54), (2023, "43.20", 218)):
            db.session.add(YearResult.add(cast.coordinator, year, index=Decimal(index), band="Inovatif", rank=rank, participants=415))
    return tmp_path / "data"


def fill_in(path, **rows):
    """Cells of the downloaded template by registration number and column."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = {str(cell.value).partition(" ")[0]: cell.column for cell in sheet[2]}
    for line in sheet.iter_rows(min_row=3):
        for head, value in rows.get(line[0].value.replace("-", "_"), {}).items():
            sheet.cell(line[0].row, heads[head], value)
    book.save(path)


def test_what_the_ministry_gave_comes_home(browser, shots, folder, tmp_path):
    with running(folder) as address:
        coordinator = Visitor(browser, address, shots).sign_in("coordinator")
        page = coordinator.page
        coordinator.open("/dasbor/tahun")
        coordinator.look("antar-tahun")
        page.get_by_role("link", name="Catat hasil satu tahun").click()
        coordinator.look("tahun-baru")
        page.get_by_label("Tahun").fill("2024")
        page.get_by_label("Indeks").fill("46,81")
        page.get_by_label("Predikat wajib").fill("Inovatif")
        page.get_by_role("button", name="Simpan hasil").click()
        page.wait_for_url("**/dasbor/tahun")
        assert "Hasil 2024 dicatat." in coordinator.text() and "+3,61" in coordinator.text()
        page.get_by_role("link", name="2024").click()
        coordinator.look("tahun-ubah")

        coordinator.open("/hasil/")
        coordinator.look("hasil-belum-ada")
        page.get_by_role("link", name="Impor hasil").click()
        coordinator.look("hasil-impor")
        with page.expect_download() as arriving:
            page.get_by_role("link", name="Unduh templat").click()
        sheet = tmp_path / "hasil.xlsx"
        arriving.value.save_as(sheet)
        rows = {str(code): 0 for code in range(16, 36)}
        fill_in(sheet, IID_1={**rows, "16": 1, "17": 3, "32": 2, "33": 2, "35": 2}, IID_2={"Jumlah": 200})
        page.get_by_label("Berkas XLSX").set_input_files(sheet)
        page.get_by_role("button", name="Unggah dan periksa").click()
        page.wait_for_url("**/hasil/impor/*")
        assert "1 baris perlu diperbaiki" in coordinator.text() and page.get_by_role("button", name="Simpan").count() == 0
        coordinator.look("hasil-laporan-salah")
        fill_in(sheet, IID_2={"Jumlah": 24})
        page.get_by_role("link", name="Unggah berkas lain").click()
        page.get_by_label("Berkas XLSX").set_input_files(sheet)
        page.get_by_role("button", name="Unggah dan periksa").click()
        page.wait_for_url("**/hasil/impor/*")
        coordinator.look("hasil-laporan")
        page.get_by_role("button", name="Simpan 2 hasil").click()
        page.wait_for_url("**/hasil/?*")
        assert "Hasil 2 usulan dicatat dari berkas." in coordinator.text()
        coordinator.look("hasil")
        for tab in ("baris", "opd", "verifikator"):
            coordinator.open(f"/hasil/?tab={tab}")
            coordinator.look(f"hasil-{tab}")
        coordinator.open("/hasil/?tab=baris")
        page.get_by_role("link", name="1 baris berbeda, Regulasi Inovasi Daerah").click()
        coordinator.look("hasil-selisih")
        assert "6 poin menjadi 3" in coordinator.text()
        coordinator.open("/hasil/3")
        coordinator.look("hasil-catat")
        page.get_by_label("Jumlah kematangan").fill("27,5")
        page.get_by_role("button", name="Simpan hasil").click()
        page.wait_for_url("**/hasil/?*")
        assert "Hasil KAS DAERAH dicatat." in coordinator.text()

        owner = Visitor(browser, address, shots).sign_in("owner")
        owner.open("/usulan/1")
        owner.look("usulan-hasil-kementerian")
        assert "Kementerian memberi 27 poin" in owner.text()
        assert coordinator.faults + owner.faults == []
    with prepared(folder):
        assert [sending.official_maturity for sending in db.session.scalars(select(Sending).order_by(Sending.id))] == [27, 24, Decimal("27.5")]

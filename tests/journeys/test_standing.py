"""The leader plays with the index and sends the address on; the coordinator holds one back by hand and takes the set. In Chromium, on the
real server."""
import pytest
from playwright.sync_api import expect

from app.extensions import db
from app.models import Entry, User
from app.rules.workflow import Status
from tests.cast import save
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running
from tests.portfolios import EDUCATION, HEALTH, HOUSING, ORDER, SOCIAL, WORKS, Brought, bring, region

PORTFOLIO = [
    Brought(100, EDUCATION, name="KELAS MALAM"), Brought(104, HEALTH, name="JEMPUT SEHAT"), Brought(92, WORKS, name="LAPOR LUBANG"),
    Brought(88, HOUSING, name="RUMAH SEHAT BERSAMA"), Brought(95, SOCIAL, name="SAHABAT LANSIA"),
    *(Brought(90, name=f"PANGAN {n}") for n in range(7)),
    Brought(84, name="PASAR TANI PAGI"), Brought(41, name="SAPA AUDIT"), Brought(97, HEALTH, Status.SENT, name="KELAS IBU"),
    Brought(0, ORDER, Status.SUBMITTED, evidenced=85, claimed=99, name="SIAGA BANJIR RT"),
    *(Brought(0, status=Status.SUBMITTED, evidenced=60 + n, claimed=90) for n in range(12)),
]


@pytest.fixture
def folder(tmp_path):
    with prepared(tmp_path / "data"):
        saved = save(db.session)
        for user in db.session.query(User):
            user.password_hash = PASSWORD_HASH
        region("58", "52.5", "47.5")
        bring(saved, PORTFOLIO)
        db.session.query(Entry).filter_by(id=saved.entry).one().status = Status.RETURNED
    return tmp_path / "data"


def test_the_leader_plays_and_sends_the_address_on(browser, shots, folder):
    with running(folder) as address:
        leader = Visitor(browser, address, shots).sign_in("leader")
        page = leader.open("/dasbor/indeks")
        leader.look("dasbor-indeks")
        today = page.locator(".headline").inner_text()
        page.get_by_role("link", name="Coba andai-andai").click()
        headline = page.locator("#hasil .headline")
        assert headline.inner_text() == today
        page.locator("#spd-geser").fill("60")  # the slider says its number, the server its index
        expect(headline).not_to_have_text(today)
        assert (page.locator("#spd").input_value(), "spd=60" in page.url) == ("60", True)
        moved = headline.inner_text()
        page.get_by_label("Kirim SIAGA BANJIR RT").check()
        expect(headline).not_to_have_text(moved)
        assert page.get_by_label("Kirim SIAGA BANJIR RT").is_checked()
        page.get_by_role("button", name="Halaman berikutnya").click()
        page.wait_for_url("**hal=2**")
        page.get_by_label("Banyak").fill("3")
        page.get_by_label("Poin masing-masing").fill("105")
        page.get_by_label("Urusan utama").select_option("Pangan")
        page.get_by_role("button", name="Hitung").click()
        page.get_by_text("3 inovasi baru 105 poin, Pangan").wait_for()
        leader.look("dasbor-andai")
        shared, shown = page.get_by_label("Alamat skenario").input_value(), headline.inner_text()
        page.get_by_role("button", name="Salin alamat skenario").click()
        page.get_by_role("button", name="Tersalin").wait_for()
        coordinator = Visitor(browser, address, shots).sign_in("coordinator")
        coordinator.page.goto(shared)
        assert coordinator.page.locator("#hasil .headline").inner_text() == shown
        assert leader.faults + coordinator.faults == []


def test_the_coordinator_holds_one_back_and_takes_the_set(browser, shots, folder):
    with running(folder) as address:
        coordinator = Visitor(browser, address, shots).sign_in("coordinator")
        page = coordinator.open("/dasbor/kirim-atau-tahan")
        before = page.locator("h1").inner_text()
        coordinator.look("dasbor-kirim-atau-tahan")
        page.get_by_role("link", name="Pilih sendiri untuk PANGAN 3").click()
        page.get_by_role("radio", name="Tahan").check()
        page.get_by_label("Alasan").fill("Sengketa nama dengan desa.")
        coordinator.look("dasbor-pilihan")
        page.get_by_role("button", name="Simpan pilihan").click()
        page.get_by_text("ditahan, pilihan tangan: “Sengketa nama dengan desa.”").wait_for()
        coordinator.open("/dasbor/kirim-atau-tahan")
        assert page.locator("h1").inner_text() != before
        page.get_by_role("link", name="Pakai susunan ini").click()
        coordinator.look("dasbor-susunan")
        page.get_by_role("button", name="Pakai susunan ini").click()
        page.get_by_text("sama dengan susunan ini").wait_for()
        coordinator.look("dasbor-kirim-sesudah")
        assert coordinator.faults == []

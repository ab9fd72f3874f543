"""The way out in Chromium, on the real server: copied field by field, sent, kept for good, and handed over as papers and a package."""
import re

import pytest
from sqlalchemy import select

from app.exports import packing
from app.extensions import db
from app.models import Instrument, StoredFile
from tests.cast import judge_all, make_cast
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running


@pytest.fixture
def folder(tmp_path):
    """JEMPUT GIZI is approved and in the list to be sent; every file has its bytes."""
    with prepared(tmp_path / "data") as app:
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in cast.people.values():
            user.change_password(PASSWORD_HASH)
        for answer in cast.entry.answers:
            for exhibit in answer.exhibits:
                lay(app.extensions["storage"], exhibit.version.file)
        db.session.add_all([*cast.people.values(), cast.entry])
        db.session.flush()
        budget = lay(app.extensions["storage"], StoredFile(sha256="", size=0, kind="pdf", pages=1, active=[]), 2_200_000)
        cast.innovation.attach(cast.owner, "budget", budget, "dpa-2025.pdf")
        cast.entry.submit(cast.owner)
        judge_all(cast)
        cast.entry.approve(cast.coordinator)
        cast.period.take_set(cast.coordinator, [cast.entry], [cast.entry])
    return tmp_path / "data"


def lay(storage, file: StoredFile, size: int = 3000) -> StoredFile:
    kept = storage.keep(f"%PDF-1.7 {id(file)} ".encode().ljust(size, b"."), file.kind)
    file.sha256, file.size = kept.sha256, kept.size
    return file


def field(page, label):
    return page.locator("li", has=page.get_by_role("heading", name=label, exact=True))


def test_from_the_list_to_the_ministry_and_out_as_a_package(browser, shots, folder, tmp_path):
    with running(folder) as address:
        coordinator = Visitor(browser, address, shots).sign_in("coordinator")
        page = coordinator.page
        coordinator.open("/kirim/")
        coordinator.look("kirim-daftar")
        page.get_by_role("link", name="Siap salin JEMPUT GIZI").click()
        copies_and_ticks(coordinator)
        sends(coordinator)
        corrects(coordinator)
        downloads(coordinator, tmp_path)
        coordinator.open("/inovasi/1")
        assert "nomor IID-2026-0002" in coordinator.text()
        assert coordinator.faults == []


def copies_and_ticks(visitor):
    page = visitor.page
    visitor.look("siap-salin")
    assert "Lebih dari 2 MB" in field(page, "19. Berkas anggaran").inner_text()
    one = field(page, "1. Nama inovasi")
    one.get_by_role("button", name="Salin", exact=False).first.click()
    one.get_by_text("Tersalin", exact=True).wait_for()
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'papan' }))")
    page.locator("#papan").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#papan").input_value() == "JEMPUT GIZI"
    for label in ("1. Nama inovasi", "2. Tahapan", "16. Regulasi Inovasi Daerah"):
        field(page, label).get_by_role("button", name=re.compile("Tandai disalin")).click()
        field(page, label).get_by_text("Disalin", exact=True).wait_for()
    assert page.locator("#papan").count() == 1, "a tick does not leave the page"
    assert "3 dari 25 disalin" in page.locator("#kemajuan").inner_text()
    page.reload()
    assert "3 dari 25 disalin" in page.locator("#kemajuan").inner_text()
    field(page, "2. Tahapan").get_by_role("button", name=re.compile("Lepas")).click()
    field(page, "2. Tahapan").get_by_role("button", name=re.compile("Tandai disalin")).wait_for()
    assert "2 dari 25 disalin" in page.locator("#kemajuan").inner_text()
    visitor.look("siap-salin-dicentang")


def sends(visitor):
    page = visitor.page
    page.get_by_role("link", name="Kirim usulan ini").click()
    assert "23 dari 25 butir belum ditandai disalin." in visitor.text()
    visitor.look("kirim-satu")
    page.get_by_role("button", name="Kirim JEMPUT GIZI").click()
    page.get_by_text("2 isian perlu diperbaiki").wait_for()
    page.get_by_label("Nomor registrasi").fill("IID-2026-0001")
    page.get_by_label("Saya sudah memeriksa.").check()
    page.get_by_role("button", name="Kirim JEMPUT GIZI").click()
    page.wait_for_url("**/kirim/1")
    assert "Halaman ini tidak berubah lagi." in visitor.text()
    visitor.look("terkirim")


def corrects(visitor):
    page = visitor.page
    page.get_by_text("Betulkan nomor atau tanggal").click()
    page.get_by_label("Nomor registrasi").fill("IID-2026-0002")
    page.get_by_label("Alasan").fill("Salah ketik.")
    page.get_by_role("button", name="Simpan pembetulan").click()
    page.get_by_text("sekarang IID-2026-0002").wait_for()


def downloads(visitor, tmp_path):
    page = visitor.page
    visitor.open("/kirim/?tab=terkirim")
    visitor.look("kirim-register")
    for link, begins in (("Unduh XLSX", b"PK"), ("Word rancangan lampiran keputusan", b"PK"), ("Word pakta integritas", b"PK")):
        with page.expect_download() as got:
            page.get_by_role("link", name=link).click()
        assert got.value.path().read_bytes().startswith(begins)
    register = visitor.context.request.get(visitor.address + "/kirim/register.pdf")
    assert (register.headers["content-type"], register.body()[:5]) == ("application/pdf", b"%PDF-")
    page.get_by_role("link", name="Paket semua 1").click()
    page.get_by_role("heading", name="Paket siap diunduh").wait_for()
    visitor.look("paket")
    with page.expect_download() as got:
        page.get_by_role("link", name="Unduh paket (ZIP)").click()
    got.value.save_as(tmp_path / "paket.zip")
    assert got.value.suggested_filename == "Paket JEMPUT GIZI.zip"
    assert packing.check(tmp_path / "paket.zip") == []


def test_many_at_once_and_what_is_missing(browser, shots, folder):
    with running(folder) as address:
        coordinator = Visitor(browser, address, shots).sign_in("coordinator")
        page = coordinator.page
        coordinator.open("/kirim/")
        page.get_by_role("button", name="Kirim yang bernomor").click()
        page.get_by_text("Isi nomor registrasi paling sedikit satu usulan.").wait_for()
        page.get_by_label("Nomor registrasi JEMPUT GIZI").fill("IID-2026-0001")
        page.get_by_role("button", name="Kirim yang bernomor").click()
        page.get_by_role("heading", name="Kirim 1 inovasi").wait_for()
        coordinator.look("kirim-banyak")
        page.get_by_label("Saya sudah memeriksa.").check()
        page.get_by_role("button", name="Kirim 1 inovasi").click()
        page.get_by_text("1 terkirim: JEMPUT GIZI.").wait_for()
        coordinator.look("kirim-kosong")
        coordinator.open("/kirim/paket")
        coordinator.look("paket-kosong")
        assert coordinator.faults == []


def test_a_tick_without_a_script(browser, folder):
    with running(folder) as address:
        reviewer = Visitor(browser, address).sign_in("reviewer")
        plain = browser.new_context(java_script_enabled=False, storage_state=reviewer.context.storage_state())
        page = plain.new_page()
        page.goto(f"{address}/usulan/1/salin")
        field(page, "1. Nama inovasi").get_by_role("button", name=re.compile("Tandai disalin")).click()
        page.wait_for_url("**/salin#butir-name")
        assert "1 dari 25 disalin" in page.locator("#kemajuan").inner_text()
        assert "Disalin" in field(page, "1. Nama inovasi").inner_text()
        plain.close()

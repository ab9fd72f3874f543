"""The office's own texts and the log, in Chromium on the real server: written by the coordinator, read by an operator who is typing, put away,
found again, and all of it on record for the administrator."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Instrument
from tests.cast import make_cast
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running

TOLD = "Klinik pengisian setiap Rabu di aula.\nBawa SK dan foto kegiatan."
HELP = "Mintalah salinan SK di Bagian Hukum, lantai 2.\nTandai halaman yang memuat nama inovasi."


@pytest.fixture
def folder(tmp_path):
    with prepared(tmp_path / "data"):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in cast.people.values():
            user.change_password(PASSWORD_HASH)
        db.session.add_all([*cast.people.values(), cast.entry])
    return tmp_path / "data"


def test_said_read_and_found_again(browser, shots, folder):
    with running(folder) as address:
        coordinator = Visitor(browser, address, shots).sign_in("coordinator")
        announce(coordinator)
        help_with_a_row(coordinator)
        operator = at_the_door(Visitor(browser, address, shots))
        read_while_typing(operator)
        without_script(browser, address)
        admin = Visitor(browser, address, shots).sign_in("admin")
        look_into_the_log(admin)
        faults = coordinator.faults + operator.faults + admin.faults
    assert not faults, "\n".join(faults)


def announce(coordinator):
    page = coordinator.open("/kelola/pengumuman/")
    coordinator.look("pengumuman-kosong")
    page.get_by_role("link", name="Tulis pengumuman").click()
    page.get_by_label("Teks").fill(TOLD)
    page.get_by_label("Untuk", exact=False).first.select_option("semua")
    page.get_by_label("Tampil sampai").fill((clock.now() + timedelta(days=7)).date().isoformat())
    page.get_by_label("Tampil juga di halaman masuk").check()
    coordinator.look("pengumuman-baru")
    page.get_by_role("button", name="Simpan pengumuman").click()
    page.get_by_text("Pengumuman disimpan dan tampil sekarang.").wait_for()
    coordinator.look("pengumuman-daftar")
    page.locator("tbody a").click()
    page.get_by_role("button", name="Akhiri pengumuman ini").wait_for()
    coordinator.look("pengumuman-ubah")


def help_with_a_row(coordinator):
    page = coordinator.open("/kelola/bantuan-baris/")
    page.get_by_role("link", name="17 Ketersediaan").click()
    page.get_by_role("textbox", name="Bantuan").fill(HELP)
    page.get_by_role("button", name="Simpan bantuan").click()
    page.get_by_text("Bantuan baris 17 tersimpan").wait_for()
    coordinator.look("bantuan-daftar")
    page.get_by_role("link", name="17 Ketersediaan").click()
    page.get_by_role("button", name="Kosongkan bantuan ini").wait_for()
    coordinator.look("bantuan-ubah")


def at_the_door(operator):
    page = operator.open("/masuk")
    page.get_by_text("Bawa SK dan foto kegiatan.").wait_for()
    operator.look("pengumuman-di-pintu")
    page.get_by_label("Nama pengguna").fill("owner")
    page.get_by_label("Kata sandi").fill("salah sekali")
    page.get_by_role("button", name="Masuk").click()
    page.get_by_text("Nama pengguna atau kata sandi tidak cocok.").wait_for()
    return operator.sign_in("owner")


def read_while_typing(operator):
    """Closing what is on top leaves what was chosen below."""
    page = operator.open("/usulan/1/indikator/17")
    page.get_by_text("di luar pedoman").wait_for()
    operator.look("operator-baris-bantuan")
    page.locator("#level-3").check()
    page.get_by_role("button", name="Tutup pengumuman 1").click()
    page.locator(".told").wait_for(state="detached")
    assert page.locator("#level-3").is_checked()
    page = operator.open("/usulan/1")
    assert page.locator(".told").count() == 0
    page = operator.open("/pemberitahuan")
    page.get_by_text("Klinik pengisian setiap Rabu di aula.").wait_for()
    operator.look("pemberitahuan-pengumuman")


def look_into_the_log(admin):
    page = admin.open("/kelola/log/")
    page.get_by_text("Bantuan baris 17 ditulis").wait_for()
    admin.look("log")
    page.get_by_label("Jenis").select_option("isian")
    page.get_by_label("Inovasi").fill("gizi")
    page.get_by_role("button", name="Saring").click()
    page.get_by_text("Baris 16 diisi: level 2.").wait_for()
    admin.look("log-saringan")
    page.get_by_role("link", name="Masuk dan keluar").click()
    page.get_by_text("Sedang masuk").first.wait_for()
    admin.look("log-masuk")
    page.get_by_role("link", name="Gagal masuk").click()
    page.get_by_text("berhasil masuk").first.wait_for()
    assert "salah sekali" not in page.content()
    admin.look("log-gagal")


def without_script(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/masuk")
    page.get_by_label("Nama pengguna").fill("head")
    page.get_by_label("Kata sandi").fill("empat kata sandi latihan")
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{address}/usulan/?status=draft")
    page.get_by_role("button", name="Tutup pengumuman 1").click()
    page.wait_for_url("**/usulan/?status=draft")
    assert page.locator(".told").count() == 0
    context.close()

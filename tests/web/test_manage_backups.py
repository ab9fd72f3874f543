"""The page of backups: how old the newest is, one more by a process of its own, and one of them as a ZIP."""
import hashlib
import io
import re
import time
import zipfile
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app import backups, checks, clock
from app.config import Settings
from app.extensions import db
from app.models import Event
from app.models.house import House
from tests.backed import give_bytes
from tests.browser import Browser
from tests.faults.machine import disk_of

pytestmark = pytest.mark.sqlite("a backup is of SQLite's file; on PostgreSQL it is a dump")

WIB = ZoneInfo("Asia/Jakarta")
PAGE = "/kelola/cadangan/"
IDLE = [("idle", "Belum diatur"), ("idle", "Belum pernah")]  # second place and rehearsal, untouched


@pytest.fixture
def data(app, saved):
    return give_bytes(app)


@pytest.fixture
def admin(open_as, data):
    return open_as("admin")


def made(data, days=0):
    with clock.at(clock.now() - timedelta(days=days)):
        return backups.make(data, data / "cadangan", WIB)


def states(page) -> list[str]:
    return re.findall(r'<span class="state is-(\w+)">.*?</svg>([^<]+)</span>', page.text)


def refusal(page) -> str:
    return re.search(r'role="alert">.*?<p>(.*?)</p>', page.text, re.S)[1]


def happened(app) -> list[tuple]:
    with app.app_context():
        return [(event.what, event.by.username, event.details) for event in db.session.scalars(
            select(Event).where(Event.what.like("backup%")).order_by(Event.id))]


def test_without_any_the_page_says_what_is_at_stake(admin):
    page = admin.get(PAGE)
    assert states(page) == [("bad", "Belum ada"), *IDLE]
    assert "Latih pemulihan</button>" not in page.text
    assert "Cadangkan sekarang" in page.text and "Yang tersimpan" not in page.text


@pytest.mark.parametrize(("days", "shown"), [(0, ("good", "Hari ini")), (1, ("good", "Umurnya 1 hari")), (3, ("act", "Sudah 3 hari"))])
def test_the_age_of_the_newest(admin, data, days, shown):
    made(data, days)
    assert states(admin.get(PAGE)) == [shown, *IDLE, ("good", "Cocok")]


def test_a_lost_file_is_named(admin, data):
    for path in data.glob("files/*/*"):
        path.unlink()
    gaps = made(data).missing
    page = admin.get(PAGE)
    assert states(page)[3:] == [("act", f"{len(gaps)} berkas hilang")]
    assert f"{len(gaps)} berkas hilang atau berubah di server." in page.text


def test_the_button_starts_a_process_that_needs_no_browser(admin, app, data):
    page = admin.follow(PAGE, {"latest": ""})
    assert (page.headers["Refresh"], "Cadangkan sekarang" in page.text) == ("2", False)
    assert happened(app) == [("backup_begun", "admin", {})]
    until = time.monotonic() + 60
    while backups.state(data).is_busy and time.monotonic() < until:
        time.sleep(0.1)
    page = admin.get(PAGE)
    assert ("Refresh" in page.headers, states(page)) == (False, [("good", "Hari ini"), *IDLE, ("good", "Cocok")])


def test_an_old_page_starts_no_second_one(admin, app, data):
    made(data)
    page = admin.follow(PAGE, {"latest": ""})
    assert refusal(page) == "Sementara itu sudah ada cadangan lain. Lihat daftarnya di bawah."
    assert (backups.state(data).kind, happened(app)) == ("idle", [])


def test_while_one_runs_the_page_shows_how_far_it_is(admin, app, data):
    with backups.alone(data) as diary:
        diary.note("running", "Berkas disalin", 512 * 1024, 1024 * 1024)
        page = admin.get(PAGE)
        refused = admin.follow(PAGE, {"latest": ""})
    assert re.search(r'<p role="status"><b>Berkas disalin</b>: 50 persen</p>\s*<progress max="1048576" value="524288"', page.text)
    assert (refusal(refused), happened(app)) == ("Pencadangan lain sedang berjalan. Tunggu sampai selesai.", [])


def test_why_the_last_one_failed_stands_on_the_page(admin, data):
    backups.Diary(data).note("failed", "Tempat cadangan penuh.")
    assert "Pencadangan terakhir gagal</b>" in admin.get(PAGE).text and "Tempat cadangan penuh." in admin.get(PAGE).text
    backups.Diary(data).note("running", "Berkas disalin")
    assert "Pencadangan terakhir terhenti sebelum selesai</b>" in admin.get(PAGE).text


def test_one_is_carried_away_whole_and_it_is_remembered_by_whom(admin, app, data):
    backup = made(data)
    answer = admin.client.post(f"{PAGE}{backup.name}/unduhan")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as zipped:
        found = {name: hashlib.sha256(zipped.read(name)).hexdigest() for name in zipped.namelist()}
    assert found == {f"{backup.name}/{path.relative_to(backup.path).as_posix()}": hashlib.sha256(path.read_bytes()).hexdigest()
                     for path in backup.path.rglob("*") if path.is_file()}
    assert (answer.headers["Content-Disposition"], int(answer.headers["Content-Length"]), answer.headers["Cache-Control"]) == (
        f"attachment; filename={backup.name}.zip", len(answer.data), "private, no-store")
    assert happened(app) == [("backup_taken", "admin", {"name": backup.name})]
    assert f"Cadangan {backup.name} diunduh" in admin.get("/kelola/log/").text


def waited(data):
    until = time.monotonic() + 60
    while backups.state(data).is_busy and time.monotonic() < until:
        time.sleep(0.1)


def test_one_press_rehearses_the_restore_and_the_outcome_stands_there_in_words(admin, data):
    made(data)
    page = admin.follow(f"{PAGE}latihan", {})
    assert (page.headers["Refresh"], "Latih pemulihan</button>" in page.text) == ("2", False)
    waited(data)
    page = admin.get(PAGE)
    assert states(page)[2] == ("good", "Berhasil")
    assert re.search(r"dipulihkan ke folder sementara: \d+ inovasi, \d+ berkas, semua cocok \(\d+ detik\)\. Dilatih ", page.text)


@pytest.fixture
def usb(app, monkeypatch, tmp_path):
    """A second place in the settings, of this process and of the ones it starts."""
    folder = tmp_path / "usb" / "lumbung"
    monkeypatch.setitem(app.config, "LUMBUNG", replace(app.config["LUMBUNG"], backup_second=folder))
    monkeypatch.setenv("LUMBUNG_BACKUP_SECOND", str(folder))
    return folder


SAME_DISK = "Sedisk dengan datanya. Bila disk ini rusak, keduanya hilang"


def test_one_press_copies_to_the_second_place_and_its_age_is_watched(admin, data, usb):
    one = made(data)
    with disk_of(usb.parent, megabytes=64):
        assert states(admin.get(PAGE))[1] == ("bad", "Belum ada salinan")
        admin.follow(f"{PAGE}kedua", {})
        waited(data)
        page = admin.get(PAGE)
        assert (states(page)[1], (usb / one.name / "manifest.json").exists(), SAME_DISK in page.text) == (("good", "Ada salinan"), True, False)
    page = admin.get(PAGE)
    assert (states(page)[1], "Sedang tidak terpasang." in page.text, "Salin ke tempat kedua</button>" in page.text) == (
        ("good", "Ada salinan"), True, False)
    with clock.at(clock.now() + timedelta(days=8)):
        assert backups.second_state(replace(Settings(data=data), backup_second=usb)).is_old


def test_a_second_place_on_the_disk_of_the_data_is_told_from_a_disk_of_its_own(admin, data, usb):
    usb.parent.mkdir()  # where the disk would be
    made(data)
    backups.copy_to_second(replace(Settings(data=data), backup_second=usb))
    page = admin.get(PAGE)
    assert (states(page)[1], SAME_DISK in page.text, "Salin ke tempat kedua</button>" in page.text) == (("act", "Sedisk dengan datanya"), True, True)


def test_why_a_rehearsal_failed_is_told_by_its_name(admin, data):
    backups.Diary(data, "drill").note("failed", "Disk penuh.")
    assert "Latihan pemulihan terakhir gagal</b>" in admin.get(PAGE).text


def test_the_log_tells_of_a_restore_its_undoing_and_an_upgrade_and_a_restore_ends_all_sessions(app, saved):
    before = Browser(app, saved.people["admin"])
    with app.app_context():
        for undone in (False, True):
            House(db.session()).be_restored("lumbung-20261121-020000", "2026-11-21T02:00:00+07:00", undone)
        House(db.session()).change_version("0006", "0007")
        db.session.commit()
    before.get(PAGE, expect=302)
    told = Browser(app, saved.people["admin"]).get("/kelola/log/", query_string={"kind": "cadangan"}).text
    assert [words for words in ("Aplikasi diperbarui; basis data dari revisi 0006 ke 0007.",
                                "Pemulihan cadangan lumbung-20261121-020000 dibatalkan; isi sebelumnya dipakai lagi.",
                                "Isi aplikasi dipulihkan dari cadangan lumbung-20261121-020000.") if words not in told] == []


def test_only_a_backup_is_carried_away(admin, data):
    (data / "cadangan").mkdir()
    for name in ("lumbung-20260101-000000", "..", "rahasia"):
        admin.post(f"{PAGE}{name}/unduhan", expect=404)


def test_on_postgresql_the_page_says_who_makes_them_and_starts_none(admin, app, data, monkeypatch):
    monkeypatch.setitem(app.config, "LUMBUNG", replace(app.config["LUMBUNG"], database_url="postgresql://db/lumbung"))
    page = admin.get(PAGE)
    assert (page.text.count("pg_dump"), re.findall(r'<form[^>]*action="(/kelola/cadangan[^"]*)"', page.text)) == (1, [])
    for path in (PAGE, PAGE + "latihan", PAGE + "kedua"):
        assert refusal(admin.follow(path, {"latest": ""})) == (
            "Aplikasi ini memakai PostgreSQL. Cadangan basis datanya dibuat dengan pg_dump di server, tidak dari halaman ini.")
    assert not (data / "cadangan.json").exists()
    assert [check.name for check in checks.wrong(app.config["LUMBUNG"])] == ["Pekerjaan malam"]

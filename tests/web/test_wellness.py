"""The health page: one sentence on top, then what to do; the deep check by a process of its own; a line on the first page when something is wrong."""
import re
import time

import pytest
from flask import g
from sqlalchemy import select

from app import checks, locks
from app.config import ROOT
from app.extensions import db
from app.models import StoredFile, User
from app.web.manage.wellness_pages import named
from tests import ground
from tests.backed import give_bytes
from tests.past import rewritten
from tests.web.reviewing import Selects, text

PAGE = "/kelola/kesehatan/"


@pytest.fixture
def data(app, saved):
    return give_bytes(app)


@pytest.fixture
def admin(open_as, data):
    return open_as("admin")


def heading(page) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", page.text)[1]


def listed(page) -> list[tuple[str, str]]:
    return re.findall(r'<li><div><h3>([^<]+)</h3>.*?<span class="state is-\w+">.*?</svg>([^<]+)</span></li>', page.text, re.S)


def night(app) -> None:
    assert app.test_cli_runner().invoke(args=["malam"]).exit_code == 0


def test_a_fresh_server_says_what_is_still_to_be_done(admin):
    page = admin.get(PAGE)
    assert heading(page) == ("Empat" if ground.SERVER else "Enam") + " hal perlu dilihat"
    assert [name for name, state in listed(page) if state == "Perlu dilihat"] == [
        "Cadangan", *([] if ground.SERVER else ["Tempat kedua", "Latihan pemulihan"]), "Pekerjaan malam", "Pengingat harian",
        "Pemeriksaan menyeluruh"]
    assert "Belum pernah diperiksa menyeluruh." in text(page)


@pytest.mark.sqlite("backups are of its file")
def test_what_an_advice_sends_to_is_a_link(admin):
    page = admin.get(PAGE).text
    assert re.findall(r'<p><b>[^<]*<a href="([^"]+)">([^<]+)</a>', page) == [
        ("/kelola/cadangan/", "halaman Cadangan"), ("/kelola/cadangan/", "halaman Cadangan"),
        ("/bantuan/panduan/kesehatan", "panduan Kesehatan"), ("/bantuan/panduan/kesehatan", "panduan Kesehatan")]


def test_every_place_that_a_check_names_has_an_address(app, saved):
    sources = [path.read_text("utf-8") for path in (*(ROOT / "app" / "checks").glob("*.py"), ROOT / "app" / "cli" / "nightly.py")]
    said = {name for source in sources for name in re.findall(r"(?:halaman|panduan) [A-Z]\w+|docs/\w+\.md", source)}
    with app.test_request_context("/masuk"):
        g._login_user = db.session.get(User, saved.people["admin"])
        assert said - named().keys() == set() and {"halaman Cadangan", "halaman Kesehatan", "panduan HTTPS", "docs/postgresql.md"} <= said


@pytest.mark.sqlite("its night and its backup are of SQLite's file")
def test_after_a_night_little_is_left_and_broken_comes_first(app, admin, data):
    night(app)
    assert heading(admin.get(PAGE)) == "Dua hal perlu dilihat"
    with app.app_context():
        with rewritten(db.session()):
            db.session.connection().exec_driver_sql("UPDATE event SET what = 'returned' WHERE id = 3")
        db.session.commit()
    app.test_cli_runner().invoke(args=["doctor"])
    page = admin.get(PAGE)
    assert (heading(page), listed(page)[:3]) == (
        "Satu hal rusak", [("Log", "Rusak"), ("Tempat kedua", "Perlu dilihat"), ("Pengingat harian", "Perlu dilihat")])
    assert "Catatan nomor 3 (" in page.text and "Jangan hapus cadangan lama" in page.text


@pytest.mark.sqlite("its night and its backup are of SQLite's file")
def test_the_button_starts_a_process_that_needs_no_browser(admin, data):
    page = admin.follow(PAGE, {})
    assert (page.headers["Refresh"], 'class="actions"' in page.text) == ("2", False)
    until = time.monotonic() + 60
    while checks.last(data).is_busy and time.monotonic() < until:
        time.sleep(0.1)
    page = admin.get(PAGE)
    assert ("Refresh" in page.headers, [state for name, state in listed(page) if name in ("Log", "Berkas bukti")]) == (False, ["Baik", "Baik"])


def test_while_one_runs_no_second_one_starts_and_the_page_shows_how_far_it_is(app, admin, data):
    now = checks.Examination(kind="running", words="Nilai usulan", done=4, total=9)
    with locks.take(data / "periksa.kunci"):
        checks.running._note(data, now)
        page, refused = admin.get(PAGE), admin.follow(PAGE, {})
    assert re.search(r'<p role="status"><b>Nilai usulan</b>: bagian 5 dari 9</p>\s*<progress max="9" value="4"', page.text)
    assert re.search(r'role="alert">.*?<p>(.*?)</p>', refused.text, re.S)[1] == "Pemeriksaan lain sedang berjalan. Tunggu sampai selesai."
    assert "Pemeriksaan terakhir terhenti sebelum selesai." in admin.get(PAGE).text  # the process is gone


@pytest.mark.sqlite("its night and its backup are of SQLite's file")
def test_the_first_page_says_so_only_when_something_is_wrong(app, admin, data):
    night(app)
    with Selects() as few:
        page = text(admin.get("/"))
    assert "Lihat Kesehatan" not in page
    with app.app_context():
        app.extensions["storage"].path(db.session.scalar(select(StoredFile.sha256))).unlink()
    app.test_cli_runner().invoke(args=["doctor"])
    with Selects() as same:
        page = text(admin.get("/"))
    assert "Berkas bukti: 1 berkas hilang atau berubah. Lihat Kesehatan" in page
    assert same.number == few.number

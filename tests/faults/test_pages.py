"""What the disk, the folder or another program does to a page: a sentence, the words still there, and the data as before."""
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import backups, clock, extensions
from app.checks import Things, deep
from app.extensions import db
from app.models import DocumentVersion, Entry, Event, StoredFile
from app.rules import Refused
from tests.backed import give_bytes
from tests.browser import Browser
from tests.cast import save
from tests.faults.machine import content, database, disk_of, files_no_longer_than, fill_up, fresh_connections, locked, no_page_left, spoil
from tests.live import prepared
from tests.storage.samples import mp4, pdf

TYPED = "Kader menjemput balita berisiko ke posyandu setiap bulan, lalu mencatat berat badannya di buku KIA."
LONG = f"{TYPED} " * 90
OF_ITS_FILE = pytest.mark.sqlite("a lock, a fault or the size of its file")
JSON = {"Accept": "application/json"}


@pytest.fixture
def place(saved):
    return f"/inovasi/{saved.innovation}/profil/hasil"


@pytest.fixture
def impatient(app, monkeypatch):
    """As the app is, but with 0.2 s instead of 15 s of patience for a lock."""
    monkeypatch.setattr(extensions, "PRAGMAS", [*extensions.PRAGMAS, "busy_timeout=200"])
    fresh_connections(app)
    yield
    fresh_connections(app)
    app.extensions.pop("touches_after", None)


def told(page, title, words=TYPED):
    """The page says what happened, and holds what was sent for sending once more."""
    assert f"<h1>{title}</h1>" in page.text and "Kirim sekali lagi" in page.text and words in page.text, page.text
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))


def purpose(app, saved):
    with app.app_context():
        return db.session.get(Entry, saved.entry).innovation.purpose


@OF_ITS_FILE
def test_a_save_while_another_program_holds_the_database_is_told_and_can_be_sent_again(app, saved, open_as, place, impatient):
    owner = open_as("owner")
    with locked(database(app)):
        page = owner.post(place, {"purpose": TYPED, "benefit": "Baru.", "result": ""}, expect=503)
        sent = told(page, "Basis data sedang dipakai program lain")
        said = owner.client.post(place, data={"purpose": TYPED}, headers=JSON)
    assert (page.headers["Retry-After"], said.status_code) == ("60", 503)
    assert said.json["error"].startswith("Basis data sedang dipakai program lain. ")
    assert purpose(app, saved) == "Menekan stunting."
    owner.post(place, sent)
    assert purpose(app, saved) == TYPED


@OF_ITS_FILE
def test_pages_are_read_as_ever_while_another_program_holds_the_database(app, saved, open_as, impatient, monkeypatch):
    """Also when it is time to note that somebody is still there."""
    owner = open_as("owner")
    monkeypatch.setattr("app.web.wall.TOUCH_EVERY", timedelta())
    with locked(database(app)):
        assert "JEMPUT GIZI" in owner.get(f"/usulan/{saved.entry}").text


@OF_ITS_FILE
def test_a_full_disk_takes_no_save_and_keeps_what_was_typed(app, saved, open_as, place):
    owner, before = open_as("owner"), content(database(app))
    with no_page_left(app):
        sent = told(owner.post(place, {"purpose": LONG, "benefit": LONG, "result": LONG}, expect=507), "Penyimpanan server penuh")
        assert "JEMPUT GIZI" in owner.get(f"/usulan/{saved.entry}").text
    assert (content(database(app)) == before, sent["purpose"] == LONG) == (True, True)
    owner.post(place, sent)
    assert purpose(app, saved) == LONG.strip()


@OF_ITS_FILE
def test_a_full_disk_takes_no_upload_and_leaves_nothing_of_it(app, saved, open_as):
    owner, before = open_as("owner"), content(database(app))
    with files_no_longer_than(300_000):
        answer = owner.client.post(f"/usulan/{saved.entry}/indikator/35/bukti", headers=JSON,
                                   data={"title": "Film", "file": (io.BytesIO(mp4(frames=bytes(400_000))), "film.mp4")})
    assert answer.json == {"error": "Ruang penyimpanan server penuh, berkas ini belum tersimpan. Beri tahu admin, lalu unggah lagi."}
    assert content(database(app)) == before
    assert not [path for path in (app.config["LUMBUNG"].data / "incoming").rglob("*") if path.is_file()]


@OF_ITS_FILE
def test_on_a_disk_that_is_really_full_save_upload_and_backup_are_refused_and_work_again_with_room(tmp_path):
    with disk_of(tmp_path / "disk", 24) as disk, prepared(disk / "data") as app:
        app.config["WTF_CSRF_ENABLED"] = False
        saved = save(db.session)
        db.session.commit()
        owner, place = Browser(app, saved.people["owner"]), f"/inovasi/{saved.innovation}/profil/hasil"
        row = f"/usulan/{saved.entry}/indikator/16/bukti"
        ballast, before = fill_up(disk), content(database(app))
        sent = told(owner.post(place, {"purpose": LONG, "benefit": LONG, "result": LONG}, expect=507), "Penyimpanan server penuh")
        upload = owner.client.post(row, headers=JSON, data={"title": "SK", "file": (io.BytesIO(pdf() + bytes(200_000)), "sk.pdf")})
        assert upload.json["error"].startswith("Ruang penyimpanan server penuh") or upload.status_code == 507
        assert "JEMPUT GIZI" in owner.get(f"/usulan/{saved.entry}").text
        with pytest.raises(Refused, match="penuh"):
            backups.make(app.config["LUMBUNG"].data, disk / "cadangan", clock.now().tzinfo)
        assert content(database(app)) == before
        ballast.unlink()
        owner.post(place, sent)
        assert owner.client.post(row, headers=JSON, data={"title": "SK", "file": (io.BytesIO(pdf()), "sk.pdf")}).json == {"ok": True}


@OF_ITS_FILE
def test_a_spoilt_database_is_a_page_that_tells_the_admin_to_restore(app, saved, open_as):
    owner = open_as("owner")
    fresh_connections(app)
    spoil(database(app))
    page = owner.get(f"/usulan/{saved.entry}", expect=500)
    assert "<h1>Basis data atau disk server rusak</h1>" in page.text and "memulihkan cadangan" in page.text
    fresh_connections(app)


def kept(app) -> tuple[int, str]:
    """A document whose file has bytes: its version, and the hash."""
    give_bytes(app)
    with app.app_context():
        return db.session.execute(select(DocumentVersion.id, StoredFile.sha256).join(DocumentVersion.file).order_by(DocumentVersion.id)).first()


def test_evidence_whose_file_is_gone_says_so_and_the_doctor_names_it(app, saved, open_as):
    version, sha256 = kept(app)
    app.extensions["storage"].path(sha256).unlink()
    owner = open_as("owner")
    for address in (f"/berkas/{version}", f"/berkas/{version}/unduh"):
        page = owner.get(address, expect=404)
        assert "<h1>Berkas ini tidak ada di penyimpanan server</h1>" in page.text and "Unggah lagi" in page.text
    picture = owner.get(f"/berkas/{version}/halaman/1", expect=422)
    assert picture.text == "Berkas aslinya tidak ada di penyimpanan. Beri tahu admin."
    assert owner.get(f"/dokumen/{saved.document}")
    assert sha256[:12] in app.test_cli_runner().invoke(args=["doctor"]).output


def test_evidence_that_spoiled_is_a_sentence_and_the_doctor_names_it(app, saved, open_as):
    version, sha256 = kept(app)
    app.extensions["storage"].path(sha256).write_bytes(b"rusak")
    page = open_as("owner").get(f"/berkas/{version}/halaman/1", expect=422)
    assert page.text == "Halaman 1 dokumen ini tidak dapat digambar dengan aman. Unduh berkas aslinya untuk membacanya."
    assert sha256[:12] in app.test_cli_runner().invoke(args=["doctor"]).output


@pytest.mark.parametrize(("back", "is_in"), [(timedelta(minutes=10), True), (timedelta(days=400), False)])
def test_a_clock_that_is_set_back_ends_sessions_instead_of_keeping_them_for_ever(app, open_as, back, is_in):
    owner = open_as("owner")
    with clock.at(clock.now() - back):
        assert owner.client.get("/").status_code == (200 if is_in else 302)


def test_what_happens_after_a_clock_was_set_back_still_comes_last(app, saved, open_as, place):
    """The order of the log is that in which it was written; the chain and the timeline go by it."""
    with clock.at(clock.now() - timedelta(days=2)):
        open_as("owner").post(place, {"purpose": TYPED, "benefit": "", "result": ""})
        admin = open_as("admin")
        health = admin.get("/kelola/kesehatan/").text
    assert "Jam komputer mundur: sekarang " in health
    with app.app_context():
        last, before = db.session.scalars(select(Event).order_by(Event.id.desc()).limit(2)).all()
        assert last.at < before.at and last.innovation_id == saved.innovation
        assert deep("Log", Things(db.session(), app.config["LUMBUNG"], app.extensions["storage"])).state == "baik"


def test_a_clock_that_is_set_back_makes_no_endless_wait_at_the_door(app, saved):
    door = app.test_client()
    for _ in range(6):
        door.post("/masuk", data={"username": "owner", "password": "salah sama sekali"})
    with clock.at(clock.now() - timedelta(days=400)):
        assert "Nama pengguna atau kata sandi tidak cocok." in door.post("/masuk", data={"username": "owner", "password": "salah lagi"}).text

"""Notes of the office to itself: beside the row and the proposal, and never before the eyes of the unit."""
import pytest

from app.extensions import db
from app.models import Entry, Unit, User
from app.rules.access import Role
from tests.test_access import DOORS, address
from tests.web.reviewing import desk, text

SECRET = "Kepala bidangnya baru diganti, hati-hati."
ROWS_SECRET = "Tanda tangan halaman dua meragukan."


@pytest.fixture
def noted(app, saved):
    """One note on the proposal and one on row 17, the proposal returned."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        cast.entry.annotate(cast.reviewer, SECRET)
        cast.entry.annotate(cast.reviewer, ROWS_SECRET, "17")
        cast.entry.judge(cast.entry.answer_on("17"), cast.reviewer, 1, "Tanpa peran.")
        cast.entry.return_(cast.reviewer, ["17"])
    return saved


def notes(app):
    with app.app_context():
        return [(note.row, note.text, note.by.username) for note in db.session.get(Entry, 1).notes]


def test_a_note_is_written_beside_the_row_and_read_there(app, noted, open_as):
    coordinator = open_as("coordinator")
    page = coordinator.follow("/verifikasi/1/catatan?baris=16", {"note": " Sudah ditanyakan.\r\nTunggu SK. "})
    assert "Sudah ditanyakan.\nTunggu SK." in page.text and ROWS_SECRET not in text(page)
    assert notes(app)[-1] == ("16", "Sudah ditanyakan.\nTunggu SK.", "coordinator")
    assert ROWS_SECRET in text(coordinator.get("/verifikasi/1/putusan/17"))


def test_the_proposals_own_notes_stand_on_its_page_with_the_way_to_the_rows(noted, open_as):
    page = open_as("admin").get("/verifikasi/1")
    assert SECRET in text(page) and ROWS_SECRET not in text(page)
    assert 'href="/verifikasi/1/putusan/17#catatan">baris 17</a>' in page.text


@pytest.mark.parametrize(("url", "typed", "sentence"), [
    ("/verifikasi/1/catatan", "  ", "Tulis catatannya dulu."),
    ("/verifikasi/1/catatan?baris=99", "Lihat lagi.", "Baris 99 tidak ada pada usulan ini."),
    ("/verifikasi/1/catatan", "x" * 4001, "Paling banyak 4.000 huruf; sekarang 4.001."),
])
def test_a_refused_note_keeps_what_was_typed(app, noted, open_as, url, typed, sentence):
    page = open_as("reviewer").post(url, {"note": typed}, expect=200)
    assert sentence in text(page) and typed in page.text
    assert len(notes(app)) == 2


def pages(app, saved):
    """Every page there is that is asked for with GET, for this proposal, its document and its innovation."""
    values = {"code": "17", "kode": "17", "bagian": "dasar", "slot": "budget", "number": 1, "entry": saved.entry, "innovation": saved.innovation,
              "document": saved.document, "file": saved.document, "letter": 1}
    for endpoint, methods in DOORS.items():
        if "GET" in methods and not endpoint.startswith(("files.", "account.")):
            try:
                yield address(app, endpoint, {"dinas": values, "manage": {}}, "dinas")
            except KeyError:  # asks for something else than a proposal
                continue


@pytest.mark.parametrize("who", ["owner", "head", "stranger", "leader"])
def test_no_page_tells_the_unit(app, noted, open_as, who):
    client, seen = open_as(who).client, []
    for url in pages(app, noted):
        body = client.get(url, follow_redirects=True).data.decode("utf-8", "replace")
        assert "hati-hati" not in body and "meragukan" not in body, url
        seen.append(url)
    assert f"/usulan/{noted.entry}/riwayat" in seen and f"/usulan/{noted.entry}/cetak" in seen and f"/usulan/{noted.entry}/indikator/17" in seen


def test_a_reviewer_who_belongs_to_the_unit_neither_reads_nor_writes(app, noted, open_as):
    with app.app_context():
        db.session.get(User, noted.people["reviewer"]).give_role(Role.HEAD, db.session.get(Unit, noted.units["dinas"]), None)
        db.session.commit()
    reviewer = open_as("reviewer")
    for url in ("/verifikasi/1", "/verifikasi/1/putusan/17", "/usulan/1/riwayat"):
        page = text(reviewer.get(url))
        assert SECRET not in page and ROWS_SECRET not in page and "Catatan internal" not in page
    reviewer.get("/verifikasi/1/catatan", expect=403)
    reviewer.post("/verifikasi/1/catatan", {"note": "Boleh?"}, expect=403)


def test_the_history_of_the_office_says_that_a_note_was_written_not_what(noted, open_as):
    page = text(open_as("coordinator").get("/usulan/1/riwayat"))
    assert "Catatan internal ditulis pada baris 17." in page and ROWS_SECRET not in page

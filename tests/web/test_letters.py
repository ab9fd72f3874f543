"""Letters in the product: made once from a decided round, numbered, handed out byte for byte, to both sides."""
import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Entry, Event, Letter, User
from app.rules.access import Role
from app.storage import Storage
from tests.exports.readers import docx_tables, docx_text, pdf_pages
from tests.web.reviewing import Selects, another, desk, judge


@pytest.fixture
def decided(app, saved):
    """Round 1 of the proposal was returned for row 16, with a note."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"], note="Lengkapi dulu.")
    return saved


def made(browser, saved, kind="decision", round=1):
    browser.post(f"/verifikasi/{saved.entry}/surat", {"jenis": kind, "putaran": round})
    with browser.app.app_context():
        return db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()


def download(browser, url):
    with browser.client.get(url) as response:
        assert response.status_code == 200
        return response.data


def test_a_reviewer_makes_the_letter_and_both_sides_have_the_same_bytes(app, decided, open_as):
    page = open_as("reviewer").follow(f"/verifikasi/{decided.entry}/surat", {"jenis": "decision", "putaran": "1"})
    year = clock.now().year

    assert f"Surat hasil verifikasi putaran 1 terbit dengan nomor 400.10.11/001/LI/{year}." in page.text
    for format in ("docx", "pdf"):
        office, unit = (download(open_as(who), f"/surat/1.{format}") for who in ("reviewer", "owner"))
        with app.app_context():
            kept = getattr(db.session.get(Letter, 1), format)
        assert office == unit
        assert (hashlib.sha256(office).hexdigest(), len(office)) == (kept.sha256, kept.size)


def test_a_letter_goes_out_privately_and_under_its_number(decided, open_as):
    made(open_as("reviewer"), decided, "minutes")
    for format, how in (("docx", "attachment"), ("pdf", "inline")):
        with open_as("owner").client.get(f"/surat/1.{format}") as response:
            name = f"Berita acara verifikasi 400.10.11-001-LI-{clock.now().year}.{format}"
            assert response.headers["Content-Disposition"] == f'{how}; filename="{name}"'
            assert response.headers["Cache-Control"] == "private, no-store"
            assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_letter_tells_the_round_as_recorded(decided, open_as):
    made(open_as("reviewer"), decided)
    word = docx_text(download(open_as("head"), "/surat/1.docx"))

    for said in ("Yth. Jabatan", "JEMPUT GIZI", "Dinas Kesehatan", "LR-26-001/1", "28 diklaim, 28 berbukti", "Catatan umum: Lengkapi dulu.",
                 "Usulan ini DIKEMBALIKAN untuk diperbaiki: 1 baris, paling lambat", "Nama inovasi tidak tercantum.", "Kepala Bappelitbangda,"):
        assert said in word, said


def test_the_minutes_hold_every_row_of_the_round_and_who_judged(decided, open_as):
    made(open_as("coordinator"), decided, kind="minutes")
    people, _, rows, _ = docx_tables(download(open_as("owner"), "/surat/1.docx"))
    pages = pdf_pages(download(open_as("owner"), "/surat/1.pdf"))

    assert [row[1] for row in people[1:]] == ["Reviewer"]
    assert len(rows) == 22
    assert rows[1][2:] == ["2", "1", "2" if rows[1][4] == "2" else rows[1][4], "Dikembalikan. Nama inovasi tidak tercantum."]
    assert "BERITA ACARA VERIFIKASI INOVASI DAERAH" in pages[0]


def test_asking_again_gives_the_letter_that_is_there(app, decided, open_as):
    first = made(open_as("reviewer"), decided)
    page = open_as("coordinator").follow(f"/verifikasi/{decided.entry}/surat", {"jenis": "decision", "putaran": "1"})

    assert f"sudah terbit dengan nomor {first.label}. Yang diunduh tetap surat itu, tidak dibuat ulang." in page.text
    with app.app_context():
        assert len(db.session.scalars(select(Letter)).all()) == 1


def test_a_letter_stays_as_it_was_whatever_happens_later(app, decided, open_as):
    made(open_as("reviewer"), decided)
    before = download(open_as("owner"), "/surat/1.pdf")
    with desk(app, decided) as cast:
        cast.entry.answer_on("16").reply(cast.owner, "Sudah dilampirkan.")
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.reviewer)
        cast.head.edit(cast.admin, "Kepala Baru", None, None)
        cast.units["dinas"].edit(cast.admin, "Dinas Kesehatan dan Keluarga Berencana", "Dinas", None, False)
    made(open_as("reviewer"), decided)  # round 1 once more

    assert download(open_as("owner"), "/surat/1.pdf") == before


def test_a_later_letter_about_an_earlier_round_tells_that_round(app, decided, open_as):
    with desk(app, decided) as cast:
        cast.entry.answer_on("16").reply(cast.owner, "Sudah dilampirkan.")
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=2)
        cast.entry.approve(cast.reviewer)
    made(open_as("reviewer"), decided, round=1)
    made(open_as("reviewer"), decided, round=2)

    first, second = (docx_text(download(open_as("owner"), f"/surat/{id}.docx")) for id in (1, 2))
    assert "DIKEMBALIKAN untuk diperbaiki: 1 baris" in first
    assert "DISETUJUI dengan kematangan 28 poin, belum mencapai batas layak kirim 86 poin." in second


def test_numbers_run_on_over_both_kinds_and_begin_again_each_year(app, decided, open_as):
    numbers = [made(open_as("reviewer"), decided, kind).number for kind in ("decision", "minutes")]
    with desk(app, decided) as cast:
        later = another(cast, "LAPOR CEPAT")
        judge(cast, later)
        later.approve(cast.reviewer)
        entry = later.id
    with clock.at(clock.now() + timedelta(days=366)):
        browser = open_as("reviewer")
        browser.post(f"/verifikasi/{entry}/surat", {"jenis": "minutes", "putaran": "1"})
    with app.app_context():
        last = db.session.get(Letter, 3)
        assert (numbers, last.number, last.year) == ([1, 2], 1, clock.now().year + 1)


def test_an_undecided_round_gets_no_letter(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    page = open_as("reviewer").follow(f"/verifikasi/{saved.entry}/surat", {"jenis": "decision", "putaran": "1"})

    assert "Putaran 1 belum diputuskan, jadi belum ada yang dapat ditulis dalam surat." in page.text
    assert "Belum ada putaran yang diputuskan." in open_as("owner").get(f"/verifikasi/{saved.entry}/surat").text
    with app.app_context():
        assert db.session.scalars(select(Letter)).all() == []


@pytest.mark.parametrize("data", [{}, {"jenis": "decision"}, {"jenis": "lain", "putaran": "1"}, {"jenis": "decision", "putaran": "9"},
                                  {"jenis": "decision", "putaran": "x"}])
def test_what_the_page_never_sends_is_not_found(decided, open_as, data):
    open_as("reviewer").post(f"/verifikasi/{decided.entry}/surat", data, expect=404)


def test_only_who_may_judge_sees_the_button(decided, open_as):
    readers = ("reviewer", "coordinator", "owner", "head", "leader", "admin")
    pages = {who: open_as(who).get(f"/verifikasi/{decided.entry}/surat").text for who in readers}

    assert [who for who, page in pages.items() if "Buat berita acara verifikasi" in page] == ["reviewer", "coordinator"]
    assert "Belum dibuat. Bappelitbangda yang membuatnya." in pages["owner"]


def test_the_unit_is_told_once_for_each_letter(app, decided, open_as):
    made(open_as("reviewer"), decided)
    with app.app_context():
        event = db.session.scalars(select(Event).where(Event.what == "letter_issued")).one()
        assert sorted(notice.user.username for notice in event.notifications) == ["head", "owner"]
    assert "Surat hasil verifikasi putaran 1 terbit, nomor" in open_as("owner").get("/pemberitahuan").text


def test_other_units_find_no_letter(decided, open_as):
    made(open_as("reviewer"), decided)
    for address in ("/surat/1.pdf", "/surat/1.docx", "/surat/99.pdf"):
        assert open_as("stranger").client.get(address).status_code == 404


def test_the_register_lists_by_number_and_finds(app, decided, open_as):
    for kind in ("decision", "minutes"):
        made(open_as("reviewer"), decided, kind)
    with desk(app, decided) as cast:
        later = another(cast, "LAPOR CEPAT")
        judge(cast, later)
        later.approve(cast.reviewer)
        entry = later.id
    open_as("reviewer").post(f"/verifikasi/{entry}/surat", {"jenis": "minutes", "putaran": "1"})
    browser = open_as("admin")

    page = browser.get("/surat").text
    assert [page.index(f"400.10.11/{n:03d}/LI") for n in (3, 2, 1)] == sorted(page.index(f"400.10.11/{n:03d}/LI") for n in (1, 2, 3))
    assert "3 surat" in page
    for query, found in (("q=LAPOR", "1 surat"), ("q=/002/", "1 surat"), ("q=dinas+kesehatan", "2 surat"), ("kind=minutes", "2 surat"),
                         (f"year={clock.now().year}&kind=decision", "1 surat"), ("q=%25", "Tidak ada yang cocok")):
        assert found in browser.get(f"/surat?{query}").text, query


def test_an_empty_register_says_what_to_do(saved, open_as):
    assert "Surat dan berita acara dibuat dari halaman usulan yang putarannya sudah diputuskan." in open_as("reviewer").get("/surat").text


def test_the_register_asks_as_often_for_many_as_for_few(app, decided, open_as):
    made(open_as("reviewer"), decided)
    browser = open_as("reviewer")
    with Selects() as few:
        browser.get("/surat")
    with desk(app, decided) as cast:
        letter = db.session.get(Letter, 1)
        for number in range(2, 40):
            letter.round.entry.letters.append(copy_of(letter, number))
            db.session.add(another(cast, f"INOVASI {number}", submit_days_ago=None))
    with Selects() as many:
        assert "39 surat, halaman 1 dari 2" in browser.get("/surat").text
    assert many.number == few.number


def copy_of(letter, number):
    round_ = letter.round
    other = type(round_).open(round_.entry, round_.submitted_by, round_.snapshot)
    other.decide(round_.decision, round_.decided_by)
    return Letter(round=other, kind="decision", year=letter.year, number=number, facts=letter.facts, docx=letter.docx, pdf=letter.pdf,
                  made_by=letter.made_by, made_at=letter.made_at)


def test_when_the_disk_refuses_there_is_no_letter_and_no_number(app, decided, open_as, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")
    with monkeypatch.context() as broken:
        broken.setattr(Storage, "keep", full)
        open_as("reviewer").post(f"/verifikasi/{decided.entry}/surat", {"jenis": "decision", "putaran": "1"}, expect=507)

    assert made(open_as("reviewer"), decided).number == 1


def test_the_coordinator_of_two_steps_stands_on_the_minutes(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.period.two_steps = True
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.finish(cast.reviewer)
        cast.entry.approve(cast.coordinator)
    made(open_as("reviewer"), saved, kind="minutes")
    text = docx_text(download(open_as("owner"), "/surat/1.docx"))

    assert "Verifikasi diselesaikan oleh Reviewer dan disetujui oleh Coordinator," in text
    assert "2 Coordinator 198001012005011001 Jabatan Penyetuju" in text


def test_a_reopened_row_is_a_round_with_a_letter_of_its_own(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.reviewer)
        cast.entry.reopen(cast.coordinator, ["17"], "SK-nya sudah dicabut.")
    made(open_as("coordinator"), saved, round=2)
    text = docx_text(download(open_as("owner"), "/surat/1.docx"))

    assert "Putaran verifikasi : 2, dibuka kembali" in text
    assert "DIKEMBALIKAN untuk diperbaiki: 1 baris" in text
    assert "SK-nya sudah dicabut." in text


def test_a_reviewer_of_the_own_unit_may_read_but_not_make(app, decided, open_as):
    with app.app_context():
        entry = db.session.get(Entry, decided.entry)
        db.session.get(User, decided.people["reviewer"]).give_role(Role.HEAD, entry.unit, None)
        db.session.commit()
    open_as("reviewer").post(f"/verifikasi/{decided.entry}/surat", {"jenis": "decision", "putaran": "1"}, expect=403)


def test_doctor_notices_a_letter_that_was_changed_on_disk(app, decided, open_as):
    made(open_as("reviewer"), decided)
    with app.app_context():
        sha256 = db.session.get(Letter, 1).pdf.sha256
        path = app.extensions["storage"].path(sha256)
    whole = path.read_bytes()
    try:
        path.write_bytes(whole.replace(b"/Title", b"/titlE"))
        assert f"Berkas {sha256[:12]} berubah isinya" in app.test_cli_runner().invoke(args=["doctor"]).output
    finally:
        path.write_bytes(whole)  # the tests of a worker share their folder of files

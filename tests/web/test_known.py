"""What is kept until the next event: seen at once when something is written, by whichever process, and few SELECTs for a page."""
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.extensions import db
from app.models import Entry, Event, Innovation
from tests.season.many import copies, whole_tables_read
from tests.web.reviewing import Selects, another, desk, text

MOST = 4  # SELECTs of the queue in all, when nobody opened it since the last event


@pytest.fixture
def waiting(app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        for number in range(30):
            another(cast, f"PELAYANAN {number}")
    return saved


@pytest.mark.parametrize("address", ["/verifikasi/", "/verifikasi/?q=layan", "/verifikasi/?tab=opd", "/verifikasi/?page=2&verifikator=belum"])
def test_the_queue_takes_four_selects_and_one_until_something_is_written(waiting, open_as, address):
    for who in ("reviewer", "coordinator", "admin"):
        person = open_as(who)
        with Selects() as first:
            before = text(person.get(address))
        seen = len(first.all)
        again = text(person.get(address))
        assert (seen <= MOST, before == again) == (True, True), first.all
    with Selects() as whole:
        person.get(address)
        cold = whole.number
        person.get(address)
    assert whole.number - cold == 1


@pytest.mark.parametrize("who, address, before, after", [
    ("reviewer", "/verifikasi/", "31 usulan menunggu", "30 usulan menunggu"),
    ("leader", "/dasbor/", "Kirim atau tahan Belum ada inovasi", "Kirim 1")])
def test_what_is_decided_is_seen_at_once(app, waiting, open_as, who, address, before, after):
    page = open_as(who)
    assert before in text(page.get(address))
    with desk(app, waiting) as cast:
        for answer in list(cast.entry.rounds[-1].unjudged):
            cast.entry.judge(answer, cast.reviewer, answer.claimed_level)
        cast.entry.approve(cast.reviewer)
    assert after in text(page.get(address))


def test_a_long_list_is_counted_to_a_thousand_and_says_that_there_is_more(app, waiting, open_as):
    with app.app_context():
        copies(100, 1200)
    page = open_as("reviewer").get("/verifikasi/?page=99")
    assert "1.000+ usulan menunggu putusan Anda" in text(page)
    assert "Lebih dari 1.000 usulan, halaman 40 dari 40" in text(page)
    assert "Persempit saringannya untuk melihat yang lain." in text(page)
    home = text(open_as("reviewer").get("/"))
    assert "1.000+ usulan menunggu putusan Anda" in home and "Dibagikan kepada Anda 0 " in home and "Belum dibagi 1.000+ " in home
    assert "1.001" not in home


@pytest.mark.sqlite
def test_what_another_process_writes_is_seen_at_once(app, waiting, open_as):
    reviewer = open_as("reviewer")
    assert "GANTI NAMA" not in reviewer.get("/verifikasi/").text
    database = Path(app.config["LUMBUNG"].data) / "lumbung.sqlite"
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("UPDATE innovation SET name = 'GANTI NAMA' WHERE id = 1")
        other.execute("INSERT INTO event (what, at, details, is_private, hash, innovation_id) SELECT 'innovation_edited', at, '{}', 0, 'x', 1 "
                      "FROM event ORDER BY id DESC LIMIT 1")
    assert "GANTI NAMA" in reviewer.get("/verifikasi/").text


@pytest.fixture
def sheet(saved) -> str:
    return f"/usulan/{saved.entry}/indikator"


def test_the_sheet_takes_four_selects_and_two_until_something_is_written(saved, sheet, open_as):
    owner = open_as("owner")
    owner.get(sheet)
    with Selects() as whole:
        before = text(owner.get(sheet))
        cold = whole.number
        again = text(owner.get(sheet))
    assert (cold, whole.number - cold, before == again) == (4, 2, True), whole.all


def test_what_somebody_else_saves_is_on_the_sheet_at_once(app, saved, sheet, open_as):
    owner, reviewer = open_as("owner"), open_as("reviewer")
    seen = [text(person.get(sheet)) for person in (owner, reviewer, owner, reviewer)]
    with desk(app, saved) as cast:
        cast.entry.answer_on("28").claim(cast.owner, 3)
    after = [text(person.get(sheet)) for person in (owner, reviewer)]
    assert seen[:2] == seen[2:] and all(new != old for new, old in zip(after, seen[:2], strict=True))


def test_the_sheet_offers_work_only_to_whoever_may_do_it(saved, sheet, open_as):
    """The same address, one after the other; and in each state of a row its own."""
    pages = [[text(open_as(who).get(address)) for address in (sheet, f"{sheet}?keadaan=kosong", f"{sheet}?keadaan=x", sheet)]
             for who in ("owner", "reviewer", "owner")]
    assert pages[0] == pages[2] and pages[0][0] == pages[0][3]
    assert ["Buka satu baris" in page for page, *_ in pages] == [True, False, True]
    assert all("Tidak ada yang cocok" in nothing and "Tidak ada yang cocok" not in all_ for all_, _, nothing, _ in pages)


def test_nobody_sees_what_is_kept_for_another(waiting, open_as):
    """The same address, one after the other: whose turn it is, and which places there are."""
    pages = {who: open_as(who).get("/verifikasi/").text for who in ("reviewer", "coordinator", "admin")}
    again = {who: open_as(who).get("/verifikasi/").text for who in pages}
    assert ["Pembagian" in page for page in pages.values()] == ["Pembagian" in page for page in again.values()] == [False, True, False]
    assert ["Ambil berikutnya" in page for page in again.values()] == [True, True, False]


class TestSearch:
    """Any part of a word, in whatever case, as it stands now."""

    def named(self, open_as, q):
        page = text(open_as("reviewer").get("/verifikasi/", query_string={"q": q}))
        return [number for number in range(30) if f"PELAYANAN {number} " in page]

    @pytest.mark.parametrize("q, found", [("layan", 25), ("LAYAN", 25), ("anan 7", 1), ("n 2", 11), ("an", 25), ("layanan%", 0), ('"layan"', 0),
                                          ("layan*", 0), ("layan OR gizi", 0), ("-", 0), ("'", 0)])
    def test_a_part_of_a_word_is_found_and_no_sign_means_anything(self, waiting, open_as, q, found):
        assert len(self.named(open_as, q)) == found

    def test_it_knows_new_changed_and_removed_names(self, app, waiting, open_as):
        with desk(app, waiting) as cast:
            cast.entry.innovation.name = "PERAHU PUSTAKA"
            another(cast, "SEKOLAH SUNGAI")
        assert "PERAHU PUSTAKA" in open_as("reviewer").get("/verifikasi/?q=rahu").text
        assert "SEKOLAH SUNGAI" in open_as("reviewer").get("/inovasi/?q=kolah").text
        assert "PERAHU PUSTAKA" not in open_as("reviewer").get("/verifikasi/?q=gizi").text

    def test_a_number_is_still_found(self, app, waiting, open_as):
        with app.app_context():
            number, year = 1, db.session.get(Entry, waiting.entry).period.year % 100
        assert "JEMPUT GIZI" in open_as("reviewer").get(f"/verifikasi/?q=LR-{year}-{number:03d}").text


@pytest.mark.sqlite
def test_a_search_reads_no_whole_table(app, waiting, open_as):
    with app.app_context():
        copies(100, 1500)
        db.session.execute(update(Innovation).where(Innovation.id == 700).values(name="PERAHU PUSTAKA"))
        db.session.commit()
        plan = db.session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM innovation WHERE id IN (SELECT rowid FROM innovation_search WHERE innovation_search MATCH '\"rahu\"')")
        steps = [row[3] for row in plan]
        assert db.session.scalar(select(Event.id).limit(1)) and not [step for step in steps if step.startswith("SCAN innovation ")]
    people = {who: open_as(who) for who in ("reviewer", "leader")}
    assert whole_tables_read(app, people, {"reviewer": ("/verifikasi/?q=rahu", "/inovasi/?q=rahu"), "leader": ("/dasbor/", "/usulan/?q=rahu")}) == []

"""Taking a proposal: one by one, the next, and several people at the same moment."""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Entry, Event, Instrument, User
from app.rules.access import Role
from tests.cast import make_cast
from tests.live import PASSWORD_HASH, Person, prepared, running
from tests.web.reviewing import another, desk, judge, text

FOUR = [f"verifikator{n}" for n in range(1, 5)]


@pytest.fixture
def waiting(app, saved):
    """SURAT TUNTAS has waited for eight days, JEMPUT GIZI came today."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        another(cast, "SURAT TUNTAS", submit_days_ago=8)
    return saved


def holders(app):
    with app.app_context():
        return {entry.innovation.name: entry.reviewer and entry.reviewer.username for entry in db.session.scalars(select(Entry))}


def test_the_next_is_the_oldest_and_is_then_mine(app, waiting, open_as):
    answer = open_as("reviewer").post("/verifikasi/ambil")
    assert answer.location == "/verifikasi/2/putusan/16"
    assert holders(app) == {"JEMPUT GIZI": None, "SURAT TUNTAS": "reviewer"}


def test_the_next_for_a_colleague_is_another_one(app, waiting, open_as):
    open_as("reviewer").post("/verifikasi/ambil")
    assert open_as("coordinator").post("/verifikasi/ambil").location == "/verifikasi/1/putusan/16"
    assert holders(app) == {"JEMPUT GIZI": "coordinator", "SURAT TUNTAS": "reviewer"}


def test_what_i_hold_already_is_gone_on_with_where_i_left_it(app, waiting, open_as):
    with desk(app, waiting) as cast:
        entry = db.session.get(Entry, 2)
        entry.take(cast.reviewer)
        entry.judge(entry.answer_on("16"), cast.reviewer, 2)
    reviewer = open_as("reviewer")
    assert reviewer.post("/verifikasi/ambil").location == "/verifikasi/2/putusan/17"
    with desk(app, waiting) as cast:
        judge(cast, db.session.get(Entry, 2))
    assert reviewer.post("/verifikasi/ambil").location == "/verifikasi/2/keputusan"


def test_with_nothing_left_it_says_so(saved, open_as):
    reviewer = open_as("reviewer")
    reviewer.post("/verifikasi/ambil")
    assert "Tidak ada lagi usulan yang menunggu putusan Anda." in text(reviewer.get("/verifikasi/"))


def test_one_is_taken_from_its_page_and_opens_at_its_first_row(app, waiting, open_as):
    reviewer = open_as("reviewer")
    assert "Ambil dan mulai" in reviewer.get("/verifikasi/1").text
    page = reviewer.follow("/verifikasi/1/ambil")
    assert "JEMPUT GIZI sekarang Anda pegang." in text(page)
    assert (holders(app)["JEMPUT GIZI"], "Dipegang" in page.text) == ("reviewer", False)


def test_what_a_colleague_took_is_not_taken_away_but_may_be_judged(app, waiting, open_as):
    open_as("reviewer").post("/verifikasi/1/ambil")
    other = open_as("coordinator")
    for url in ("/verifikasi/1", "/verifikasi/1/putusan/16"):
        assert "Dipegang Reviewer ; putus hanya bila Anda menggantikannya." in text(other.get(url))
    other.post("/verifikasi/1/ambil")
    assert "Reviewer sudah mengambil usulan ini." in text(other.get("/verifikasi/"))
    assert holders(app)["JEMPUT GIZI"] == "reviewer"
    assert other.post("/verifikasi/1/putusan/16", {"level": "2", "seen": "0"}).location == "/verifikasi/1/putusan/17"


def test_a_draft_cannot_be_taken(app, saved, open_as):
    open_as("reviewer").post("/verifikasi/1/ambil")
    assert holders(app) == {"JEMPUT GIZI": None}


def test_one_event_for_one_taking(app, waiting, open_as):
    open_as("reviewer").post("/verifikasi/ambil")
    with app.app_context():
        assert db.session.scalars(select(Event.what).where(Event.what == "taken")).all() == ["taken"]


def test_after_a_decision_comes_the_next_i_hold_else_the_queue(app, waiting, open_as):
    with desk(app, waiting) as cast:
        for entry in db.session.scalars(select(Entry)):
            entry.take(cast.reviewer)
        for entry in db.session.scalars(select(Entry)):
            judge(cast, entry, r17=1)
    reviewer = open_as("reviewer")
    back = {"decision": "return", "rows": ["17"], "note": "", "profile_note": ""}
    assert reviewer.post("/verifikasi/2/keputusan", back).location == "/verifikasi/1/keputusan"
    assert reviewer.post("/verifikasi/1/keputusan", back).location == "/verifikasi/"


@pytest.fixture
def folder(tmp_path):
    with prepared(tmp_path / "data"):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for username in FOUR:
            user = User.add(username, username.title(), PASSWORD_HASH, None)
            user.change_password(PASSWORD_HASH)
            user.give_role(Role.REVIEWER, cast.units["office"], None)
            db.session.add(user)
        db.session.add_all([*cast.people.values(), cast.entry])
        db.session.flush()
        for number in range(3):
            another(cast, f"INOVASI {number}", submit_days_ago=number)
        cast.entry.submit(cast.owner)
    return tmp_path / "data"


def test_four_who_press_at_once_get_four_different_proposals(folder):
    with running(folder, LUMBUNG_PROCESSES="2") as address:
        everyone = [Person(address, username) for username in FOUR]
        for person in everyone:
            person.open("/verifikasi/")
        start = Barrier(len(everyone))

        def press(person):
            start.wait()
            person.send("/verifikasi/ambil")
            return person.url.split("/verifikasi/")[1]

        with ThreadPoolExecutor(len(everyone)) as pool:
            opened = sorted(pool.map(press, everyone))

    assert opened == [f"{number}/putusan/16" for number in range(1, 5)]
    with prepared(folder):
        assert sorted(entry.reviewer.username for entry in db.session.scalars(select(Entry))) == FOUR

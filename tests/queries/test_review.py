"""The reviewers' queue as rows and figures."""
from datetime import timedelta
from types import SimpleNamespace

import pytest

from app import clock
from app.extensions import db
from app.models import Entry, Unit, User
from app.queries.review import DONE, MINE, WAITING, Counts, QueueFilter, counts, oldest, queue
from app.rules.access import Role
from tests.web.reviewing import another, desk, judge, second_round


@pytest.fixture
def midnight():
    return clock.now().replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.fixture
def full(app, saved):
    """One that came back, two new ones, one returned, one approved, one draft."""
    with desk(app, saved) as cast:
        second_round(cast)
        another(cast, "SURAT TUNTAS", submit_days_ago=8)
        another(cast, "PETIK PANEN", submit_days_ago=3)
        another(cast, "LAPAK BACA", submit_days_ago=None)
        for name, end in (("TIRTA JEMPUT", "return"), ("JAGA HUTAN", "approve")):
            entry = another(cast, name)
            judge(cast, entry, r17=1)
            entry.return_(cast.reviewer, ["17"]) if end == "return" else entry.approve(cast.reviewer)
    with app.app_context():
        yield saved


def names(user, midnight, **chosen):
    return [row.name for row in db.session.execute(queue(user, QueueFilter(**chosen), midnight))]


@pytest.fixture
def reviewer(full):
    return db.session.get(User, full.people["reviewer"])


def test_each_tab_holds_its_own_the_oldest_first_and_drafts_nowhere(reviewer, midnight):
    assert names(reviewer, midnight, tab=MINE) == ["SURAT TUNTAS", "PETIK PANEN", "JEMPUT GIZI"]
    assert names(reviewer, midnight, tab=WAITING) == ["TIRTA JEMPUT"]
    assert names(reviewer, midnight, tab=DONE) == ["JAGA HUTAN"]


def test_rows_say_what_is_left_and_what_was_verified(reviewer, midnight):
    rows = db.session.execute(queue(reviewer, QueueFilter(), midnight)).all()
    assert [(row.round, row.left, row.claimed, row.verified) for row in rows] == [(1, 5, 28, None), (1, 5, 28, None), (2, 1, 28, 25)]


def test_the_one_who_judges_or_decided_is_named(reviewer, midnight, full):
    entry_id = db.session.execute(queue(reviewer, QueueFilter(q="SURAT"), midnight)).one().id
    entry = db.session.get(Entry, entry_id)
    entry.judge(entry.answer_on("16"), reviewer, 2)
    db.session.flush()
    rows = db.session.execute(queue(reviewer, QueueFilter(), midnight)).all()
    assert [(row.left, row.by) for row in rows] == [(4, "Reviewer"), (5, None), (1, None)]
    assert db.session.execute(queue(reviewer, QueueFilter(tab=DONE), midnight)).one().by == "Reviewer"


@pytest.mark.parametrize(("chosen", "expected"), [
    ({"q": "panen"}, ["PETIK PANEN"]),
    ({"q": "LR-26-002"}, ["SURAT TUNTAS"]),
    ({"q": "LR-25-002"}, []),
    ({"q": "100%"}, []),
    ({"round": "baru"}, ["SURAT TUNTAS", "PETIK PANEN"]),
    ({"round": "ulang"}, ["JEMPUT GIZI"]),
    ({"idle": 3}, ["SURAT TUNTAS", "PETIK PANEN"]),
    ({"idle": 4}, ["SURAT TUNTAS"]),
    ({"period": 2026}, ["SURAT TUNTAS", "PETIK PANEN", "JEMPUT GIZI"]),
    ({"period": 2025}, []),
])
def test_the_filter_narrows(reviewer, midnight, chosen, expected):
    assert names(reviewer, midnight, **chosen) == expected


def test_the_unit_narrows(reviewer, midnight, full):
    assert names(reviewer, midnight, unit=full.units["dinas"]) == ["JEMPUT GIZI"]


def test_tabs_are_counted_under_the_filter_and_the_turn_without(reviewer, midnight):
    assert Counts(*db.session.execute(counts(reviewer, QueueFilter(q="TIRTA"), midnight)).one()) == Counts(
        mine=0, waiting=1, done=0, turn=3, again=1, again_rows=1, own=0)


def test_a_proposal_of_a_unit_of_ones_own_is_somebody_elses_turn(reviewer, midnight, full):
    reviewer.give_role(Role.HEAD, db.session.get(Unit, full.units["badan"]), None)
    assert names(reviewer, midnight) == ["JEMPUT GIZI"]
    count = Counts(*db.session.execute(counts(reviewer, QueueFilter(), midnight)).one())
    assert (count.mine, count.turn, count.own) == (1, 1, 2)


def test_who_only_reads_sees_all_that_waits(midnight, full):
    admin = db.session.get(User, full.people["admin"])
    assert names(admin, midnight) == ["SURAT TUNTAS", "PETIK PANEN", "JEMPUT GIZI"]


def test_one_begins_with_the_oldest_at_its_first_row_without_verdict(reviewer, full):
    first = db.session.execute(oldest(reviewer)).one()
    entry = db.session.get(Entry, first.id)
    assert (entry.innovation.name, first.code) == ("SURAT TUNTAS", "16")
    entry.judge(entry.answer_on("16"), reviewer, 2)
    db.session.flush()
    assert db.session.execute(oldest(reviewer)).one().code == "17"
    judge(SimpleNamespace(reviewer=reviewer), entry)
    db.session.flush()
    assert db.session.execute(oldest(reviewer)).one() == (entry.id, None)


@pytest.mark.parametrize(("address", "expected"), [
    ({}, {}), ({"tab": "opd", "q": " gizi ", "idle": "7"}, {"tab": "opd", "q": "gizi", "idle": 7}),
    ({"tab": "lain", "idle": "-3", "unit": "x", "page": "2"}, {"page": 2}),
])
def test_the_address_is_read_and_written_again(address, expected):
    assert QueueFilter.read(address).args() == expected


def test_only_the_tab_is_no_filter():
    assert [QueueFilter(tab=DONE).is_narrow, QueueFilter(q="gizi").is_narrow] == [False, True]
    assert QueueFilter(tab=DONE, q="gizi").cleared() == {"tab": DONE}


def test_a_day_of_waiting_is_a_night_that_passed(reviewer, full):
    entry = db.session.get(Entry, db.session.execute(oldest(reviewer)).one().id)
    midnight = entry.moved_at + timedelta(minutes=1)
    assert names(reviewer, midnight, idle=1, q="SURAT") == ["SURAT TUNTAS"]
    assert names(reviewer, entry.moved_at - timedelta(minutes=1), idle=1, q="SURAT") == []

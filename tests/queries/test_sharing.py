"""How the work is shared out, as figures."""
from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.queries.sharing import Today, loads, reviewers, today, unshared
from tests.web.reviewing import another, days_ago, desk, judge


@pytest.fixture
def midnight():
    return clock.now() - timedelta(hours=1)


@pytest.fixture
def cast(app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        yield cast


def done(user, midnight):
    db.session.flush()
    return Today(*db.session.execute(today(user, midnight)).one())


def test_a_verdict_of_today_counts_once_however_often_it_is_changed(cast, midnight):
    answer = cast.entry.answer_on("16")
    with clock.at(days_ago(1)):
        cast.entry.judge(answer, cast.reviewer, 2)
    assert done(cast.reviewer, midnight) == Today(rows=0, entries=0)
    for level in (1, 2, 1):
        cast.entry.judge(answer, cast.reviewer, level, "Belum cukup.")
    assert (done(cast.reviewer, midnight), done(cast.coordinator, midnight)) == (Today(1, 0), Today(0, 0))


@pytest.mark.parametrize("end", ["return", "approve"])
def test_a_decision_finishes_a_proposal_for_who_took_it(cast, midnight, end):
    judge(cast, cast.entry, r17=1)
    cast.entry.return_(cast.coordinator, ["17"]) if end == "return" else cast.entry.approve(cast.coordinator)
    assert (done(cast.reviewer, midnight).entries, done(cast.coordinator, midnight).entries) == (0, 1)


def test_in_two_steps_both_did_something_and_a_recheck_takes_it_back(cast, midnight):
    cast.period.two_steps = True
    judge(cast, cast.entry)
    cast.entry.finish(cast.reviewer)
    assert done(cast.reviewer, midnight) == Today(5, 1)
    cast.entry.recheck(cast.coordinator, "Periksa lagi baris 16.", ["16"])
    assert done(cast.reviewer, midnight) == Today(5, 0)
    cast.entry.finish(cast.reviewer)
    cast.entry.approve(cast.coordinator)
    assert (done(cast.reviewer, midnight).entries, done(cast.coordinator, midnight).entries) == (1, 1)


def test_what_comes_back_the_same_day_stays_counted_and_what_was_taken_back_never_was(cast, midnight):
    judge(cast, cast.entry, r17=1)
    cast.entry.return_(cast.reviewer, ["17"])
    cast.entry.answer_on("17").reply(cast.owner, "Sudah lengkap.")
    cast.entry.submit(cast.owner)
    assert done(cast.reviewer, midnight).entries == 1
    cast.entry.withdraw(cast.owner)
    assert (done(cast.owner, midnight).entries, done(cast.reviewer, midnight).entries) == (0, 1)


def test_yesterday_is_not_today(cast, midnight):
    with clock.at(days_ago(1)):
        judge(cast, cast.entry)
        cast.entry.approve(cast.reviewer)
    assert done(cast.reviewer, midnight) == Today(0, 0)


def row_of(user, midnight):
    db.session.flush()
    return next(row for row in db.session.execute(loads(midnight, midnight - timedelta(days=6))) if row.id == user.id)


def test_the_load_counts_what_waits_and_its_rows_without_a_verdict(cast, midnight):
    assert row_of(cast.reviewer, midnight)[4:] == (0, 0, None, 0, 0, 0)
    held = another(cast, "SURAT TUNTAS", submit_days_ago=8)
    held.assign(cast.coordinator, cast.reviewer)
    cast.entry.assign(cast.coordinator, cast.reviewer)
    held.judge(held.answer_on("16"), cast.reviewer, 2)
    with clock.at(days_ago(3)):
        cast.entry.judge(cast.entry.answer_on("16"), cast.reviewer, 2)
    assert row_of(cast.reviewer, midnight)[4:] == (2, 8, held.moved_at, 1, 2, 0)


def test_a_second_round_leaves_only_what_came_back(cast, midnight):
    cast.entry.assign(cast.coordinator, cast.reviewer)
    judge(cast, cast.entry, r17=1)
    cast.entry.return_(cast.reviewer, ["17"])
    assert row_of(cast.reviewer, midnight)[4:6] == (0, 0)
    cast.entry.answer_on("17").reply(cast.owner, "Sudah lengkap.")
    cast.entry.submit(cast.owner)
    assert row_of(cast.reviewer, midnight)[4:6] == (1, 1)


def test_who_left_stands_in_the_list_as_long_as_something_is_theirs(cast, midnight):
    cast.units["dinas"].give_reviewer(cast.coordinator, cast.reviewer)
    cast.reviewer.deactivate(cast.admin)
    assert row_of(cast.reviewer, midnight)[4:] == (0, 0, None, 0, 0, 1)
    cast.units["dinas"].give_reviewer(cast.coordinator, None)
    db.session.flush()
    assert [row.id for row in db.session.execute(loads(midnight, midnight))] == [cast.coordinator.id]


def test_reviewers_are_those_in_office_and_whoever_is_chosen(cast):
    cast.reviewer.deactivate(cast.admin)
    db.session.flush()
    assert [row.name for row in db.session.execute(reviewers())] == ["Coordinator"]
    assert [row.name for row in db.session.execute(reviewers(str(cast.reviewer.id)))] == ["Coordinator", "Reviewer"]


def test_what_nobody_has_is_listed_oldest_first_with_its_rows(cast):
    another(cast, "SURAT TUNTAS", submit_days_ago=8)
    another(cast, "LAPAK BACA", submit_days_ago=None)
    held = another(cast, "PETIK PANEN", submit_days_ago=9)
    held.take(cast.reviewer)
    cast.entry.judge(cast.entry.answer_on("16"), cast.coordinator, 2)
    db.session.flush()
    assert [(row.name, row.left) for row in db.session.execute(unshared())] == [("SURAT TUNTAS", 5), ("JEMPUT GIZI", 4)]

"""The reviewers' queue as rows and figures."""
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Entry, Event, Period, Unit, User
from app.queries import entries
from app.queries.review import COLLEAGUES, DONE, MINE, NOBODY, TABS, WAITING, Counts, QueueFilter, counts, following, queue
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


def test_nothing_is_verified_before_the_first_decision(reviewer, midnight, full):
    entry = named("SURAT")
    entry.period.two_steps = True
    judge(SimpleNamespace(reviewer=reviewer), entry)
    entry.finish(reviewer)
    db.session.flush()
    assert [(row.status, row.verified) for row in db.session.execute(queue(reviewer, QueueFilter(tab=COLLEAGUES), midnight))] == [("verified", None)]
    assert [row.verified for row in db.session.execute(queue(reviewer, QueueFilter(tab=DONE), midnight))] == [26]


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
        mine=0, colleagues=0, waiting=1, done=0, turn=3, held=0, again=1, again_rows=1, own=0, unshared=3, to_approve=0)


def test_a_proposal_of_a_unit_of_ones_own_is_somebody_elses_turn(reviewer, midnight, full):
    reviewer.give_role(Role.HEAD, db.session.get(Unit, full.units["badan"]), None)
    assert names(reviewer, midnight) == ["JEMPUT GIZI"]
    count = Counts(*db.session.execute(counts(reviewer, QueueFilter(), midnight)).one())
    assert (count.mine, count.colleagues, count.turn, count.own) == (1, 2, 1, 2)
    assert names(reviewer, midnight, tab=COLLEAGUES) == ["SURAT TUNTAS", "PETIK PANEN"]


def test_in_a_small_office_that_may_judge_itself_it_stays_ones_own_turn(reviewer, midnight, full):
    reviewer.give_role(Role.HEAD, db.session.get(Unit, full.units["badan"]), None)
    db.session.get(Period, full.period).may_judge_own_unit = True
    db.session.flush()
    assert names(reviewer, midnight) == ["SURAT TUNTAS", "PETIK PANEN", "JEMPUT GIZI"]


def test_who_only_reads_sees_all_that_waits(midnight, full):
    admin = db.session.get(User, full.people["admin"])
    assert names(admin, midnight) == ["SURAT TUNTAS", "PETIK PANEN", "JEMPUT GIZI"]


def test_one_begins_with_the_oldest_at_its_first_row_without_verdict(reviewer, full):
    first = db.session.execute(following(reviewer)).one()
    entry = db.session.get(Entry, first.id)
    assert (entry.innovation.name, first.code) == ("SURAT TUNTAS", "16")
    entry.judge(entry.answer_on("16"), reviewer, 2)
    db.session.flush()
    assert db.session.execute(following(reviewer)).one().code == "17"
    judge(SimpleNamespace(reviewer=reviewer), entry)
    db.session.flush()
    assert db.session.execute(following(reviewer)).one() == (entry.id, None)


@pytest.mark.parametrize(("address", "expected"), [
    ({}, {}), ({"tab": "opd", "q": " gizi ", "idle": "7"}, {"tab": "opd", "q": "gizi", "idle": 7}),
    ({"tab": "lain", "idle": "-3", "unit": "x", "page": "2", "verifikator": "saya"}, {"page": 2}),
    ({"tab": "rekan", "verifikator": "belum"}, {"tab": "rekan", "verifikator": "belum"}),
])
def test_the_address_is_read_and_written_again(address, expected):
    assert QueueFilter.read(address).args() == expected


def test_only_the_tab_is_no_filter():
    assert [QueueFilter(tab=DONE).is_narrow, QueueFilter(q="gizi").is_narrow] == [False, True]
    assert QueueFilter(tab=DONE, q="gizi").cleared() == {"tab": DONE}


def test_a_day_of_waiting_is_a_night_that_passed(reviewer, full):
    entry = db.session.get(Entry, db.session.execute(following(reviewer)).one().id)
    midnight = entry.moved_at + timedelta(minutes=1)
    assert names(reviewer, midnight, idle=1, q="SURAT") == ["SURAT TUNTAS"]
    assert names(reviewer, entry.moved_at - timedelta(minutes=1), idle=1, q="SURAT") == []


def named(name):
    return db.session.scalars(select(Entry).join(Entry.innovation).join(Entry.period).where(entries.named(name))).one()


def test_what_a_colleague_holds_is_with_the_colleague_until_it_is_given_back(reviewer, midnight, full):
    coordinator = db.session.get(User, full.people["coordinator"])
    named("SURAT").assign(coordinator, coordinator)
    named("PETIK").assign(coordinator, reviewer)
    db.session.flush()
    assert names(reviewer, midnight) == ["PETIK PANEN", "JEMPUT GIZI"]
    assert names(reviewer, midnight, tab=COLLEAGUES) == ["SURAT TUNTAS"]
    assert names(reviewer, midnight, tab=COLLEAGUES, verifikator=str(coordinator.id)) == ["SURAT TUNTAS"]
    assert [names(reviewer, midnight, verifikator=who) for who in (NOBODY, str(reviewer.id), "999")] == [["JEMPUT GIZI"], ["PETIK PANEN"], []]
    assert Counts(*db.session.execute(counts(reviewer, QueueFilter(), midnight)).one())[4:] == (2, 1, 1, 1, 0, 1, 0)
    assert [row.reviewer for row in db.session.execute(queue(reviewer, QueueFilter(), midnight))] == ["Reviewer", None]


def test_what_waits_for_an_approval_is_the_turn_of_a_coordinator_who_did_not_verify_it(reviewer, midnight, full):
    coordinator, entry = db.session.get(User, full.people["coordinator"]), named("SURAT")
    entry.period.two_steps = True
    judge(SimpleNamespace(reviewer=reviewer), entry)
    entry.finish(reviewer)
    db.session.flush()
    assert names(coordinator, midnight) == ["PETIK PANEN", "JEMPUT GIZI", "SURAT TUNTAS"]
    assert names(reviewer, midnight, tab=COLLEAGUES) == ["SURAT TUNTAS"]
    count = Counts(*db.session.execute(counts(coordinator, QueueFilter(), midnight)).one())
    assert (count.turn, count.to_approve) == (3, 1)
    entry.rounds[-1].verdicts[0].by = coordinator
    db.session.flush()
    assert names(coordinator, midnight, tab=COLLEAGUES) == ["SURAT TUNTAS"]
    entry.period.may_approve_own = True
    db.session.flush()
    assert names(coordinator, midnight, tab=COLLEAGUES) == []


def test_whose_turn_it_is_agrees_with_what_the_verbs_allow(reviewer, midnight, full):
    """For every proposal and every judge: in the first tab exactly when it is free or theirs and the verbs would let them go on."""
    coordinator = db.session.get(User, full.people["coordinator"])
    period, held = db.session.get(Period, full.period), named("PETIK")
    period.two_steps = True
    judge(SimpleNamespace(reviewer=coordinator), named("SURAT"))
    named("SURAT").finish(coordinator)
    held.assign(coordinator, coordinator)
    db.session.flush()
    for relaxed in (False, True):
        period.may_approve_own = relaxed
        db.session.flush()
        for user in (reviewer, coordinator):
            expected = {entry.innovation.name for entry in db.session.scalars(select(Entry)) if is_turn(entry, user)}
            assert set(names(user, midnight)) == expected, (user.username, relaxed)


def is_turn(entry, user):
    if not entry.may_be_judged_by(user):
        return False
    if entry.status == "verified":
        return not entry.why_not_approved_by(user)
    return entry.status == "submitted" and entry.reviewer in (None, user)


def test_every_proposal_that_left_its_unit_is_in_exactly_one_tab(reviewer, midnight, full):
    coordinator = db.session.get(User, full.people["coordinator"])
    named("PETIK").assign(coordinator, coordinator)
    db.session.flush()
    for user in (reviewer, coordinator):
        everywhere = [name for tab in TABS for name in names(user, midnight, tab=tab)]
        assert sorted(everywhere) == ["JAGA HUTAN", "JEMPUT GIZI", "PETIK PANEN", "SURAT TUNTAS", "TIRTA JEMPUT"]
        assert sum(Counts(*db.session.execute(counts(user, QueueFilter(), midnight)).one())[:4]) == len(everywhere)


def test_what_the_head_has_yet_to_sign_waits_for_the_unit_without_a_round(app, saved, midnight):
    with desk(app, saved) as cast:
        cast.period.needs_signature = True
        cast.entry.submit(cast.owner)
    with app.app_context():
        reviewer = db.session.get(User, saved.people["reviewer"])
        rows = db.session.execute(queue(reviewer, QueueFilter(tab=WAITING), midnight)).all()
        assert [(row.name, row.status, row.round, row.verified) for row in rows] == [("JEMPUT GIZI", "signing", None, None)]


def test_what_was_taken_back_is_in_no_tab(app, saved, midnight):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        cast.entry.withdraw(cast.owner)
    with app.app_context():
        reviewer = db.session.get(User, saved.people["reviewer"])
        assert [names(reviewer, midnight, tab=tab) for tab in TABS] == [[], [], [], []]


def test_one_goes_on_with_what_one_holds(reviewer, full):
    assert db.session.execute(following(reviewer, held=True)).one_or_none() is None
    named("PETIK").take(reviewer)
    db.session.flush()
    assert db.session.execute(following(reviewer, held=True)).one() == (named("PETIK").id, "16")
    assert db.session.execute(following(reviewer)).one().id == named("SURAT").id
    assert db.session.scalars(select(Event.what).order_by(Event.id.desc()).limit(1)).one() == "taken"

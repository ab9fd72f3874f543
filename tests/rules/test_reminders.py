"""Who hears what on which day: before a closing, after days without a touch, for a unit that brings nothing; never twice a day."""
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.reminders import BEFORE_CLOSING, PATIENCE, UNSHARED_FOR, UNSTARTED_AFTER, Item, Kind, Missing, Promised, Waiting, due
from app.rules.workflow import EDITABLE, Status

DAY = date(2026, 6, 1)
OWNER, HEAD, REVIEWER = 1, 2, 3


def on(day: int) -> date:
    return DAY + timedelta(days=day)


def waiting(status=Status.DRAFT, touched=0, closes=100, people=(OWNER,), id=1, name="JEMPUT GIZI", **how) -> Waiting:
    return Waiting(id, name, status, on(touched), None if closes is None else on(closes), people, **how)


def heard(*things, day: int, since: int | None = None):
    """What is said on a day when reminders were made the day before."""
    proposals = [one for one in things if isinstance(one, Waiting)]
    units = [one for one in things if isinstance(one, Missing)]
    return due(proposals, units, on(day - 1 if since is None else since), on(day))


def days_heard(thing, until: int = 60) -> list[int]:
    return [day for day in range(until) if heard(thing, day=day)]


def test_before_a_closing_on_four_days_while_it_is_touched_every_day():
    said = [day for day in range(40) if heard(waiting(touched=day, closes=30), day=day)]
    assert said == [30 - mark for mark in BEFORE_CLOSING]


def test_a_deadline_says_how_many_days_are_left():
    assert heard(waiting(closes=30, touched=16), day=16) == {(OWNER, Kind.DEADLINE): [Item(1, "JEMPUT GIZI", left=14)]}


@pytest.mark.parametrize(("status", "kind"), [
    (Status.DRAFT, Kind.IDLE), (Status.RETURNED, Kind.IDLE), (Status.SIGNING, Kind.SIGNING), (Status.SUBMITTED, Kind.JUDGING),
    (Status.VERIFIED, Kind.APPROVING)])
def test_left_lying_is_said_when_the_patience_ends_and_again_after_as_long(status, kind):
    closes = None if status in (Status.SUBMITTED, Status.VERIFIED) else 200
    patience = PATIENCE[status]
    assert days_heard(waiting(status, closes=closes), until=3 * patience + 1) == [patience, 2 * patience, 3 * patience]
    assert list(heard(waiting(status, closes=closes), day=patience)) == [(OWNER, kind)]


def test_a_touch_begins_the_patience_anew():
    assert days_heard(waiting(touched=5), until=13) == [12]


def test_what_nobody_was_given_is_said_sooner_and_by_its_own_kind():
    assert heard(waiting(Status.SUBMITTED, closes=None, is_shared=False), day=UNSHARED_FOR) == {
        (OWNER, Kind.UNSHARED): [Item(1, "JEMPUT GIZI", idle=UNSHARED_FOR)]}


def test_a_deadline_goes_before_a_delay_and_names_it():
    assert heard(waiting(closes=14), day=7) == {(OWNER, Kind.DEADLINE): [Item(1, "JEMPUT GIZI", left=7, idle=7)]}


def test_who_hears_anything_of_a_kind_hears_all_of_it():
    """One proposal untouched for seven days today, another for nine: one notice names both, and tomorrow there is none."""
    two = waiting(id=1, name="A", touched=0), waiting(id=2, name="B", touched=2)
    assert heard(*two, day=9) == {(OWNER, Kind.IDLE): [Item(1, "A", 91, 9), Item(2, "B", 91, 7)]}
    assert heard(*two, day=10) == {}


def test_after_the_closing_nobody_is_told_to_do_what_they_cannot():
    assert days_heard(waiting(closes=3, touched=3)) == [0, 2]


def test_the_head_hears_of_the_deadline_as_something_to_sign():
    assert list(heard(waiting(Status.SIGNING, closes=7, people=(HEAD,)), day=0)) == [(HEAD, Kind.SIGNING)]


def test_a_unit_without_a_proposal_hears_after_the_opening_and_before_the_closing():
    unit = Missing("Dinas Sosial", on(0), on(40), (OWNER, HEAD))
    assert days_heard(unit) == [UNSTARTED_AFTER, *(40 - mark for mark in BEFORE_CLOSING)]
    assert heard(unit, day=39) == {(person, Kind.UNSTARTED): [Item(None, "Dinas Sosial", left=1)] for person in (OWNER, HEAD)}


def test_a_day_without_a_run_is_made_up_for():
    """Nobody came on Saturday and Sunday: Monday says what they would have said, with the days left on Monday."""
    assert heard(waiting(closes=30, touched=27), day=28, since=26) == {(OWNER, Kind.DEADLINE): [Item(1, "JEMPUT GIZI", left=2)]}
    assert list(heard(waiting(), day=9, since=6)) == [(OWNER, Kind.IDLE)]
    assert heard(waiting(), day=13, since=9) == {}


def test_a_person_of_two_units_hears_of_both_at_once_most_urgent_first():
    said = heard(waiting(id=1, name="B", closes=20, touched=13), waiting(id=2, name="A", closes=14, touched=13), day=13)
    assert said == {(OWNER, Kind.DEADLINE): [Item(2, "A", left=1), Item(1, "B", left=7)]}


def test_a_unit_that_heard_once_is_left_alone_between_the_marks():
    assert heard(Missing("Dinas Sosial", on(0), on(60), (OWNER,)), day=20) == {}


PROPOSALS = st.lists(st.builds(
    Waiting, st.integers(1, 9), st.sampled_from(["A", "B", "C"]), st.sampled_from(list(PATIENCE)), st.dates(on(-40), on(40)),
    st.none() | st.dates(on(-5), on(60)), st.lists(st.integers(1, 4), unique=True, max_size=3).map(tuple), st.booleans()), max_size=8)
UNITS = st.lists(st.builds(Missing, st.sampled_from(["X", "Y"]), st.dates(on(-40), on(0)), st.dates(on(0), on(60)),
                           st.lists(st.integers(1, 4), unique=True, max_size=3).map(tuple)), max_size=4)


def test_a_promise_is_named_the_day_after_and_every_week_from_then_on():
    said = [day for day in range(30) if due([], [], on(day - 1), on(day), [Promised("SK tim", on(5), (3,))] if day > 5 else [])]
    assert said == [6, 13, 20, 27]
    assert due([], [], on(5), on(9), [Promised("SK tim", on(5), (3, 4))]) == {
        (person, Kind.PROMISE): [Item(None, "SK tim", left=-4)] for person in (3, 4)}


@given(PROPOSALS, UNITS, st.lists(st.integers(0, 60), min_size=1, max_size=30))
def test_whatever_waits_and_on_whatever_days_it_runs_nobody_hears_a_kind_twice_a_day(proposals, units, runs):
    """Days as they come: repeated, skipped, even backwards, as `ReminderRun` lets through the first run of each."""
    said, done = [], set()
    for day in runs:
        earlier = [one for one in done if one < day]
        if day not in done:
            said += [(day, *key) for key in due(proposals, units, on(max(earlier, default=day - 1)), on(day))]
        done.add(day)
    assert len(said) == len(set(said))


@given(PROPOSALS, UNITS, st.integers(0, 40))
def test_what_is_said_is_true(proposals, units, day):
    """Never a day that is past, never of somebody whose turn it is not."""
    for (person, kind), items in heard(*proposals, *units, day=day).items():
        for item in items:
            assert item.left is None or item.left >= 0
            if kind == Kind.UNSTARTED:
                assert any(unit.unit == item.name and person in unit.people for unit in units)
            else:
                mine = [one for one in proposals if one.id == item.entry and person in one.people]
                assert mine and (kind not in (Kind.DEADLINE, Kind.IDLE) or any(one.status in EDITABLE or one.closes for one in mine))


@given(st.integers(0, 50), st.sets(st.integers(1, 50), max_size=12))
def test_a_mark_is_said_once_however_the_days_fall(closes, runs):
    """Between one run and the next every mark is reached at most once."""
    one = waiting(touched=200, closes=closes)
    said, since = 0, 0
    for day in sorted(runs):
        said += bool(heard(one, day=day, since=since))
        since = day
    assert said <= len(BEFORE_CLOSING)

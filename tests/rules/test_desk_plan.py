"""The schedule of desk sessions keeps its promises whatever it is given: nobody twice, nobody at home, even, early, nothing lost."""
from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import Refused
from app.rules.desk_plan import Helper, Span, Taken, Wish, plan, slots, working_days

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 11, 23)


def spans_of(days: int, number: int = 5) -> list[Span]:
    return [span for day in working_days(MONDAY, days) for span in slots(day, ZONE, number=number)]


@st.composite
def offices(draw):
    """Some units, some reviewers of whom some belong to a unit, some days, and what is there already."""
    units = list(range(1, draw(st.integers(0, 14)) + 1))
    ids = list(range(101, 101 + draw(st.integers(1, 4))))
    wishes = [Wish(unit, draw(st.sampled_from([None, *ids]))) for unit in units]
    helpers = [Helper(id, frozenset(draw(st.sets(st.sampled_from(units or [0]), max_size=3)))) for id in ids]
    spans = spans_of(draw(st.integers(1, 3)), draw(st.integers(1, 4)))
    known = st.tuples(st.sampled_from([*units, 99]), st.sampled_from([*ids, 999]), st.sampled_from(spans), st.integers(-30, 30))
    taken = [Taken(unit, id, Span(span.starts + timedelta(minutes=shift), span.ends + timedelta(minutes=shift)))
             for unit, id, span, shift in draw(st.lists(known, max_size=8))]
    return wishes, helpers, spans, taken


@given(offices())
def test_nobody_is_in_two_places_and_nobody_helps_their_own_unit(office):
    wishes, helpers, spans, taken = office
    made = plan(wishes, helpers, spans, taken)
    own = {helper.id: helper.units for helper in helpers}
    there = [*taken, *made.seats]
    for place, seat in enumerate(made.seats, len(taken)):
        assert seat.span in spans and seat.unit not in own[seat.reviewer]
        others = [one.span for other, one in enumerate(there) if other != place and (one.unit == seat.unit or one.reviewer == seat.reviewer)]
        assert not any(seat.span.meets(other) for other in others)


@given(offices())
def test_every_unit_has_one_time_or_is_named_because_none_was_free(office):
    wishes, helpers, spans, taken = office
    made = plan(wishes, helpers, spans, taken)
    assert sorted([seat.unit for seat in made.seats] + made.left) == sorted(wish.unit for wish in wishes)
    there = [*taken, *made.seats]
    for unit in made.left:
        for helper in helpers:
            busy = [one.span for one in there if unit == one.unit or one.reviewer == helper.id]
            assert unit in helper.units or all(any(span.meets(other) for other in busy) for span in spans)


@given(offices())
def test_the_load_is_even_and_the_first_times_are_used(office):
    wishes, helpers, spans, _ = office
    made = plan(wishes, helpers, spans)
    load = Counter(seat.reviewer for seat in made.seats)
    if not any(helper.units for helper in helpers):
        assert max(load[helper.id] for helper in helpers) - min(load[helper.id] for helper in helpers) <= 1
    for busy in helpers:  # else nobody could take one over from somebody with two more
        for idle in helpers:
            passed = [seat for seat in made.seats if seat.reviewer == busy.id and seat.unit not in idle.units]
            assert not passed or load[busy.id] - load[idle.id] <= 1
        assert [seat.span for seat in made.seats if seat.reviewer == busy.id] == spans[:load[busy.id]]


@given(offices())
def test_the_same_office_gets_the_same_plan(office):
    assert plan(*office) == plan(*office)


def test_who_has_the_unit_sits_with_it():
    made = plan([Wish(1, 12), Wish(2, 11), Wish(3, 12), Wish(4)], [Helper(11), Helper(12)], spans_of(1))
    assert {seat.unit: seat.reviewer for seat in made.seats} == {1: 12, 2: 11, 3: 12, 4: 11}


def test_one_reviewer_with_all_units_is_relieved():
    made = plan([Wish(unit, 11) for unit in range(1, 5)], [Helper(11), Helper(12)], spans_of(1))
    assert Counter(seat.reviewer for seat in made.seats) == {11: 2, 12: 2}


def test_a_day_of_sragen():
    """Five people, five a day: twenty-five units on the first day, the twenty-sixth on the second."""
    made = plan([Wish(unit) for unit in range(1, 27)], [Helper(id) for id in range(11, 16)], spans_of(2))
    assert Counter(seat.span.starts.date() for seat in made.seats) == {MONDAY: 25, MONDAY + timedelta(days=1): 1}


def test_a_whole_regency_is_planned_at_once():
    made = plan([Wish(unit, 11 + unit % 3) for unit in range(300)], [Helper(id, frozenset({id})) for id in range(11, 21)], spans_of(6))
    assert (len(made.seats), made.left) == (300, [])


def test_the_times_of_a_day_leave_the_pause_free():
    assert [f"{span.starts:%H.%M}–{span.ends:%H.%M}" for span in slots(MONDAY, ZONE)] == [
        "08.30–09.30", "09.30–10.30", "10.30–11.30", "13.00–14.00", "14.00–15.00"]


def test_a_day_that_ends_too_late_is_refused():
    with pytest.raises(Refused, match="sesudah pukul 18.00"):
        slots(MONDAY, ZONE, time(13), 90, 5)


def test_weekends_and_free_days_are_left_out():
    friday = date(2026, 11, 27)
    assert working_days(friday, 3, {date(2026, 11, 30)}) == [friday, date(2026, 12, 1), date(2026, 12, 2)]


def test_a_session_that_is_there_keeps_its_time():
    at = datetime.combine(MONDAY, time(8, 45), ZONE)
    made = plan([Wish(1)], [Helper(11)], spans_of(1), [Taken(2, 11, Span(at, at + timedelta(minutes=30)))])
    assert f"{made.seats[0].span.starts:%H.%M}" == "09.30"

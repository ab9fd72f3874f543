"""A link says everything of one event and where it stands; an empty column says nothing."""
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import assume, given
from hypothesis import strategies as st

from app.rules.chain import START, link

DETAILS = st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3)
VALUES = st.none() | st.booleans() | st.integers(-10**9, 10**9) | st.text(max_size=20) | DETAILS
FACTS = st.dictionaries(st.sampled_from(["what", "by_id", "details", "is_private", "entry_id"]), VALUES)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)


def told(facts: dict) -> list:
    """What counts, with True apart from 1."""
    return sorted((name, repr(value)) for name, value in facts.items() if value is not None)


@given(HASHES, INSTANTS, FACTS, FACTS)
def test_any_change_of_any_fact_changes_it(before, at, facts, others):
    canonical = {name: dict(sorted(value.items())) if isinstance(value, dict) else value for name, value in facts.items()}
    different = {name: dict(sorted(value.items())) if isinstance(value, dict) else value for name, value in others.items()}
    assert (link(before, at, facts) == link(before, at, others)) == (told(canonical) == told(different))


@given(HASHES, HASHES, INSTANTS, INSTANTS, FACTS)
def test_so_does_another_place_or_instant(before, other, at, later, facts):
    assume(before != other and at != later)
    assert len({link(before, at, facts), link(other, at, facts), link(before, later, facts)}) == 3


@given(INSTANTS, FACTS)
def test_a_column_that_comes_later_and_is_empty_changes_nothing(at, facts):
    assert link(START, at, facts) == link(START, at, {**facts, "a_new_column": None})


@given(INSTANTS, FACTS, st.integers(-12, 14))
def test_an_instant_is_the_same_in_every_zone(at, facts, hours):
    assert link(START, at, facts) == link(START, at.astimezone(timezone(timedelta(hours=hours))), facts)


def test_letters_that_no_encoding_knows_are_taken_too():
    assert len(link(START, datetime(2026, 1, 1, tzinfo=UTC), {"details": {"name": "\ud800"}})) == 64

"""The next steps: what is worth doing on a proposal, in the order it is worth doing."""
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.steps import RowState, next_steps


def row(code="16", weight=2, mandatory=False, claimed=None, evidenced=0, proven=None, is_returned=False, is_open=True, lacks=""):
    return RowState(code, f"Baris {code}", Decimal(weight), mandatory, claimed, evidenced, proven, is_returned, is_open, lacks)


@pytest.mark.parametrize(("state", "step"), [
    (row(), ("empty", 0, 3, 6)),
    (row(claimed=0), ("empty", 0, 3, 6)),
    (row(claimed=3, evidenced=1), ("evidence", 1, 3, 4)),
    (row(claimed=3, evidenced=0, weight=4), ("evidence", 0, 3, 12)),
    (row(claimed=3, evidenced=3, proven=1, is_returned=True), ("returned", 1, 3, 4)),
    (row(claimed=1, evidenced=1, proven=1, is_returned=True), ("returned", 1, 1, 0)),  # sent back to claim more, or to be answered
    (row(claimed=1, evidenced=1, proven=2, is_returned=True), ("returned", 2, 2, 0)),
    (row(claimed=2, evidenced=2), None),
    (row(claimed=3, evidenced=3, proven=1), None),  # returned and already answered
    (row(claimed=3, evidenced=1, is_open=False), None),
    (row(is_open=False), None),
])
def test_one_step_for_a_row_that_can_still_gain(state, step):
    found = [(one.kind, one.now, one.target, one.points) for one in next_steps([state])]
    assert found == ([step] if step else [])


def test_required_rows_come_first_then_points_then_the_order_of_the_rows():
    rows = [row("18", weight=1), row("19", weight=3), row("20", weight=3), row("33", weight=1, mandatory=True)]
    assert [step.code for step in next_steps(rows)] == ["33", "19", "20", "18"]


def test_a_step_says_what_is_lacking():
    assert next_steps([row(claimed=2, evidenced=1, lacks="belum ada berkas untuk tahun 2026")])[0].lacks == "belum ada berkas untuk tahun 2026"


levels = st.integers(0, 3)
states = st.builds(row, code=st.sampled_from(["16", "17", "18"]), weight=st.integers(1, 4), mandatory=st.booleans(), claimed=st.none() | levels,
                   evidenced=levels, proven=st.none() | levels, is_returned=st.booleans(), is_open=st.booleans())


@given(st.lists(states, max_size=20))
def test_steps_never_lose_points_and_never_touch_a_closed_row(rows):
    steps = next_steps(rows)
    assert all(step.points >= 0 and 0 <= step.now <= step.target <= 3 for step in steps)
    assert len(steps) <= sum(state.is_open for state in rows)
    assert [(not step.mandatory, -step.points) for step in steps] == sorted((not step.mandatory, -step.points) for step in steps)


@given(st.lists(states, max_size=20))
def test_every_returned_open_row_has_a_step(rows):
    assert sum(step.kind == "returned" for step in next_steps(rows)) == sum(state.is_open and state.is_returned for state in rows)

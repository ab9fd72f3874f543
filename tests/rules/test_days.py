"""Days of an office."""
from datetime import date

import pytest

from app.rules.days import named, working_days_ago

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 6, day) for day in (5, 6, 7, 8))


@pytest.mark.parametrize(("day", "number", "first"), [
    (FRIDAY, 1, FRIDAY), (FRIDAY, 5, date(2026, 6, 1)), (MONDAY, 1, MONDAY), (MONDAY, 2, FRIDAY), (MONDAY, 5, date(2026, 6, 2)),
    (SATURDAY, 1, FRIDAY), (SUNDAY, 5, date(2026, 6, 1)),
])
def test_saturdays_and_sundays_are_no_working_days(day, number, first):
    assert working_days_ago(day, number) == first


@pytest.mark.parametrize(("said", "day"), [
    ("2026-11-22", date(2026, 11, 22)), ("22-11-2026", None), ("0026-11-22", None), ("9999-12-31", None), ("", None)])
def test_a_day_of_an_address_is_one_of_our_time_or_none(said, day):
    assert named(said) == day

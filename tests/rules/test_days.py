"""Days of an office."""
from datetime import date

import pytest

from app.rules.days import working_days_ago

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 6, day) for day in (5, 6, 7, 8))


@pytest.mark.parametrize(("day", "number", "first"), [
    (FRIDAY, 1, FRIDAY), (FRIDAY, 5, date(2026, 6, 1)), (MONDAY, 1, MONDAY), (MONDAY, 2, FRIDAY), (MONDAY, 5, date(2026, 6, 2)),
    (SATURDAY, 1, FRIDAY), (SUNDAY, 5, date(2026, 6, 1)),
])
def test_saturdays_and_sundays_are_no_working_days(day, number, first):
    assert working_days_ago(day, number) == first

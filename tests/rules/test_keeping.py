"""Which backups are kept: the last of each day, further back the last of each week, and whatever is less than a day old."""
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.rules.keeping import worth_keeping

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)  # a Sunday, 21.00 there


def nights(number, first=NOW - timedelta(hours=1)):
    return [first - timedelta(days=back) for back in range(number)]


def test_fourteen_days_and_the_end_of_each_of_eight_weeks():
    made = nights(120)
    days_back = sorted((made[0] - moment).days for moment in worth_keeping(made, NOW, WIB, 14))
    assert days_back == [*range(14), 14, 21, 28, 35, 42, 49]


def test_the_last_of_a_day_stays_and_what_is_less_than_a_day_old():
    last_week = [NOW - timedelta(days=7, hours=hours) for hours in (1, 5, 9)]
    today = [NOW - timedelta(hours=hours) for hours in (1, 2, 20)]
    assert worth_keeping(last_week + today, NOW, WIB, 14) == {last_week[0], *today}


def test_a_day_begins_at_midnight_of_the_regency():
    before, after = datetime(2026, 11, 10, 16, 59, tzinfo=UTC), datetime(2026, 11, 10, 17, 1, tzinfo=UTC)
    assert worth_keeping([before, after], NOW, WIB, 14) == {before, after}


def test_an_office_that_was_closed_loses_none():
    made = nights(14, NOW - timedelta(days=200))
    assert worth_keeping(made, NOW, WIB, 14) == set(made)


def test_days_that_have_not_come_stay_and_take_nobody_s_place():
    """Of nights when the clock was years ahead."""
    made, wrong = nights(30), nights(20, NOW + timedelta(days=4000))
    assert worth_keeping(made + wrong, NOW, WIB, 14) == worth_keeping(made, NOW, WIB, 14) | set(wrong)

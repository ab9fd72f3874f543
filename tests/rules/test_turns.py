"""Who had it for how long, told from its turns."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.rules.turns import Stay, stays, totals

ZONE = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 6, 1, 9, tzinfo=ZONE)


def turns(*steps: tuple[str, float]):
    return [(number, what, START + timedelta(days=day)) for number, (what, day) in enumerate(steps, 1)]


def test_each_turn_lasts_until_the_next_and_the_last_until_now():
    found = stays(turns(("entry_started", 0), ("prepared", 10), ("signed", 12), ("returned", 15)), START + timedelta(days=17), ZONE)
    assert found == [Stay(1, "OPD", 10, True), Stay(2, "kepala OPD", 2, True), Stay(3, "verifikator", 3, True), Stay(4, "OPD", 2, False)]
    assert totals(found) == {"OPD": 12, "kepala OPD": 2, "verifikator": 3}


def test_nobody_has_what_is_approved():
    found = stays(turns(("entry_started", 0), ("submitted", 1), ("finished", 3), ("rechecked", 4), ("finished", 5), ("approved", 6)),
                  START + timedelta(days=90), ZONE)
    assert totals(found) == {"OPD": 1, "verifikator": 3, "koordinator": 2}


def test_a_day_is_a_night_in_the_regency():
    evening, morning = datetime(2026, 6, 1, 23, 50, tzinfo=ZONE), datetime(2026, 6, 2, 0, 10, tzinfo=ZONE)
    assert stays([(1, "entry_started", evening), (2, "submitted", morning)], morning, ZONE)[0].nights == 1


def test_before_the_first_turn_there_is_nothing():
    assert totals(stays([], START, ZONE)) == {}

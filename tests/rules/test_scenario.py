"""A scenario and its address are the same thing; what makes no sense is said in words and not counted."""
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import instruments
from app.rules.codelists import BASIC_AFFAIRS
from app.rules.portfolio import IndexRules, Sent, index_of
from app.rules.scenario import MOST_NUMBERS, Known, More, Scenario, numbers, ranges

RULES = IndexRules.read(instruments.load("iid-2026"))
KNOWN = {number: Known(Decimal(80), BASIC_AFFAIRS[number % 6]) for number in range(1, 21)}
BASE = {1, 2, 3, 4, 5, 6}
SPD = Decimal("47.5")


def scenario(spd="", send="", hold="", points="", more=()):
    return Scenario.read(spd, send, hold, points, more, RULES)


def index(one: Scenario):
    return one.outcome(BASE, KNOWN, SPD).index


def expected(spd, maturities):
    return index_of(Decimal(spd), [Sent(Decimal(points), affair) for points, affair in maturities], RULES, BASIC_AFFAIRS)


REAL = [(80, KNOWN[number].main_affair) for number in sorted(BASE)]


@given(st.sets(st.integers(1, 3000)))
def test_numbers_become_ranges_and_come_back(chosen):
    assert numbers(ranges(chosen)) == chosen


@pytest.mark.parametrize(("text", "found"), [("3,7-9", {3, 7, 8, 9}), ("", set()), ("x,-,5-", set()), ("9-7", set()), (" 4 , 5", {4, 5})])
def test_what_makes_no_sense_among_numbers_counts_as_not_said(text, found):
    assert numbers(text) == found


def test_an_address_cannot_ask_for_a_billion_numbers():
    assert len(numbers("1-999999,1-999999")) <= MOST_NUMBERS + 1


def test_three_hundred_ticks_fit_into_an_address():
    chosen = frozenset(range(1, 601, 2))
    assert len(ranges(chosen)) < 1500


def test_nothing_said_is_the_best_set_of_the_day():
    assert (index(scenario()), scenario().args()) == (expected(SPD, REAL), {})


def test_ticks_add_and_take_away():
    one = scenario(send="7", hold="1-2")
    assert one.sent(BASE) == {3, 4, 5, 6, 7}
    assert index(one) == expected(SPD, [*REAL[2:], (80, KNOWN[7].main_affair)])


def test_other_points_of_the_region_and_of_one_innovation():
    assert index(scenario(spd="50,25", points="1:98.5")) == expected("50.25", [("98.5", REAL[0][1]), *REAL[1:]])


def test_other_points_of_one_that_is_not_sent_change_nothing():
    assert index(scenario(points="20:110")) == expected(SPD, REAL)


def test_more_of_a_kind_count_with_their_affair():
    assert index(scenario(more=["5x90xPangan"])) == expected(SPD, REAL + [(90, "Pangan")] * 5)


def test_it_says_how_many_it_sends_and_with_how_many_points():
    found = scenario(send="7", more=["2x90xPangan"]).outcome(BASE, KNOWN, SPD)
    assert (found.number, found.points, found.spd) == (9, 7 * 80 + 180, SPD)


@pytest.mark.parametrize(("said", "words"), [
    ({"spd": "abc"}, "Poin SPD “abc” tidak dihitung: tulis bilangan 0 sampai 63."),
    ({"spd": "63.01"}, "Poin SPD “63.01” tidak dihitung: tulis bilangan 0 sampai 63."),
    ({"points": "2:112"}, "Poin usulan nomor 2, “112”, tidak dihitung: tulis bilangan 0 sampai 111."),
    ({"send": "7,30-31"}, "Nomor 30-31 tidak sedang diperiksa atau disetujui, jadi tidak dihitung."),
    ({"more": ["0x90xPangan"]}, "Inovasi tambahan tidak dihitung: banyaknya harus 1 sampai 500."),
    ({"more": ["0000000011000x90xPangan"]}, "Inovasi tambahan tidak dihitung: banyaknya harus 1 sampai 500."),
    ({"more": [f"{'9' * 5000}x90xPangan"]}, "Inovasi tambahan tidak dihitung: banyaknya harus 1 sampai 500."),
    ({"more": ["5x-1xPangan"]}, "Inovasi tambahan tidak dihitung: poinnya harus bilangan 0 sampai 111."),
    ({"more": ["5x90x"]}, "Inovasi tambahan tidak dihitung: pilih urusannya."),
])
def test_what_cannot_be_is_said_and_not_counted(said, words):
    one = scenario(**said)
    plain = scenario(send="7") if "send" in said else scenario()
    assert (one.problems(KNOWN), index(one)) == ([words], index(plain))


SCENARIOS = st.builds(
    lambda spd, send, hold, points, more: Scenario(spd, frozenset(send), frozenset(hold), points, tuple(more), RULES),
    st.sampled_from(["", "0", "50.25", "63", "abc"]), st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40)),
    st.dictionaries(st.integers(1, 40), st.sampled_from(["0", "98.5", "111", "112"])),
    st.lists(max_size=5, elements=st.builds(
        More, st.sampled_from(["1", "500", "501"]), st.sampled_from(["0", "90", "99.25"]), st.sampled_from(["Pangan", ""]))))


@given(SCENARIOS)
def test_the_address_holds_all_of_it(one):
    said = one.args()
    again = Scenario.read(*(said.get(name, "") for name in ("spd", "kirim", "tahan", "poin")), said.get("lagi", []), RULES)
    assert again == one


@given(SCENARIOS)
def test_whatever_an_address_says_there_is_an_index(one):
    assert 0 <= index(one).index <= 100

"""The regional index: worked examples, bands at their limits in both years, and what must hold for any set."""
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import instruments
from app.rules.codelists import AFFAIRS, BASIC_AFFAIRS
from app.rules.portfolio import IndexRules, Sent, index_of

RULES = {year: IndexRules.read(instruments.load(f"iid-{year}")) for year in (2023, 2026)}
OTHER = next(affair for affair in AFFAIRS if affair not in BASIC_AFFAIRS)
POINTS = st.decimals("0", "111", places=2)
SETS = st.lists(st.builds(Sent, POINTS, st.sampled_from(AFFAIRS)), max_size=30)


def sent(*groups: tuple[int, int], affairs: int) -> list[Sent]:
    maturities = [Decimal(maturity) for number, maturity in groups for _ in range(number)]
    names = BASIC_AFFAIRS[:affairs] + [OTHER] * (len(maturities) - affairs)
    return [Sent(*pair) for pair in zip(maturities, names, strict=True)]


@pytest.mark.parametrize(("spd", "innovations", "index"), [
    (63, sent((200, 111), affairs=6), "100.00"), (63, sent((12, 111), affairs=6), "71.42"), (50, sent((16, 85), affairs=5), "56.43"),
    (50, sent((16, 85), affairs=4), "54.00"), (50, sent((8, 85), affairs=5), "43.88"), (45, sent((16, 100), (16, 40), affairs=5), "50.86"),
    (45, sent((16, 100), affairs=5), "60.43"),
])
def test_worked_examples_of_2026(spd, innovations, index):
    assert index_of(Decimal(spd), innovations, RULES[2026], BASIC_AFFAIRS).index == Decimal(index)


@pytest.mark.parametrize(("year", "index", "band"), [
    (2026, "100.00", "Sangat Inovatif"), (2026, "65.01", "Sangat Inovatif"), (2026, "65.00", "Inovatif"), (2026, "40.01", "Inovatif"),
    (2026, "40.00", "Kurang Inovatif"), (2026, "0.01", "Kurang Inovatif"), (2026, "0.00", "Tidak Dapat Dinilai"),
    (2023, "60.01", "Sangat Inovatif"), (2023, "60.00", "Inovatif"), (2023, "35.00", "Inovatif"), (2023, "34.99", "Kurang Inovatif"),
    (2023, "0.01", "Kurang Inovatif"), (2023, "0.00", "Tidak Dapat Dinilai"),
])
def test_bands_at_their_limits(year, index, band):
    assert RULES[year].band(Decimal(index)) == band


@pytest.mark.parametrize(("affairs", "count_score"), [(6, "6.08"), (5, "6.08"), (4, "0"), (0, "0")])
def test_too_few_basic_affairs_close_the_gate(affairs, count_score):
    assert index_of(Decimal(50), sent((16, 85), affairs=affairs), RULES[2026], BASIC_AFFAIRS).count_score == Decimal(count_score)


def test_one_affair_many_times_is_one_affair():
    found = index_of(Decimal(50), [Sent(Decimal(85), "Kesehatan")] * 16, RULES[2026], BASIC_AFFAIRS)
    assert (found.basic_affairs, found.count_score) == (1, 0)


def test_2023_knew_no_gate_and_another_divisor():
    found = index_of(Decimal(50), sent((8, 85), affairs=0), RULES[2023], BASIC_AFFAIRS)
    assert (found.divisor, found.count_score, found.index) == (10, Decimal("3.04"), Decimal("48.42"))


@pytest.mark.parametrize(("number", "divisor"), [(0, 12), (1, 12), (12, 12), (13, 13), (200, 200)])
def test_the_divisor_is_the_number_sent_but_never_below_the_least(number, divisor):
    assert index_of(Decimal(0), sent((number, 50), affairs=0), RULES[2026], BASIC_AFFAIRS).divisor == divisor


def test_innovations_are_counted_up_to_the_cap():
    assert index_of(Decimal(0), sent((250, 0), affairs=6), RULES[2026], BASIC_AFFAIRS).count_score == Decimal("76.00")


@pytest.mark.parametrize(("spd", "index"), [("31.25", "12.50"), ("31.2625", "12.51"), ("31.2374", "12.49")])
def test_halves_are_rounded_up(spd, index):
    assert index_of(Decimal(spd), [], RULES[2026], BASIC_AFFAIRS).index == Decimal(index)


@given(st.sampled_from([2023, 2026]), st.decimals("0", "63", places=2), SETS)
def test_no_set_is_worth_more_than_a_hundred_or_less_than_nothing(year, spd, innovations):
    found = index_of(spd, innovations, RULES[year], BASIC_AFFAIRS)
    assert 0 <= found.index <= 100 and found.band in {band.name for band in RULES[year].bands}


@given(st.decimals("0", "63", places=2), SETS)
def test_a_closed_gate_counts_nothing_and_changes_nothing_else(spd, innovations):
    found = index_of(spd, innovations, RULES[2026], BASIC_AFFAIRS)
    is_open = found.basic_affairs >= 5
    assert found.count_score == (Decimal("0.38") * len(innovations) if is_open else 0)
    assert found.total - found.count_score == spd + sum((i.maturity for i in innovations), Decimal(0)) / found.divisor


@given(SETS.filter(lambda innovations: len(innovations) >= 12), POINTS)
def test_send_or_hold(innovations, maturity):
    """With n >= 12 and the gate open before and after, one more raises the total only when k > mean - 0.38 (n + 1)."""
    base = [Sent(i.maturity, BASIC_AFFAIRS[n % 6]) for n, i in enumerate(innovations)]
    before = index_of(Decimal(0), base, RULES[2026], BASIC_AFFAIRS).total
    after = index_of(Decimal(0), [*base, Sent(maturity, OTHER)], RULES[2026], BASIC_AFFAIRS).total
    n, mean = len(base), sum((i.maturity for i in base), Decimal(0)) / len(base)
    gain = (maturity - mean) / (n + 1) + Decimal("0.38")
    assert abs((after - before) - gain) < Decimal("1e-20")


@pytest.mark.parametrize(("index", "ahead"), [
    ("56.96", ("Sangat Inovatif", 65, "8.05")), ("65.00", ("Sangat Inovatif", 65, "0.01")), ("65.01", None), ("100", None),
    ("40.00", ("Inovatif", 40, "0.01")), ("0", ("Kurang Inovatif", 0, "0.01"))])
def test_how_far_the_next_predikat_is(index, ahead):
    found = RULES[2026].ahead(Decimal(index))
    assert found == (ahead and (ahead[0], ahead[1], Decimal(ahead[2])))
    assert found is None or RULES[2026].band(Decimal(index) + found.lacking) == found.name

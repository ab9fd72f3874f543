"""A hundred generated portfolios, calculated again step by step as the guideline says: fractions, rounding and the year's numbers of its own."""
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from app import instruments
from app.rules.candidates import Candidate, best
from app.rules.codelists import AFFAIRS
from app.rules.portfolio import IndexRules, Sent, index_of

BASIC = ["Pendidikan", "Kesehatan", "Pekerjaan umum dan penataan ruang", "Perumahan rakyat dan kawasan permukiman",
         "Ketenteraman, ketertiban umum, dan perlindungan masyarakat", "Sosial"]
BY_THE_BOOK = {2025: (10, 3), 2026: (12, 5), 2027: (14, 6)}  # least divisor, basic affairs wanted


def rules_of(year: int) -> IndexRules:
    """The 2026 instrument with the divisor and gate it foretells for this year."""
    source = instruments.load("iid-2026")
    foretold = next(item for item in source["forecast"] if item["year"] == year)
    return replace(IndexRules.read(source), minimum_divisor=foretold["minimum_divisor"], minimum_basic_affairs=foretold["minimum_basic_affairs"])


def portfolio(seed: int) -> tuple[Decimal, list[Sent]]:
    """From nothing to 240 innovations, in few or many affairs, some with every point there is."""
    dice = random.Random(seed)
    number = dice.choice([0, 1, 5, 9, 10, 11, 12, 13, 14, 15, 30, 199, 200, 201, dice.randint(2, 240)])
    affairs = dice.sample(BASIC, dice.randint(0, 6)) + [affair for affair in AFFAIRS if affair not in BASIC][:dice.randint(1, 8)]
    points = [Decimal(dice.choice([111, dice.randint(0, 111), dice.randint(0, 11100) / Decimal(100)])) for _ in range(number)]
    return Decimal(dice.randint(0, 252)) / 4, [Sent(maturity, dice.choice(affairs)) for maturity in points]


def by_hand(spd: Decimal, sent: list[Sent], year: int) -> tuple[str, str, str]:
    """(index, jumlah, predikat), each as one would write it down."""
    least, wanted = BY_THE_BOOK[year]
    n = 0
    kematangan = Fraction(0)
    for one in sent:
        n += 1
        kematangan += Fraction(str(one.maturity))
    covered = [affair for affair in BASIC if any(one.main_affair == affair for one in sent)]
    jumlah = Fraction(38, 100) * (n if n < 200 else 200) if len(covered) >= wanted else Fraction(0)
    iid = (Fraction(str(spd)) + kematangan / (n if n > least else least) + jumlah) / 250 * 100
    hundredths, rest = divmod(iid.numerator * 100, iid.denominator)
    hundredths += 2 * rest >= iid.denominator
    predikat = ("Sangat Inovatif" if hundredths >= 6501 else "Inovatif" if hundredths >= 4001 else
                "Kurang Inovatif" if hundredths >= 1 else "Tidak Dapat Dinilai")
    return f"{hundredths // 100}.{hundredths % 100:02d}", f"{jumlah.numerator * 100 // jumlah.denominator}", predikat


def by_the_app(spd: Decimal, sent: list[Sent], year: int) -> tuple[str, str, str]:
    found = index_of(spd, sent, rules_of(year), BASIC)
    return f"{found.index:f}", f"{int(found.count_score * 100)}", found.band


@pytest.mark.parametrize("year", BY_THE_BOOK)
def test_a_hundred_portfolios(year):
    for seed in range(100):
        spd, sent = portfolio(seed)
        assert by_the_app(spd, sent, year) == by_hand(spd, sent, year), seed


@pytest.mark.parametrize(("year", "other"), [(a, b) for a in BY_THE_BOOK for b in BY_THE_BOOK if a != b])
def test_the_hundred_tell_one_year_from_another(year, other):
    assert any(by_the_app(*portfolio(seed), year) != by_hand(*portfolio(seed), other) for seed in range(100))


def test_the_hundred_reach_every_band_and_both_sides_of_the_gate():
    found = [by_hand(*portfolio(seed), 2026) for seed in range(100)]
    assert {predikat for *_, predikat in found} >= {"Sangat Inovatif", "Inovatif", "Kurang Inovatif"}
    assert {jumlah == "0" for _, jumlah, _ in found} == {True, False} and set(BASIC) < set(AFFAIRS)


@pytest.mark.parametrize("year", BY_THE_BOOK)
def test_what_the_best_set_is_said_to_give_is_what_it_gives(year):
    for seed in range(100):
        spd, sent = portfolio(seed)
        found = best(spd, [Candidate(place, *one) for place, one in enumerate(sent)], rules_of(year), BASIC)
        index, *_ = by_hand(spd, [sent[place] for place in found.send], year)
        everything, *_ = by_hand(spd, sent, year)
        assert f"{found.index.index:f}" == index and Decimal(index) >= Decimal(everything), seed

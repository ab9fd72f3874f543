"""Send or hold against trying every set there is, and larger lists against trying both sets of every number; the maturity that would help against
stepping through all."""
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app import instruments
from app.rules import selection
from app.rules.candidates import Candidate, best, nth_of
from app.rules.codelists import AFFAIRS, BASIC_AFFAIRS
from app.rules.field import Group
from app.rules.portfolio import IndexRules, Sent, index_of
from app.rules.selection import Held

RULES = {year: IndexRules.read(instruments.load(f"iid-{year}")) for year in (2023, 2026)}
HEALTH = BASIC_AFFAIRS[1]
OTHER = next(affair for affair in AFFAIRS if affair not in BASIC_AFFAIRS)
SPD = st.decimals("0", "63", places=2)
YEARS = st.builds(
    lambda divisor, weight, cap, gate, total: replace(RULES[2026], minimum_divisor=divisor, count_weight=weight, count_cap=cap,
                                                      minimum_basic_affairs=gate, total_max=total),
    st.integers(1, 18), st.sampled_from([Decimal(text) for text in ("0", "0.38", "0.5", "3", "9.25")]), st.integers(0, 12),
    st.sampled_from([None, 0, 3, 5, 6]), st.sampled_from([Decimal(250), Decimal(333), Decimal("61.7")]))
POINTS = st.one_of(st.decimals("0", "111", places=2), st.sampled_from([Decimal(n) for n in (0, 40, 85, 111)]))


def lists(most: int, least: int = 0):
    """Few affairs beside the basic ones, so that the gate is often just in or out of reach."""
    one = st.tuples(POINTS, st.sampled_from([*BASIC_AFFAIRS, OTHER]), st.sampled_from([None, None, None, "send", "hold"]))
    return st.lists(one, min_size=least, max_size=most).map(lambda items: [Candidate(place, *item) for place, item in enumerate(items)])


def sets(candidates: list[Candidate]):
    """Every set the hand choices allow."""
    musts = [one for one in candidates if one.choice == "send"]
    free = [one for one in candidates if one.choice is None]
    return (musts + list(more) for number in range(len(free) + 1) for more in combinations(free, number))


def worth(spd: Decimal, sent: list[Candidate], rules: IndexRules) -> tuple:
    """The index as it is shown, then how many, then the exact total, then an open gate, then the first in the list."""
    found = index_of(spd, [Sent(one.maturity, one.main_affair) for one in sent], rules, BASIC_AFFAIRS)
    total = Fraction(spd) + Fraction(sum(one.maturity for one in sent)) / found.divisor + Fraction(found.count_score)
    is_open = rules.minimum_basic_affairs is None or found.basic_affairs >= rules.minimum_basic_affairs
    return found.index, len(sent), total, is_open, -sum(one.id for one in sent)


def grouped(candidates: list[Candidate]) -> list[Group]:
    """As the database tells them: what is alike together, and so are all affairs that are not basic."""
    found: dict[tuple, list[int]] = {}
    for place, one in enumerate(candidates):
        found.setdefault((one.maturity, one.main_affair if one.main_affair in BASIC_AFFAIRS else "", one.choice), []).append(place)
    return [Group(*alike, len(places), places[0], places[-1]) for alike, places in found.items()]


def reaching(spd: Decimal, candidates: list[Candidate], asked: list, rules: IndexRules) -> dict:
    groups = grouped(candidates)
    chosen = selection.best(spd, groups, rules, BASIC_AFFAIRS, nth_of(candidates))
    held = [Held(*one, place) for place, one in enumerate(candidates) if one.id in asked]
    return selection.reaching(spd, groups, chosen, held, rules, BASIC_AFFAIRS)


@settings(max_examples=150, deadline=None)
@given(SPD, lists(10), YEARS)
def test_no_set_is_better_than_the_best(spd, candidates, rules):
    found = best(spd, candidates, rules, BASIC_AFFAIRS)
    chosen = [one for one in candidates if one.id in found.send]
    assert worth(spd, chosen, rules) == max(worth(spd, sent, rules) for sent in sets(candidates))
    assert found.index.index == worth(spd, chosen, rules)[0] and list(found.send) == [one.id for one in chosen]


@settings(max_examples=12, deadline=None)
@given(SPD, lists(12, 12), st.sampled_from([RULES[2026], RULES[2023]]))
def test_no_set_of_twelve_is_better_in_a_real_year(spd, candidates, rules):
    found = best(spd, candidates, rules, BASIC_AFFAIRS)
    chosen = [one for one in candidates if one.id in found.send]
    assert worth(spd, chosen, rules) == max(worth(spd, sent, rules) for sent in sets(candidates))


def row_by_row(spd: Decimal, candidates: list[Candidate], rules: IndexRules) -> set:
    """The ids of the best set: both sets of every number, each of single innovations."""
    musts = [one for one in candidates if one.choice == "send"]
    free = sorted((one for one in candidates if not one.choice), key=lambda one: (-one.maturity, one.id))
    covered, heads = {one.main_affair for one in musts} & set(BASIC_AFFAIRS), []
    for one in free:
        if len(covered) < (rules.minimum_basic_affairs or 0) and one.main_affair in set(BASIC_AFFAIRS) - covered:
            covered.add(one.main_affair)
            heads.append(one)
    ways = [(musts, free), (musts + heads, [one for one in free if one not in heads])]
    tried = (first + rest[:number] for first, rest in ways for number in range(len(rest) + 1))
    return {one.id for one in max(tried, key=lambda some: worth(spd, some, rules))}


@settings(max_examples=80, deadline=None)
@given(SPD, st.one_of(lists(70), lists(70, 40)), YEARS)
def test_told_in_groups_the_best_set_is_the_same_as_told_one_by_one(spd, candidates, rules):
    found = selection.best(spd, grouped(candidates), rules, BASIC_AFFAIRS, nth_of(candidates))
    goes = row_by_row(spd, candidates, rules)
    sent = [one for one in candidates if one.id in goes]
    assert {one.id for one in candidates if found.takes(one.maturity, one.choice, one.id)} == goes
    assert found.index == index_of(spd, [Sent(one.maturity, one.main_affair) for one in sent], rules, BASIC_AFFAIRS)
    assert (found.number, found.points) == (len(sent), sum(one.maturity for one in sent))
    assert found.left == sum(one.choice is None for one in candidates if one.id not in goes)
    assert selection.highest(spd, grouped(candidates), rules, BASIC_AFFAIRS) == found.index.index


@given(lists(14), YEARS)
def test_hand_choices_hold_and_the_gate_tells_the_truth(candidates, rules):
    found = best(Decimal(40), candidates, rules, BASIC_AFFAIRS)
    musts, held = ({one.id for one in candidates if one.choice == choice} for choice in ("send", "hold"))
    assert musts <= set(found.send) and not held & set(found.send)
    allowed, everything = ({one.main_affair for one in some} & set(BASIC_AFFAIRS)
                           for some in ([one for one in candidates if one.choice != "hold"], candidates))
    gate = rules.minimum_basic_affairs
    assert (found.reach, found.reach_freely) == (len(allowed), len(everything))
    assert found.gate_reachable == (gate is None or len(allowed) >= gate)
    assert found.gate_shut_by_choice == (not found.gate_reachable and len(everything) >= gate)
    assert found.gate_open == (gate is None or found.index.basic_affairs >= gate)


def sent(*groups: tuple[int, int], affairs: int) -> list[Candidate]:
    maturities = [Decimal(maturity) for number, maturity in groups for _ in range(number)]
    names = BASIC_AFFAIRS[:affairs] + [OTHER] * (len(maturities) - affairs)
    return [Candidate(place, *pair) for place, pair in enumerate(zip(maturities, names, strict=True))]


@pytest.mark.parametrize(("spd", "candidates", "number", "index"), [
    (63, sent((200, 111), affairs=6), 200, "100.00"), (63, sent((12, 111), affairs=6), 12, "71.42"), (50, sent((16, 85), affairs=5), 16, "56.43"),
    (50, sent((16, 85), affairs=4), 16, "54.00"), (50, sent((8, 85), affairs=5), 8, "43.88"),
    (45, sent((16, 100), (16, 40), affairs=5), 16, "60.43"), (45, sent((16, 100), affairs=5), 16, "60.43"),
])
def test_worked_examples_of_2026(spd, candidates, number, index):
    """Of the sixth, the weak sixteen stay at home; the closed gate of the fourth cannot be opened, and more sent costs nothing there."""
    found = best(Decimal(spd), candidates, RULES[2026], BASIC_AFFAIRS)
    assert (found.send, found.index.index) == (tuple(range(number)), Decimal(index))


def test_sending_all_is_what_the_sixth_example_warns_of():
    everything = [one._replace(choice="send") for one in sent((16, 100), (16, 40), affairs=5)]
    assert best(Decimal(45), everything, RULES[2026], BASIC_AFFAIRS).index.index == Decimal("50.86")


def test_a_weak_innovation_goes_along_when_it_opens_the_gate():
    weak = Candidate("tibum", Decimal(20), BASIC_AFFAIRS[5])
    strong = [Candidate(place, Decimal(100), affair) for place, affair in enumerate(BASIC_AFFAIRS[:4] + [OTHER] * 20)]
    found = best(Decimal(50), [weak, *strong], RULES[2026], BASIC_AFFAIRS)
    assert found.send[0] == "tibum" and len(found.send) == 25 and found.gate_open


def test_a_gate_that_costs_more_than_it_gives_stays_closed():
    weak = Candidate("tibum", Decimal(0), BASIC_AFFAIRS[5])
    strong = [Candidate(place, Decimal(111), affair) for place, affair in enumerate(BASIC_AFFAIRS[:4] + [OTHER] * 9)]
    found = best(Decimal(50), [weak, *strong], RULES[2026], BASIC_AFFAIRS)
    assert "tibum" not in found.send and not found.gate_open and found.gate_reachable


def test_who_holds_the_last_affair_shuts_the_gate():
    held = Candidate("tahan", Decimal(100), BASIC_AFFAIRS[4], "hold")
    found = best(Decimal(50), [*sent((16, 85), affairs=4), held], RULES[2026], BASIC_AFFAIRS)
    assert (found.reach, found.reach_freely, found.needed) == (4, 5, 5)
    assert (found.gate_reachable, found.gate_shut_by_choice) == (False, True)
    assert not best(Decimal(50), sent((16, 85), affairs=4), RULES[2026], BASIC_AFFAIRS).gate_shut_by_choice


def test_nothing_to_choose_from_is_an_answer():
    found = best(Decimal("31.25"), [], RULES[2026], BASIC_AFFAIRS)
    assert (found.send, found.index.index) == ((), Decimal("12.50"))


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a"), (2, 1)])
def test_of_equals_the_first_in_the_list_goes(names):
    """One of two weak ones opens the gate; the other would only pull the mean down."""
    weak = [Candidate(name, Decimal(20), BASIC_AFFAIRS[4]) for name in names]
    found = best(Decimal(50), [*weak, *sent((16, 100), affairs=4)], RULES[2026], BASIC_AFFAIRS)
    assert found.send == (names[0], *range(16))


@settings(max_examples=60, deadline=None)
@given(SPD, lists(6, 1), YEARS, st.data())
def test_from_the_maturity_told_on_the_best_set_takes_it_and_below_it_does_not(spd, candidates, rules, data):
    """Every whole maturity, both sides of the one told, and the two ends are tried."""
    goes = best(spd, candidates, rules, BASIC_AFFAIRS).send
    assume(len(goes) < len(candidates))
    asked = data.draw(st.sampled_from([one for one in candidates if one.id not in goes]))
    told = reaching(spd, candidates, [asked.id], rules)[asked.id]
    most = rules.maturity_max
    near = [told - Decimal("0.01"), told, told + Decimal("0.01")] if told is not None else []
    for maturity in {Decimal(n) for n in range(0, int(most) + 1, 3)} | {most, *near}:
        if 0 <= maturity <= most:
            tried = [one._replace(maturity=maturity, choice=None) if one.id == asked.id else one for one in candidates]
            top = max(sets(tried), key=lambda some: worth(spd, some, rules))
            taken = asked.id in [one.id for one in top]
            rival = max(worth(spd, some, rules) for some in sets(tried) if asked.id not in [one.id for one in some])
            taken = taken and worth(spd, top, rules) > rival  # sets that are equal in everything are no reason to send
            assert taken == (told is not None and maturity >= told), (maturity, told)


@given(SPD, lists(40, 1), YEARS)
def test_asking_for_many_is_asking_for_each(spd, candidates, rules):
    goes = best(spd, candidates, rules, BASIC_AFFAIRS).send
    asked = [one.id for one in candidates if one.id not in goes][::3]
    assert reaching(spd, candidates, asked, rules) == {id: reaching(spd, candidates, [id], rules)[id] for id in asked}


def test_what_the_weak_sixteen_would_need():
    """With sixteen of 100 sent (60.432), the 17th goes along from 93.25 on: (45 + 1693.25 / 17 + 17 x 0.38) / 250 is 60.4252 %."""
    candidates = sent((16, 100), (1, 40), affairs=5)
    assert reaching(Decimal(45), candidates, [16], RULES[2026]) == {16: Decimal("93.25")}
    for maturity, number in (("93.24", 16), ("93.25", 17)):
        tried = [*candidates[:16], candidates[16]._replace(maturity=Decimal(maturity))]
        found = best(Decimal(45), tried, RULES[2026], BASIC_AFFAIRS)
        assert (len(found.send), found.index.index) == (number, Decimal("60.43"))


def test_to_take_the_place_of_another_it_must_be_better_or_stand_first():
    """One of the two opens the gate, and one is enough."""
    strong = sent((16, 100), affairs=4)
    held, goes = Candidate("tinggal", Decimal(10), BASIC_AFFAIRS[4]), Candidate("jalan", Decimal(20), BASIC_AFFAIRS[4])
    assert reaching(Decimal(50), [*strong, goes, held], ["tinggal"], RULES[2026]) == {"tinggal": Decimal("20.01")}
    assert reaching(Decimal(50), [*strong, held, goes], ["tinggal"], RULES[2026]) == {"tinggal": Decimal("20.00")}


def test_what_is_held_by_hand_alone_needs_no_more_than_it_has():
    candidates = [*sent((16, 85), affairs=5), Candidate("tahan", Decimal(85), OTHER, "hold")]
    assert reaching(Decimal(50), candidates, ["tahan"], RULES[2026])["tahan"] <= 85


def test_what_no_maturity_helps():
    full = [Candidate(n, Decimal(111), AFFAIRS[n % len(AFFAIRS)]) for n in range(200)]
    rules = replace(RULES[2026], maturity_max=Decimal(100))
    assert reaching(Decimal(50), [*full, Candidate("tambah", Decimal(50), OTHER)], ["tambah"], rules) == {"tambah": None}


def test_points_finer_than_hundredths_are_compared_exactly():
    fine = [Candidate("a", Decimal("85.0000000000000000001"), HEALTH), Candidate("b", Decimal("85.0000000000000000002"), HEALTH)]
    rules = replace(RULES[2026], minimum_divisor=1, minimum_basic_affairs=None, count_weight=Decimal(0))
    assert best(Decimal(0), fine, rules, BASIC_AFFAIRS).send == ("a", "b")
    assert best(Decimal(0), fine, replace(rules, total_max=Decimal("0.0000000000000001")), BASIC_AFFAIRS).send == ("b",)

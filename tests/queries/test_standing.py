"""The expected index of a period: three depths, the best set, the basic affairs; the same numbers as the rules give for the same entries."""
import time
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import true

from app.extensions import db
from app.models import Entry, Period
from app.queries import standing
from app.rules.candidates import Candidate, best
from app.rules.codelists import AFFAIRS, BASIC_AFFAIRS
from app.rules.portfolio import Sent, index_of
from app.rules.workflow import DONE, WITH_OFFICE, Status
from app.web.standing_now import standing_of
from tests.portfolios import EDUCATION, HEALTH, ORDER, SOCIAL, Brought, bring, region, worked_example
from tests.web.reviewing import Selects

SPDS = {"claimed": "58", "evidenced": "52.5", "verified": "47.5"}


@pytest.fixture
def ground(app, saved):
    """An app context in which tests lay down what they need."""
    with app.app_context():
        yield saved
        db.session.rollback()


def now():
    period = db.session.query(Period).filter_by(year=2026).one()
    with db.session.no_autoflush:
        return standing_of(period)


def sent() -> set[int]:
    """The ids of what the best set takes, as the database says."""
    period = db.session.query(Period).filter_by(year=2026).one()
    return {row.id for row in db.session.execute(standing.picks(period, standing.goes(now().best)))}


def one_by_one() -> set[int]:
    """The same by the rules over single entries."""
    entries = db.session.query(Entry).filter(Entry.status.in_(DONE)).order_by(Entry.number)
    found = now()
    return set(best(found.spd, [Candidate(one.id, one.verified, one.main_affair, "send" if one.status == Status.SENT else one.choice)
                                for one in entries], found.rules, BASIC_AFFAIRS).send)


def mixed(number: int = 60) -> list[Brought]:
    random = Random(2026)
    return [Brought(str(random.randrange(0, 11101) / 100), random.choice(AFFAIRS), random.choice(list(Status)),
                    evidenced=random.randrange(112), claimed=random.randrange(112)) for _ in range(number)]


def test_nothing_yet_is_an_index_of_nothing(ground):
    bring(ground, [])
    found = now()
    assert (found.verified.index, found.verified.band, found.best.number, found.is_empty) == (Decimal("0.00"), "Tidak Dapat Dinilai", 0, True)


def test_the_worked_example_of_the_domain(ground):
    region("45", "45", "45")
    strong = bring(ground, worked_example())[:16]
    found = now()
    assert (found.verified.index, found.best_index.index) == (Decimal("50.86"), Decimal("60.43"))
    assert sent() == set(strong)
    assert (found.held, found.best_depth.points, found.best_depth.mean, found.gate_open) == (16, 1600, 100, True)


def test_the_three_depths_equal_the_rules_over_single_entries(ground):
    region(**SPDS)
    bring(ground, mixed())
    found, entries = now(), db.session.query(Entry).all()
    rules = entries[0].period.instrument.index_rules

    def over(spd, depth, *statuses):
        return index_of(Decimal(spd), [Sent(depth(entry), entry.main_affair or "") for entry in entries if entry.status in statuses], rules,
                        BASIC_AFFAIRS)

    assert found.verified == over("47.5", lambda entry: entry.verified, *DONE)
    assert found.pending == over("52.5", lambda entry: entry.verified if entry.status in DONE else entry.evidenced, *DONE, *WITH_OFFICE)
    assert found.claimed == over("58", lambda entry: entry.claimed, *Status)


def test_each_depth_names_what_it_adds_up(ground):
    region(**SPDS)
    bring(ground, [Brought(80), Brought(60, status=Status.SENT), Brought(0, status=Status.SUBMITTED, evidenced=70, claimed=75),
                   Brought(0, status=Status.DRAFT, claimed=90, evidenced=0)])
    depths = now().depths
    assert {name: (one.number, one.points, one.spd) for name, one in depths.items()} == {
        "verified": (2, 140, Decimal("47.5")), "pending": (3, 210, Decimal("52.5")), "claimed": (5, 305, 58)}
    assert depths["verified"].mean == Decimal(140) / 12


def test_the_best_set_is_that_of_the_rules_with_what_was_sent_in_it(ground):
    region(**SPDS)
    bring(ground, worked_example())
    gone, held = bring(ground, [Brought(10, status=Status.SENT), Brought(110, choice="hold")])
    assert gone in sent() and held not in sent()
    assert sent() == one_by_one()


@pytest.mark.parametrize("seed", range(4))
def test_told_by_the_database_in_groups_it_is_that_of_the_rules_over_single_entries(ground, seed):
    """Many of one maturity, so that only a part of them goes; hands on some."""
    dice = Random(seed)
    region(**SPDS)
    bring(ground, [Brought(dice.choice((40, 72, 90)), dice.choice([*BASIC_AFFAIRS[:4 + seed % 3], "Pangan", "Statistik"]),
                           dice.choices([Status.APPROVED, Status.SENT, Status.SUBMITTED], [8, 1, 1])[0], dice.choice([None] * 6 + ["send", "hold"]))
                   for _ in range(60)])
    found, period = now(), db.session.query(Period).one()
    assert sent() == one_by_one() and len(sent()) == found.best.number
    picks = [standing.Pick(*row) for row in db.session.execute(standing.picks(period, true()))]
    going = [pick for pick in picks if found.takes(pick)]
    assert {pick.id for pick in going} == sent()
    assert found.best_index == index_of(found.spd, [Sent(pick.maturity, pick.main_affair) for pick in going], found.rules, BASIC_AFFAIRS)
    affairs = [pick.main_affair for pick in going]
    assert {row.id for row in db.session.execute(standing.alone(period, found.best))} == {
        pick.id for pick in going if pick.main_affair in BASIC_AFFAIRS and affairs.count(pick.main_affair) == 1}
    assert [row.id for row in db.session.execute(standing.nearest(period, found.best))] == [
        pick.id for pick in picks if pick.choice is None and not found.takes(pick)][:standing.NEAREST]


def test_what_the_hands_cost_is_known(ground):
    region("45", "45", "45")
    bring(ground, worked_example())
    assert now().free_index == now().best_index.index
    bring(ground, [Brought(110, choice="hold"), Brought(10, choice="send")])
    found = now()
    assert found.free_index > found.best_index.index
    bring(ground, [Brought(0, status=Status.SENT)])
    assert now().free_index < found.free_index


def test_a_sent_one_stays_sent_whatever_a_hand_had_said(ground):
    [gone] = bring(ground, [Brought(10, status=Status.SENT, choice="hold")])
    assert sent() == {gone}


def test_affairs_are_the_six_in_their_order_and_count_what_is_approved_and_what_is_reviewed(ground):
    bring(ground, [Brought(80, HEALTH), Brought(80, HEALTH, Status.SENT), Brought(0, HEALTH, Status.VERIFIED), Brought(0, SOCIAL, Status.SUBMITTED),
                   Brought(0, SOCIAL, Status.RETURNED), Brought(0, EDUCATION, Status.DRAFT), Brought(90, "Pangan")])
    affairs = now().affairs
    assert [affair.name for affair in affairs] == BASIC_AFFAIRS
    assert {affair.name: affair[1:] for affair in affairs if any(affair[1:])} == {HEALTH: (2, 1), SOCIAL: (0, 1)}


def test_the_gate_opens_at_the_number_the_year_asks_for(ground):
    bring(ground, [Brought(80, affair) for affair in BASIC_AFFAIRS[:4]])
    assert (now().needed, now().gate_open, now().verified.count_score) == (5, False, 0)
    bring(ground, [Brought(80, ORDER)])
    assert (now().gate_open, now().verified.count_score) == (True, Decimal("1.90"))


def test_hand_choices_that_close_the_gate_are_told(ground):
    bring(ground, [Brought(80, affair) for affair in BASIC_AFFAIRS[:4]] + [Brought(80, ORDER, choice="hold")])
    found = now()
    assert (found.gate_open, found.best.gate_open, found.best.gate_shut_by_choice) == (True, False, True)


def test_the_nearest_reserve_of_an_affair_is_under_review_with_the_most_evidence(ground):
    bring(ground, [Brought(0, ORDER, Status.SUBMITTED, evidenced=70, name="TUNGGU"), Brought(0, ORDER, Status.VERIFIED, evidenced=90, name="SIAP"),
                   Brought(0, ORDER, Status.DRAFT, evidenced=100), Brought(100, ORDER), Brought(0, "Pangan", Status.SUBMITTED, evidenced=99)])
    period = db.session.query(Period).one()
    assert [(one.affair, one.name, one.evidenced) for one in db.session.execute(standing.reserves(period))] == [(ORDER, "SIAP", 90)]


def test_another_year_counts_for_nothing(ground):
    period = db.session.query(Period).one()
    bring(ground, [Brought(80, HEALTH)])
    before = now().verified
    db.session.add(Period.add(2025, period.instrument, None, opens_at=period.opens_at, closes_at=period.closes_at,
                              repairs_close_at=period.repairs_close_at, minimum_maturity=80))
    db.session.flush()
    bring(ground, [Brought(80, HEALTH)], year=2025)
    assert now().verified == before


def test_three_selects_at_most_whatever_the_number_and_soon_enough(ground):
    """Five thousand proposals, a quarter of them approved: measured, printed, and far from a second."""
    for number in (50, 5000):
        bring(ground, mixed(number - db.session.query(Entry).count()))
        now()
        with Selects() as seen:
            began = time.process_time()
            found = now()
            spent = time.process_time() - began
        print(f"{number} proposals, {found.number} approved or sent: {1000 * spent:.1f} ms")
        assert (seen.number <= 4, spent < 0.3) == (True, True)  # one of them is the period

"""What the database adds up itself is what counting again gives, whatever happens to proposals; and every page that asks it shows that."""
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import delete, func, select, text

from app import checks
from app.checks import Things
from app.extensions import db
from app.models import Entry, Period, Tally, Unit, User
from app.queries import entries, tally
from app.queries.entries import EntryFilter
from app.rules.workflow import Status
from tests.ground import SERVER
from tests.portfolios import Brought, bring

UNITS = ("dinas", "badan", "puskesmas")
POINTS = some.integers(0, 11100).map(lambda hundredths: Decimal(hundredths) / 100)
CHANGE = some.fixed_dictionaries({}, optional={
    "status": some.sampled_from(list(Status)), "claimed": POINTS, "evidenced": POINTS, "verified": POINTS, "decided_rounds": some.integers(0, 2),
    "unit": some.integers(0, 1)})


@pytest.fixture
def ground(app, saved):
    with app.app_context():
        bring(saved, [Brought("60", status=status, evidenced=50, claimed=70) for status in (*Status, Status.DRAFT)])
        db.session.commit()
        yield saved


def stored():
    return sorted(map(tuple, db.session.execute(select(*tally.COLUMNS).where(Tally.number != 0))))


def again():
    return sorted(map(tuple, db.session.execute(tally.again())))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.tuples(some.integers(0, 20), CHANGE), max_size=8), some.booleans())
def test_whatever_changes_a_proposal_changes_the_counts_with_it(ground, changes, taken_away):
    units, every = db.session.scalars(select(Unit).order_by(Unit.id)).all(), db.session.scalars(select(Entry).order_by(Entry.id)).all()
    for place, change in changes:
        one = every[place % len(every)]
        for name, value in change.items():
            setattr(one, name, units[value] if name == "unit" else value)
        db.session.flush()
        assert stored() == again()
    if taken_away:
        db.session.execute(delete(Entry).where(Entry.id == every[-1].id))
        assert stored() == again()
    db.session.rollback()
    assert stored() == again()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.sampled_from(["leader", "owner", "stranger"]), some.sampled_from(["", *Status, "proses", "selesai"]), some.sampled_from([0, 2026, 2025]),
       some.integers(0, 3), some.sampled_from(["", "juga", "saja"]))
def test_the_list_counts_what_it_would_count_one_by_one(ground, who, status, year, unit, latihan):
    user, chosen = db.session.get(User, ground.people[who]), EntryFilter(status=status, year=year, unit=unit, latihan=latihan)
    assert chosen.is_broad
    one_by_one = (select(Entry.status, func.count(), *(func.sum(points) for points in (Entry.claimed, Entry.evidenced, Entry.verified)))
                  .join(Period, Period.id == Entry.period_id).where(entries.seen_by(user)).group_by(Entry.status))
    expected = db.session.execute(EntryFilter(year=year, unit=unit, latihan=latihan).narrow(one_by_one))
    assert sorted(map(tuple, db.session.execute(entries.counts(user, chosen)))) == sorted(map(tuple, expected))


@pytest.mark.parametrize("sort", ["", "number", "name", "-unit", "moved", "-maturity"])
def test_a_page_is_the_same_cut_whether_few_or_many_match(ground, sort):
    user = db.session.get(User, ground.people["leader"])
    periods = db.session.execute(entries.periods(user)).all()
    whole = [row.id for row in db.session.execute(EntryFilter(sort=sort).ordered(entries.rows(user)))]
    for found in (len(whole), 5000):
        for chosen in (EntryFilter(sort=sort), EntryFilter(sort=sort, year=2026)):
            assert [*db.session.scalars(entries.ids(user, chosen, found, periods, 3, 2))] == whole[2:5]


def test_doctor_says_which_count_is_wrong_and_counting_again_mends_it(app, ground):
    def faults():
        return checks.deep("Jumlah usulan", Things(db.session(), app.config["LUMBUNG"], app.extensions["storage"])).faults

    assert faults() == ()
    name = db.session.scalar(select(Unit.name).join(Tally, Tally.unit_id == Unit.id).where(Tally.status == "sent", Tally.number > 0))
    db.session.execute(text("UPDATE tally SET number = number + 1, claimed = claimed + 50 WHERE status = 'sent' AND number > 0"))
    db.session.commit()
    assert faults() == (f"{name}, periode 2026, terkirim: tersimpan 2 usulan, 70,5 diklaim, 50 berbukti, 60 terverifikasi; "
                        "seharusnya 1 usulan, 70 diklaim, 50 berbukti, 60 terverifikasi",)
    db.session.execute(delete(Tally))
    db.session.commit()
    assert len(faults()) == len(again())
    assert app.test_cli_runner().invoke(args=["susun-ulang"]).exit_code == 0
    assert faults() == ()
    assert stored() == again()


def test_doctor_misses_what_should_keep_the_counts_and_it_is_made_anew(app, ground):
    def faults():
        return checks.deep("Jumlah usulan", Things(db.session(), app.config["LUMBUNG"], app.extensions["storage"])).faults

    gone, where = ("entry_tally", " ON entry") if SERVER else ("entry_tally_change", "")
    db.session.execute(text(f"DROP TRIGGER {gone}{where}"))
    db.session.commit()
    assert faults() == (f"Penjaga {gone} tidak ada: usulan yang berubah tidak dihitung",)
    assert app.test_cli_runner().invoke(args=["susun-ulang"]).exit_code == 0
    db.session.execute(text("UPDATE entry SET claimed = claimed + 5000 WHERE id = 1"))
    db.session.commit()
    assert faults() == ()

"""The training regency's way out: last year sent and answered, this year interesting enough to learn sending or holding on."""
from collections import Counter
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.demo.content.region import claims
from app.extensions import db
from app.models import Entry, Event, Instrument, Period, Sending, YearResult
from app.models.choosing import Choice
from app.rules.codelists import BASIC_AFFAIRS
from app.rules.formulas import Formula
from app.rules.workflow import DONE, Status


def period(year):
    return db.session.scalars(select(Period).where(Period.year == year)).one()


def done(year):
    return db.session.scalars(select(Entry).where(Entry.period_id == period(year).id, Entry.status.in_(DONE))).all()


def test_the_closed_years_region_is_verified_and_locked(regency):
    rows = period(2025).region_rows
    assert all(row.proven_level is not None and row.judged_by is not row.changed_by for row in rows)
    assert period(2025).region_closed_at


def test_the_open_years_region_is_half_way(regency):
    rows = period(2026).region_rows
    standing = Counter("empty" if row.claimed_level is None else "open" if row.proven_level is None else "verified" for row in rows)
    assert standing["empty"] == 2 and standing["open"] >= 4 and standing["verified"] >= 8
    assert [row.code for row in rows if row.claimed_level and not row.exhibits] == ["9", "14"]


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_regions_levels_follow_from_its_figures_unless_a_reason_says_why_not(regency, year):
    indicators = {row.code: row for row in db.session.scalars(select(Instrument).where(Instrument.year == year)).one().indicators}
    against = {}
    for claim in claims(year):
        if found := indicators[claim.code].formula:
            levels = Formula.read(found, year).suggest(claim.figures).levels
            if levels != (claim.level,):
                against[claim.code] = (levels, bool(claim.reason))
    assert against == ({} if year == 2025 else {"3": ((3,), True), "4": ((2, 3), True)})


def test_everything_of_the_closed_year_was_sent_and_answered_a_little_lower(regency):
    sendings = db.session.scalars(select(Sending).where(Sending.period_id == period(2025).id)).all()
    assert len(sendings) == len(done(2025)) == 9
    assert len({sending.number for sending in sendings}) == 9 and all(sending.number.startswith("IGA-2025-") for sending in sendings)
    assert all(sending.is_whole and sending.official_maturity <= sending.maturity for sending in sendings)
    assert any(sending.official_maturity < sending.maturity for sending in sendings)
    with_rows = [sending for sending in sendings if sending.entry.answers[0].official]
    assert 0 < len(with_rows) < len(sendings)


def test_four_years_stand_side_by_side(regency):
    found = db.session.scalars(select(YearResult).order_by(YearResult.year)).all()
    assert [result.year for result in found] == [2022, 2023, 2024, 2025]
    assert [result.count for result in found] == [5, 6, 8, 9]
    assert all(0 < result.rank <= result.participants and result.index > Decimal(30) for result in found)


def test_sending_or_holding_is_a_question_in_the_open_year(regency):
    found = done(2026)
    affairs = Counter(entry.main_affair for entry in found if entry.main_affair in BASIC_AFFAIRS)
    assert len(found) >= 12 and len(affairs) >= 5 and 1 in affairs.values()
    assert sum(entry.verified < period(2026).minimum_maturity for entry in found) >= 4


def test_the_open_years_list_was_begun(regency):
    found = done(2026)
    assert Counter(entry.choice for entry in found if entry.choice) == {Choice.SEND: 1, Choice.HOLD: 1}
    chosen = [entry for entry in found if entry.chosen_at]
    assert {entry for entry in found if entry.status == Status.SENT} < set(chosen)
    assert all(entry.choice_note for entry in found if entry.choice) and not any(entry.choice == Choice.HOLD for entry in chosen)
    assert sum(entry.status == Status.SENT for entry in found) == 3
    assert {"choice_made", "set_taken", "sent"} <= set(db.session.scalars(select(Event.what).distinct()))

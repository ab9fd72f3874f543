"""Points: every row of the instrument at every level, on every basis."""
import json
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import instruments
from app.models import Answer, Entry, Innovation, Instrument, Period, Unit, User
from app.rules.scoring import Row, evidenced, maturity, row_score

SOURCE = json.loads(files("app").joinpath("data/instruments/iid-2026.json").read_text(encoding="utf-8"), parse_float=Decimal)
ROWS = [item for item in SOURCE["indicators"] if item["aspect"] == "SID"]
CASES = [(row["code"], basis, level) for row in ROWS for basis in [b["code"] for b in row.get("bases", [])] or [None] for level in (None, 0, 1, 2, 3)]


@pytest.fixture(scope="module")
def sheet():
    """A proposal with its 20 empty rows; verbs of the period are not asked."""
    unit, instrument = Unit.add("Dinas Kesehatan", "Dinas", None), Instrument.publish(instruments.load("iid-2026"))
    owner = User.add("owner", "Owner", "x", None)
    innovation = Innovation.add("JEMPUT GIZI", unit, owner)
    period = Period(year=2026, instrument=instrument)
    entry = Entry(innovation=innovation, period=period, unit=unit, claimed=Decimal(0), evidenced=Decimal(0), verified=Decimal(0))
    entry.answers = [Answer(position=row.position, evidenced_level=0, substances=[], is_open=True) for row in instrument.innovation_rows()]
    return entry


def test_there_are_twenty_rows_worth_111_points_and_forty_in_all():
    assert (len(ROWS), len(SOURCE["indicators"])) == (20, 40)
    assert sum(row["weight"] * 3 for row in ROWS) == SOURCE["scoring"]["maturity_max"] == 111


@pytest.mark.parametrize(("code", "basis", "level"), CASES)
def test_a_row_is_its_weight_times_its_level(sheet, code, basis, level):
    weight = next(row["weight"] for row in ROWS if row["code"] == code)
    answer = sheet.answer_on(code)
    answer.basis_id = next((one.id for one in answer.indicator.bases if one.code == basis), None)
    answer.claimed_level, answer.proven_level = level, level
    sheet.recount()
    assert (sheet.claimed, sheet.verified) == (weight * (level or 0),) * 2
    assert sheet.evidenced == 0, "a level without evidence is worth nothing"
    answer.claimed_level = answer.proven_level = None
    answer.recount()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_every_basis_has_three_levels(sheet, row):
    indicator = sheet.answer_on(row["code"]).indicator
    for basis in [*indicator.bases, None]:
        assert [level.level for level in indicator.levels_for(basis)] == [1, 2, 3] or (basis is None and indicator.bases)


def test_all_rows_at_their_best_are_all_points():
    assert maturity(Row(Decimal(row["weight"]), 3) for row in ROWS) == Decimal(111)
    assert maturity(Row(Decimal(row["weight"]), None) for row in ROWS) == maturity([]) == 0


def test_the_regional_indicators_are_worth_63_at_their_best():
    assert maturity(Row(Decimal(str(item["weight"])), 3) for item in SOURCE["indicators"] if item["aspect"] == "SPD") == SOURCE["scoring"]["spd_max"]


@pytest.mark.parametrize(("claimed", "supported", "counts"), [(None, 3, 0), (0, 3, 0), (1, 3, 1), (3, 1, 1), (2, 2, 2), (3, 0, 0)])
def test_what_counts_is_never_above_the_claim_nor_above_the_evidence(claimed, supported, counts):
    assert evidenced(claimed, supported) == counts


@given(st.lists(st.tuples(st.decimals("0", "10", places=2), st.none() | st.integers(0, 3)), max_size=40))
def test_maturity_is_exact_and_grows_with_every_level(rows):
    found = maturity(Row(weight, level) for weight, level in rows)
    assert found == sum(weight * (level or 0) for weight, level in rows)
    assert found <= maturity(Row(weight, 3) for weight, _ in rows)
    assert all(row_score(weight, level) <= row_score(weight, 3) for weight, level in rows)

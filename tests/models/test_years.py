"""A year's result as published: typed by hand, corrected with what it was before."""
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app import clock
from app.models import YearResult
from app.rules import Refused

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
MAGETAN = {"index": Decimal("53.10"), "band": "Inovatif", "rank": 54, "participants": 415, "count": 32}


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


def test_what_was_published_is_kept_with_who_typed_it(cast):
    result = YearResult.add(cast.coordinator, 2022, **MAGETAN, note="  Surat Desember. ")
    assert (result.year, result.index, result.band, result.rank, result.participants, result.count, result.spd, result.note) == (
        2022, Decimal("53.10"), "Inovatif", 54, 415, 32, None, "Surat Desember.")
    assert (result.recorded_by, result.recorded_at) == (cast.coordinator, NOW)
    assert [(event.what, event.by, event.details) for event in result.events] == [
        ("result_recorded", cast.coordinator, {"year": 2022, "index": "53.10"})]


@pytest.mark.parametrize(("change", "words"), [
    ({"year": 2009}, "Tahun hasil antara 2010 dan 2026"), ({"year": 2027}, "Tahun hasil antara 2010 dan 2026"),
    ({"index": Decimal("100.01")}, "Indeks antara"), ({"index": Decimal(-1)}, "Indeks antara"), ({"band": "  "}, "Isi predikat"),
    ({"rank": 0}, "Peringkat dimulai dari 1"), ({"rank": 416}, "tidak melebihi"), ({"participants": 0, "rank": None}, "paling sedikit 1"),
    ({"count": -1}, "Jumlah inovasi"), ({"spd": Decimal(-1)}, "Poin SPD"),
])
def test_what_cannot_be_true_is_refused(cast, change, words):
    facts = {"year": 2022, **MAGETAN, **change}
    with pytest.raises(Refused, match=words):
        YearResult.add(cast.coordinator, **facts)
    result = YearResult.add(cast.coordinator, 2021, **MAGETAN)
    with pytest.raises(Refused, match=words):
        result.edit(cast.coordinator, **facts)
    assert (result.year, result.index, len(result.events)) == (2021, Decimal("53.10"), 1)


def test_a_correction_says_what_it_was_before(cast):
    result = YearResult.add(cast.coordinator, 2022, **MAGETAN)
    result.edit(cast.admin, **{"year": 2023, **MAGETAN, "index": Decimal("43.2"), "rank": 218, "participants": None, "note": "Dibetulkan."})
    assert result.events[-1].details == {"year": 2023, "changed": {
        "year": ["2022", "2023"], "index": ["53.1", "43.2"], "rank": ["54", "218"], "participants": ["415", ""], "note": ["", "Dibetulkan."]}}
    assert result.recorded_by is cast.admin


def test_the_same_once_more_is_no_correction(cast):
    result = YearResult.add(cast.coordinator, 2022, **MAGETAN)
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        result.edit(cast.admin, 2022, **{**MAGETAN, "index": Decimal("53.1")})
    assert len(result.events) == 1

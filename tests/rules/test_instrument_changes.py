"""Two years beside each other, and an instrument moved to another year."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.changes import Change
from app.rules.instrument_changes import ADDED, CHANGED, GONE, MOVED, RENAMED, SAME, compare
from app.rules.instrument_reading import read
from app.rules.instrument_years import bands_in_words, formula_in_words, free_code, moved, shifted
from tests.rules.instrument_cases import OF_2023, OF_2026, changed, row_of, whole


def codes(comparison, *kinds):
    return [pair.row["code"] for pair in comparison.of(*kinds)]


def test_from_2023_to_2026_the_drift_is_seen():
    found = compare(OF_2023, OF_2026)
    assert codes(found, SAME) == ["26", "28"]
    assert codes(found, RENAMED) == ["17", "19", "21", "30", "32", "35"]
    assert codes(found, CHANGED) == ["16", "18", "20", "22", "23", "24", "25", "27", "29", "31", "33", "34"]
    assert codes(found, ADDED, GONE, MOVED) == []  # the SPD rows of 2023 are not known, so they are not new
    assert found.unknown == ["indikator daerah (SPD) tidak ada di Indeks Inovasi Daerah 2023 (hanya Satuan Inovasi Daerah)",
                             "tanda wajib, variabel, dan definisi tidak diketahui"]
    assert Change("Predikat Sangat Inovatif", "di atas 60", "di atas 65") in found.rules
    assert Change("Urusan wajib pelayanan dasar paling sedikit", "tanpa syarat", "5") in found.rules
    row = next(pair for pair in found.rows if pair.row["code"] == "29")
    assert row.changes == [Change("Level 1", "≤ 40% atau tidak ada pengaduan", "≤ 50% atau tidak ada pengaduan"),
                           Change("Level 2", "40,01%–70,99%", "51%–90%"), Change("Level 3", "≥ 71%", "≥ 91%")]


def test_rows_are_matched_by_name_where_codes_moved_and_by_code_where_names_did():
    after = changed("code", "36", "35")  # the video got another number
    row_of(after, "34")["code"] = "35"   # and its own went to another row
    row_of(after, "20")["name"] = "Pelatihan"
    new = {**row_of(OF_2026, "21"), "code": "40", "name": "Baru sama sekali"}
    after["indicators"] = [*(row for row in after["indicators"] if row["code"] != "21"), new]
    found = compare(OF_2026, after)
    assert {pair.after["code"]: pair.before["code"] for pair in found.of(MOVED)} == {"35": "34", "36": "35"}
    assert (codes(found, RENAMED), codes(found, ADDED), codes(found, GONE)) == (["20"], ["40"], ["21"])


@given(whole)
def test_nothing_differs_from_itself(data):
    found = compare(data, data)
    assert found.rules == [] and all(pair.kind == SAME for pair in found.rows)


def test_next_year_has_the_forecast_and_everything_else_shifted():
    draft = moved(OF_2026, 2027)
    assert (draft["id"], draft["year"], draft["title"], draft["legal_basis"]) == ("iid-2027", 2027, "Indeks Inovasi Daerah 2027", None)
    assert draft["years"] == {"T-0": 2027, "T-1": 2026, "T-2": 2025}
    assert (draft["scoring"]["minimum_divisor"], draft["scoring"]["minimum_basic_affairs"]) == (14, 6)
    assert draft["scoring"]["formula"].startswith("IID = (SPD + Σ kematangan / max(14, n) + jumlah) / 250 × 100;")
    assert (draft["eligibility"]["applied_from"], draft["eligibility"]["applied_to"]) == ("2025-01-01", "2026-12-31")
    assert (draft["eligibility"]["report_from"], draft["eligibility"]["report_to"]) == ("2027-06-01", "2027-08-31")
    assert draft["indicators"] == OF_2026["indicators"] and read(draft) == (draft, [])


def test_a_year_without_a_forecast_keeps_its_numbers_and_the_same_year_its_law():
    assert moved(OF_2026, 2031)["scoring"]["minimum_divisor"] == 12
    again = moved(OF_2026, 2026, {"iid-2026"})
    assert (again["id"], again["title"], again["legal_basis"]) == ("iid-2026-2", "Indeks Inovasi Daerah 2026 (versi 2)", OF_2026["legal_basis"])
    assert moved(again, 2026, {"iid-2026", "iid-2026-2"})["title"] == "Indeks Inovasi Daerah 2026 (versi 3)"


@pytest.mark.parametrize(("code", "taken", "free"), [
    ("iid-2027", set(), "iid-2027"), ("iid-2027", {"iid-2027"}, "iid-2027-2"), ("iid-2027", {"iid-2027", "iid-2027-2"}, "iid-2027-3"),
    ("iid-2027-2", {"iid-2027-2"}, "iid-2027-3"), ("iid-2027-uji", {"iid-2027-uji"}, "iid-2027-uji-2"),
])
def test_a_code_that_is_taken_gets_the_next_number(code, taken, free):
    assert free_code(code, taken) == free


@given(st.dates(), st.integers(-9, 9))
def test_a_shifted_day_is_the_same_day_of_that_year(day, years):
    if not 1 <= day.year + years <= 9999:
        return
    wanted = "02-28" if (day.month, day.day) == (2, 29) else day.isoformat()[5:]
    assert shifted(day.isoformat(), years) == f"{day.year + years:04}-{wanted}"


def test_the_sentences_say_what_the_numbers_say():
    assert all(formula_in_words(data["scoring"]) == data["scoring"]["formula"] for data in (OF_2023, OF_2026))
    assert bands_in_words(OF_2026["bands"]) == OF_2026["band_note"]

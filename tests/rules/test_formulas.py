"""The ten regional rows with a formula: numbers in, level out; every value has a level, and two only where the guideline says so."""
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import instruments
from app.rules import Refused
from app.rules.formulas import Formula, Suggestion, figure

SOURCE = instruments.load("iid-2026")
ROWS = {item["code"]: item for item in SOURCE["indicators"]}
FORMULAS = {code: Formula.read(row["formula"], SOURCE["year"]) for code, row in ROWS.items() if "formula" in row}
OVERLAPS = {  # as `source_note` names them
    "3": {"-50.33": (1, 2), "-50.32": (1, 2)}, "4": {"5.23": (2, 3)}, "5a": {"0.36": (2, 3)},
    "5b": {"5.91": (1, 2), "5.92": (1, 2), "2.34": (2, 3), "2.35": (2, 3)}, "6": {"-47.43": (1, 2), "-47.42": (1, 2)},
    "7": {"-5.15": (1, 2), "-5.14": (1, 2)}, "10b": {"13.10": (1, 2), "13.11": (1, 2), "4.81": (2, 3), "4.82": (2, 3)}, "11a": {"0.90": (2, 3)},
}


def suggest(code: str, *figures: str) -> Suggestion:
    """The figures of T-2 and T-1, or of T-1 alone."""
    return FORMULAS[code].suggest(dict(zip(("T-2", "T-1")[-len(figures):], figures, strict=True)))


def both(value: str, level: int) -> str:
    return f"Nilai {value} masuk level {level} dan level {level + 1} menurut pedoman; tetapkan salah satu dan tulis alasannya."


def test_these_rows_have_a_formula():
    assert list(FORMULAS) == ["3", "4", "5a", "5b", "6", "7", "10a", "10b", "11a", "11b"]


@pytest.mark.parametrize("code", FORMULAS)
def test_the_limits_are_those_of_the_labels(code):
    """`≤ −50,32%`, `−50,33% s.d. 8,16%`, `≥ 8,17%`."""
    for level in ROWS[code]["levels"]:
        numbers = [Decimal(text.replace("−", "-").replace(",", ".")) for text in re.findall(r"−?\d+,\d+", level["label"])]
        low, high = FORMULAS[code].limits[level["level"]]
        assert (low, high) == {"≤": (None, numbers[0]), "≥": (numbers[0], None)}.get(level["label"][0], tuple(numbers))


@pytest.mark.parametrize("code", FORMULAS)
def test_every_hundredth_has_a_level_and_two_only_where_the_guideline_overlaps(code):
    formula = FORMULAS[code]
    found = {value: formula.levels_at(value) for value in (Decimal(n) / 100 for n in range(-20000, 20001))}
    assert all(found.values())
    two = {f"{value:.2f}": levels for value, levels in found.items() if len(levels) > 1}
    assert two == OVERLAPS.get(code, {})
    assert bool(two) == ("source_note" in ROWS[code])


@given(st.sampled_from(sorted(FORMULAS)), st.decimals("0.01", "1e13", places=2), st.decimals("0", "1e13", places=2))
def test_whatever_the_numbers_there_is_a_level_and_a_sentence(code, before, now):
    formula = FORMULAS[code]
    if formula.most is not None:
        before, now = before % 100, now % 100
    found = formula.suggest({"T-2": before, "T-1": now})
    assert found.levels == formula.levels_at(found.value) and len(found.levels) in (1, 2)
    assert found.value == found.value.quantize(Decimal("0.01")) and found.sentence.endswith(".")
    assert (found.level is None) == (len(found.levels) == 2) == ("tetapkan salah satu" in found.sentence)


@pytest.mark.parametrize(("code", "figures", "value", "levels", "sentence"), [
    ("3", ("1000", "1124"), "12.40", (3,), "Naik 12,40 persen: level 3."),
    ("3", ("1000", "1081.6"), "8.16", (2,), "Naik 8,16 persen: level 2."),
    ("3", ("10000", "4968"), "-50.32", (1, 2), both("−50,32 persen", 1)),
    ("3", ("10000", "4966"), "-50.34", (1,), "Turun 50,34 persen: level 1."),
    ("3", ("1000", "0"), "-100.00", (1,), "Turun 100,00 persen: level 1."),
    ("4", ("38000000", "39987400"), "5.23", (2, 3), both("5,23 persen", 2)),
    ("4", ("100", "100"), "0.00", (1,), "Tidak berubah (0,00 persen): level 1."),
    ("4", ("100000", "102045"), "2.05", (2,), "Naik 2,05 persen: level 2."),
    ("4", ("1000000", "1020449"), "2.04", (1,), "Naik 2,04 persen: level 1."),
    ("5a", ("5.20", "5.02"), "0.18", (2,), "Turun 0,18 poin persen: level 2."),
    ("5a", ("5.02", "5.20"), "-0.18", (1,), "Naik 0,18 poin persen: level 1."),
    ("5a", ("5.36", "5.00"), "0.36", (2, 3), both("0,36 poin persen", 2)),
    ("5b", ("5.92",), "5.92", (1, 2), both("5,92 persen", 1)),
    ("5b", ("2.33",), "2.33", (3,), "Nilai 2,33 persen: level 3."),
    ("6", ("800000000000", "1558000000000"), "94.75", (2,), "Naik 94,75 persen: level 2."),
    ("6", ("1", "20"), "1900.00", (3,), "Naik 1.900,00 persen: level 3."),
    ("7", ("300000", "284565"), "-5.15", (1, 2), both("−5,15 persen", 1)),
    ("7", ("300", "401.55"), "33.85", (3,), "Naik 33,85 persen: level 3."),
    ("10a", ("12.50", "12.43"), "0.07", (1,), "Turun 0,07 poin persen: level 1."),
    ("10a", ("12.50", "11.34"), "1.16", (3,), "Turun 1,16 poin persen: level 3."),
    ("10b", ("4.82",), "4.82", (2, 3), both("4,82 persen", 2)),
    ("10b", ("4.80",), "4.80", (3,), "Nilai 4,80 persen: level 3."),
    ("11a", ("71.02", "71.91"), "0.89", (2,), "Naik 0,89 poin: level 2."),
    ("11a", ("71.00", "71.90"), "0.90", (2, 3), both("0,90 poin", 2)),
    ("11b", ("69.99",), "69.99", (1,), "Nilai 69,99 poin: level 1."),
    ("11b", ("70.00",), "70.00", (2,), "Nilai 70,00 poin: level 2."),
])
def test_numbers_in_level_out(code, figures, value, levels, sentence):
    found = suggest(code, *figures)
    assert (found.value, found.levels, found.sentence) == (Decimal(value), levels, sentence)


@pytest.mark.parametrize(("figures", "value"), [
    (("100000", "105225"), "5.23"), (("100000", "105224"), "5.22"), (("100000", "94775"), "-5.23"), (("100000", "94776"), "-5.22"),
    (("100000", "99996"), "0.00"), (("3", "4"), "33.33"), (("3", "5"), "66.67")])
def test_halves_are_rounded_away_from_nothing(figures, value):
    assert str(suggest("4", *figures).value) == value


@pytest.mark.parametrize(("code", "figures", "sentence"), [
    ("3", {}, "Isi “Jumlah izin terbit 2024” dan “Jumlah izin terbit 2025”; levelnya terhitung sendiri."),
    ("3", {"T-2": "100", "T-1": ""}, "Isi “Jumlah izin terbit 2025”; levelnya terhitung sendiri."),
    ("5b", {"T-2": "5"}, "Isi “Tingkat pengangguran terbuka 2025”; levelnya terhitung sendiri."),
    ("6", {"T-2": "0", "T-1": "5"}, "“Realisasi investasi 2024” nol, jadi pertumbuhan tidak dapat dihitung. Pilih levelnya dan tulis alasannya."),
    ("7", {"T-2": "-3", "T-1": "5"}, "“Realisasi PAD 2024” tidak boleh di bawah 0."),
    ("10a", {"T-2": "12", "T-1": "120"}, "“Persentase penduduk miskin 2025” tidak boleh di bawah 0 atau di atas 100."),
    ("11b", {"T-1": "tinggi"}, "“IPM 2025” harus berupa bilangan."), ("11b", {"T-1": "Infinity"}, "“IPM 2025” harus berupa bilangan."),
])
def test_without_usable_numbers_no_level_is_said(code, figures, sentence):
    assert FORMULAS[code].suggest(figures) == Suggestion(None, (), sentence)


def test_the_value_alone_refuses_in_the_same_words():
    with pytest.raises(Refused, match="“Realisasi PAD 2024” nol"):
        FORMULAS["7"].value({"T-2": "0", "T-1": "5"})
    assert FORMULAS["7"].value({"T-2": "100"}) is None


def test_a_reason_is_asked_for_where_a_person_decides():
    clear, doubtful, unknown = suggest("3", "1000", "1124"), suggest("5a", "5.36", "5.00"), suggest("3", "0", "5")
    assert (clear.level, doubtful.level, unknown.level) == (3, None, None)
    assert [clear.why_reason(level) for level in (3, None)] == ["", ""] and unknown.why_reason(2) == ""
    assert clear.why_reason(2) == "Menurut rumus, angka ini masuk level 3. Tulis alasan Anda memilih level 2."
    assert doubtful.why_reason(3) == "Angka ini masuk level 2 dan level 3. Tulis alasan Anda memilih level 3."
    assert doubtful.why_reason(1) == "Menurut rumus, angka ini masuk level 2 atau level 3. Tulis alasan Anda memilih level 1."


def test_another_year_asks_for_other_years():
    assert [tuple(one) for one in Formula.read(ROWS["7"]["formula"], 2027).inputs] == [("T-2", "Realisasi PAD 2025"), ("T-1", "Realisasi PAD 2026")]


@pytest.mark.parametrize(("typed", "number"), [
    ("", None), ("  ", None), ("1250", "1250"), ("1.250", "1250"), ("1.234.567,5", "1234567.5"), ("Rp 1.250.000", "1250000"), ("5,91", "5.91"),
    ("5.91", "5.91"), ("0", "0"), ("1 250 000", "1250000"), ("12.5", "12.5"), ("70.0000", "70.0000")])
def test_numbers_as_an_office_types_them(typed, number):
    assert figure(typed) == (number and Decimal(number))


@pytest.mark.parametrize("typed", ["lima", "-5", "1.2.3", "1,234,567", "5%", "1e5", "NaN", "1.250.00", "٣", "9" * 31])
def test_what_is_no_number_is_refused_in_words(typed):
    with pytest.raises(Refused, match="bukan bilangan. Tulis misalnya 1.234.567 atau 5,91."):
        figure(typed)

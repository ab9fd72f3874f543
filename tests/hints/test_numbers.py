"""The number of a document: whole, whatever blanks stand in it."""
import pytest

from app.rules.hints.folding import Folded
from app.rules.hints.hit import Verdict
from app.rules.hints.numbers import number_of

FOUND, UNCERTAIN, NOTHING = "found", "uncertain", "nothing"


def look(number, text):
    verdicts = [hit.verdict for hit in number_of(number).hits(Folded(text))]
    return FOUND if Verdict.CERTAIN in verdicts else UNCERTAIN if verdicts else NOTHING


@pytest.mark.parametrize("text", [
    "NOMOR : 188.45/123/2025", "Nomor 188.45 / 123 / 2025", "No.188.45/123/2025,", "188. 45/\n123/2025", "nomor\t188.45/123/2025.",
    "(188.45/123/2025)"])
def test_blanks_and_what_stands_around_make_no_difference(text):
    assert look("188.45/123/2025", text) == FOUND
    assert look("Nomor: 188.45 / 123 / 2025", text) == FOUND


@pytest.mark.parametrize(("text", "met"), [
    ("188/123/2025", NOTHING), ("188/12/2026", NOTHING), ("188-12-2025", NOTHING), ("1188/12/2025", NOTHING), ("188/12/20251", NOTHING),
    ("188/12/2025/BUP", UNCERTAIN), ("188/12/2025 / II", UNCERTAIN), ("KEP.188/12/2025", UNCERTAIN), ("188/12/2025-A", UNCERTAIN),
    ("188/012/2025", UNCERTAIN), ("Nomor 188/12/2025 sampai 188/15/2025", FOUND)])
def test_another_number_is_another_number(text, met):
    assert look("188/12/2025", text) == met


@pytest.mark.parametrize(("text", "met"), [
    ("PERATURAN BUPATI LUMBUNG RAYA\nNOMOR 19 TAHUN 2022\nTENTANG", FOUND), ("Lampiran Perbup Nomor 19 Tahun 2022 tentang RKPD", FOUND),
    ("Undang-Undang Nomor 19 Tahun 2022 tentang Apa", UNCERTAIN), ("Peraturan Daerah Nomor 19 Tahun 2022", UNCERTAIN),
    ("Peraturan Bupati Nomor 119 Tahun 2022", NOTHING), ("Peraturan Bupati Nomor 19 Tahun 2023", NOTHING)])
def test_a_law_is_its_kind_its_number_and_its_year(text, met):
    assert look("Peraturan Bupati Nomor 19 Tahun 2022", text) == met


def test_a_law_without_its_kind_is_certain_in_a_heading_only():
    assert look("Nomor 4 Tahun 2022", "PERATURAN DAERAH\nNOMOR 4 TAHUN 2022\nTENTANG INOVASI") == FOUND
    assert look("Nomor 4 Tahun 2022", "Peraturan Daerah Nomor 4 Tahun 2022 tentang Inovasi") == UNCERTAIN


@pytest.mark.parametrize(("text", "met"), [
    ("Nomor : 12", FOUND), ("12 orang", NOTHING), ("Nomor 12 Tahun 2024", UNCERTAIN), ("Nomor 12/2024", UNCERTAIN)])
def test_a_bare_number_is_looked_for_behind_its_word(text, met):
    assert look("12", text) == met


@pytest.mark.parametrize("number", ["", "-", "tanpa nomor"])
def test_no_digit_is_no_number(number):
    assert number_of(number) is None

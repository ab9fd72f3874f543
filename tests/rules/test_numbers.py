from datetime import date

import pytest

from app.rules.numbers import entry_number, letter_number


@pytest.mark.parametrize(("round", "written"), [(None, "LR-26-012"), (2, "LR-26-012/2")])
def test_a_proposal_and_its_rounds(round, written):
    assert entry_number("LR", 2026, 12, round) == written


@pytest.mark.parametrize(("pattern", "written"), [
    ("400.10.11/{nomor}/LI/{tahun}", "400.10.11/007/LI/2026"), ("{nomor}/BAPPERIDA/{bulan}/{tahun}", "007/BAPPERIDA/XI/2026")])
def test_a_letter(pattern, written):
    assert letter_number(pattern, 7, date(2026, 11, 22)) == written


def test_the_thousandth_letter_of_a_year():
    assert letter_number("{nomor}/{tahun}", 1000, date(2027, 1, 1)) == "1000/2027"

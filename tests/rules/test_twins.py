"""Which numbers name the same paper."""
import pytest

from app.rules.twins import number_key


@pytest.mark.parametrize(("one", "other"), [
    ("188/ 12/2025", "188/12/2025"), ("SK.188.45 / 12 / 2025", "sk.188.45/12/2025"), ("188–12–2025", "188-12-2025"),
    (" 440/88\t/2024", "440/88/2024")])
def test_blanks_and_capitals_make_no_other_number(one, other):
    assert number_key(one) == number_key(other) != ""


@pytest.mark.parametrize("number", ["", "-", "12", "1/2", "tanpa nomor", "   ", "No."])
def test_what_tells_nothing_is_no_number(number):
    assert number_key(number) == ""


def test_other_numbers_stay_others():
    assert number_key("188/12/2025") != number_key("188/13/2025")

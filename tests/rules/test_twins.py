"""Which numbers name the same paper."""
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.rules.twins import in_any_spelling, number_key

NUMBERS = st.text(st.sampled_from("01289 /.-–\t\nSKsk٣ßK"), max_size=12)


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


@given(NUMBERS, NUMBERS, NUMBERS)
@example("188/ 12\n", "440/1", "188/12")
def test_every_spelling_of_a_number_is_found_and_other_figures_are_not(one, other, spelled):
    found = re.search(in_any_spelling([one, other]), spelled)
    if number_key(spelled) in (number_key(one), number_key(other)) and number_key(spelled):
        assert found
    if found:
        assert re.sub("[^0-9]", "", spelled) in (re.sub("[^0-9]", "", one), re.sub("[^0-9]", "", other))

"""The bank of reasons as shipped: worked out per row from all causes, for any year."""
import re

import pytest

from app import instruments
from app.models import Reason
from app.rules.causes import CAUSES
from app.rules.years import in_years

SHIPPED = instruments.reasons()


def test_every_innovation_row_of_the_instrument_has_at_least_five(cast):
    assert list(SHIPPED) == [indicator.code for indicator in cast.instrument.innovation_rows()]
    assert min(len(each) for each in SHIPPED.values()) >= 5


def test_all_twenty_causes_are_used_and_no_other():
    assert len(CAUSES) == 20
    assert {cause for each in SHIPPED.values() for cause, _ in each} == set(CAUSES)


@pytest.mark.parametrize(("row", "text"), [(row, text) for row, each in SHIPPED.items() for _, text in each])
def test_each_fits_beside_a_row_and_names_no_year(row, text):
    assert Reason.add(row, "nama", text, None).text == text
    assert not re.search(r"\b(19|20)\d\d\b", text)
    assert not re.search(r"\bT-\d", in_years(text, 2026))


def test_none_is_there_twice():
    texts = [(row, text) for row, each in SHIPPED.items() for _, text in each]
    assert len(set(texts)) == len(texts)

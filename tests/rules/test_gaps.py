"""A total and the rows it is made of cannot contradict each other."""
from decimal import Decimal

import pytest

from app.rules import Refused
from app.rules.gaps import Steps, official_total
from app.rules.scoring import Row

MOST = Decimal(111)


def rows(*levels):
    """Weights 3, 2 and 1."""
    return [Row(Decimal(weight), level) for weight, level in zip((3, 2, 1), levels, strict=True)]


@pytest.mark.parametrize(("total", "levels", "found"), [
    (None, (1, 2, 3), 10), (10, (1, 2, 3), 10), (None, (1, None, 3), None), (15, (None, None, None), 15), (None, (None, None, None), None),
    (6, (1, None, 3), 6), (12, (1, None, 3), 12), (0, (0, 0, None), 0),
])
def test_all_rows_add_up_by_themselves_and_a_part_leaves_the_total_to_what_was_published(total, levels, found):
    assert official_total(total if total is None else Decimal(total), rows(*levels), MOST) == found


@pytest.mark.parametrize(("total", "levels", "words"), [
    ("112", (None, None, None), "antara 0 dan 111 poin"), ("-1", (None, None, None), "antara 0 dan 111"),
    ("9", (1, 2, 3), "Jumlah ke-3 barisnya 10 poin, bukan 9"),
    ("5.99", (1, None, 3), "tidak mungkin: level yang sudah diisi bernilai 6 poin"), ("12.5", (1, None, 3), "Jumlah 12,5 poin tidak mungkin"),
])
def test_what_cannot_both_be_true_is_refused(total, levels, words):
    with pytest.raises(Refused, match=words):
        official_total(Decimal(total), rows(*levels), MOST)


def test_the_gap_is_of_what_is_known():
    steps = Steps(3, 2, 1, *map(Decimal, (30, 28, 25, 17, 15, 4, 2)))
    assert (steps.gap, steps.is_whole) == (Decimal(-2), False)
    assert Steps(3, 0, 0, *map(Decimal, (30, 28, 25, 0, 0, 0, 0))).gap is None

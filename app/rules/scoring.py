"""Points of one innovation. Weights and levels come from the instrument of the year.

Source: Surat Kepala BSKDN a.n. Mendagri 400.10.11/1887/BSKDN, 29 April 2026: row score = weight x level, 0 when empty.
"""
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

HIGHEST = 3


class Row(NamedTuple):
    """One scored row: its weight in points per level and its level 0-3 (None when empty)."""
    weight: Decimal
    level: int | None


def row_score(weight: Decimal, level: int | None) -> Decimal:
    return weight * (level or 0)


def maturity(rows: Iterable[Row]) -> Decimal:
    """Kematangan: the sum of the rows of one innovation, in points."""
    return sum((row_score(row.weight, row.level) for row in rows), Decimal(0))


def evidenced(claimed: int | None, supported: int) -> int:
    """The level that counts as evidenced: never above the claim, never above what the evidence supports."""
    return min(claimed or 0, supported)

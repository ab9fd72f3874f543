"""The rows that bring the missing points, against all ways of lifting rows."""
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.lifts import Lift, RowNow, rows_for

ROWS = st.lists(st.tuples(st.sampled_from([Decimal(n) for n in ("0.75", "1", "1.5", "2", "3", "4")]), st.integers(0, 3), st.integers(0, 3)),
                max_size=5).map(lambda rows: [RowNow(str(16 + n), f"Baris {16 + n}", *row) for n, row in enumerate(rows)])


@settings(deadline=None)
@given(st.decimals("-1", "40", places=2), ROWS)
def test_the_fewest_rows_and_no_level_too_much(missing, rows):
    ways = [levels for levels in product(*(range(row.proven, row.highest + 1) for row in rows))
            if sum(row.weight * (level - row.proven) for row, level in zip(rows, levels, strict=True)) >= missing]
    found = rows_for(missing, rows)
    assert (found is None) == (not ways)
    if found is None:
        return
    assert len(found) == min(sum(level > row.proven for row, level in zip(rows, levels, strict=True)) for levels in ways)
    by_code, gained = {row.code: row for row in rows}, sum(lift.points for lift in found)
    assert gained >= missing and [lift.points for lift in found] == sorted((lift.points for lift in found), reverse=True)
    for lift in found:
        row = by_code[lift.code]
        assert row.proven == lift.before < lift.after <= row.highest and lift.points == row.weight * (lift.after - lift.before)
        assert gained - row.weight < missing and lift.claimed == (lift.after <= row.claimed)


def test_the_biggest_step_first_and_of_equals_what_is_claimed():
    rows = [RowNow("16", "Regulasi", Decimal(3), 2, 3), RowNow("34", "Kualitas", Decimal(4), 1, 2), RowNow("30", "Alat", Decimal(2), 0, 0),
            RowNow("27", "Jejaring", Decimal(2), 0, 3), RowNow("35", "Video", Decimal(4), 3, 3)]
    assert rows_for(Decimal("12.5"), rows) == (
        Lift("34", "Kualitas", 1, 3, Decimal(8), False), Lift("27", "Jejaring", 0, 3, Decimal(6), True))
    assert rows_for(Decimal("3"), rows) == (Lift("34", "Kualitas", 1, 2, Decimal(4), True),)
    assert rows_for(Decimal(0), rows) == () and rows_for(Decimal("23.01"), rows) is None

"""How long a training stays with a point."""
import pytest

from app.rules.agenda import in_hours, minutes


@pytest.mark.parametrize(("units", "expected"), [(0, 10), (1, 10), (2, 15), (3, 15), (4, 20), (6, 20), (7, 25), (11, 30), (45, 30)])
def test_more_units_more_minutes_up_to_half_an_hour(units, expected):
    assert minutes(units) == expected


@pytest.mark.parametrize(("points", "expected"), [([], "0 menit"), ([10, 15], "25 menit"), ([30, 30], "1 jam"), ([30] * 3 + [15], "1 jam 45 menit")])
def test_all_points_together(points, expected):
    assert in_hours(points) == expected

"""A document's dates are days of the regency, which begin before the server's day does."""
from datetime import UTC, date, datetime

import pytest

from app import clock
from app.models import Document
from app.rules import Refused
from tests.cast import make_file


def add(cast, **facts):
    return Document.add(cast.units["dinas"], cast.owner, make_file(1), "sk.pdf", **facts)


def test_a_paper_of_today_is_taken_from_the_first_hour_of_the_day(cast):
    with clock.at(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)):  # 07.30 of 1 July in Jayapura
        assert add(cast, dated_on=date(2026, 7, 1)).current.dated_on == date(2026, 7, 1)


@pytest.mark.parametrize("facts", [{"dated_on": date(2026, 7, 2)}, {"url": "https://warta.example/a", "captured_on": date(2026, 7, 2)}])
def test_a_day_that_has_not_begun_is_refused(cast, facts):
    with clock.at(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)), pytest.raises(Refused, match="sesudah hari ini"):
        add(cast, **facts)

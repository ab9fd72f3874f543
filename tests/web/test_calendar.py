"""The deadlines for one's own calendar."""
from datetime import UTC, timedelta

import pytest
from icalendar import Calendar

from app import clock
from tests.web.reviewing import desk


def events(browser):
    response = browser.client.get("/tenggat.ics")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return {str(event["uid"]).split("@")[0]: event for event in Calendar.from_ical(response.data).walk("VEVENT")}


@pytest.fixture
def extended(app, saved):
    with desk(app, saved) as cast:
        until = cast.period.repairs_close_at + timedelta(days=3)
        cast.period.extend(cast.coordinator, cast.units["dinas"], until, "Kantor banjir.")
    return until


def test_everybody_has_the_closings_of_the_period(app, saved, open_as):
    with desk(app, saved) as cast:
        closes, repairs = (at.astimezone(UTC).replace(microsecond=0) for at in (cast.period.closes_at, cast.period.repairs_close_at))
    for who in ("owner", "reviewer", "leader"):
        found = events(open_as(who))
        assert {uid: event["dtstart"].dt for uid, event in found.items()} == {"periode-2026-pengisian": closes, "periode-2026-perbaikan": repairs}


def test_an_extension_is_for_its_unit(saved, extended, open_as):
    found = events(open_as("head"))[f"periode-2026-perpanjangan-{saved.units['dinas']}"]

    assert (str(found["summary"]), str(found["description"])) == ("Perpanjangan Dinas Kesehatan 2026 berakhir", "Kantor banjir.")
    assert found["dtstart"].dt == extended.replace(microsecond=0)
    assert len(events(open_as("stranger"))) == 2


def test_what_is_over_is_left_out(saved, extended, open_as):
    with clock.at(extended - timedelta(hours=1)):
        assert list(events(open_as("owner"))) == [f"periode-2026-perpanjangan-{saved.units['dinas']}"]
    with clock.at(extended + timedelta(hours=1)):
        assert events(open_as("owner")) == {}

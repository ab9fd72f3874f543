"""Deadlines as a calendar, read back with icalendar."""
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

from app.exports.calendars import Deadline, calendar

STAMP = datetime(2026, 6, 1, 2, 30, 15, 999, tzinfo=UTC)
CLOSING = Deadline("periode-1-pengisian", datetime(2026, 6, 30, 23, 59, 59, tzinfo=ZoneInfo("Asia/Jakarta")),
                   "Pengisian usulan 2026 ditutup", "Baris, bukti; dan “profil”\nBappelitbangda")


def events(*deadlines):
    return Calendar.from_ical(calendar("Tenggat inovasi daerah", deadlines, STAMP)).walk("VEVENT")


def test_a_deadline_is_an_event_in_utc_that_calls_three_days_before():
    (event,) = events(CLOSING)

    assert event["uid"] == "periode-1-pengisian@lumbung-inovasi"
    assert event["dtstart"].dt == datetime(2026, 6, 30, 16, 59, 59, tzinfo=UTC)
    assert event["dtstamp"].dt == STAMP.replace(microsecond=0)
    assert (str(event["summary"]), str(event["description"])) == (CLOSING.summary, CLOSING.description)
    (alarm,) = event.walk("VALARM")
    assert (alarm["trigger"].dt, str(alarm["action"])) == (timedelta(days=-3), "DISPLAY")


def test_the_file_is_what_calendars_accept():
    content = calendar("Tenggat", [CLOSING], STAMP)

    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lumbung Inovasi//Tenggat//ID\r\n")
    assert b"DTSTART:20260630T165959Z\r\n" in content
    assert b"TZID" not in content
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert content.count(b"\n") == content.count(b"\r\n")


def test_a_moved_deadline_keeps_its_name():
    moved = Deadline(CLOSING.uid, CLOSING.at + timedelta(days=7), CLOSING.summary)

    assert [event["uid"] for event in events(CLOSING)] == [event["uid"] for event in events(moved)]


def test_no_deadlines_make_an_empty_calendar():
    assert events() == []


def test_what_a_person_typed_starts_no_line_of_its_own():
    (event,) = events(Deadline("x", CLOSING.at, "Tutup\r\nATTACH:http://x\x00", "a\nEND:VEVENT"))

    assert str(event["summary"]) == "Tutup\nATTACH:http://x"
    assert "attach" not in event
    assert str(event["description"]) == "a\nEND:VEVENT"


def test_the_same_deadlines_at_the_same_instant_give_the_same_bytes():
    assert calendar("Tenggat", [CLOSING], STAMP) == calendar("Tenggat", [CLOSING], STAMP)

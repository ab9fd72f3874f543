"""How numbers, lists, words and days are written and counted."""
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import days
from app.rules.words import count_words, in_words, listed, on_date, one_stop

ZONES = [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]


@pytest.mark.parametrize(("number", "words"), [(0, "nol"), (1, "satu"), (12, "dua belas"), (13, "13"), (-1, "-1")])
def test_small_numbers_are_words(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize(("parts", "words"), [([], ""), ([16], "16"), ([16, 17], "16 dan 17"), ([16, 17, 35], "16, 17, dan 35")])
def test_a_list_ends_in_and(parts, words):
    assert listed(parts) == words


@pytest.mark.parametrize(("text", "written"), [
    ("Diajukan ke Hendra, M.Kes.. Anda diberi tahu.", "Diajukan ke Hendra, M.Kes. Anda diberi tahu."),
    ("Selesai.", "Selesai."), ("Lalu ...", "Lalu ..."),
])
def test_a_degree_ends_its_sentence(text, written):
    assert one_stop(text) == written


@pytest.mark.parametrize(("text", "number"), [(None, 0), ("", 0), ("  \n\t ", 0), ("satu", 1), (" dua  kata\nlagi ", 3), ("garis-hubung satu", 2)])
def test_words_are_what_blanks_part(text, number):
    assert count_words(text) == number


def test_a_day_in_a_sentence():
    assert on_date(date(2026, 11, 21)) == "21 November 2026"


def test_a_deadline_ends_with_the_last_second_of_the_day_in_the_regency():
    jakarta, makassar, jayapura = ZONES
    assert days.ends(date(2026, 6, 26), jakarta) == datetime(2026, 6, 26, 16, 59, 59, tzinfo=UTC)
    assert days.ends(date(2026, 6, 26), makassar) == datetime(2026, 6, 26, 15, 59, 59, tzinfo=UTC)
    assert days.begins(date(2026, 6, 1), jayapura) == datetime(2026, 5, 31, 15, tzinfo=UTC)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(ZONES))
def test_a_day_and_its_instants_agree(day, zone):
    assert days.of(days.begins(day, zone), zone) == days.of(days.ends(day, zone), zone) == day
    assert days.begins(day, zone) < days.ends(day, zone)

"""The profile as submitted, beside what it was the round before."""
import re
from datetime import date

import pytest

from app.web.review.profile import Change, paragraphs
from tests.cast import PROFILE
from tests.web.reviewing import desk, text

URL = "/verifikasi/1/profil"


@pytest.fixture
def submitted(app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    return saved


def test_all_22_items_stand_in_words(submitted, open_as):
    page = text(open_as("reviewer").get(URL))
    assert re.findall(r"(\d+) · ", page.split("22 isian")[1]) == [str(n) for n in range(1, 23)]
    for words in ("Lintang: −7,75", "Urusan yang bersinggungan: Sosial", "13 · Tanggal diterapkan 4 Maret 2024", "350 kata",
                  "Layak dinilai 2026: diterapkan 4 Maret 2024"):
        assert words in page


def test_what_the_unit_changed_after_the_note_is_named(app, submitted, open_as):
    with desk(app, submitted) as cast:
        cast.entry.return_(cast.reviewer, [], profile_note="Sebut dasar hukumnya.")
        cast.innovation = cast.entry.innovation
        cast.innovation.edit(cast.owner, purpose="Menekan stunting dan anemia.", developed_on=date(2025, 5, 2),
                             design=PROFILE["design"] + "\nDasar hukum: Perbup 12/2024.")
        cast.entry.reply_on_profile(cast.owner, "Ada pada paragraf terakhir.")
        cast.entry.submit(cast.owner)
    page = text(open_as("reviewer").get(URL))
    assert ("3 isian berubah sejak putaran 1 Catatan Sebut dasar hukumnya. Berubah Tanggal pengembangan terakhir, "
            "Rancang bangun dan pokok perubahan, Tujuan Jawaban “Ada pada paragraf terakhir.”") in page
    assert "Berubah Menekan stunting. → Menekan stunting dan anemia." in page
    assert "Berubah Dasar hukum: Perbup 12/2024." in page


def test_the_page_shows_the_submission_not_what_the_unit_writes_now(app, submitted, open_as):
    with desk(app, submitted) as cast:
        cast.entry.return_(cast.reviewer, [], profile_note="Sebut dasar hukumnya.")
        cast.entry.innovation.edit(cast.owner, purpose="Tujuan sesudah dikembalikan.")
    page = open_as("reviewer").get(URL)
    assert ("Tujuan sesudah dikembalikan." in page.text, "Menekan stunting." in page.text) == (False, True)
    assert 'name="profil"' not in page.text


@pytest.mark.parametrize(("before", "after", "expected"), [
    ("a\nb\nc", "a\nb\nc\nd", [("", "d")]), ("a\nb\nc", "a\nx\nc", [("b", "x")]), ("a\nb", "b", [("a", "")]), ("", "a", [("", "a")]),
])
def test_a_long_text_is_compared_by_paragraph(before, after, expected):
    assert [(part.before, part.after) for part in paragraphs(Change("Rancang bangun", before, after))] == expected

"""Which innovations a year scores: the stage, and the two years before in which they were applied or developed."""
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import instruments
from app.rules.eligibility import Window, check

WINDOW = Window.read(instruments.load("iid-2026"))
FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def test_the_window_is_that_of_the_instrument():
    assert (WINDOW.applied_from, WINDOW.applied_to, WINDOW.minimum_words_design, str(WINDOW)) == (
        FIRST, LAST, 300, "1 Januari 2024 sampai 31 Desember 2025")
    assert Window.read(instruments.load("iid-2023")).applied_from == date(2021, 1, 1)


@pytest.mark.parametrize(("stage", "applied", "developed", "ok"), [
    ("Penerapan", FIRST, None, True), ("Penerapan", LAST, None, True), ("penerapan", date(2025, 6, 1), None, True),
    ("Penerapan", date(2023, 12, 31), None, False), ("Penerapan", date(2026, 1, 1), None, False),
    ("Penerapan", date(2019, 5, 1), FIRST, True), ("Penerapan", date(2019, 5, 1), LAST, True),
    ("Penerapan", date(2019, 5, 1), date(2023, 12, 31), False), ("Penerapan", date(2019, 5, 1), date(2026, 1, 1), False),
    ("Uji coba", date(2025, 6, 1), None, False), ("Inisiatif", date(2025, 6, 1), date(2025, 7, 1), False),
    (None, date(2025, 6, 1), None, False), ("Penerapan", None, date(2025, 6, 1), False), (None, None, None, False),
])
def test_stage_and_dates_decide(stage, applied, developed, ok):
    assert check(stage, applied, developed, WINDOW).ok is ok


@pytest.mark.parametrize(("stage", "applied", "developed", "sentence"), [
    ("Penerapan", date(2024, 3, 4), None, "Layak dinilai 2026: diterapkan 4 Maret 2024, di dalam 1 Januari 2024 sampai 31 Desember 2025."),
    ("Penerapan", date(2019, 5, 1), date(2024, 3, 4),
     "Layak dinilai 2026: diterapkan 1 Mei 2019 dan dikembangkan 4 Maret 2024, di dalam 1 Januari 2024 sampai 31 Desember 2025."),
    ("Penerapan", date(2026, 1, 1), None,
     "Diterapkan 1 Januari 2026, sesudah 31 Desember 2025: inovasi ini baru dapat dinilai tahun berikutnya."),
    ("Penerapan", date(2019, 5, 1), None,
     "Diterapkan 1 Mei 2019, sebelum 1 Januari 2024. Inovasi lama dinilai bila dikembangkan 1 Januari 2024 sampai 31 Desember 2025; "
     "isi tanggal pengembangan terakhir bila ada."),
    ("Uji coba", date(2025, 6, 1), None,
     "Tahapannya uji coba. Yang dinilai 2026 hanya tahap penerapan; inovasi ini tetap tercatat sebagai inventaris."),
    ("Penerapan", None, None, "Isi tanggal penerapan dulu: yang dinilai adalah inovasi tahap penerapan yang diterapkan atau "
                              "dikembangkan 1 Januari 2024 sampai 31 Desember 2025."),
    (None, None, None, "Isi tahapan dan tanggal penerapan dulu: yang dinilai adalah inovasi tahap penerapan yang diterapkan atau "
                       "dikembangkan 1 Januari 2024 sampai 31 Desember 2025."),
])
def test_the_sentence_says_why(stage, applied, developed, sentence):
    assert check(stage, applied, developed, WINDOW).sentence == sentence


def test_a_year_may_refuse_old_innovations_outright():
    strict = Window(2026, "penerapan", FIRST, LAST, False, 300)
    assert check("Penerapan", date(2019, 5, 1), date(2025, 1, 1), strict).sentence == "Diterapkan 1 Mei 2019, sebelum 1 Januari 2024."


@given(DAYS, st.none() | DAYS)
def test_only_what_was_applied_or_developed_within_the_window_counts(applied, developed):
    within = FIRST <= applied <= LAST or (applied < FIRST and developed is not None and FIRST <= developed <= LAST)
    assert check("Penerapan", applied, developed, WINDOW).ok is within

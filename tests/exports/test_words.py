from dataclasses import dataclass
from datetime import date

import pytest

from app.exports.words import cleaned, day_in_words, figure, plain, spelled


@pytest.mark.parametrize(("number", "words"), [
    (0, "nol"), (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (19, "sembilan belas"), (20, "dua puluh"), (21, "dua puluh satu"),
    (31, "tiga puluh satu"), (100, "seratus"), (111, "seratus sebelas"), (200, "dua ratus"), (1000, "seribu"), (1999, "seribu sembilan ratus "
     "sembilan puluh sembilan"), (2000, "dua ribu"), (2026, "dua ribu dua puluh enam"), (2110, "dua ribu seratus sepuluh"),
    (9999, "sembilan ribu sembilan ratus sembilan puluh sembilan")])
def test_numbers_in_words(number, words):
    assert spelled(number) == words


def test_a_day_in_words():
    assert day_in_words(date(2026, 11, 22)) == "Minggu tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam"


@pytest.mark.parametrize(("value", "written"), [("95", "95"), ("2.5", "2,5"), ("1234.50", "1.234,5"), ("-3", "−3"), ("0", "0")])
def test_figures(value, written):
    assert figure(value) == written


@pytest.mark.parametrize(("typed", "kept"), [
    ("dua\r\nbaris", "dua\nbaris"), ("a\tb", "a b"), ("e\u0301", "é"), ("a\x00b\x1fc\x7fd\x9fe", "abcde"), ("\ud800x\uffff", "x"),
    ("a\u2028b\x0cc", "a\nb\nc"), ("\u202eterbalik\u2066", "terbalik"), ("“biasa” – 😀", "“biasa” – 😀")])
def test_plain_text(typed, kept):
    assert plain(typed) == kept


@dataclass(frozen=True)
class Told:
    name: str
    parts: tuple


def test_every_text_in_a_fact_is_cleaned():
    assert cleaned(Told("a\x00", ("b\x00", 1, None, {"c": ["d\x00", Told("e\x00", ())]}))) == Told("a", ("b", 1, None, {"c": ["d", Told("e", ())]}))

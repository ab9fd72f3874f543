"""Dates as offices write them in a sheet, and what to write instead of one that is none."""
import re
from datetime import date, timedelta
from difflib import get_close_matches

from app.rules.tables import quoted, tidy
from app.rules.words import on_date

NAMES = ("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember")
SHORT = {"jan": 1, "january": 1, "feb": 2, "pebruari": 2, "february": 2, "mar": 3, "mrt": 3, "march": 3, "apr": 4, "may": 5, "jun": 6, "june": 6,
         "jul": 7, "july": 7, "agu": 8, "agt": 8, "ags": 8, "aug": 8, "august": 8, "sep": 9, "sept": 9, "okt": 10, "oct": 10, "october": 10,
         "nov": 11, "nopember": 11, "des": 12, "dec": 12, "december": 12}
MONTHS = {name: number for number, name in enumerate(NAMES, 1)} | SHORT
WEEKDAY = re.compile(r"(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu)\s*,?\s+", re.I)
FIGURES = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})\Z")
SHORT_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2})\Z")
BACKWARDS = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[T ]00:00(?::00)?)?\Z")
IN_WORDS = re.compile(r"(\d{1,2})[\s\-./]*([^\W\d_]+)\.?[\s\-./,]*(\d{4})\Z")
MONTH_ONLY = re.compile(r"([^\W\d_]+)\.?[\s\-/]*(\d{4})\Z")
YEAR_ONLY = re.compile(r"\d{4}\Z")
COUNTED_FROM = date(1899, 12, 30)           # what a spreadsheet's day numbers count from
FIRST, LAST = 32_874, 73_050                # 1990 to 2099
USUAL = "Tulis misalnya 12/03/2024 atau 12 Maret 2024."


def read_day(text: str) -> date | str:
    """The day a text names, day first; else what is wrong with it, as a sentence without its subject."""
    said = WEEKDAY.sub("", tidy(text))
    if found := BACKWARDS.match(said):
        return _day(text, int(found[3]), int(found[2]), int(found[1]))
    if found := FIGURES.match(said):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := SHORT_YEAR.match(said):
        return f"{quoted(text)} bertahun dua angka. Tulis {int(found[1]):02d}/{int(found[2]):02d}/20{found[3]}."
    if found := IN_WORDS.match(said):
        month = MONTHS.get(found[2].casefold())
        return _day(text, int(found[1]), month, int(found[3])) if month else _misspelt(text, int(found[1]), found[2], found[3])
    if found := MONTH_ONLY.match(said):
        if month := MONTHS.get(found[1].casefold()):
            return f"{quoted(text)} tanpa tanggal. Tulis lengkap, misalnya 1 {NAMES[month - 1].capitalize()} {found[2]}."
        return _misspelt(text, 1, found[1], found[2])
    if YEAR_ONLY.match(said):
        return f"{quoted(text)} baru tahunnya. Tulis tanggal lengkap, misalnya 2 Januari {said}."
    return f"{quoted(text)} bukan tanggal. {USUAL}"


def read_number(value: float) -> str:
    """Why a bare number is no date."""
    if FIRST <= value <= LAST:  # neither infinity nor what is no number
        day = COUNTED_FROM + timedelta(days=int(value))
        return f"berisi angka {int(value)}, bukan tanggal. Ubah format selnya menjadi tanggal; maksudnya {on_date(day)}?"
    said = read_day(tidy(value))
    return said if isinstance(said, str) else f"berisi angka, bukan tanggal. {USUAL}"


def _day(text: str, day: int, month: int, year: int) -> date | str:
    try:
        return date(year, month, day)
    except ValueError:
        pass
    try:
        turned = on_date(date(year, day, month))
    except ValueError:
        return f"{quoted(text)} tidak ada di kalender. {USUAL}"
    return f"{quoted(text)}: bulan {month} tidak ada. Tulis tanggal di depan; maksudnya {turned}?"


def _misspelt(text: str, day: int, word: str, year: str) -> str:
    near = get_close_matches(word.casefold()[:20], NAMES, n=1, cutoff=0.7)
    return f"{quoted(text)} bukan tanggal." + (f" Maksudnya {day} {near[0].capitalize()} {year}?" if near else f" {USUAL}")

"""The cells of one row of a register as offices fill them: dates, degrees, affairs, years; whatever is wrong names row, column and what to write."""
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from app.rules.profile import EARLIEST, LATITUDES, LONGITUDES
from app.rules.tables import NOTHING, Cells, Line, Offered, Thing, key, quoted, tidy
from app.rules.words import on_date
from app.rules.written_days import read_day, read_number

NUMBER = re.compile(r"[-−+]?\d+(?:[.,]\d+)?")
BETWEEN = re.compile(r"[\s,;/()°]*")
BEFORE_AFFAIR = re.compile(r"\s*(?:\d+[.)]\s*)?(?:urusan|bidang)?\s*", re.I)
MOST_LETTERS = 2000     # of a cell that lists things
MOST_WRONG = 10         # of its things that are named as unknown; more say nothing more


def letters(value: Any) -> str:
    """The same for words that differ in capitals, blanks, strokes and points."""
    return "".join(letter for letter in key(value) if letter.isalnum())


def affair(value: Any) -> str:
    """The same for “1. Urusan Kesehatan” and “kesehatan”."""
    return letters(BEFORE_AFFAIR.sub("", tidy(value), count=1))


class RegisterCells(Cells):
    """`headings` are the office's own, by our columns: a fault names the one the office reads."""

    def __init__(self, line: Line, headings: Mapping[str, str]):
        super().__init__(line)
        self.headings = headings

    def fault(self, column: str, words: str) -> None:
        super().fault(self.headings.get(column) or column, words)

    def is_empty(self, column: str) -> bool:
        value = self.line.cells.get(column)
        return value is None or tidy(value) in NOTHING

    def words(self, column: str, longest: int) -> str | None:
        return self.wiped(column, longest) or None

    def prose(self, column: str, longest: int) -> str | None:
        """A long text, with its lines."""
        if (flat := self.words(column, longest)) is None:
            return None
        value = self.line.cells[column]
        return "\n".join(tidy(line) for line in value.splitlines()).strip() if isinstance(value, str) else flat

    def choice(self, column: str, offered: Offered[Thing]) -> Thing | None:
        return None if self.is_empty(column) else self.pick(column, offered)

    def day(self, column: str, latest: date) -> date | None:
        value = self.line.cells.get(column)
        if self.is_empty(column):
            return None
        if isinstance(value, date):
            found: date | str = value.date() if isinstance(value, datetime) else value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = read_number(value)
        else:
            text = self.text(column, 60)
            if text is None:
                return None
            found = read_day(text)
        if isinstance(found, str):
            self.fault(column, found)
        elif not EARLIEST <= found <= latest:
            self.fault(column, f"{on_date(found)}: periksa tahunnya, antara {EARLIEST.year} dan {latest.year}.")
        else:
            return found
        return None

    def place(self, both: str, latitude: str, longitude: str) -> tuple[float | None, float | None]:
        """Degrees from one column of both, or from two."""
        if self.is_empty(both):
            north, east = self._degrees(latitude), self._degrees(longitude)
            for column, here, other in ((latitude, north, longitude), (longitude, east, latitude)):
                if here is None and self.is_empty(column) and not self.is_empty(other):
                    self.fault(column, f"kosong, padahal {other.lower()} diisi.")
            return self._within(latitude, longitude, north, east)
        text = self.text(both, 100)
        if text is None:
            return None, None
        found = NUMBER.findall(text)
        if len(found) != 2 or not BETWEEN.fullmatch(NUMBER.sub("", text)):
            self.fault(both, f"{quoted(text)} bukan koordinat. Tulis lintang lalu bujur dalam derajat desimal, misalnya -7.7543, 113.2160.")
            return None, None
        return self._within(both, both, *map(_decimal_degrees, found))

    def many(self, column: str, offered: Offered[str]) -> list[str]:
        """Several of a list in one cell, with ; or , between them, or a line each; a name may hold a comma itself."""
        if self.is_empty(column) or self.text(column, MOST_LETTERS) is None:
            return []
        found, wrong, most = list[str](), 0, 1 + max(name.count(",") for name in offered.names.values())
        for part in re.split(r"[;\n]", str(self.line.cells[column])):
            pieces = [tidy(piece) for piece in part.split(",") if piece.strip()]
            while pieces:
                lengths = range(min(most, len(pieces)), 0, -1)
                taken, name = next(((n, name) for n in lengths if (name := offered.find(", ".join(pieces[:n])))), (1, None))
                if name:
                    found.append(name)
                elif (wrong := wrong + 1) > MOST_WRONG:
                    return found
                else:
                    near = offered.near(part) or offered.near(pieces[0])
                    self.fault(column, f"{quoted(pieces[0])} {offered.missing}." + (f" Maksudnya {near}?" if near else ""))
                pieces = pieces[taken:]
        return list(dict.fromkeys(found))

    def years(self, column: str, earliest: int, latest: int) -> list[int] | None:
        """`2023, 2024`, each once; None when one of them cannot be read, which is said."""
        if self.is_empty(column):
            return []
        if (text := self.text(column, 200)) is None:
            return None
        wrong = [piece for piece in re.split(r"[\s,;/&+]+|dan", text) if piece and not (piece.isdecimal() and earliest <= int(piece) <= latest)]
        if wrong:
            self.fault(column, f"{quoted(wrong[0])} bukan tahun antara {earliest} dan {latest}. Tulis misalnya 2023, 2024.")
            return None
        return sorted({int(piece) for piece in re.findall(r"\d+", text)})

    def each(self, column: str, years: list[int] | None, read: Callable[[str], Thing | None], wrong: Callable[[str], str]) -> dict[int, Thing]:
        """One value for each year with ; between them, in the order of the years; a single one is of the last year.
        Beside years that cannot be read (None), the values are only tried."""
        if self.is_empty(column) or (text := self.text(column, MOST_LETTERS)) is None:
            return {}
        values = [piece.strip() for piece in text.split(";")]
        years = list(range(len(values))) if years is None else years
        if not years:
            self.fault(column, "diisi, padahal tahun dilaporkannya kosong. Isi tahunnya.")
            return {}
        if len(values) not in (1, len(years)):
            self.fault(column, f"berisi {len(values)} nilai untuk {len(years)} tahun. Tulis satu tiap tahun dengan tanda ; di antaranya.")
            return {}
        kept = dict[int, Thing]()
        for year, value in zip(years[-len(values):], values, strict=True):
            if value in NOTHING or not value:
                continue
            if (found := read(value)) is None:
                self.fault(column, wrong(value))
            else:
                kept[year] = found
        return kept

    def _degrees(self, column: str) -> float | None:
        if self.is_empty(column):
            return None
        text = self.text(column, 60)
        if text is not None and not NUMBER.fullmatch(text.rstrip("° ")):
            self.fault(column, f"{quoted(text)} bukan derajat desimal. Tulis misalnya -7.7543.")
            return None
        return None if text is None else _decimal_degrees(text.rstrip("° "))

    def _within(self, latitude: str, longitude: str, north: float | None, east: float | None) -> tuple[float | None, float | None]:
        """Both, or neither."""
        if north is None or east is None:
            return None, None
        if _lies(north, LONGITUDES) and _lies(east, LATITUDES):
            self.fault(latitude, "lintang dan bujurnya tertukar. Tulis lintang dulu.")
        elif not _lies(north, LATITUDES):
            self.fault(latitude, f"lintang {_said(north)} di luar Indonesia ({_said(LATITUDES[0])} sampai {_said(LATITUDES[1])}).")
        elif not _lies(east, LONGITUDES):
            self.fault(longitude, f"bujur {_said(east)} di luar Indonesia ({_said(LONGITUDES[0])} sampai {_said(LONGITUDES[1])}).")
        else:
            return north, east
        return None, None


def read_points(text: str) -> Decimal | None:
    """With comma or point; None for what is no number of points with at most two decimals."""
    try:
        points = Decimal(text.replace(",", "."))
        return points if points.is_finite() and points == round(points, 2) else None
    except InvalidOperation:  # no number, or one with more digits than can be reckoned with
        return None


def _decimal_degrees(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))


def _lies(degrees: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= degrees <= bounds[1]


def _said(degrees: float) -> str:
    return f"{degrees:g}".replace(".", ",").replace("-", "−")

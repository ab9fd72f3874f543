"""Whether a file has the shape of an instrument at all: its parts, their kinds and sizes. What passes can be shown, kept and edited safely;
whether it is right is asked by `instrument_check`. Every fault names the row and the field."""
import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from app.rules.words import listed

CODE = re.compile(r"[a-z]{2,20}-[0-9]{4}(-[a-z0-9]{1,12})?")
ROW_CODE = re.compile(r"[0-9]{1,3}[a-z]?")
PART_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,19}")
DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
YEARS = ("T-0", "T-1", "T-2")
LEVELS = (1, 2, 3)
KINDS = ("growth", "fall", "rise", "value")
FIRST_YEAR, LAST_YEAR = 2015, 2100
MOST_ROWS, MOST_PARTS, MOST_LINES, MOST_FAULTS = 150, 12, 30, 200
TITLE, SHORT, LONG = 200, 1000, 4000  # letters


class Fault(NamedTuple):
    """`place` is a row ("Baris 18") or another part ("Aturan"), `row` its code when it is a row."""
    place: str
    field: str
    said: str
    row: str = ""

    def __str__(self) -> str:
        return f"{self.place}, {self.field}: {self.said}"


class Shape:
    """Reads one part of the data; `faults` is shared by all parts of one file."""

    def __init__(self, place: str, faults: list[Fault], row: str = ""):
        self.place, self.faults, self.row = place, faults, row

    def say(self, field: str, said: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(self.place, field, said, self.row))

    def at(self, place: str, row: str = "") -> "Shape":
        return Shape(place, self.faults, row or self.row)

    def keys(self, value: Any, needed: Collection[str], possible: Collection[str] = ()) -> dict[str, Any]:
        """An object with exactly these keys; what is missing is None. Optional ones that say nothing are left out."""
        if not isinstance(value, Mapping):
            self.say("bentuk", "harus berupa kumpulan isian bernama.")
            value = {}
        for key in [key for key in value if key not in {*needed, *possible}]:
            self.say(CONTROLS.sub("?", str(key)[:40]), "isian ini tidak dikenal.")
        for key in [key for key in needed if key not in value]:
            self.say(key, "tidak ada.")
        return {key: value.get(key) for key in needed} | {key: value[key] for key in possible if value.get(key) not in (None, [], {}, False, "")}

    def each(self, field: str, value: Any, most: int) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.say(field, "harus berupa daftar.")
            return []
        if len(value) > most:
            self.say(field, f"paling banyak {most}; sekarang {len(value)}.")
        return value[:most]

    def text(self, field: str, value: Any, most: int = SHORT, needed: bool = False, fits: re.Pattern[str] | None = None,
             lines: bool = False) -> str | None:
        """Without blanks around it; None when empty."""
        if value is None or (isinstance(value, str) and not value.strip()):
            if needed:
                self.say(field, "belum diisi.")
            return None
        if not isinstance(value, str):
            self.say(field, "harus berupa teks.")
            return None
        value = value.replace("\r\n", "\n").strip()
        if CONTROLS.search(value) or (not lines and "\n" in value):
            self.say(field, "memuat huruf atau ganti baris yang tidak dapat disimpan.")
            return None
        if len(value) > most:
            self.say(field, f"paling banyak {most} huruf; sekarang {len(value)}.")
            return None
        if fits and not fits.fullmatch(value):
            self.say(field, f"“{value[:40]}” bukan bentuk yang dikenal.")
            return None
        return value

    def number(self, field: str, value: Any, whole: bool = False, most: float = 10**6) -> int | float | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.say(field, "harus berupa bilangan.")
            return None
        if abs(value) > most or (whole and value != int(value)):
            self.say(field, "harus bilangan bulat." if whole and abs(value) <= most else "bilangan ini terlalu besar.")
            return None
        return int(value) if whole else value

    def truth(self, field: str, value: Any, nothing: bool | None = None) -> bool | None:
        if value is None:
            return nothing
        if not isinstance(value, bool):
            self.say(field, "harus ya atau tidak.")
            return nothing
        return value

    def day(self, field: str, value: Any) -> str | None:
        try:
            return date.fromisoformat(value).isoformat() if value is not None else None
        except (TypeError, ValueError):
            self.say(field, "tanggal ditulis tahun-bulan-hari, misalnya 2026-01-31.")
            return None

    def words(self, field: str, value: Any, most: int = SHORT) -> list[str]:
        found = [self.text(field, one, most, needed=True) for one in self.each(field, value, MOST_LINES)]
        return [one for one in found if one]

    def years(self, field: str, value: Any) -> list[str]:
        found = self.each(field, value, len(YEARS))
        if any(one not in YEARS for one in found) or len(set(map(str, found))) < len(found):
            self.say(field, f"tahun bukti ditulis {listed(YEARS, 'atau')}, masing-masing sekali.")
            return []
        return found

    def by_level(self, field: str, value: Any, read: Callable[[str, Any], Any], whole: bool = False) -> dict[str, Any]:
        """Keys are levels as texts."""
        if not isinstance(value, Mapping) or any(key not in map(str, LEVELS) for key in value) or (whole and len(value) < len(LEVELS)):
            self.say(field, "ditulis untuk level 1, 2, dan 3.")
            return {}
        return {key: read(f"{field} level {key}", value[key]) for key in sorted(value)}

    def levels(self, value: Any) -> list[dict[str, Any]]:
        """Always three, so that whoever shows them need not ask."""
        found = [self.keys(one, ("level", "label")) for one in self.each("level", value, 10)]
        if [one["level"] for one in found] != list(LEVELS) or any(isinstance(one["level"], bool) for one in found):
            self.say("level", "harus tepat level 1, 2, dan 3, berurutan.")
        labels = {one["level"]: one["label"] for one in found if isinstance(one["level"], int)}
        return [{"level": level, "label": self.text(f"level {level}", labels.get(level), SHORT)} for level in LEVELS]

    def sole(self, field: str, codes: list[str | None]) -> None:
        twice = sorted({code for code in codes if code and codes.count(code) > 1})
        if twice:
            self.say(field, f"{listed(twice)} ada dua kali.")

"""What is read from a sheet of rows, and how its cells are said: shared by the imports of lists. Empty cells change nothing, a dash takes away."""
import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from difflib import get_close_matches
from typing import Any, Generic, NamedTuple, TypeVar

from app.rules.intake import FORMULA, Failed

WRONG, NEW, CHANGED, SAME = "galat", "baru", "diubah", "sama"
ORDER = (WRONG, NEW, CHANGED, SAME)     # of a report: what needs a hand first
WORDS = {WRONG: "Galat", NEW: "Baru", CHANGED: "Diubah", SAME: "Sama"}
NOTHING = {"-", "–", "—"}               # in a cell: take away what is recorded
EXAMPLE = "contoh:"                     # a row whose first cell begins so is the template's own
LONGEST_QUOTE = 60
MOST_GUESSES = 200                      # for which a near miss is looked up; a sheet of nonsense must not cost minutes

Thing = TypeVar("Thing")


class Line(NamedTuple):
    """One row of a sheet: its place as the program counts rows, and its filled cells by the title of their column."""
    place: int
    cells: Mapping[str, Any]


class Found(NamedTuple):
    """What a row of the sheet comes to; `changes` are said in words."""
    place: int
    label: str
    what: str
    faults: Sequence[str]
    changes: Sequence[str]


def tidy(value: Any) -> str:
    """As a person reads it: composed, one blank between words, 12.0 as 12, nothing that cannot be seen."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", "" if value is None else str(value))
    if text.isprintable():  # nothing to take out; long texts are asked for again and again
        return " ".join(text.split())
    seen = (" " if letter.isspace() else letter for letter in text if letter.isspace() or unicodedata.category(letter)[0] != "C")
    return " ".join("".join(seen).split())


def key(value: Any) -> str:
    """The same for names that differ in nothing but capitals and blanks."""
    return tidy(value).casefold()


def quoted(text: str) -> str:
    return f"“{text[:LONGEST_QUOTE]}{'…' if len(text) > LONGEST_QUOTE else ''}”"


def is_example(line: Line) -> bool:
    return any(key(value).startswith(EXAMPLE) for value in line.cells.values())


class Cells:
    """The cells of one row, read one after the other; what is wrong with them gathers in `faults`, each naming row and column."""

    def __init__(self, line: Line):
        self.line, self.faults = line, list[str]()

    def fault(self, column: str, words: str) -> None:
        self.faults.append(f"Baris {self.line.place}, kolom {column}: {words}")

    def text(self, column: str, longest: int) -> str | None:
        """None for an empty cell and for a faulty one."""
        value = self.line.cells.get(column)
        text = tidy(value)
        if value is FORMULA or (isinstance(value, str) and value.lstrip().startswith("=")):
            self.fault(column, "berisi rumus. Tempel hasilnya sebagai nilai.")
        elif isinstance(value, Failed):
            self.fault(column, value.why)
        elif isinstance(value, bool | date | time | timedelta):
            self.fault(column, "berisi tanggal atau nilai logika, seharusnya teks.")
        elif len(text) > longest:
            self.fault(column, f"{len(text)} huruf, paling banyak {longest}.")
        else:
            return text or None
        return None

    def wiped(self, column: str, longest: int) -> str | None:
        """The same where a dash means: nothing."""
        text = self.text(column, longest)
        return "" if text in NOTHING else text

    def pick(self, column: str, offered: "Offered[Thing]") -> Thing | None:
        """The one of `offered` that the cell names; a fault when it names none."""
        if (text := self.text(column, 500)) is None:
            return None
        if (found := offered.find(text)) is None:
            near = offered.near(text)
            self.fault(column, f"{quoted(text)} {offered.missing}." + (f" Maksudnya {near}?" if near else ""))
        return found


class Offered(Generic[Thing]):
    """What a cell may name, by its name; `missing` says what is wrong with a name that is not among them. `fold` makes the same of names that
    are to count as one."""

    def __init__(self, things: Mapping[str, Thing], missing: str, fold: Callable[[Any], str] = key):
        self.fold, self.names = fold, {fold(name): name for name in things}
        self.things = {fold(name): thing for name, thing in things.items()}
        self.missing, self.guesses = missing, dict[str, str]()

    def find(self, text: str) -> Thing | None:
        return self.things.get(self.fold(text))

    def near(self, text: str) -> str:
        asked = self.fold(text[:200])[:100]
        if asked not in self.guesses and len(self.guesses) < MOST_GUESSES:
            hits = get_close_matches(asked, self.names, n=1, cutoff=0.75)
            self.guesses[asked] = self.names[hits[0]] if hits else ""
        return self.guesses.get(asked, "")


def change(column: str, before: str, now: str) -> str:
    return f"{column}: {before or 'kosong'} → {now or 'kosong'}"


def in_order(found: Iterable[Found]) -> list[Found]:
    """Faults first, then by place."""
    return sorted(found, key=lambda one: (ORDER.index(one.what), one.place))


def counted(found: Iterable[Found]) -> dict[str, int]:
    said = [one.what for one in found]
    return {what: said.count(what) for what in ORDER}


def fingerprint(found: Iterable[Found]) -> str:
    """Changes when the same sheet would now do something else than the report said."""
    return hashlib.sha256(repr([tuple(one) for one in found]).encode()).hexdigest()


def twins(lines: Iterable[tuple[int, str]], said: Callable[[int], str]) -> dict[int, str]:
    """Of (place, key): for every place whose key stood before, what is said of the first one."""
    first: dict[str, int] = {}
    return {place: said(first[name]) for place, name in lines if name and first.setdefault(name, place) != place}

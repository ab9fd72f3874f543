"""The ministry's result as read from a sheet, held against what was sent: what each row of the sheet would change, and what is wrong with it."""
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from app.rules import Refused
from app.rules.gaps import official_total
from app.rules.scoring import HIGHEST, Row

NUMBER, PROPOSAL, NAME, TOTAL, NOTE = "number", "proposal", "name", "total", "note"
FORMULA = object()   # stands for a cell that holds a formula
COLUMNS = {NUMBER: "Nomor registrasi", PROPOSAL: "Nomor usulan", NAME: "Nama inovasi", TOTAL: "Jumlah", NOTE: "Catatan"}
LONGEST_NOTE = 500
WRONG, NEW, SAME, EMPTY = "wrong", "new", "same", "empty"


class Failed(str):
    """What a formula left in its cell when it failed, such as #N/A. The same letters that somebody typed as a text are a plain str."""

    @property
    def why(self) -> str:
        return f"berisi kesalahan Excel {self[:20]}. Ketik nilainya."


class Line(NamedTuple):
    """One row of the sheet: its place as the program counts rows, and its filled cells by column; rows of the instrument by their code."""
    place: int
    cells: Mapping[str, Any]


class Known(NamedTuple):
    """What was sent, and what is recorded of its result: `levels` of all its rows by code, None where unknown."""
    id: int
    number: str
    proposal: str
    name: str
    total: Decimal | None
    note: str
    levels: Mapping[str, int | None]

    @property
    def is_whole(self) -> bool:
        """Its total comes from its rows."""
        return None not in self.levels.values()


class Found(NamedTuple):
    """What a row of the sheet comes to. `levels` are the ones it says, `total` and `note` what would be recorded; `faults` keep the whole
    sheet from being taken, `remarks` do not."""
    place: int
    number: str
    known: Known | None
    levels: Mapping[str, int]
    total: Decimal | None
    note: str
    faults: Sequence[str]
    remarks: Sequence[str]

    @property
    def kind(self) -> str:
        if self.faults or self.known is None:
            return WRONG
        if (self.total, self.note) == (self.known.total, self.known.note) and not self.changed:
            return SAME if self.levels or self.known.total is not None else EMPTY
        return NEW

    @property
    def changed(self) -> list[str]:
        """Codes of the rows whose level would be another."""
        return [code for code, level in self.levels.items() if self.known and self.known.levels.get(code) != level]


def checked(lines: Iterable[Line], sent: Iterable[Known], weights: Mapping[str, Decimal], most: Decimal) -> list[Found]:
    """`weights` of the instrument's rows by code, `most` the points an innovation can have."""
    numbers, proposals = {}, {}
    for one in sent:
        numbers[_folded(one.number)], proposals[_folded(one.proposal)] = one, one
    taken: dict[str, int] = {}
    return [_found(line, numbers, proposals, taken, weights, most) for line in lines]


def fingerprint(found: Sequence[Found]) -> str:
    """Changes when the same sheet would now do something else than the report said."""
    said = [(one.place, one.known, sorted(one.levels.items()), one.total, one.note, one.faults) for one in found]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _found(line: Line, numbers: Mapping[str, Known], proposals: Mapping[str, Known], taken: dict[str, int], weights: Mapping[str, Decimal],
           most: Decimal) -> Found:
    faults = [f"Kolom {COLUMNS.get(column, column)} berisi rumus. Tempel hasilnya sebagai nilai." for column, value in line.cells.items()
              if value is FORMULA]
    faults += [f"Kolom {COLUMNS.get(column, column)} {value.why}" for column, value in line.cells.items() if isinstance(value, Failed)]
    cells = {column: value for column, value in line.cells.items() if value is not FORMULA and not isinstance(value, Failed)}
    number = _text(cells.get(NUMBER))
    known, remarks = numbers.get(_folded(number)), []
    if NUMBER not in line.cells:
        faults.append("Nomor registrasinya kosong.")
    elif known is None and number:
        faults.append(_unknown(number, proposals.get(_folded(_text(cells.get(PROPOSAL))))))
    if known:
        if (first := taken.setdefault(known.number, line.place)) != line.place:
            faults.append(f"Nomor registrasi ini sudah ada di baris {first}.")
        if (other := _text(cells.get(PROPOSAL))) and _folded(other) != _folded(known.proposal):
            faults.append(f"Nomor registrasi ini milik usulan {known.proposal}, bukan {other[:40]}.")
        if (name := _text(cells.get(NAME))) and _folded(name) != _folded(known.name):
            remarks.append(f"Nama di berkas “{name[:120]}”, yang terkirim “{known.name}”.")
    levels = _levels(cells, weights, faults)
    note = _text(cells.get(NOTE)) if NOTE in cells else known.note if known else ""
    if len(note) > LONGEST_NOTE:
        faults.append(f"Catatannya lebih dari {LONGEST_NOTE} huruf.")
    total = _total(cells, levels, known, weights, most, faults)
    return Found(line.place, number[:60], known, levels, total, note[:LONGEST_NOTE], faults, remarks)


def _unknown(number: str, by_proposal: Known | None) -> str:
    said = f"Nomor registrasi “{number[:60]}” tidak ada di antara yang terkirim."
    return f"{said} Usulan {by_proposal.proposal} terkirim dengan nomor {by_proposal.number}." if by_proposal else said


def _levels(cells: Mapping[str, Any], weights: Mapping[str, Decimal], faults: list[str]) -> dict[str, int]:
    levels: dict[str, int] = {}
    for code in weights:
        if (value := cells.get(code)) is None:
            continue
        number = _number(value)
        if number is None or number != int(number) or not 0 <= number <= HIGHEST:
            faults.append(f"Baris {code} berisi “{_text(value)[:20]}”. Isi 0, 1, 2, atau 3.")
        else:
            levels[code] = int(number)
    return levels


def _total(cells: Mapping[str, Any], levels: Mapping[str, int], known: Known | None, weights: Mapping[str, Decimal], most: Decimal,
           faults: list[str]) -> Decimal | None:
    """What would be recorded in all: what the sheet says, else what its levels add up to, else what is recorded already."""
    before = known.levels if known else {}
    rows = [Row(weight, levels.get(code, before.get(code))) for code, weight in weights.items()]
    total = known.total if known else None
    if TOTAL in cells:
        total = _number(cells[TOTAL])
        if total is None or total != round(total, 2):
            faults.append(f"Jumlah “{_text(cells[TOTAL])[:20]}” bukan angka dengan paling banyak dua desimal.")
            return None
    elif levels and all(row.level is not None for row in rows):
        total = None
    try:
        return official_total(total, rows, most)
    except Refused as reason:
        faults.append(str(reason))
        return total


def _number(value: Any) -> Decimal | None:
    """None for what is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**6 else None


def _text(value: Any) -> str:
    """As a person reads the cell: 12.0 is 12."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def _folded(text: str) -> str:
    return text.casefold()

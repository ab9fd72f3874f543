"""Two instruments beside each other: what holds for the year, and row by row."""
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.rules.changes import Change
from app.rules.instrument_words import Facts, row_of, rules_of
from app.rules.words import listed

SAME, CHANGED, RENAMED, MOVED, ADDED, GONE = "sama", "berubah", "ganti-nama", "ganti-kode", "baru", "hilang"
OWN = ("Judul", "Catatan")  # every instrument has its own; no rule
ASPECTS = {"SPD": "indikator daerah (SPD)", "SID": "baris inovasi (SID)"}


Row = Mapping[str, Any]


class Pair(NamedTuple):
    """One row in both; either may be missing. `kind` is the weightiest difference."""
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    kind: str
    changes: list[Change]

    @property
    def row(self) -> Mapping[str, Any]:
        return self.after or self.before or {}


class Comparison(NamedTuple):
    """`unknown` says what one of them does not know, so that it is not compared."""
    rules: list[Change]
    rows: list[Pair]
    unknown: list[str]

    def of(self, *kinds: str) -> list[Pair]:
        return [pair for pair in self.rows if pair.kind in kinds]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Comparison:
    partial = not (before["complete"] and after["complete"])
    missing = [aspect for aspect in ASPECTS if partial and any(not _of(one, aspect) for one in (before, after))]
    unknown = [f"{ASPECTS[aspect]} tidak ada di {one['title']}" for aspect in missing for one in (before, after) if not _of(one, aspect)]
    if partial:
        names = [label for name, label in (("mandatory", "tanda wajib"), ("variable", "variabel"), ("definition", "definisi"))
                 if any(all(row[name] is None for row in one["indicators"]) for one in (before, after))]
        unknown += [f"{listed(names)} tidak diketahui"] if names else []
    known = [[row for row in one["indicators"] if row["aspect"] not in missing] for one in (before, after)]
    rows = [_pair(a, b, partial) for a, b in matched(*known)]
    rules = [change for change in changes(rules_of(before), rules_of(after)) if change.label not in OWN]
    return Comparison(rules, rows, unknown)


def changes(before: Facts, after: Facts, partial: bool = False) -> list[Change]:
    """In the order of the later one. With `partial` what either does not know is left out; ways of measuring are known or not there."""
    names = list(after) + [name for name in before if name not in after]
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return [Change(name, old or "", new or "") for name, old, new in pairs
            if old != new and not (partial and None in (old, new) and not name.startswith("Satuan ukur"))]


def matched(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """By name and code, then by name alone, then by code alone; in the order of the later one, what is gone at the end."""
    partner: dict[str, Mapping[str, Any]] = {}
    rest = list(before)
    for same in (lambda a, b: _name(a) == _name(b) and a["code"] == b["code"], lambda a, b: bool(_name(a)) and _name(a) == _name(b),
                 lambda a, b: a["code"] == b["code"]):
        for row in after:
            if row["code"] in partner:
                continue
            if found := next((one for one in rest if one["aspect"] == row["aspect"] and same(one, row)), None):
                partner[row["code"]] = found
                rest.remove(found)
    return [*((partner.get(row["code"]), row) for row in after), *((row, None) for row in rest)]


def _name(row: Mapping[str, Any]) -> str:
    return " ".join((row["name"] or "").casefold().split())


def _of(data: Mapping[str, Any], aspect: str) -> list[Mapping[str, Any]]:
    return [row for row in data["indicators"] if row["aspect"] == aspect]


def _pair(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, partial: bool) -> Pair:
    if before is None or after is None:
        return Pair(before, after, ADDED if before is None else GONE, [])
    found = changes(row_of(before), row_of(after), partial)
    named = {change.label for change in found}
    kind = MOVED if "Kode" in named else RENAMED if "Nama" in named else CHANGED if found else SAME
    return Pair(before, after, kind, found)

"""What differs between two submissions of the same row or profile. Facts are the plain dicts kept in a snapshot."""
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple


class Change(NamedTuple):
    """One difference in words: what, as it was, as it is (either may be empty)."""
    label: str
    before: str
    after: str


def of_row(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Change]:
    """Changes of one row between two snapshots; everything is new when there is no earlier one."""
    before = before or {"level": 0, "basis": None, "substances": [], "exhibits": []}
    changes = []
    if before["level"] != after["level"]:
        changes.append(Change("Klaim", _level(before["level"]), _level(after["level"])))
    if before["basis"] != after["basis"]:
        changes.append(Change("Satuan ukur", before["basis"] or "belum dipilih", after["basis"] or "belum dipilih"))
    if sorted(before["substances"]) != sorted(after["substances"]):
        changes.append(Change("Substansi video", f"{len(before['substances'])} dicentang", f"{len(after['substances'])} dicentang"))
    return changes + _exhibits(before["exhibits"], after["exhibits"])


def _level(level: int | None) -> str:
    return f"level {level}" if level else "kosong"


def _exhibits(before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]) -> list[Change]:
    old, new = ({item["document"]: item for item in items} for items in (before, after))
    changes = []
    for document in old | new:
        if document not in old:
            changes.append(Change("Bukti baru", "", new[document]["file"]))
        elif document not in new:
            changes.append(Change("Bukti dilepas", old[document]["file"], ""))
        elif old[document]["sha256"] != new[document]["sha256"]:
            changes.append(Change("Berkas", old[document]["file"], new[document]["file"]))
        elif old[document] != new[document]:
            changes.append(Change("Keterangan bukti", _details(old[document]), _details(new[document])))
    return changes


def _details(item: Mapping[str, Any]) -> str:
    years = "/".join(str(year) for year in item["years"]) or "tanpa tahun"
    parts = [item["title"], item["doc_number"], item["dated_on"], years, item["url"],
             f"hlm. {item['pages']}" if item["pages"] else "", f"set {item['set']}"]
    return " · ".join(part for part in parts if part)


def of_profile(before: Mapping[str, Any] | None, after: Mapping[str, Any], labels: Mapping[str, str]) -> list[Change]:
    """Changed profile fields, named by `labels` (column to screen)."""
    if before is None:
        return []
    return [Change(label, _text(before.get(name)), _text(after.get(name)))
            for name, label in labels.items() if before.get(name) != after.get(name)]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)


class Piece(NamedTuple):
    """A run of words of a text that was changed: kept, left out, put in; of a long kept run only its length when it is `skipped`."""
    kind: str
    text: str
    skipped: int = 0


KEPT, OUT, IN = "kept", "out", "in"
_WORD = re.compile(r"\s*\S+")


def words(before: str, after: str) -> list[Piece]:
    """Word by word. What was kept and put in, joined, is the new text but for the blanks at its end; kept and left out is the old one,
    with the new one's blanks and line ends."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    left, right = [word.strip() for word in old], [word.strip() for word in new]
    first, last = common(left, right)  # put aside: what follows takes the square of what it is given
    middle = SequenceMatcher(None, left[first:len(left) - last], right[first:len(right) - last], autojunk=False)
    pieces = [Piece(KEPT, "".join(new[:first]))] if first else []
    for tag, a, b, c, d in middle.get_opcodes():
        out, put_in = "".join(old[first + a:first + b]), "".join(new[first + c:first + d])
        if tag == "equal":
            pieces.append(Piece(KEPT, put_in))
        else:
            blank = " " if out and first + c == 0 and new else ""  # the first word of a text has none before it
            pieces += [Piece(kind, text) for kind, text in ((OUT, out + blank), (IN, put_in)) if text]
    return pieces + ([Piece(KEPT, "".join(new[len(new) - last:]))] if last else [])


def common(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many both begin with, and how many of the rest both end with."""
    most, begin, end = min(len(before), len(after)), 0, 0
    while begin < most and before[begin] == after[begin]:
        begin += 1
    while end < most - begin and before[-1 - end] == after[-1 - end]:
        end += 1
    return begin, end


def shortened(pieces: Sequence[Piece], around: int = 20) -> list[Piece]:
    """For reading: of kept words only those near a change; how many were passed over is said."""
    short: list[Piece] = []
    for place, piece in enumerate(pieces):
        run = _WORD.findall(piece.text)
        head, tail = around if place else 0, around if place < len(pieces) - 1 else 0
        if piece.kind != KEPT or len(run) <= head + tail + 10:
            short.append(piece)
            continue
        parts = [Piece(KEPT, "".join(run[:head])), Piece(KEPT, "", len(run) - head - tail), Piece(KEPT, "".join(run[len(run) - tail:]))]
        short += [part for part in parts if part.text or part.skipped]
    return short

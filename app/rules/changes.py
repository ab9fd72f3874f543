"""What differs between two submissions of the same row or profile. Facts are the plain dicts kept in a snapshot."""
from collections.abc import Mapping
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

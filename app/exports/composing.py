"""The dossier of a proposal out of what is kept of it: facts in the shape of `Sending.snapshot` go in, words for the paper come out."""
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.exports.dossier import Dossier, Item, Row
from app.rules.copying import Meaning
from app.rules.facts import LABELS, in_words, names
from app.rules.profile import FILE_SLOTS, ITEMS
from app.rules.profile import Item as Asked
from app.rules.words import on_date


def dossier_of(told: Mapping[str, Any], meanings: Mapping[str, Meaning], register: str, **about: Any) -> Dossier:
    """`meanings` by row as `queries.outgoing` gives them, `register` the proposal's number; `about` is what the facts do not say: region, place,
    state, maximum, signer, dated_on, as_of, sent, training."""
    year = told["period"]
    return Dossier(
        office=told["unit"], unit=told["unit"], name=told["profile"]["name"], register=register, year=year,
        contact=f"Profil inovasi dan isian penilaian {year} · nomor {register}",
        profile=tuple(_item(told, asked) for asked in ITEMS),
        rows=tuple(_row(code, row, meanings[code].labels) for code, row in told["rows"].items() if code in meanings),
        claimed=Decimal(told["claimed"]), evidenced=Decimal(told["evidenced"]),
        proven=None if told["verified"] is None else Decimal(told["verified"]), **about)


def file_name(told: Mapping[str, Any], slot: str) -> str:
    """What a file of the profile was called; its item where another took its place before it was kept."""
    return told.get("files", {}).get(slot) or f"{FILE_SLOTS[slot]}.pdf"


def _item(told: Mapping[str, Any], asked: Asked) -> Item:
    name, profile = asked.fields[0], told["profile"]
    if name in FILE_SLOTS:
        return Item(asked.number, asked.label, file_name(told, name) if profile.get(name) else "")
    said = [f"{_lead(part, part == name)}{in_words(part, profile[part])}" for part in names(asked) if in_words(part, profile.get(part))]
    return Item(asked.number, asked.label, "\n".join(said))


def _lead(name: str, is_first: bool) -> str:
    """What an item is made of, named from its second part on; coordinates name both."""
    return f"{LABELS[name]}: " if not is_first or name == "latitude" else ""


def _row(code: str, row: Mapping[str, Any], labels: Mapping[int, str]) -> Row:
    weight, proven = Decimal(row["weight"]), row["proven"]
    return Row(code, row["name"], row["level"], labels.get(row["level"], ""), weight * row["level"], weight * row["evidenced"],
               None if proven is None else weight * proven, tuple(map(_document, row["exhibits"])))


def _document(one: Mapping[str, Any]) -> str:
    """`188/45/2025, 12 Februari 2025: Penetapan Inovasi Daerah (hlm. 3)`."""
    day = on_date(date.fromisoformat(one["dated_on"])) if one["dated_on"] else ""
    head = ", ".join(part for part in (one["doc_number"], day) if part)
    pages = f" (hlm. {one['pages']})" if one["pages"] else ""
    return f"{head}{': ' if head else ''}{one['title']}{pages}"

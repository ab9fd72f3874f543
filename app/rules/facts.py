"""The profile as a snapshot keeps it, in words: every column under its name on screen, in the order of the 22 items."""
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.rules.codelists import ASTA_CITA
from app.rules.profile import FILE_SLOTS, ITEMS
from app.rules.profile import Item as Asked
from app.rules.words import on_date

DAYS = ("trial_on", "applied_on", "developed_on")
LONG = ("rancang-bangun", "hasil")
TOUCHING = {"pkpn_main": "pkpn_touching", "main_affair": "touching_affairs"}  # asked beside the main one
LABELS = {field: item.label for item in ITEMS for field in item.fields} | {
    "latitude": "Lintang", "longitude": "Bujur", "pkpn_cluster": "Klaster PKPN", "pkpn_main": "Program PKPN utama",
    "pkpn_touching": "Program PKPN yang bersinggungan", "touching_affairs": "Urusan yang bersinggungan"}


def names(asked: Asked) -> list[str]:
    """The columns of one item, what touches it included."""
    return [name for field in asked.fields for name in (field, TOUCHING.get(field)) if name]


def order() -> list[str]:
    return [name for asked in ITEMS for name in names(asked)]


def is_long(name: str) -> bool:
    return any(name in item.fields and item.section in LONG for item in ITEMS)


def worded(facts: Mapping[str, Any], other: Mapping[str, Any], file: str) -> dict[str, str]:
    """A file has no words of its own: it is the same as in the `other` facts, another (`file` names it), or not there."""
    return {name: in_words(name, value) if name not in FILE_SLOTS else "" if not value else "berkas" if value == other.get(name) else file
            for name, value in facts.items()}


def in_words(name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if name in DAYS:
        return on_date(date.fromisoformat(value))
    if name == "asta_cita":
        return f"{value}. {ASTA_CITA.get(value, '')}"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",").replace("-", "−")
    return ", ".join(value) if isinstance(value, list) else str(value)

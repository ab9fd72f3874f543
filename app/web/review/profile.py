"""The profile as it was submitted: 22 items, what changed since the round before, whether it may be scored."""
from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from app.rules import changes, eligibility
from app.rules.changes import Change
from app.rules.codelists import ASTA_CITA
from app.rules.eligibility import Eligibility
from app.rules.profile import FILE_SLOTS, ITEMS
from app.rules.profile import Item as Asked
from app.rules.words import on_date
from app.web.jinja import format_number
from app.web.review.desk import Desk

DAYS = ("trial_on", "applied_on", "developed_on")
LONG = ("rancang-bangun", "hasil")
TOUCHING = {"pkpn_main": "pkpn_touching", "main_affair": "touching_affairs"}  # asked beside the main one
LABELS = {"latitude": "Lintang", "longitude": "Bujur", "pkpn_cluster": "Klaster PKPN", "pkpn_main": "Program PKPN utama",
          "pkpn_touching": "Program PKPN yang bersinggungan", "touching_affairs": "Urusan yang bersinggungan"}
LABELS = {field: item.label for item in ITEMS for field in item.fields} | LABELS


class Item(NamedTuple):
    """One of the 22: its values in words; for a file the slot and the name it can still be opened by; what changed."""
    number: int
    label: str
    values: list[tuple[str, str]]
    is_long: bool
    slot: str
    file: str
    changes: list[Change]


class Summary(NamedTuple):
    """`note` and `reply` are what was said about the profile when the round before ended."""
    eligibility: Eligibility
    changes: list[Change]
    note: str
    reply: str


def summary(desk: Desk) -> Summary:
    facts, before = desk.round.snapshot["profile"], desk.before
    applied, developed = (day and date.fromisoformat(day) for day in (facts["applied_on"], facts["developed_on"]))
    fit = eligibility.check(facts["stage"], applied, developed, desk.entry.period.instrument.window)
    return Summary(fit, changed(desk), before.profile_note if before else "", before.profile_reply if before else "")


def items(desk: Desk) -> list[Item]:
    found = changed(desk)
    return [_item(desk, asked, found) for asked in ITEMS]


def changed(desk: Desk) -> list[Change]:
    """In the order of the 22 items."""
    if desk.before is None:
        return []
    before, after = desk.before.snapshot["profile"], desk.round.snapshot["profile"]
    return changes.of_profile(_worded(before, after, "berkas lama"), _worded(after, before, "berkas baru"), {name: LABELS[name] for name in _order()})


def _item(desk: Desk, asked: Asked, found: list[Change]) -> Item:
    facts, names = desk.round.snapshot["profile"], _names(asked)
    slot = names[0] if names[0] in FILE_SLOTS and facts[names[0]] else ""
    held = desk.entry.innovation.file_in(slot) if slot else None
    values = [("" if name == asked.fields[0] and name != "latitude" else LABELS[name], _words(name, facts[name]))
              for name in names if name not in FILE_SLOTS and facts[name] not in (None, "", [])]
    labels = {LABELS[name] for name in names}
    name = held.file_name if held and held.file.sha256 == facts[slot] else ""
    said, is_long = [one for one in found if one.label in labels], asked.section in LONG
    return Item(asked.number, asked.label, values, is_long, slot, name, [part for one in said for part in paragraphs(one)] if is_long else said)


def paragraphs(change: Change) -> list[Change]:
    """Which paragraphs of a long text differ, in order."""
    old, new = change.before.splitlines(), change.after.splitlines()
    return [Change("Berubah", "\n".join(old[a:b]), "\n".join(new[c:d]))
            for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if tag != "equal"]


def _names(asked: Asked) -> list[str]:
    return [name for field in asked.fields for name in (field, TOUCHING.get(field)) if name]


def _order() -> list[str]:
    return [name for asked in ITEMS for name in _names(asked)]


def _worded(facts: Mapping[str, Any], other: Mapping[str, Any], file: str) -> dict[str, str]:
    """A file has no words of its own: it is the same, another, or not there."""
    return {name: _words(name, value) if name not in FILE_SLOTS else "" if not value else "berkas" if value == other.get(name) else file
            for name, value in facts.items()}


def _words(name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if name in DAYS:
        return on_date(date.fromisoformat(value))
    if name == "asta_cita":
        return f"{value}. {ASTA_CITA.get(value, '')}"
    if isinstance(value, float):
        return format_number(value)
    return ", ".join(value) if isinstance(value, list) else str(value)

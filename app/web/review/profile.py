"""The profile as it was submitted: 22 items, what changed since the round before, whether it may be scored."""
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple

from app.rules import changes, eligibility, facts
from app.rules.changes import Change
from app.rules.eligibility import Eligibility
from app.rules.facts import LABELS, LONG
from app.rules.profile import FILE_SLOTS, ITEMS
from app.rules.profile import Item as Asked
from app.web.review.desk import Desk


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
    said, before = desk.round.snapshot["profile"], desk.before
    applied, developed = (day and date.fromisoformat(day) for day in (said["applied_on"], said["developed_on"]))
    fit = eligibility.check(said["stage"], applied, developed, desk.entry.period.instrument.window)
    return Summary(fit, changed(desk), before.profile_note if before else "", before.profile_reply if before else "")


def items(desk: Desk) -> list[Item]:
    found = changed(desk)
    return [_item(desk, asked, found) for asked in ITEMS]


def changed(desk: Desk) -> list[Change]:
    """In the order of the 22 items."""
    if desk.before is None:
        return []
    before, after = desk.before.snapshot["profile"], desk.round.snapshot["profile"]
    return changes.of_profile(facts.worded(before, after, "berkas lama"), facts.worded(after, before, "berkas baru"),
                              {name: LABELS[name] for name in facts.order()})


def _item(desk: Desk, asked: Asked, found: list[Change]) -> Item:
    held_then, names = desk.round.snapshot["profile"], facts.names(asked)
    slot = names[0] if names[0] in FILE_SLOTS and held_then[names[0]] else ""
    held = desk.entry.innovation.file_in(slot) if slot else None
    values = [("" if name == asked.fields[0] and name != "latitude" else LABELS[name], facts.in_words(name, held_then[name]))
              for name in names if name not in FILE_SLOTS and held_then[name] not in (None, "", [])]
    labels = {LABELS[name] for name in names}
    name = held.file_name if held and held.file.sha256 == held_then[slot] else ""
    said, is_long = [one for one in found if one.label in labels], asked.section in LONG
    return Item(asked.number, asked.label, values, is_long, slot, name, [part for one in said for part in paragraphs(one)] if is_long else said)


def paragraphs(change: Change) -> list[Change]:
    """Which paragraphs of a long text differ, in order."""
    old, new = change.before.splitlines(), change.after.splitlines()
    return [Change("Berubah", "\n".join(old[a:b]), "\n".join(new[c:d]))
            for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if tag != "equal"]

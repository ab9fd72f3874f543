"""The profile in its six sections: what is in it, what is still missing."""
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.models import Innovation
from app.rules.eligibility import Window
from app.rules.profile import ITEMS, SECTIONS, Item, Section, gaps, is_filled
from app.rules.words import listed


class Part(NamedTuple):
    """A section with its items. `missing` are sentences: what a submission would be refused for; an optional section has none."""
    section: Section
    items: Sequence[Item]
    filled: Sequence[Item]
    missing: Sequence[str]
    is_optional: bool

    @property
    def is_complete(self) -> bool:
        return not self.missing


class Overview(NamedTuple):
    parts: Sequence[Part]

    @property
    def filled(self) -> int:
        return sum(len(part.filled) for part in self.parts)

    @property
    def total(self) -> int:
        return len(ITEMS)

    @property
    def first_incomplete(self) -> Section | None:
        return next((part.section for part in self.parts if part.missing), None)

    def part(self, slug: str) -> Part | None:
        return next((part for part in self.parts if part.section.slug == slug), None)


def of(innovation: Innovation, window: Window) -> Overview:
    profile = innovation.profile()
    return Overview([_part(section, profile, window) for section in SECTIONS])


def following(slug: str) -> Section | None:
    """The section after this one."""
    slugs = [section.slug for section in SECTIONS]
    return dict(zip(slugs, SECTIONS[1:], strict=False)).get(slug)


def _part(section: Section, profile: Mapping[str, Any], window: Window) -> Part:
    items = [item for item in ITEMS if item.section == section.slug]
    filled = [item for item in items if is_filled(item, profile)]
    empty = [item for item in items if item not in filled and item.wanted(profile, window)]
    said = {f"{item.label} belum diisi." for item in empty}
    further = [gap.sentence for gap in gaps(profile, window) if gap.section == section.slug and gap.sentence not in said]
    missing = [f"Belum diisi: {listed([_lower(item.label) for item in empty])}."] * bool(empty) + further
    return Part(section, items, filled, missing, not any(item.wanted(profile, window) for item in items))


def _lower(label: str) -> str:
    return label if label.isupper() or label.startswith(("PKPN", "Asta Cita")) else label[0].lower() + label[1:]

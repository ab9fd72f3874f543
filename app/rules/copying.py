"""What is carried over to the ministry's site, field by field in its order; the same for what is approved and for what was sent."""
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.rules.codelists import ASTA_CITA
from app.rules.facts import DAYS, LABELS, is_long, names
from app.rules.profile import FILE_SLOTS, ITEMS
from app.rules.words import count_words, on_date


class Paper(NamedTuple):
    """A document of a row. `version` is its id here, `pages` what matters in it for this row."""
    number: str
    day: str
    title: str
    file: str
    sha256: str
    kind: str
    version: int
    pages: str
    url: str
    set_number: int


class Field(NamedTuple):
    """`key` names its tick, `text` is what is typed over there, `note` the same as people say it. A file has its SHA-256 instead of a text;
    a row has the level to choose, its meaning in `text`, and its documents."""
    key: str
    number: str
    label: str
    text: str = ""
    note: str = ""
    is_long: bool = False
    sha256: str = ""
    level: int = 0
    basis: str = ""
    papers: Sequence[Paper] = ()

    @property
    def is_file(self) -> bool:
        return self.key in FILE_SLOTS

    @property
    def is_empty(self) -> bool:
        """There is nothing to carry over."""
        return not (self.text or self.sha256 or self.level)

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def fingerprint(self) -> str:
        """Of what is carried over; another one means that it changed since."""
        told = [self.text, self.sha256, self.level, self.basis, [paper._replace(version=0) for paper in self.papers]]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


class Meaning(NamedTuple):
    """What the levels of a row say, and the basis it is measured on."""
    basis: str
    labels: Mapping[int, str]


def profile_fields(profile: Mapping[str, Any]) -> list[Field]:
    """The 22 items as the snapshot keeps them, in the ministry's order; what has fields of its own there stands alone."""
    return [_item(str(item.number), name, profile.get(name)) for item in ITEMS for name in names(item)]


def row_fields(rows: Mapping[str, Mapping[str, Any]], meanings: Mapping[str, Meaning]) -> list[Field]:
    """The rows at the level that was proven: a claim that was not proven is not carried over."""
    return [_row(code, row, meanings.get(code, Meaning("", {}))) for code, row in rows.items()]


def _item(number: str, name: str, value: Any) -> Field:
    if name in FILE_SLOTS:
        return Field(name, number, LABELS[name], sha256=value or "")
    return Field(name, number, LABELS[name], _typed(name, value), _said(name, value), is_long(name))


def _typed(name: str, value: Any) -> str:
    """As a form over there takes it: figures with a point, days as figures."""
    if value in (None, "", []):
        return ""
    if name in DAYS:
        return short_day(value)
    if name == "asta_cita":
        return f"{value}. {ASTA_CITA.get(value, '')}"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return "; ".join(value) if isinstance(value, list) else str(value)


def _said(name: str, value: Any) -> str:
    return on_date(date.fromisoformat(value)) if name in DAYS and value else ""


def short_day(iso: str | None) -> str:
    return date.fromisoformat(iso).strftime("%d/%m/%Y") if iso else ""


def _row(code: str, row: Mapping[str, Any], meaning: Meaning) -> Field:
    level = row.get("proven") or 0
    if not level:
        return Field(f"baris-{code}", code, row.get("name", ""))
    papers = [Paper(one["doc_number"], short_day(one["dated_on"]), one["title"], one["file"], one["sha256"], one["kind"], one["version"],
                    one["pages"], one["url"], one["set"]) for one in row["exhibits"]]
    return Field(f"baris-{code}", code, row.get("name", ""), meaning.labels.get(level, ""), level=level, basis=meaning.basis, papers=papers)

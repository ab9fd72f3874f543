"""The same paper held as another document: same bytes, or same number and date. One document linked to many rows is no twin: that is meant.

What a person may not see of other units is left out here, not on the page."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, union_all

from app.models import (
    Answer,
    Document,
    DocumentVersion,
    Entry,
    Exhibit,
    Indicator,
    Innovation,
    Period,
    RegionExhibit,
    RegionRow,
    Unit,
    User,
)
from app.queries.counting import COUNTS
from app.rules.access import READS_ALL, UNIT_ROLES
from app.rules.twins import in_any_spelling, number_key

MOST_USES = 300  # of the few twins that are named


class Use(NamedTuple):
    """A row that a document proves; a regional one has no proposal (`entry_id` 0) and no innovation."""
    entry_id: int
    code: str
    innovation: str
    year: int


@dataclass(frozen=True)
class Twin:
    """Another document with the same bytes (`is_same_file`; `is_current` when its latest version has them), or only the same number and date.
    `versions` are those that are the same paper."""
    document_id: int
    title: str
    unit: str
    is_own_unit: bool
    is_same_file: bool
    is_current: bool
    versions: list[int]


@dataclass(frozen=True)
class Twins:
    """What is known of one document's twins: those the reader may see, and whether units hidden from them use one. `instead` is the document of
    the same unit that held these bytes first, if it still does."""
    seen: list[Twin]
    instead: Twin | None = None
    hidden_file: bool = False
    hidden_number: bool = False

    def __bool__(self) -> bool:
        return bool(self.seen or self.hidden_file or self.hidden_number)


def alike(unit_id: int, asked: Collection[DocumentVersion]) -> Select:
    """Versions in use, of any document, that share bytes or number and date with one of these of a unit; its own and the newest first."""
    numbered = [version for version in asked if version.dated_on and number_key(version.doc_number)]
    same: ColumnElement[bool] = DocumentVersion.file_id.in_({version.file_id for version in asked})
    if numbered:
        same = or_(same, and_(DocumentVersion.dated_on.in_({version.dated_on for version in numbered}),
                              DocumentVersion.doc_number.regexp_match(in_any_spelling(version.doc_number for version in numbered))))
    links = (select(Exhibit.id).join(Answer, Answer.id == Exhibit.answer_id).join(Entry, Entry.id == Answer.entry_id)
             .where(Exhibit.version_id == DocumentVersion.id, COUNTS),
             select(RegionExhibit.id).where(RegionExhibit.version_id == DocumentVersion.id))
    is_used = or_(*(link.correlate(DocumentVersion).exists() for link in links))
    return (select(DocumentVersion.id, DocumentVersion.document_id, DocumentVersion.title, DocumentVersion.file_id, DocumentVersion.doc_number,
                   DocumentVersion.dated_on, DocumentVersion.is_current, Document.unit_id, Unit.name.label("unit"), is_used.label("is_used"))
            .join(Document, Document.id == DocumentVersion.document_id).join(Unit, Unit.id == Document.unit_id)
            .where(same, or_(DocumentVersion.is_current, is_used), Document.archived_at.is_(None))
            .order_by((Document.unit_id == unit_id).desc(), DocumentVersion.id.desc()))


def uses(version_ids: Collection[int]) -> Select:
    """Which rows these versions prove, newest period first."""
    own = (select(Exhibit.version_id, Entry.id.label("entry_id"), Indicator.code, Innovation.name, Period.year, Indicator.position)
           .select_from(Exhibit)
           .join(Answer, Answer.id == Exhibit.answer_id).join(Indicator, Indicator.id == Answer.indicator_id)
           .join(Entry, Entry.id == Answer.entry_id).join(Innovation, Innovation.id == Entry.innovation_id)
           .join(Period, Period.id == Entry.period_id).where(Exhibit.version_id.in_(version_ids), Period.is_training.is_(False)))
    regional = (select(RegionExhibit.version_id, literal(0), Indicator.code, literal(""), Period.year, Indicator.position).select_from(RegionExhibit)
                .join(RegionRow, RegionRow.id == RegionExhibit.row_id).join(Indicator, Indicator.id == RegionRow.indicator_id)
                .join(Period, Period.id == RegionRow.period_id).where(RegionExhibit.version_id.in_(version_ids)))
    found = union_all(own, regional).subquery().c
    return (select(found.version_id, found.entry_id, found.code, found.name, found.year)
            .order_by(found.year.desc(), found.name, found.entry_id, found.position).limit(MOST_USES))


def twins(reader: User, unit_id: int, version: DocumentVersion, found: Sequence[Any]) -> Twins:
    """The twins of one version among what `alike` found, each document once: those some row uses, and the own unit's copies of the same file."""
    sees = None if reader.has_role(*READS_ALL) else {unit.id for unit in reader.units(*UNIT_ROLES)}
    by_document: dict[int, list[Any]] = {}
    for one in found:
        if _is_twin(version, one):
            by_document.setdefault(one.document_id, []).append(one)
    seen, hidden = [], set()
    for held in by_document.values():
        twin, is_used = _twin(version, unit_id, held), any(one.is_used for one in held)
        if sees is None or held[0].unit_id in sees:
            seen += [twin] if is_used or (twin.is_same_file and twin.is_own_unit) else []
        elif is_used:
            hidden.add(twin.is_same_file)
    before = [twin for twin in seen if twin.is_own_unit and twin.is_current and twin.document_id < version.document_id]
    return Twins(seen, min(before, key=lambda twin: twin.document_id, default=None), True in hidden, False in hidden)


def _twin(version: DocumentVersion, unit_id: int, held: Sequence[Any]) -> Twin:
    """One document, from its versions that are the same paper."""
    same = [one for one in held if one.file_id == version.file_id]
    return Twin(held[0].document_id, held[0].title, held[0].unit, held[0].unit_id == unit_id, bool(same), any(one.is_current for one in same),
                [one.id for one in held])


def _is_twin(version: DocumentVersion, other: Any) -> bool:
    if other.document_id == version.document_id:
        return False
    key = number_key(version.doc_number)
    return other.file_id == version.file_id or bool(
        key and version.dated_on and other.dated_on == version.dated_on and number_key(other.doc_number) == key)

"""A unit's evidence library."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select, true, union
from sqlalchemy.orm import joinedload, selectinload

from app.models import (
    Answer,
    Document,
    DocumentVersion,
    Entry,
    Event,
    Exhibit,
    Indicator,
    Innovation,
    Instrument,
    Period,
    ProfileFile,
    RegionExhibit,
    RegionRow,
    StoredFile,
    Unit,
    User,
)
from app.queries.filters import Filter
from app.rules.access import READS_ALL, UNIT_ROLES

KINDS = {"pdf": ("pdf",), "gambar": ("jpg", "png"), "video": ("mp4",)}


@dataclass(frozen=True)
class DocumentFilter(Filter):
    """`q` looks in title and number, `year` is one the document speaks for, `kind` a key of KINDS or "tautan", `unit` an id."""
    q: str = ""
    year: int = 0
    kind: str = ""
    unused: bool = False
    unit: int = 0
    ORDERS = {"added": (Document.id,), "title": (DocumentVersion.title, Document.id), "date": (DocumentVersion.dated_on, Document.id),
              "size": (StoredFile.size, Document.id)}
    USUAL = "-added"

    def narrow(self, query: Select) -> Select:
        if self.q:
            query = query.where(or_(DocumentVersion.title.icontains(self.q, autoescape=True),
                                    DocumentVersion.doc_number.icontains(self.q, autoescape=True)))
        if self.year:
            query = query.where(cast(DocumentVersion.years, String).contains(str(self.year)))
        if self.kind:
            query = query.where(DocumentVersion.url != "" if self.kind == "tautan" else StoredFile.kind.in_(KINDS.get(self.kind, ())))
        if self.unused:
            query = query.where(unused())
        if self.unit:
            query = query.where(Document.unit_id == self.unit)
        return query


def visible_to(user: User) -> Select[Document]:
    """The documents this person may see. Agrees with `document.view`."""
    return select(Document).where(seen_by(user))


def seen_by(user: User) -> ColumnElement[bool]:
    if user.has_role(*READS_ALL):
        return true()
    return Document.unit_id.in_([unit.id for unit in user.units(*UNIT_ROLES)])


def unused() -> ColumnElement[bool]:
    """Proves no row, neither of a proposal nor of the regional indicators."""
    return ~or_(*(select(link.id).where(link.document_id == Document.id).correlate(Document).exists() for link in (Exhibit, RegionExhibit)))


def whole_visible_to(user: User) -> Select[Document]:
    """One document with its versions and every row it proves."""
    return visible_to(user).options(
        joinedload(Document.unit),
        selectinload(Document.versions).options(joinedload(DocumentVersion.file), joinedload(DocumentVersion.added_by)),
        selectinload(Document.exhibits).joinedload(Exhibit.answer).options(
            joinedload(Answer.entry).options(joinedload(Entry.innovation), joinedload(Entry.period).joinedload(Period.instrument))),
        selectinload(Document.region_exhibits).joinedload(RegionExhibit.row).joinedload(RegionRow.period).joinedload(Period.instrument))


def version_visible_to(user: User, id: int) -> Select[DocumentVersion]:
    """One version with its file, through its document: for the many small requests a viewer makes."""
    return select(DocumentVersion).join(Document).where(DocumentVersion.id == id, seen_by(user)).options(joinedload(DocumentVersion.file))


def versions(ids: Collection[int]) -> Select[DocumentVersion]:
    """The very versions a snapshot names, with their files."""
    return select(DocumentVersion).where(DocumentVersion.id.in_(ids)).options(joinedload(DocumentVersion.file))


def rows(user: User) -> Select:
    """One line of the library each: the current version of every document that is not archived."""
    return (select(Document.id, DocumentVersion.title, DocumentVersion.doc_number, DocumentVersion.dated_on, DocumentVersion.years,
                   DocumentVersion.url, StoredFile.kind, StoredFile.size, StoredFile.pages, Unit.name.label("unit"))
            .select_from(Document).join(DocumentVersion, (DocumentVersion.document_id == Document.id) & DocumentVersion.is_current)
            .join(StoredFile, StoredFile.id == DocumentVersion.file_id).join(Unit, Unit.id == Document.unit_id)
            .where(seen_by(user), Document.archived_at.is_(None)))


def counts(user: User, chosen: DocumentFilter) -> Select[int, int]:
    """How many documents the filter finds, `all` and `unused`."""
    found = replace(chosen, unused=False).narrow(rows(user).add_columns(unused().label("is_unused"))).subquery()
    return select(func.count().label("all"), func.count().filter(found.c.is_unused).label("unused")).select_from(found)


def proved_by(ids: Sequence[int]) -> Select:
    """Which rows of which proposals these documents prove, newest period first."""
    return (select(Exhibit.document_id, Entry.id.label("entry_id"), Innovation.name, Period.year, Period.is_training, Indicator.code)
            .select_from(Exhibit).join(Answer, Answer.id == Exhibit.answer_id).join(Indicator, Indicator.id == Answer.indicator_id)
            .join(Entry, Entry.id == Answer.entry_id).join(Innovation, Innovation.id == Entry.innovation_id)
            .join(Period, Period.id == Entry.period_id)
            .where(Exhibit.document_id.in_(ids)).order_by(Period.year.desc(), Innovation.name, Entry.id, Indicator.position))


def region_proved_by(ids: Sequence[int] | Select) -> Select:
    """Which regional rows (SPD) these documents prove, newest period first."""
    return (select(RegionExhibit.document_id, Period.year, Indicator.code)
            .select_from(RegionExhibit).join(RegionRow, RegionRow.id == RegionExhibit.row_id).join(Indicator, Indicator.id == RegionRow.indicator_id)
            .join(Period, Period.id == RegionRow.period_id)
            .where(RegionExhibit.document_id.in_(ids)).order_by(Period.year.desc(), Indicator.position, RegionExhibit.id))


def units(user: User) -> Select[int, str]:
    """Id and name of the units this person sees documents of."""
    holding = select(Document.unit_id).where(seen_by(user), Document.archived_at.is_(None))
    return select(Unit.id, Unit.name).where(Unit.id.in_(holding)).order_by(Unit.name, Unit.id)


def history(document: Document) -> Select[Event]:
    """What happened to it, newest first."""
    return select(Event).where(Event.document_id == document.id).options(joinedload(Event.by)).order_by(Event.id.desc())


def longest_video(instrument: Instrument) -> Select[int]:
    """Seconds a video may last under this instrument; none when it says nothing."""
    return select(func.max(Indicator.evidence["max_video_seconds"].as_integer())).where(Indicator.instrument_id == instrument.id)


def bytes_of(unit: Unit) -> Select[int]:
    """How many bytes the files of this unit take, evidence and profiles, every file once."""
    evidence = select(DocumentVersion.file_id).join(Document).where(Document.unit_id == unit.id)
    profiles = select(ProfileFile.file_id).join(Innovation).where(Innovation.unit_id == unit.id)
    own = union(evidence, profiles).subquery()
    return select(func.sum(StoredFile.size)).where(StoredFile.id.in_(select(own.c.file_id)))


def bytes_about(innovation: Innovation) -> Select[int]:
    """The same of one innovation: its profile, and what is attached in any of its years."""
    evidence = (select(DocumentVersion.file_id).join(Exhibit, Exhibit.version_id == DocumentVersion.id).join(Answer).join(Entry)
                .where(Entry.innovation_id == innovation.id))
    own = union(evidence, select(ProfileFile.file_id).where(ProfileFile.innovation_id == innovation.id)).subquery()
    return select(func.sum(StoredFile.size)).where(StoredFile.id.in_(select(own.c.file_id)))

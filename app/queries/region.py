"""The regional indicators of a period as pages show them: loaded whole, then read without asking the database again."""
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.models import Document, DocumentVersion, Event, Period, RegionExhibit, RegionRow, StoredFile, Unit, User
from app.queries import documents
from app.rules.evidence import URL

# What a row is like now -> its state in ui/state.html, its word on screen
KINDS = {
    "empty": ("empty", "Kosong"),
    "short": ("short_evidence", "Bukti kurang"),
    "evidenced": ("evidenced", "Berbukti"),
    "proven": ("proven", "Terbukti"),
    "partly": ("short_evidence", "Terbukti sebagian"),
    "refused": ("none", "Ditolak"),
}


class Line(NamedTuple):
    """One regional row; `kind` is a key of KINDS, `note` what it lacks or why it was lowered."""
    row: RegionRow
    kind: str
    note: str

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def state(self) -> str:
        return KINDS[self.kind][0]

    @property
    def word(self) -> str:
        return KINDS[self.kind][1]

    def points(self, level: int | None) -> Decimal | None:
        return None if level is None else self.row.indicator.weight * level


def whole(year: int) -> Select[Period]:
    """A period with everything about its regional rows."""
    rows = selectinload(Period.region_rows)
    return select(Period).where(Period.year == year, Period.is_training.is_(False)).options(
        joinedload(Period.instrument), *(rows.joinedload(person) for person in (RegionRow.claimed_by, RegionRow.changed_by, RegionRow.judged_by)),
        rows.selectinload(RegionRow.exhibits).options(
            joinedload(RegionExhibit.version).joinedload(DocumentVersion.file), joinedload(RegionExhibit.document).joinedload(Document.unit)))


def years() -> Select[int]:
    return select(Period.year).where(Period.is_training.is_(False)).order_by(Period.year.desc())


def lines(period: Period) -> list[Line]:
    return [line(row) for row in period.region_rows]


def line(row: RegionRow) -> Line:
    kind = _kind(row)
    lacks = row.lacks if kind == "short" else ""
    return Line(row, kind, f"{lacks[:1].upper()}{lacks[1:]}" if lacks else row.verdict_reason if kind in ("partly", "refused") else "")


def _kind(row: RegionRow) -> str:
    claimed = row.claimed_level or 0
    if not claimed:
        return "empty"
    if row.proven_level is None:
        return "evidenced" if row.evidenced_level >= claimed else "short"
    return "proven" if row.proven_level >= claimed else "partly" if row.proven_level else "refused"


def history(period: Period) -> Select[Event]:
    """What was done to the regional indicators of a period, newest first."""
    return (select(Event).where(Event.period_id == period.id, Event.what.startswith("region_", autoescape=True))
            .options(joinedload(Event.by)).order_by(Event.id.desc()))


def candidates(user: User, office: Unit, row: RegionRow) -> Select:
    """Lines of the office's library whose kind this row takes, without those it already has in their latest version."""
    kinds, attached = row.evidence_rule.file_types, [exhibit.version_id for exhibit in row.exhibits]
    fits = StoredFile.kind.in_(kinds)
    return documents.rows(user).where(Document.unit_id == office.id, DocumentVersion.id.not_in(attached),
                                      or_(fits, DocumentVersion.url != "") if URL in kinds else fits)

"""The national index of a year as data: indicators, levels, bases and rules. Published means frozen."""
import hashlib
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.event import Event, Recorded
from app.models.instrument_draft import PUBLISHED, InMaking
from app.rules import Refused
from app.rules.eligibility import Window
from app.rules.instrument_rows import Basis as FrozenBasis
from app.rules.instrument_rows import InstrumentRow
from app.rules.instrument_rows import Level as FrozenLevel
from app.rules.portfolio import IndexRules

MOST_READ = 32  # instruments kept in memory; a regency has a handful
_read: dict[tuple, tuple[InstrumentRow, ...]] = {}  # by what cannot change without becoming another instrument: id, checksum, day it was published

RULES = ("years", "scoring", "bands", "eligibility", "default_file_types")


class Instrument(InMaking, Base, Recorded):
    """`source` is the published file itself; `checksum` its SHA-256, so that a change behind the app's back is seen. Without `published_at` it
    is a draft: only its source counts then, and no period may use it. With `discarded_at` it is a draft nobody sees any more."""
    __tablename__ = "instrument"
    code: Mapped[str] = mapped_column(String(40), unique=True)
    year: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    legal_basis: Mapped[str] = mapped_column(Text)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)  # a large text, read by `doctor` alone
    checksum: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime | None] = mapped_column(active_history=True)  # the listener asks what it was
    discarded_at: Mapped[datetime | None]  # type: ignore[assignment]
    indicators: Mapped[list["Indicator"]] = relationship(back_populates="instrument", order_by="Indicator.position")
    events: Mapped[list[Event]] = relationship(order_by=Event.id, passive_deletes="all")
    _rows = None  # as found in `_read`

    @classmethod
    def publish(cls, data: dict[str, Any]) -> "Instrument":
        """From the instrument's JSON. What is published is never changed: a correction is another instrument."""
        instrument = cls(code=data["id"], year=data["year"])
        instrument._keep(data)
        instrument._lay_out()
        return instrument

    def _keep(self, data: dict[str, Any]) -> None:
        """What the file says, and the columns that are read without it."""
        self.title, self.legal_basis, self.rules = data["title"], data["legal_basis"] or "", {name: data[name] for name in RULES}
        self.source, self.checksum = data, fingerprint(data)

    def _lay_out(self) -> None:
        """From here on it can be used, and does not change."""
        self.indicators = [Indicator.read(item, position) for position, item in enumerate(self.source["indicators"], start=1)]
        self.published_at = clock.now()
        self._rows = None

    def must_be_published(self) -> None:
        """For what is about to be judged by it."""
        if self.published_at is None:
            raise Refused(f"{self.title} masih draf. Terbitkan dulu sebelum dipakai periode.")

    @property
    def window(self) -> Window:
        return Window.read({"year": self.year, **self.rules})

    @property
    def index_rules(self) -> IndexRules:
        return IndexRules.read(self.rules)

    @property
    def maturity_max(self) -> Decimal:
        return Decimal(str(self.rules["scoring"]["maturity_max"]))

    @property
    def rows(self) -> tuple[InstrumentRow, ...]:
        """In their order, as published: read once in a process, since they never change. A draft has none."""
        if self._rows is None:
            key = self.id, self.checksum, self.published_at
            if (rows := _read.get(key)) is None:
                rows = tuple(indicator.frozen(self) for indicator in self.indicators) if self.published_at else ()
                if self.id and rows and rows[0].id is None:  # a draft published a moment ago, whose rows are not stored yet
                    return rows
                if len(_read) >= MOST_READ:
                    _read.clear()
                _read[key] = rows
            if self.id is None:  # its rows have no ids yet
                return rows
            self._rows = rows
        return self._rows

    def regional_rows(self) -> list[InstrumentRow]:
        """The rows filled once a period by the office (SPD), in the instrument's order."""
        return [row for row in self.rows if row.aspect == "SPD"]

    def innovation_rows(self) -> list[InstrumentRow]:
        """The rows filled per innovation (SID), in the instrument's order."""
        return [row for row in self.rows if row.aspect == "SID"]


class Indicator(Base):
    """A scored row as SQL reads it; everything else reads `Instrument.rows`, made of these once."""
    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("instrument_id", "code"),)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(8))
    aspect: Mapped[str] = mapped_column(String(8))
    variable: Mapped[str | None] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(160))
    weight: Mapped[Decimal]
    mandatory: Mapped[bool]
    definition: Mapped[str | None] = mapped_column(Text)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    source_note: Mapped[str | None] = mapped_column(Text)
    formula: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    instrument: Mapped[Instrument] = relationship(back_populates="indicators")
    bases: Mapped[list["Basis"]] = relationship(order_by="Basis.id", lazy="selectin")
    levels: Mapped[list["Level"]] = relationship(
        order_by="Level.level", lazy="selectin", primaryjoin="and_(Indicator.id == Level.indicator_id, Level.basis_id.is_(None))")

    @classmethod
    def read(cls, item: dict[str, Any], position: int) -> "Indicator":
        indicator = cls(position=position, code=item["code"], aspect=item["aspect"], variable=item["variable"], name=item["name"],
                        weight=Decimal(str(item["weight"])), mandatory=bool(item["mandatory"]), definition=item["definition"],
                        evidence=item["evidence"], source_note=item.get("source_note"),
                        formula=item.get("formula"))
        indicator.levels = [Level(level=level["level"], label=level["label"]) for level in item["levels"]]
        indicator.bases = [Basis.read(basis, indicator) for basis in item.get("bases", ())]
        return indicator

    def frozen(self, instrument: Instrument) -> InstrumentRow:
        return InstrumentRow(
            self.id, instrument.year, self.position, self.code, self.aspect, self.variable, self.name, self.weight, self.mandatory, self.definition,
            self.evidence, self.source_note, self.formula, instrument.rules["default_file_types"], levels_of(self),
            tuple(basis.frozen(-number) for number, basis in enumerate(self.bases, start=1)))


class Basis(Base):
    """One of the ways a row may be measured; it may bring levels, documents and file types of its own."""
    __tablename__ = "basis"
    __table_args__ = (UniqueConstraint("indicator_id", "code"),)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    measure: Mapped[str | None] = mapped_column(String(40))
    documents: Mapped[list[str]] = mapped_column(JSON)
    file_types: Mapped[list[str] | None] = mapped_column(JSON)
    levels: Mapped[list["Level"]] = relationship(order_by="Level.level", lazy="selectin")

    @classmethod
    def read(cls, item: dict[str, Any], indicator: Indicator) -> "Basis":
        basis = cls(code=item["code"], name=item["name"], measure=item.get("unit"), documents=item.get("documents", []),
                    file_types=item.get("file_types"))
        basis.levels = [Level(indicator=indicator, level=level["level"], label=level["label"]) for level in item.get("levels", ())]
        return basis

    def frozen(self, number: int) -> FrozenBasis:
        """`number` stands for its id as long as it is not stored."""
        return FrozenBasis(self.id or number, self.code, self.name, self.measure, self.documents, self.file_types, levels_of(self))


class Level(Base):
    __tablename__ = "level"
    __table_args__ = (UniqueConstraint("indicator_id", "basis_id", "level"), Index(None, "basis_id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    basis_id: Mapped[int | None] = mapped_column(ForeignKey("basis.id"))
    level: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    indicator: Mapped[Indicator] = relationship(overlaps="levels")


def levels_of(thing: Indicator | Basis) -> tuple[FrozenLevel, ...]:
    return tuple(FrozenLevel(level.level, level.label) for level in thing.levels)


def fingerprint(data: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def refuse_change(*_: Any) -> None:
    """For the listeners that keep a published instrument as it was."""
    raise Refused(PUBLISHED)


def refuse_unless_draft(_mapper: Any, _connection: Any, instrument: Instrument) -> None:
    """As the database has it: publishing a draft is its last change, and none can be made a draft again."""
    before = inspect(instrument).attrs.published_at.load_history()
    if (before.deleted[0] if before.deleted else instrument.published_at if not before.added else None) is not None:
        refuse_change()


for _happening in ("before_update", "before_delete"):
    event.listen(Instrument, _happening, refuse_unless_draft)
    for _frozen in (Indicator, Basis, Level):
        event.listen(_frozen, _happening, refuse_change)

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
from app.rules.evidence import EvidenceRule
from app.rules.portfolio import IndexRules

RULES = ("years", "scoring", "bands", "eligibility", "default_file_types")


class Instrument(InMaking, Base, Recorded):
    """`source` is the published file itself; `checksum` its SHA-256, so that a change behind the app's back is seen. Without `published_at` it
    is a draft: only its source counts then, and no period may use it."""
    __tablename__ = "instrument"
    code: Mapped[str] = mapped_column(String(40), unique=True)
    year: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    legal_basis: Mapped[str] = mapped_column(Text)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)  # a large text, read by `doctor` alone
    checksum: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime | None] = mapped_column(active_history=True)  # the listener asks what it was
    indicators: Mapped[list["Indicator"]] = relationship(back_populates="instrument", order_by="Indicator.position")
    events: Mapped[list[Event]] = relationship(back_populates="instrument", order_by=Event.id)

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

    def regional_rows(self) -> list["Indicator"]:
        """The rows filled once a period by the office (SPD), in the instrument's order."""
        return [indicator for indicator in self.indicators if indicator.aspect == "SPD"]

    def innovation_rows(self) -> list["Indicator"]:
        """The rows filled per innovation (SID), in the instrument's order."""
        return [indicator for indicator in self.indicators if indicator.aspect == "SID"]


class Indicator(Base):
    """A scored row. `evidence` is the instrument's own rule object, read by `evidence_rule`; `formula` gives a regional row's level from numbers."""
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
    bases: Mapped[list["Basis"]] = relationship(order_by="Basis.id")
    levels: Mapped[list["Level"]] = relationship(
        order_by="Level.level", primaryjoin="and_(Indicator.id == Level.indicator_id, Level.basis_id.is_(None))")

    @classmethod
    def read(cls, item: dict[str, Any], position: int) -> "Indicator":
        indicator = cls(position=position, code=item["code"], aspect=item["aspect"], variable=item["variable"], name=item["name"],
                        weight=Decimal(str(item["weight"])), mandatory=bool(item["mandatory"]), definition=item["definition"],
                        evidence=item["evidence"], source_note=item.get("source_note"),
                        formula=item.get("formula"))
        indicator.levels = [Level(level=level["level"], label=level["label"]) for level in item["levels"]]
        indicator.bases = [Basis.read(basis, indicator) for basis in item.get("bases", ())]
        return indicator

    def levels_for(self, basis: "Basis | None") -> list["Level"]:
        """The three levels as this basis reads them; the row's own when the basis has none."""
        return (basis and basis.levels) or self.levels

    def evidence_rule(self, basis: "Basis | None" = None) -> EvidenceRule:
        return EvidenceRule.read(self.evidence, year=self.instrument.year, basis_types=basis.file_types if basis else None,
                                 default_types=self.instrument.rules["default_file_types"])

    @property
    def substances(self) -> list[dict[str, str]]:
        """What the video must say, each `{code, name}`; empty for rows without."""
        return self.evidence.get("substances") or []


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
    levels: Mapped[list["Level"]] = relationship(order_by="Level.level")

    @classmethod
    def read(cls, item: dict[str, Any], indicator: Indicator) -> "Basis":
        basis = cls(code=item["code"], name=item["name"], measure=item.get("unit"), documents=item.get("documents", []),
                    file_types=item.get("file_types"))
        basis.levels = [Level(indicator=indicator, level=level["level"], label=level["label"]) for level in item.get("levels", ())]
        return basis


class Level(Base):
    __tablename__ = "level"
    __table_args__ = (UniqueConstraint("indicator_id", "basis_id", "level"), Index(None, "basis_id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    basis_id: Mapped[int | None] = mapped_column(ForeignKey("basis.id"))
    level: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    indicator: Mapped[Indicator] = relationship(overlaps="levels")


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

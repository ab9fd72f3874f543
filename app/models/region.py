"""The regional indicators (SPD) of a period: filled once by the innovation office, proven and verified like any other row."""
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.document import Document
from app.models.people import User
from app.models.region_exhibit import RegionExhibit
from app.rules import Overtaken, Refused, evidence, scoring
from app.rules.access import JUDGES
from app.rules.formulas import Formula
from app.rules.instrument_rows import InstrumentRow
from app.rules.words import listed

if TYPE_CHECKING:
    from app.models.period import Period

MOST_EXHIBITS = 30


class RegionRow(Base):
    """Levels are 0-3, None where nothing was said (`claimed_level`) or nobody verified yet (`proven_level`). `figures` are the numbers the
    formula was fed with, as decimal texts by year ({"T-1": "1250"}); `reason` why a person chose the level, where the formula says another
    one or two; `claimed_by` who chose it. Whatever changes the claim or its evidence takes the verdict back."""
    __tablename__ = "region_row"
    __table_args__ = (
        UniqueConstraint("period_id", "indicator_id"), Index(None, "indicator_id"), Index(None, "changed_by_id"), Index(None, "judged_by_id"),
        Index(None, "claimed_by_id"),
        CheckConstraint("claimed_level BETWEEN 0 AND 3 AND evidenced_level BETWEEN 0 AND 3", name="levels_known"),
        CheckConstraint("evidenced_level <= COALESCE(claimed_level, 0)", name="evidenced_within_claim"),
        CheckConstraint("proven_level BETWEEN 0 AND COALESCE(claimed_level, 0)", name="proven_within_claim"),
        CheckConstraint("(proven_level IS NULL) = (judged_by_id IS NULL) AND (proven_level IS NULL) = (judged_at IS NULL)", name="judged_whole"),
    )
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    position: Mapped[int]
    claimed_level: Mapped[int | None]
    evidenced_level: Mapped[int]
    proven_level: Mapped[int | None]
    figures: Mapped[dict[str, str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[datetime | None]
    verdict_reason: Mapped[str] = mapped_column(Text)
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    judged_at: Mapped[datetime | None]
    period: Mapped["Period"] = relationship(back_populates="region_rows")
    claimed_by: Mapped[User | None] = relationship(foreign_keys=claimed_by_id)
    changed_by: Mapped[User | None] = relationship(foreign_keys=changed_by_id)
    judged_by: Mapped[User | None] = relationship(foreign_keys=judged_by_id)
    exhibits: Mapped[list[RegionExhibit]] = relationship(back_populates="row", order_by="RegionExhibit.id", cascade="all, delete-orphan")

    @classmethod
    def empty(cls, row: InstrumentRow) -> "RegionRow":
        return cls(indicator_id=row.id, position=row.position, evidenced_level=0, figures={}, reason="", version=0, verdict_reason="")

    # Verbs

    def claim(self, by: User, level: int | None, figures: Mapping[str, str] | None = None, reason: str = "", seen: int | None = None) -> None:
        """Say which level (0-3, None to empty the row) the region reaches, with the numbers it follows from (decimal texts by year). Where the
        guideline has a formula, the level is the formula's or there is a reason. `seen` is the version of the row the person had before them."""
        self.must_change(by)
        self.must_be_as_seen(by, seen)
        if level not in (None, 0, 1, 2, 3):
            raise Refused("Pilih level 0 sampai 3.")
        facts, before = (level, self._fed(figures or {}), reason.strip()), (self.claimed_level, self.figures, self.reason)
        if not facts[2] and (why := self.why_reason(*facts[:2])):
            raise Refused(why)
        if facts == before:
            return
        self.evidenced_level = min(self.evidenced_level, level or 0)  # never above the claim, not even while the rest is read
        (self.claimed_level, self.figures, self.reason), self.claimed_by = facts, by
        self.changed(by)
        self.period.record("region_claimed", by, row=self.code, level=level, before=before[0], reason=reason.strip())

    def attach(self, by: User, document: Document, pages: str = "", set_number: int | None = None) -> RegionExhibit:
        """Link a document of the office to this row; one document may serve many rows, each row once."""
        self.must_change(by)
        document.must_be_kept()
        if not document.unit.is_office:
            raise Refused("Indikator daerah dibuktikan dengan dokumen kantor pengelola inovasi.")
        held = next((exhibit for exhibit in self.exhibits if exhibit.document is document), None)
        if held and held.version is document.current:
            raise Refused(f"“{document.current.title}” sudah dilampirkan pada baris ini.")
        if not held and len(self.exhibits) >= MOST_EXHIBITS:
            raise Refused(f"Baris ini sudah berisi {MOST_EXHIBITS} dokumen. Gabungkan atau lepas yang tidak perlu.")
        if not document.current.kinds & self.evidence_rule.file_types:
            raise Refused(f"Baris {self.code} menerima {listed(self.file_types)}; “{document.current.title}” berjenis {document.current.file.kind}.")
        document.current.must_have(pages)
        exhibit = held or RegionExhibit(document=document, version=document.current, pages=pages.strip(), set_number=set_number or 1)
        if held:
            held.version = document.current
        else:
            self.exhibits.append(exhibit)
        self.changed(by)
        self.period.record("region_attached", by, row=self.code, title=document.current.title)
        return exhibit

    def describe(self, by: User, exhibit: RegionExhibit, pages: str, set_number: int) -> None:
        """Say which pages matter for this row and which set the document belongs to."""
        self.must_change(by)
        exhibit.version.must_have(pages)
        if (pages.strip(), set_number) == (exhibit.pages, exhibit.set_number):
            return
        exhibit.pages, exhibit.set_number = pages.strip(), set_number
        self.changed(by)
        self.period.record("region_described", by, row=self.code, title=exhibit.version.title)

    def detach(self, by: User, exhibit: RegionExhibit) -> None:
        """Take a document off this row; the document itself stays in the office's library."""
        self.must_change(by)
        here, there = self.exhibits, exhibit.document.region_exhibits  # both read before either changes
        here.remove(exhibit)
        there.remove(exhibit)
        self.changed(by)
        self.period.record("region_detached", by, row=self.code, title=exhibit.version.title)

    def judge(self, by: User, level: int, reason: str = "", seen: int | None = None) -> None:
        """Say which level is proven. Who filled the row last does not judge it, unless the period says that a small office may."""
        self._must_be_open()
        self.must_be_as_seen(by, seen)
        reason, claimed = reason.strip(), self.claimed_level or 0
        if not by.has_role(*JUDGES):
            raise Refused("Indikator daerah diputus verifikator atau koordinator.")
        if why := self.why_not_judged_by(by):
            raise Refused(why)
        if not 0 <= level <= claimed:
            raise Refused(f"Level terbukti tidak boleh di atas klaim (level {claimed}).")
        if level and not self.exhibits:
            raise Refused("Baris ini tidak punya bukti, jadi level terbuktinya 0.")
        if level < claimed and not reason:
            raise Refused("Tulis alasan mengapa level terbukti di bawah klaim.")
        if level > self.evidenced_level and not reason:
            raise Refused(f"Bukti yang tercatat hanya mendukung level {self.evidenced_level}. Tulis apa yang membuat Anda menilainya level {level}.")
        self.proven_level, self.verdict_reason, self.judged_by, self.judged_at = level, reason, by, clock.now()
        self.version += 1
        self.period.recount_region()
        self.period.record("region_judged", by, row=self.code, level=level, reason=reason)

    def recount(self) -> None:
        """Bring the stored evidenced level, and the period's totals, up to date."""
        self.evidenced_level = scoring.evidenced(self.claimed_level, self.supported_level)
        self.period.recount_region()

    def must_change(self, by: User) -> None:
        if not by.has_role(*JUDGES):
            raise Refused("Indikator daerah diisi verifikator atau koordinator.")
        self._must_be_open()

    def must_be_as_seen(self, by: User, seen: int | None) -> None:
        """Refuse when the row was changed or judged after this person's page was drawn."""
        if seen is not None and seen != self.version:
            last = self.judged_by if self.proven_level is not None else self.changed_by
            who = "Anda sendiri" if last is by else last.name if last else "Orang lain"
            raise Overtaken(f"{who} menyimpan baris ini sesudah halaman ini dibuka. Periksa isinya di bawah, lalu simpan lagi.")

    def changed(self, by: User) -> None:
        """Something about the claim or its evidence is new: the verdict is taken back."""
        self.version, self.changed_by, self.changed_at = self.version + 1, by, clock.now()
        self.proven_level, self.judged_by, self.judged_at, self.verdict_reason = None, None, None, ""
        self.recount()

    def _fed(self, figures: Mapping[str, str]) -> dict[str, str]:
        """The figures that were given, if the row's formula takes them."""
        given = {year: text for year, text in figures.items() if text}
        if given and self.formula is None:
            raise Refused(f"Baris {self.code} tidak dihitung dari angka.")
        if self.formula:
            self.formula.must_take(given)
        return given

    def _must_be_open(self) -> None:
        if reason := self.period.why_region_is_closed:
            raise Refused(reason)

    # Questions

    @property
    def indicator(self) -> InstrumentRow:
        """What it answers, as its period's instrument has it."""
        return self.period.instrument.rows[self.position - 1]

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def formula(self) -> Formula | None:
        """How numbers give the level, where the guideline says."""
        indicator = self.indicator
        return Formula.read(indicator.formula, indicator.year) if indicator.formula else None

    def why_reason(self, level: int | None, figures: Mapping[str, str]) -> str:
        """Why this level asks for a written reason, as a sentence; empty when it follows from the figures, or from no formula."""
        if self.formula is None or level is None:
            return ""
        suggestion = self.formula.suggest(figures)
        if suggestion.levels or len(figures) == len(self.formula.inputs):
            return suggestion.why_reason(level) or ("" if suggestion.levels else suggestion.sentence)
        return f"{suggestion.sentence} Tanpa angka, tulis alasan Anda memilih level {level}."

    @property
    def evidence_rule(self) -> evidence.EvidenceRule:
        return self.indicator.evidence_rule()

    @property
    def supported_level(self) -> int:
        return evidence.supported_level(self.evidence_rule, [exhibit.proof for exhibit in self.exhibits])

    @property
    def lacks(self) -> str:
        """What the claimed level still needs, as the end of a sentence; empty when nothing."""
        return evidence.lacking(self.evidence_rule, [exhibit.proof for exhibit in self.exhibits], 0, self.claimed_level or 0)

    @property
    def file_types(self) -> Sequence[str]:
        return self.indicator.file_types()

    def why_not_judged_by(self, user: User) -> str:
        """Why this person does not judge the row, as a sentence; empty when they may."""
        if self.changed_by is None:
            return "Baris ini belum diisi, jadi belum ada yang diputus."
        if user in (self.claimed_by, self.changed_by) and not self.period.may_approve_own:
            return "Anda ikut mengisi baris ini, jadi orang lain yang memutusnya."
        return ""

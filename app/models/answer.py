"""One row of a proposal: what is claimed, on which basis, with which evidence."""
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.document import Document
from app.models.exhibit import Exhibit
from app.models.people import User
from app.models.plain import Plain
from app.models.sending import OfficialLevel
from app.rules import Overtaken, Refused, evidence, scoring
from app.rules.instrument_rows import Basis, InstrumentRow
from app.rules.words import listed

if TYPE_CHECKING:
    from app.models.entry import Entry
    from app.models.review import Verdict

MOST_EXHIBITS = 30  # a row with more is a heap, not evidence


class Answer(Base, Plain):
    """Levels are 0-3, None where nothing was said. `evidenced_level` and `proven_level` are stored by the verbs that change them:
    the first whenever the claim or its evidence changes, the second when a round is decided. `is_open` rules while returned.
    `version` grows with each claim and reply, so that two people in one row notice each other."""
    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("entry_id", "indicator_id"), Index(None, "indicator_id"), Index(None, "basis_id"), Index(None, "changed_by_id"),
        CheckConstraint("claimed_level BETWEEN 0 AND 3 AND evidenced_level BETWEEN 0 AND 3", name="levels_known"),
        CheckConstraint("evidenced_level <= COALESCE(claimed_level, 0)", name="evidenced_within_claim"),
        CheckConstraint("proven_level BETWEEN 0 AND 3", name="proven_known"),
    )
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    position: Mapped[int]
    basis_id: Mapped[int | None] = mapped_column(ForeignKey("basis.id"))
    claimed_level: Mapped[int | None]
    evidenced_level: Mapped[int]
    proven_level: Mapped[int | None]
    substances: Mapped[list[str]] = mapped_column(JSON)
    version: Mapped[int]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    is_open: Mapped[bool]
    entry: Mapped["Entry"] = relationship(back_populates="answers")
    changed_by: Mapped[User | None] = relationship()
    exhibits: Mapped[list[Exhibit]] = relationship(back_populates="answer", order_by=Exhibit.id, cascade="all, delete-orphan")
    official: Mapped[OfficialLevel | None] = relationship(back_populates="answer", cascade="all, delete-orphan")
    verdicts: Mapped[list["Verdict"]] = relationship(back_populates="answer", order_by="Verdict.id")

    known_proofs = cast(Sequence[evidence.Proof] | None, None)  # read without their documents; counts until those are read

    # Verbs

    def claim(self, by: User, level: int | None, basis: Basis | None = None, substances: Sequence[str] = (), seen: int | None = None) -> None:
        """Say which level (0-3, None to empty the row) can be proven, on which basis, and what the video shows. `seen` is the version of the
        row the person had before them."""
        self.must_change()
        self.must_be_as_seen(by, seen)
        if basis is not None and basis not in self.indicator.bases:
            raise Refused("Satuan ukur itu bukan milik baris ini.")
        if level and self.indicator.bases and basis is None:
            raise Refused(f"Pilih dulu satuan ukur baris {self.indicator.code}, lalu levelnya.")
        if level not in (None, 0, 1, 2, 3):
            raise Refused("Pilih level 0 sampai 3.")
        known = [item["code"] for item in self.indicator.substances if item["code"] in substances]
        facts, before, scores = (level, basis and basis.id, known), (self.claimed_level, self.basis_id, self.substances), self.scores
        self.claimed_level, self.basis_id, self.substances = facts
        self.evidenced_level = min(self.evidenced_level, level or 0)  # never above the claim, not even while the rest is read
        if facts != before:
            self._changed(by)
            self.recount(scores)
            self.entry.record("level_claimed", by, row=self.indicator.code, level=level, before=before[0])

    def attach(self, by: User, document: Document, pages: str = "", set_number: int | None = None) -> Exhibit:
        """Link a document of the unit to this row; one document may serve many rows, each row once. Without `set_number` it is the next
        set. A row that kept an older version, because it was being judged when the newer one came, takes the newer one."""
        self.must_change()
        document.must_be_kept()
        if document.unit is not self.entry.unit:
            raise Refused("Dokumen itu milik perangkat daerah lain.")
        held = next((exhibit for exhibit in self.exhibits if exhibit.document is document), None)
        if held and held.version is document.current:
            raise Refused(f"“{document.current.title}” sudah dilampirkan pada baris ini.")
        if not held and len(self.exhibits) >= MOST_EXHIBITS:
            raise Refused(f"Baris ini sudah berisi {MOST_EXHIBITS} dokumen. Gabungkan atau lepas yang tidak perlu.")
        if not document.current.kinds & self.evidence_rule.file_types:
            raise Refused(f"Baris {self.indicator.code} menerima {listed(self.file_types)}; "
                          f"“{document.current.title}” berjenis {document.current.file.kind}.")
        version = document.current
        version.must_have(pages)
        exhibit = held or Exhibit(document=document, version=version, pages=pages.strip(), set_number=set_number or self.next_set)
        if held:
            held.follow(version)
        else:
            self.exhibits.append(exhibit)
            self.recount()
        self.entry.record("exhibit_attached", by, row=self.indicator.code, title=version.title)
        return exhibit

    def detach(self, by: User, exhibit: Exhibit) -> None:
        """Take a document off this row; the document itself stays in the unit's library."""
        self.must_change()
        here, there = self.exhibits, exhibit.document.exhibits  # both read before either changes
        here.remove(exhibit)
        there.remove(exhibit)
        self.recount()
        self.entry.record("exhibit_detached", by, row=self.indicator.code, title=exhibit.version.title)

    def use_instead(self, by: User, exhibit: Exhibit, document: Document) -> None:
        """Put the document the unit already had in the place of one with the same bytes, with its pages and set."""
        self.must_change()
        document.must_be_kept()
        if document is exhibit.document or document.current.file is not exhibit.version.file or document.unit is not self.entry.unit:
            raise Refused("Dokumen itu tidak berisi berkas yang sama.")
        title, here, there, kept = exhibit.version.title, self.exhibits, exhibit.document.exhibits, document.exhibits  # all read before any changes
        there.remove(exhibit)
        if any(other.document is document for other in here):
            here.remove(exhibit)
        else:
            kept.append(exhibit)
            exhibit.version = document.current
        self.recount()
        self.entry.record("exhibit_swapped", by, row=self.indicator.code, title=document.current.title, before=title)

    def describe(self, by: User, exhibit: Exhibit, pages: str, set_number: int) -> None:
        """Say which pages matter for this row and which set the document belongs to."""
        self.must_change()
        exhibit.version.must_have(pages)
        exhibit.pages, exhibit.set_number = pages.strip(), set_number
        self.recount()
        self.entry.record("exhibit_described", by, row=self.indicator.code, title=exhibit.version.title)

    def reply(self, by: User, text: str) -> None:
        """Answer the reviewer's note on a returned row; it stands beside the verdict for good."""
        self.must_change()
        verdict = self.returned_verdict
        if verdict is None:
            raise Refused("Baris ini tidak sedang dikembalikan.")
        verdict.answer_with(by, text)
        self._changed(by)
        self.entry.record("row_replied", by, row=self.indicator.code)

    def give_official(self, by: User, level: int | None) -> None:
        """The level the ministry gave this row; part of `Sending.give_result`."""
        if level is None:
            self.official = None
        elif self.official is None:
            self.official = OfficialLevel(level=level, by=by, at=clock.now())
        elif self.official.level != level:
            self.official.level, self.official.by, self.official.at = level, by, clock.now()

    def must_be_as_seen(self, by: User, seen: int | None) -> None:
        """Refuse when the row was changed after this person's page was drawn, by somebody else or by themselves in another window."""
        if seen is not None and seen != self.version:
            who = "Anda sendiri" if self.changed_by is by else self.changed_by.name if self.changed_by else "Orang lain"
            raise Overtaken(f"{who} menyimpan baris ini sesudah halaman ini dibuka. Bandingkan keduanya di bawah, lalu pilih.")

    def _changed(self, by: User) -> None:
        self.version, self.changed_by = self.version + 1, by

    def recount(self, before: tuple[Decimal, Decimal] | None = None) -> None:
        """Bring the stored evidenced level up to date, and the proposal's totals by as much: what the others have is not read. `before` are the
        scores that stand in the totals, where a level was changed already."""
        claimed, evidenced = before or self.scores
        self.evidenced_level = scoring.evidenced(self.claimed_level, self.supported_level)
        self.entry.claimed += self.scores[0] - claimed
        self.entry.evidenced += self.scores[1] - evidenced

    # Questions

    @property
    def indicator(self) -> InstrumentRow:
        """What it answers, as its period's instrument has it."""
        return self.entry.period.instrument.rows[self.position - 1]

    @property
    def basis(self) -> Basis | None:
        return self.indicator.basis(self.basis_id)

    @property
    def evidence_rule(self) -> evidence.EvidenceRule:
        return self.indicator.evidence_rule(self.basis)

    @property
    def proofs(self) -> Sequence[evidence.Proof]:
        return [exhibit.proof for exhibit in self.exhibits] if "exhibits" in self.__dict__ or self.known_proofs is None else self.known_proofs

    @property
    def document_count(self) -> int:
        return len(self.proofs)

    @property
    def scores(self) -> tuple[Decimal, Decimal]:
        """What it adds to the proposal, in points: claimed, and evidenced."""
        weight = self.indicator.weight
        return scoring.row_score(weight, self.claimed_level), scoring.row_score(weight, self.evidenced_level)

    @property
    def next_set(self) -> int:
        """The number a new document gets on a row that counts sets; everything is set 1 elsewhere."""
        taken = {exhibit.set_number for exhibit in self.exhibits}
        return next(n for n in range(1, MOST_EXHIBITS + 2) if n not in taken) if self.evidence_rule.counted else 1

    @property
    def supported_level(self) -> int:
        """What the present evidence would carry, whatever is claimed."""
        return evidence.supported_level(self.evidence_rule, self.proofs, len(self.substances))

    @property
    def lacks(self) -> str:
        """What the claimed level still needs, as the end of a sentence; empty when nothing."""
        return evidence.lacking(self.evidence_rule, self.proofs, len(self.substances), self.claimed_level or 0)

    @property
    def file_types(self) -> Sequence[str]:
        """Accepted kinds as the instrument lists them, for labels and the upload check."""
        return self.indicator.file_types(self.basis)

    @property
    def may_change(self) -> bool:
        return self.is_open and self.entry.is_editable

    def must_change(self) -> None:
        self.entry.must_be_editable()
        if not self.is_open:
            raise Refused(f"Baris {self.indicator.code} tidak dikembalikan, jadi tetap seperti yang sudah diperiksa.")

    @property
    def returned_verdict(self) -> "Verdict | None":
        """The verdict of the last decided round when it sent this row back."""
        decided = self.entry.last_decided_round
        verdict = decided and decided.verdict_on(self)
        return verdict if verdict and verdict.returned else None

    @property
    def is_answered(self) -> bool:
        """A returned row counts as dealt with when it was changed or a reply was written."""
        verdict = self.returned_verdict
        return verdict is None or bool(verdict.reply) or self.facts() != verdict.round.snapshot["rows"][self.indicator.code]

    def facts(self) -> dict[str, Any]:
        """As kept in a snapshot; equal facts are an unchanged row."""
        return {"level": self.claimed_level or 0, "basis": self.basis and self.basis.code, "substances": list(self.substances),
                "exhibits": [exhibit.facts() for exhibit in self.exhibits]}

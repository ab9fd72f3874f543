"""Letters made from recorded verdicts: numbered, made once, printed again exactly."""
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base, one_of
from app.models.document import StoredFile
from app.models.people import User
from app.rules import Refused

if TYPE_CHECKING:
    from app.models.entry import Entry
    from app.models.review import Round


class LetterKind(StrEnum):
    DECISION = "decision"  # surat hasil verifikasi
    MINUTES = "minutes"    # berita acara


class Letter(Base):
    """`facts` is everything it says, in plain JSON; the files are what was handed out, byte for byte. `year` and `number` count over both kinds;
    those of training periods count downwards from -1, so that they use up no number of the office."""
    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("round_id", "kind"), UniqueConstraint("year", "number"), one_of("kind", LetterKind), Index(None, "entry_id"),
        Index(None, "docx_id"), Index(None, "pdf_id"), Index(None, "made_by_id"),
    )
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    kind: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    number: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    docx_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    pdf_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime]
    entry: Mapped["Entry"] = relationship(back_populates="letters")
    round: Mapped["Round"] = relationship()
    docx: Mapped[StoredFile] = relationship(foreign_keys=docx_id)
    pdf: Mapped[StoredFile] = relationship(foreign_keys=pdf_id)
    made_by: Mapped[User] = relationship()

    @classmethod
    def issue(cls, round: "Round", kind: LetterKind, by: User, year: int, number: int, facts: dict[str, Any], docx: StoredFile,
              pdf: StoredFile) -> "Letter":
        """Once for each round and kind; the unit is told."""
        entry = round.entry
        cls.must_be_due(round, kind)
        letter = cls(round=round, kind=kind, year=year, number=number, facts=facts, docx=docx, pdf=pdf, made_by=by, made_at=clock.now())
        entry.letters.append(letter)
        entry.record("letter_issued", by, tell=entry.owners(), kind=kind, number=letter.label, round=round.number)
        return letter

    @staticmethod
    def must_be_due(round: "Round", kind: LetterKind) -> None:
        if not round.has_outcome:
            raise Refused(f"Putaran {round.number} belum diputuskan, jadi belum ada yang dapat ditulis dalam surat.")
        if any(letter.round is round and letter.kind == kind for letter in round.entry.letters):
            raise Refused("Surat ini sudah dibuat. Unduh yang sudah ada; isinya tidak berubah.")

    @property
    def label(self) -> str:
        """Its number as it stands on paper."""
        return self.facts["number"]

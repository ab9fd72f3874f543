"""Letters made from recorded verdicts: numbered, made once, printed again exactly."""
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, one_of
from app.models.document import StoredFile
from app.models.people import User

if TYPE_CHECKING:
    from app.models.entry import Entry
    from app.models.review import Round


class LetterKind(StrEnum):
    DECISION = "decision"  # surat hasil verifikasi
    MINUTES = "minutes"    # berita acara


class Letter(Base):
    """`facts` is everything it says, in plain JSON; the files are what was handed out, byte for byte. `year` and `number` count over both kinds."""
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

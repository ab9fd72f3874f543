"""A register of earlier years that came in as a sheet: what it brought, and whether it was taken back as a whole."""
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.event import Event, Recorded
from app.models.people import User
from app.rules import Refused

if TYPE_CHECKING:
    from app.models.innovation import Innovation


class RegisterImport(Base, Recorded):
    """`file_name` is what the sheet was called, `skipped` how many of its rows were in the register already."""
    __tablename__ = "register_import"
    __table_args__ = (Index(None, "by_id"), Index(None, "undone_by_id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(255))
    skipped: Mapped[int]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship(foreign_keys=by_id)
    undone_by: Mapped[User | None] = relationship(foreign_keys=undone_by_id)
    innovations: Mapped[list["Innovation"]] = relationship(back_populates="brought_by", order_by="Innovation.id")
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    @classmethod
    def begin(cls, by: User, file_name: str, brought: int, skipped: int = 0) -> "RegisterImport":
        """Its innovations, `brought` in number, are brought by whoever reads the sheet."""
        found = cls(by=by, at=clock.now(), file_name=file_name[:255], skipped=skipped)
        found.record("register_imported", by, file=found.file_name, brought=brought, skipped=skipped)
        return found

    def undo(self, by: User, reason: str, untouched: "Sequence[Innovation]", kept: int) -> None:
        """Taken back as a whole, as far as nobody went on with it: `untouched` are archived, `kept` is how many stay."""
        self.must_stand()
        if not reason.strip():
            raise Refused("Tulis alasan pembatalannya. Alasan ini dibaca di riwayat tiap inovasinya.")
        for innovation in untouched:
            innovation.archive(by, f"Impor dibatalkan: {reason.strip()}", quietly=True)
        self.undone_at, self.undone_by = clock.now(), by
        self.record("register_import_undone", by, file=self.file_name, archived=len(untouched), kept=kept, reason=reason.strip())

    def must_stand(self) -> None:
        if self.undone_at:
            raise Refused("Impor ini sudah dibatalkan.")


class PastReport(Base):
    """That an innovation was reported to the ministry in a year before this app: its registration number and maturity, as far as known."""
    __tablename__ = "past_report"
    __table_args__ = (UniqueConstraint("innovation_id", "year"), CheckConstraint("year BETWEEN 2010 AND 2100", name="year_known"))
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovation.id"))
    year: Mapped[int]
    number: Mapped[str] = mapped_column(String(60))
    maturity: Mapped[Decimal | None]
    innovation: Mapped["Innovation"] = relationship(back_populates="past_reports")

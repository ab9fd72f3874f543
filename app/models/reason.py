"""The bank of reasons: what reviewers write under a row again and again, written well once."""
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.event import Event, Recorded
from app.rules import Refused
from app.rules.causes import CAUSES

if TYPE_CHECKING:
    from app.models.people import User

LONGEST = 600  # letters: a reason is read beside a row, not as a letter

verdict_reason = Table(
    "verdict_reason", Base.metadata,
    Column("verdict_id", ForeignKey("verdict.id", ondelete="CASCADE"), primary_key=True),
    Column("reason_id", ForeignKey("reason.id"), primary_key=True),
    Index("ix_verdict_reason_reason_id", "reason_id"),
)


class Reason(Base, Recorded):
    """A sentence for one row (`row` is an indicator's code), under one of the CAUSES. What was cited once is archived, never deleted."""
    __tablename__ = "reason"
    __table_args__ = (Index(None, "row", "archived_at"),)
    row: Mapped[str] = mapped_column(String(10))
    cause: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    archived_at: Mapped[datetime | None]
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    @classmethod
    def add(cls, row: str, cause: str, text: str, by: "User | None") -> "Reason":
        reason = cls(row=row, cause=known_cause(cause), text=fit(text))
        reason.record("reason_added", by, row=row, text=reason.text)
        return reason

    def edit(self, by: "User", cause: str, text: str) -> None:
        """Verdicts that cited it keep the words they were given."""
        self.cause, self.text = known_cause(cause), fit(text)
        self.record("reason_edited", by, row=self.row, text=self.text)

    def archive(self, by: "User") -> None:
        if self.archived_at:
            raise Refused("Alasan ini sudah diarsipkan.")
        self.archived_at = clock.now()
        self.record("reason_archived", by, row=self.row, text=self.text)

    def restore(self, by: "User") -> None:
        if not self.archived_at:
            raise Refused("Alasan ini tidak sedang diarsipkan.")
        self.archived_at = None
        self.record("reason_restored", by, row=self.row, text=self.text)


def fit(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Refused("Tulis alasannya dulu.")
    if len(text) > LONGEST:
        raise Refused(f"Alasan paling banyak {LONGEST} huruf; sekarang {len(text)}.")
    return text


def known_cause(cause: str) -> str:
    if cause not in CAUSES:
        raise Refused("Pilih sebabnya dari daftar.")
    return cause

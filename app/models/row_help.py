"""What the office adds to the guideline of a row, in its own words."""
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.announcement import fit
from app.models.base import Base
from app.models.event import Event, Recorded
from app.rules import Refused

if TYPE_CHECKING:
    from app.models.people import User

LONGEST = 1000  # letters: read beside the row, not as a manual


class RowHelp(Base, Recorded):
    """One for each row (an indicator's code), whatever the year; empty while nothing is said. What it said before stands in its events."""
    __tablename__ = "row_help"
    __table_args__ = (Index(None, "by_id"),)
    row: Mapped[str] = mapped_column(String(10), unique=True)
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    by: Mapped["User"] = relationship()
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    @classmethod
    def begin(cls, row: str, by: "User") -> "RowHelp":
        """Nothing is said yet."""
        return cls(row=row, text="", by=by, at=clock.now())

    def write(self, by: "User", text: str) -> None:
        text = fit(text, LONGEST, "Bantuan")
        if text == self.text:
            raise Refused("Tidak ada yang berubah.")
        self.text, self.by, self.at = text, by, clock.now()
        self.record("row_help_written", by, row=self.row, text=text)

    def clear(self, by: "User") -> None:
        """Nothing more to say about this row than the guideline does."""
        if not self.text:
            raise Refused(f"Bantuan baris {self.row} memang kosong.")
        before, self.text, self.by, self.at = self.text, "", by, clock.now()
        self.record("row_help_cleared", by, row=self.row, text=before)

    @property
    def paragraphs(self) -> list[str]:
        return self.text.splitlines()

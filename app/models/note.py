"""What the office says to itself about a proposal or one of its rows; the unit never sees it."""
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import User

if TYPE_CHECKING:
    from app.models.entry import Entry


class Note(Base):
    """`row` is an indicator's code, empty for the proposal as a whole. Written by `Entry.annotate`; never changed."""
    __tablename__ = "note"
    __table_args__ = (Index(None, "entry_id", "row"), Index(None, "by_id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    row: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    entry: Mapped["Entry"] = relationship(back_populates="notes")
    by: Mapped[User] = relationship()

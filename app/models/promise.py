"""What a unit promised at a desk session."""
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import User

if TYPE_CHECKING:
    from app.models.desk import DeskSession


class Promise(Base):
    """What a unit said it would bring, and until when (the whole day)."""
    __tablename__ = "promise"
    __table_args__ = (Index(None, "session_id"), Index(None, "done_at", "due_on"), Index(None, "done_by_id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("desk_session.id"))
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    session: Mapped["DeskSession"] = relationship(back_populates="promises")
    done_by: Mapped[User | None] = relationship()

    def is_overdue(self, today: date) -> bool:
        return self.done_at is None and self.due_on < today

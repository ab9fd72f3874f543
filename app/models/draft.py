"""What somebody typed and has not sent: kept for them alone, until they send or drop it."""
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.people import User


class Draft(Base):
    """`fields` are the form's answers by name, each a list of strings, as typed. `is_held` when it was sent but could not be taken, because
    the session was over: signing in again finishes it."""
    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "address"), Index(None, "saved_at"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    address: Mapped[str] = mapped_column(String(300))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_held: Mapped[bool]
    saved_at: Mapped[datetime]
    user: Mapped[User] = relationship()

    @classmethod
    def begin(cls, user: User, address: str) -> "Draft":
        return cls(user=user, address=address, fields={}, is_held=False, saved_at=clock.now())

    def keep(self, fields: dict[str, list[str]], held: bool = False) -> None:
        self.fields, self.is_held, self.saved_at = fields, held, clock.now()

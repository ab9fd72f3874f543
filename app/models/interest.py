"""That a unit would like to bring another unit's innovation to its own place (replikasi)."""
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.people import User
from app.models.units import Unit

if TYPE_CHECKING:
    from app.models.innovation import Innovation


class Interest(Base):
    """Noted for a unit by one of its people; `ended_at` once it was taken back. The verbs are the innovation's."""
    __tablename__ = "interest"
    __table_args__ = (Index(None, "innovation_id", "ended_at"), Index(None, "unit_id"), Index(None, "by_id"))
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovation.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
    innovation: Mapped["Innovation"] = relationship(back_populates="interests")
    unit: Mapped[Unit] = relationship()
    by: Mapped[User] = relationship()

    @property
    def stands(self) -> bool:
        return self.ended_at is None

    def end(self) -> None:
        self.ended_at = clock.now()

"""More time for one unit in one period: with a reason, an end, and nobody else's deadline moved."""
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.people import User
from app.models.units import Unit

if TYPE_CHECKING:
    from app.models.period import Period


class Extension(Base):
    """Until `until` (inclusive) the unit may fill and repair; the latest that was not ended counts."""
    __tablename__ = "extension"
    __table_args__ = (Index(None, "period_id", "unit_id"), Index(None, "unit_id"), Index(None, "given_by_id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    given_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    period: Mapped["Period"] = relationship(back_populates="extensions")
    unit: Mapped[Unit] = relationship()
    given_by: Mapped[User] = relationship()

    @property
    def is_running(self) -> bool:
        return self.ended_at is None and clock.now() <= self.until

    @property
    def ends_at(self) -> datetime:
        """When it ends, or ended."""
        return min(self.until, self.ended_at or self.until)

    def is_for(self, unit: Unit | int) -> bool:
        """A unit, or its id where only that is known."""
        return self.unit_id == (unit if isinstance(unit, int) else unit.id) if self.unit_id else self.unit is unit

"""The proposals of a unit, counted."""
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Tally(Base):
    """How many proposals of a unit have a status, and their maturity added up; apart those that were decided at least once. Each line of a list or
    a board would add up thousands for it. The database keeps it itself, at every change of a proposal (migration 0009); `doctor` counts again."""
    __tablename__ = "tally"
    __table_args__ = (UniqueConstraint("period_id", "unit_id", "status", "is_decided"), Index(None, "unit_id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    status: Mapped[str] = mapped_column(String(20))
    is_decided: Mapped[bool]
    number: Mapped[int]
    claimed: Mapped[Decimal]
    evidenced: Mapped[Decimal]
    verified: Mapped[Decimal]

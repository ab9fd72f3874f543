"""Words an innovation of the catalogue is found by."""
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base

if TYPE_CHECKING:
    from app.models.innovation import Innovation


class Tag(Base):
    """In small letters."""
    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("innovation_id", "word"), Index(None, "word"))
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovation.id"))
    word: Mapped[str] = mapped_column(String(40))
    innovation: Mapped["Innovation"] = relationship(back_populates="tags")

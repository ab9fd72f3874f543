"""A document of the innovation office linked to a regional row."""
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.document import Document, DocumentVersion
from app.models.people import User
from app.rules.evidence import Proof

if TYPE_CHECKING:
    from app.models.region import RegionRow


class RegionExhibit(Base):
    """In the version the document had then, with the pages that matter and the set it belongs to."""
    __tablename__ = "region_exhibit"
    __table_args__ = (
        UniqueConstraint("row_id", "document_id"), Index(None, "document_id"), Index(None, "version_id"),
        CheckConstraint("set_number >= 1", name="set_number_from_one"),
    )
    row_id: Mapped[int] = mapped_column(ForeignKey("region_row.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("document_version.id"))
    pages: Mapped[str] = mapped_column(String(60))
    set_number: Mapped[int]
    row: Mapped["RegionRow"] = relationship(back_populates="exhibits")
    document: Mapped[Document] = relationship(back_populates="region_exhibits")
    version: Mapped[DocumentVersion] = relationship()

    def follow(self, version: DocumentVersion, by: User) -> None:
        """Take the newer version of the same document; the verdict on the row is taken back."""
        self.version = version
        self.row.changed(by)

    @property
    def proof(self) -> Proof:
        version = self.version
        return Proof(version.file.sha256, version.kinds, frozenset(version.years), self.set_number)

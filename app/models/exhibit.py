"""A document linked to a row, in the version it had then, with the pages that matter there."""
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.document import Document, DocumentVersion
from app.rules.evidence import Proof, kinds_of

if TYPE_CHECKING:
    from app.models.answer import Answer


class Exhibit(Base):
    """`set_number` says which of the claimed things (training 1, 2, 3 …) it proves, on rows that are counted in sets."""
    __tablename__ = "exhibit"
    __table_args__ = (
        UniqueConstraint("answer_id", "document_id"), Index(None, "document_id"), Index(None, "version_id"),
        CheckConstraint("set_number >= 1", name="set_number_from_one"),
    )
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("document_version.id"))
    pages: Mapped[str] = mapped_column(String(60))
    set_number: Mapped[int]
    answer: Mapped["Answer"] = relationship(back_populates="exhibits")
    document: Mapped[Document] = relationship(back_populates="exhibits")
    version: Mapped[DocumentVersion] = relationship()

    def follow(self, version: DocumentVersion) -> None:
        """Take the newer version of the same document."""
        self.version = version
        self.answer.recount()

    @property
    def proof(self) -> Proof:
        version, file = self.version, self.version.file
        return proof_of(self.set_number, version.years, version.url, file.kind, file.sha256)

    def facts(self) -> dict[str, Any]:
        """As kept in a snapshot."""
        version = self.version
        return {
            "document": self.document_id, "version": self.version_id, "title": version.title, "doc_number": version.doc_number,
            "dated_on": version.dated_on and version.dated_on.isoformat(), "years": version.years, "url": version.url,
            "file": version.file_name, "sha256": version.file.sha256, "kind": version.file.kind, "pages": self.pages, "set": self.set_number,
        }


def proof_of(set_number: int, years: Iterable[int], url: str, kind: str, sha256: str) -> Proof:
    """What a linked document proves, from the columns that say so."""
    return Proof(sha256, kinds_of(kind, url), frozenset(years), set_number)

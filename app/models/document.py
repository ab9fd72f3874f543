"""Evidence documents of a unit. Nothing is overwritten: every change of a file or a fact is another version."""
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.event import Event, Recorded
from app.models.people import User
from app.models.units import Unit
from app.rules import Refused, days
from app.rules.evidence import kinds_of

if TYPE_CHECKING:
    from app.models.exhibit import Exhibit
    from app.models.region_exhibit import RegionExhibit

DETAILS = ("title", "doc_number", "dated_on", "years", "url", "captured_on")


class StoredFile(Base):
    """Bytes on disk under their SHA-256. `size` in bytes, `seconds` of a video, `active` names active content found in a PDF."""
    __tablename__ = "stored_file"
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    pages: Mapped[int | None]
    seconds: Mapped[int | None]
    active: Mapped[list[str]] = mapped_column(JSON)

    @property
    def is_picture(self) -> bool:
        return self.kind in ("jpg", "png")


class Document(Base, Recorded):
    """A unit's document; `current` is its latest version, the earlier ones stay."""
    __tablename__ = "document"
    __table_args__ = (Index(None, "unit_id", "archived_at"),)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    archived_at: Mapped[datetime | None]
    unit: Mapped[Unit] = relationship()
    versions: Mapped[list["DocumentVersion"]] = relationship(back_populates="document", order_by="DocumentVersion.number")
    exhibits: Mapped[list["Exhibit"]] = relationship(back_populates="document")
    region_exhibits: Mapped[list["RegionExhibit"]] = relationship(back_populates="document")
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    @classmethod
    def add(cls, unit: Unit, by: User, file: StoredFile, file_name: str, **details: Any) -> "Document":
        """`details`: title (the file's name when empty), doc_number, dated_on, years, url, captured_on."""
        document = cls(unit=unit)
        document._append(by, file, file_name, {name: details.get(name) for name in DETAILS})
        document.record("document_added", by, title=document.current.title)
        return document

    def revise(self, by: User, file: StoredFile | None = None, file_name: str = "", **details: Any) -> None:
        """A new version with another file, other facts, or both. Rows that are still open follow it; judged rows keep theirs."""
        self.must_be_kept()
        was = self.current
        facts = {name: details.get(name, getattr(was, name)) for name in DETAILS}
        if file in (None, was.file) and all(getattr(was, name) == facts[name] for name in DETAILS):
            raise Refused("Tidak ada yang berubah pada dokumen ini.")
        was.is_current = False
        version = self._append(by, file or was.file, file_name if file else was.file_name, facts)
        followers = [exhibit for exhibit in self.exhibits if exhibit.answer.may_change]
        regional = [exhibit for exhibit in self.region_exhibits if not exhibit.row.period.why_region_is_closed]
        for exhibit in followers:
            exhibit.follow(version)
        for one in regional:
            one.follow(version, by)
        self.record("document_revised", by, title=version.title, file=file_name,
                    rows=[e.answer.indicator.code for e in followers] + [e.row.code for e in regional])

    def archive(self, by: User) -> None:
        self.must_be_kept()
        held_back = [e for e in self.exhibits if not e.answer.entry.period.is_training or e.answer.may_change]  # what is only practised keeps nothing
        if held := len(held_back) + len(self.region_exhibits):
            raise Refused(f"“{self.current.title}” masih melampiri {held} baris. Lepas dulu dari baris itu.")
        self.archived_at = clock.now()
        self.record("document_archived", by, title=self.current.title)

    def move_to(self, unit: Unit, by: User) -> None:
        """Its unit was merged into another; the rows it is linked to keep it."""
        before, self.unit = self.unit, unit
        self.record("document_moved", by, title=self.current.title, before=before.name, unit=unit.name)

    def must_be_kept(self) -> None:
        if self.archived_at:
            raise Refused("Dokumen ini sudah diarsipkan.")

    def _append(self, by: User, file: StoredFile, file_name: str, facts: dict[str, Any]) -> "DocumentVersion":
        facts["title"] = (facts["title"] or "").strip() or file_name.rsplit(".", 1)[0]
        facts["doc_number"], facts["url"] = (facts["doc_number"] or "").strip(), (facts["url"] or "").strip()
        facts["years"] = sorted(set(facts["years"] or ()))
        if facts["url"] and not facts["captured_on"]:
            raise Refused("Isi tanggal tangkapan layar: tautan sebagai bukti perlu tangkapan bertanggal, karena isi situs dapat berubah.")
        if facts["url"] and not facts["url"].startswith(("http://", "https://")):
            raise Refused("Tautan harus diawali http:// atau https://.")
        for what, day in (("dokumen", facts["dated_on"]), ("tangkapan layar", facts["captured_on"])):
            if day and not days.has_begun(day, clock.now()):
                raise Refused(f"Tanggal {what} tidak boleh sesudah hari ini.")
        version = DocumentVersion(number=len(self.versions) + 1, file=file, file_name=file_name, is_current=True, added_by=by,
                                  added_at=clock.now(), **facts)
        self.versions.append(version)
        return version

    @property
    def current(self) -> "DocumentVersion":
        return self.versions[-1]


class DocumentVersion(Base):
    """What a document said and which file it was, at one time. `years` are the years it speaks for."""
    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("url = '' OR captured_on IS NOT NULL", name="link_has_capture"),
        Index(None, "file_id"), Index(None, "dated_on", "doc_number"),
        Index("ix_document_version_current", "document_id", sqlite_where=text("is_current"), postgresql_where=text("is_current")),
    )
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    is_current: Mapped[bool]
    title: Mapped[str] = mapped_column(String(300))
    doc_number: Mapped[str] = mapped_column(String(120))
    dated_on: Mapped[date | None]
    years: Mapped[list[int]] = mapped_column(JSON)
    url: Mapped[str] = mapped_column(String(500))
    captured_on: Mapped[date | None]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]
    document: Mapped[Document] = relationship(back_populates="versions")
    file: Mapped[StoredFile] = relationship()
    added_by: Mapped[User] = relationship()

    def must_have(self, pages: str) -> None:
        """Refuse page numbers (`3`, `12–14`) beyond the end of a PDF."""
        last = max(map(int, re.findall(r"\d{1,6}", pages)), default=0)
        if self.file.pages and last > self.file.pages:
            raise Refused(f"“{self.title}” hanya {self.file.pages} halaman, jadi tidak ada halaman {last}.")

    @property
    def kinds(self) -> frozenset[str]:
        """What this version may count as: its file, and a link when it carries one with a dated capture."""
        return kinds_of(self.file.kind, self.url)

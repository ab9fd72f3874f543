"""An innovation in the register, with its 22-item profile. It lives for years; each year's proposal is an Entry."""
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.brought import Brought
from app.models.catalogued import Catalogued
from app.models.document import StoredFile
from app.models.event import Event, Recorded
from app.models.interest import Interest
from app.models.people import User
from app.models.plain import Plain
from app.models.register_import import PastReport, RegisterImport
from app.models.tag import Tag
from app.models.units import Unit
from app.rules import Refused, eligibility
from app.rules.codelists import NON_PKPN
from app.rules.eligibility import Eligibility, Window
from app.rules.profile import FILE_SLOTS
from app.rules.workflow import WITH_OFFICE, WITH_UNIT, Status

if TYPE_CHECKING:
    from app.models.entry import Entry

PROFILE = ("name", "stage", "initiator", "initiator_name", "classification", "latitude", "longitude", "kind", "form", "asta_cita",
           "pkpn_cluster", "pkpn_main", "pkpn_touching", "main_affair", "touching_affairs", "trial_on", "applied_on", "developed_on",
           "design", "purpose", "benefit", "result")


class Innovation(Brought, Catalogued, Base, Plain, Recorded):
    """Everything but the name may be empty while it is a draft; coordinates are decimal degrees. `summary` and `tags` are for the catalogue,
    where an innovation stands once it was approved, or earlier when its unit shows it (`is_shown`). `archive_note` is why it was archived."""
    __tablename__ = "innovation"
    __table_args__ = (Index(None, "unit_id", "name"), Index(None, "main_affair"), Index("ix_innovation_kept", "archived_at", "name", "is_shown"),
                      Index(None, "brought_by_id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    recorded_at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(200))
    stage: Mapped[str | None] = mapped_column(String(20))
    initiator: Mapped[str | None] = mapped_column(String(40))
    initiator_name: Mapped[str | None] = mapped_column(String(160))
    classification: Mapped[str | None] = mapped_column(String(40))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    kind: Mapped[str | None] = mapped_column(String(20))
    form: Mapped[str | None] = mapped_column(String(80))
    asta_cita: Mapped[int | None]
    pkpn_cluster: Mapped[str | None] = mapped_column(String(80))
    pkpn_main: Mapped[str | None] = mapped_column(String(120))
    pkpn_touching: Mapped[list[str]] = mapped_column(JSON)
    main_affair: Mapped[str | None] = mapped_column(String(80))
    touching_affairs: Mapped[list[str]] = mapped_column(JSON)
    trial_on: Mapped[date | None]
    applied_on: Mapped[date | None]
    developed_on: Mapped[date | None]
    design: Mapped[str | None] = mapped_column(Text)
    purpose: Mapped[str | None] = mapped_column(Text)
    benefit: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(String(600))  # type: ignore[assignment]
    is_shown: Mapped[bool]  # type: ignore[assignment]
    archived_at: Mapped[datetime | None]  # type: ignore[assignment]
    archive_note: Mapped[str] = mapped_column(Text)  # type: ignore[assignment]
    brought_by_id: Mapped[int | None] = mapped_column(ForeignKey("register_import.id"))
    unit: Mapped[Unit] = relationship()
    files: Mapped[list["ProfileFile"]] = relationship(back_populates="innovation", order_by="ProfileFile.id")
    entries: Mapped[list["Entry"]] = relationship(back_populates="innovation", order_by="Entry.id")
    tags: Mapped[list[Tag]] = relationship(back_populates="innovation", order_by=Tag.word, cascade="all, delete-orphan")
    interests: Mapped[list[Interest]] = relationship(back_populates="innovation", order_by=Interest.id)
    past_reports: Mapped[list[PastReport]] = relationship(back_populates="innovation", order_by=PastReport.year, cascade="all, delete-orphan")
    brought_by: Mapped[RegisterImport | None] = relationship(back_populates="innovations")
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    # Verbs

    @classmethod
    def add(cls, name: str, unit: Unit, by: User) -> "Innovation":
        """Recorded with nothing but its name; the rest may follow at any time."""
        innovation = cls(name=name.strip(), unit=unit, recorded_at=clock.now(), pkpn_touching=[], touching_affairs=[], summary="",
                         is_shown=False, archive_note="")
        innovation.record("innovation_added", by)
        return innovation

    def edit(self, by: User, **fields: Any) -> None:
        """Save part of the profile; any item may be empty except the name."""
        self.must_be_editable()
        unknown = set(fields) - set(PROFILE)
        if unknown:
            raise ValueError(f"not part of the profile: {unknown}")
        if "name" in fields and not (fields["name"] or "").strip():
            raise Refused("Nama inovasi tidak boleh dikosongkan.")
        if fields.get("pkpn_cluster") == NON_PKPN:
            fields |= {"pkpn_main": None, "pkpn_touching": []}
        before = {name: getattr(self, name) for name in fields}
        for name, value in fields.items():
            setattr(self, name, value)
        self.must_be_in_order()
        for entry in self.entries:
            if entry.status in WITH_UNIT:
                entry.main_affair = self.main_affair
        changed = sorted(name for name, old in before.items() if old != getattr(self, name))
        if changed:
            self.record("profile_edited", by, changed=changed)

    def attach(self, by: User, slot: str, file: StoredFile, file_name: str) -> None:
        """Put a file in one of the four slots of the profile; an earlier one stays on disk and in the record."""
        self.must_be_editable()
        before = self.file_in(slot)
        if before is None:
            self.files.append(ProfileFile(slot=slot, file=file, file_name=file_name))
        else:
            before.file, before.file_name = file, file_name
        self.record("profile_file_attached", by, slot=FILE_SLOTS[slot], file=file_name)

    def move_to(self, unit: Unit, by: User) -> None:
        """Its unit was merged into another, which goes on with it."""
        before, self.unit = self.unit, unit
        self.record("innovation_moved", by, before=before.name, unit=unit.name)

    # Questions

    def file_in(self, slot: str) -> "ProfileFile | None":
        return next((held for held in self.files if held.slot == slot), None)

    @property
    def lock(self) -> str:
        """Why the profile may not be changed now, as a sentence; empty when it may. Training locks nothing."""
        if self.archived_at:
            return "Profil dikunci: inovasi ini diarsipkan."
        for entry in self.entries:
            if entry.period.is_training:
                continue
            is_over = clock.now() > entry.period.deadline(Status.RETURNED, self.unit)
            if entry.status == Status.SIGNING and not is_over:
                return "Profil dikunci selama usulan menunggu pengesahan kepala perangkat daerah. Tarik dulu usulannya bila ada yang hendak diubah."
            if entry.status in WITH_OFFICE:
                return "Profil dikunci selama usulan diperiksa verifikator."
            if is_over or entry.status == Status.SENT:
                continue  # that year is over, or what was sent is frozen on its own; the profile lives on
            if entry.status == Status.RETURNED and not entry.profile_is_returned:
                return "Profil dikunci: verifikator hanya mengembalikan baris isian, bukan profil."
            if entry.status == Status.APPROVED:
                return f"Profil dikunci: usulan periode {entry.period.year} sudah disetujui."
        return ""

    def reported_before(self, year: int) -> "list[Entry]":
        """Its proposals of earlier years that were approved or sent, oldest first; training is none."""
        done = (entry for entry in self.entries if entry.is_done and not entry.period.is_training and entry.period.year < year)
        return sorted(done, key=lambda entry: entry.period.year)

    def must_be_editable(self) -> None:
        if self.lock:
            raise Refused(self.lock)

    def eligibility(self, window: Window) -> Eligibility:
        return eligibility.check(self.stage, self.applied_on, self.developed_on, window)

    def profile(self) -> dict[str, Any]:
        """All 22 items by field; a file slot holds the file's SHA-256 or None."""
        slots = dict.fromkeys(FILE_SLOTS) | {held.slot: held.file.sha256 for held in self.files}
        return {name: getattr(self, name) for name in PROFILE} | slots

    def must_be_in_order(self) -> None:
        if self.trial_on and self.applied_on and self.trial_on > self.applied_on:
            raise Refused("Tanggal uji coba harus sebelum atau sama dengan tanggal diterapkan.")
        if self.applied_on and self.developed_on and self.developed_on < self.applied_on:
            raise Refused("Tanggal pengembangan terakhir harus sesudah tanggal diterapkan.")
        if self.main_affair and self.main_affair in self.touching_affairs:
            raise Refused("Urusan utama tidak perlu dipilih lagi sebagai urusan yang bersinggungan.")


class ProfileFile(Base):
    __tablename__ = "profile_file"
    __table_args__ = (UniqueConstraint("innovation_id", "slot"), Index(None, "file_id"))
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovation.id"))
    slot: Mapped[str] = mapped_column(String(20))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    innovation: Mapped[Innovation] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship()

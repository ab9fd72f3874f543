"""Desk sessions and monitoring visits: a reviewer sits with a unit for a while; what was said and promised stays with the proposal."""
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base, one_of
from app.models.event import Event, Recorded
from app.models.minuting import Minuting
from app.models.people import User
from app.models.promise import Promise
from app.models.units import Unit
from app.rules import Refused
from app.rules.access import JUDGES, UNIT_ROLES

if TYPE_CHECKING:
    from app.models.entry import Entry
    from app.models.innovation import Innovation

SHORTEST, LONGEST = 10, 600  # minutes
LONGEST_AGENDA = 4000  # letters


class Kind(StrEnum):
    DESK = "desk"
    MONITORING = "monitoring"


class State(StrEnum):
    COMING = "coming"
    DUE = "due"  # its time is over and nobody closed it
    HELD = "held"
    CANCELLED = "cancelled"


class DeskSession(Minuting, Base, Recorded):
    """`starts_at` for `minutes`; `entry` or `innovation` when it is about one. `agenda` is what was planned, `notes` the minutes (risalah),
    `attendance` the names of those who came, one text each. Held once `held_at` is set, called off with a reason before that. `version` grows
    with each change of the minutes."""
    __tablename__ = "desk_session"
    __table_args__ = (
        one_of("kind", Kind), CheckConstraint("minutes BETWEEN 10 AND 600", name="minutes_known"),
        CheckConstraint("held_at IS NULL OR cancelled_at IS NULL", name="held_or_cancelled"),
        Index(None, "starts_at"), Index(None, "unit_id", "starts_at"), Index(None, "reviewer_id", "starts_at"), Index(None, "entry_id"),
        Index(None, "innovation_id"), Index(None, "made_by_id"),
    )
    kind: Mapped[str] = mapped_column(String(12))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    innovation_id: Mapped[int | None] = mapped_column(ForeignKey("innovation.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(120))
    agenda: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(Text)
    attendance: Mapped[list[str]] = mapped_column(JSON)
    held_at: Mapped[datetime | None]  # type: ignore[assignment]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime]
    version: Mapped[int]
    unit: Mapped[Unit] = relationship()
    reviewer: Mapped[User] = relationship(foreign_keys=reviewer_id)
    made_by: Mapped[User] = relationship(foreign_keys=made_by_id)
    innovation: Mapped["Innovation | None"] = relationship()
    entry: Mapped["Entry | None"] = relationship()
    promises: Mapped[list[Promise]] = relationship(back_populates="session", order_by=Promise.id, cascade="all, delete-orphan")
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    # Verbs

    @classmethod
    def arrange(cls, by: User, unit: Unit, reviewer: User, starts_at: datetime, minutes: int, others: "Iterable[DeskSession]" = (),
                **facts: Any) -> "DeskSession":
        """`others` are the sessions of this unit and this reviewer around that time; `facts`: kind, innovation, entry, place, agenda."""
        one = cls(unit=unit, notes="", attendance=[], cancel_reason="", made_by=by, made_at=clock.now(), version=0)
        if unit.archived_at:
            raise Refused(f"{unit.name} sudah diarsipkan, jadi tidak didampingi lagi.")
        one._set(reviewer=reviewer, starts_at=starts_at, minutes=minutes, others=others, **facts)
        one.record("session_arranged", by, tell=one.both_sides, **one._told())
        return one

    def edit(self, by: User, reviewer: User, starts_at: datetime, minutes: int, others: "Iterable[DeskSession]" = (), **facts: Any) -> None:
        """Moved, given to somebody else, or only described differently."""
        self.must_be_open()
        before, told = self._facts(), self.both_sides
        self._set(reviewer=reviewer, starts_at=starts_at, minutes=minutes, others=others, **facts)
        changed = {name: [before[name], now] for name, now in self._facts().items() if now != before[name]}
        if not changed:
            raise Refused("Tidak ada yang berubah.")
        self.record("session_edited", by, tell=[*told, self.reviewer], changed=changed, **self._told())

    def call_off(self, by: User, reason: str) -> None:
        self.must_be_open()
        if not reason.strip():
            raise Refused("Tulis alasan pembatalannya. Alasan ini dibaca kedua pihak.")
        self.cancelled_at, self.cancel_reason = clock.now(), reason.strip()
        self.record("session_called_off", by, tell=self.both_sides, reason=self.cancel_reason, **self._told())

    def move_to(self, unit: Unit, by: User) -> None:
        """Its unit was merged into another, which comes instead."""
        before, self.unit = self.unit, unit
        self.record("session_moved", by, tell=[self.reviewer], before=before.name, **self._told())

    # Questions

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def state(self) -> State:
        if self.cancelled_at:
            return State.CANCELLED
        return State.HELD if self.held_at else State.DUE if self.ends_at < clock.now() else State.COMING

    @property
    def is_open(self) -> bool:
        return not self.held_at and not self.cancelled_at

    @property
    def both_sides(self) -> list[User]:
        return [*self.unit.people(*sorted(UNIT_ROLES)), self.reviewer]

    def must_be_open(self) -> None:
        if self.cancelled_at:
            raise Refused("Sesi ini sudah dibatalkan.")
        if self.held_at:
            raise Refused("Sesi ini sudah selesai, jadi jadwalnya tidak berubah lagi.")

    # Inside

    def _set(self, reviewer: User, starts_at: datetime, minutes: int, others: "Iterable[DeskSession]", kind: str = Kind.DESK,
             innovation: "Innovation | None" = None, entry: "Entry | None" = None, place: str = "", agenda: str = "") -> None:
        if not reviewer.is_active or not reviewer.has_role(*JUDGES):
            raise Refused(f"{reviewer.name} bukan verifikator yang aktif.")
        if reviewer.serves(self.unit):
            raise Refused(f"{reviewer.name} terdaftar di {self.unit.name}, jadi tidak mendampinginya.")
        if not SHORTEST <= minutes <= LONGEST:
            raise Refused(f"Lamanya {SHORTEST} sampai {LONGEST} menit.")
        if len(agenda.strip()) > LONGEST_AGENDA:
            raise Refused(f"Agenda paling banyak {LONGEST_AGENDA} huruf.")
        if innovation and innovation.unit is not self.unit:
            raise Refused(f"{innovation.name} bukan inovasi {self.unit.name}.")
        if kind == Kind.MONITORING and innovation is None:
            raise Refused("Pilih inovasi yang dikunjungi.")
        ends = starts_at + timedelta(minutes=minutes)
        for other in others:
            if other is self or other.cancelled_at or not (other.starts_at < ends and starts_at < other.ends_at):
                continue
            if other.reviewer is reviewer:
                raise Refused(f"Pada waktu itu {reviewer.name} sudah mendampingi {other.unit.name}. Pilih waktu atau verifikator lain.")
            if other.unit is self.unit:
                raise Refused(f"Pada waktu itu {self.unit.name} sudah punya sesi dengan {other.reviewer.name}. Pilih waktu lain.")
        self.kind, self.reviewer, self.starts_at, self.minutes = Kind(kind), reviewer, starts_at, minutes
        self.innovation, self.entry, self.place, self.agenda = innovation, entry, place.strip(), agenda.strip()

    def _told(self) -> dict[str, Any]:
        return {"kind": self.kind, "unit": self.unit.name, "reviewer_id": self.reviewer.id, "starts_at": self.starts_at.isoformat(),
                "place": self.place, "innovation": self.innovation.name if self.innovation else ""}

    def _facts(self) -> dict[str, Any]:
        return {**{name: value for name, value in self._told().items() if name != "unit"}, "minutes": self.minutes, "agenda": self.agenda}

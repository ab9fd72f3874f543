"""Perangkat daerah and everything below: who brings innovations, who verifies them, which of them is the innovation office."""
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.event import Event, Recorded
from app.models.merging import Merging
from app.rules import Refused
from app.rules.access import JUDGES, Role
from app.rules.codelists import UNIT_KINDS

if TYPE_CHECKING:
    from app.models.people import Membership, User


class Unit(Merging, Base, Recorded):
    """`merged_into` is where everything of an archived unit went; what is closed stays here under its old name."""
    __tablename__ = "unit"
    __table_args__ = (Index(None, "parent_id"), Index(None, "reviewer_id"), Index(None, "merged_into_id"))
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    is_office: Mapped[bool]
    archived_at: Mapped[datetime | None]  # type: ignore[assignment]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id", foreign_keys=parent_id, post_update=True)  # two may change places at once
    merged_into: Mapped["Unit | None"] = relationship(remote_side="Unit.id", foreign_keys=merged_into_id)  # type: ignore[assignment]
    reviewer: Mapped["User | None"] = relationship(foreign_keys=reviewer_id)
    memberships: Mapped[list["Membership"]] = relationship(back_populates="unit")
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    @classmethod
    def add(cls, name: str, kind: str, by: "User | None", parent: "Unit | None" = None, is_office: bool = False) -> "Unit":
        unit = cls(name=name, kind=known_kind(kind), parent=parent, is_office=is_office)
        unit.record("unit_added", by)
        return unit

    def edit(self, by: "User", name: str, kind: str, parent: "Unit | None", is_office: bool) -> None:
        if parent is self or (parent and self in parent.ancestors()):
            raise Refused("Perangkat daerah tidak dapat menjadi induk bagi dirinya sendiri. Pilih induk yang lain.")
        before = self._facts()
        self.name, self.kind, self.parent, self.is_office = name, known_kind(kind), parent, is_office
        self._record_edit(by, before)

    def rehang(self, parent: "Unit | None", by: "User") -> None:
        """Below another unit, because the one above it went away."""
        before, self.parent = self._facts(), parent
        self._record_edit(by, before)

    def archive(self, by: "User") -> None:
        """Kept for its history, offered nowhere any more."""
        if self.archived_at:
            raise Refused(f"{self.name} sudah diarsipkan.")
        if self.is_office:
            raise Refused(f"{self.name} adalah kantor pengelola inovasi daerah, jadi tidak dapat diarsipkan. Pindahkan dulu tandanya.")
        self.archived_at = clock.now()
        self.record("unit_archived", by)

    def restore(self, by: "User") -> None:
        if not self.archived_at:
            raise Refused(f"{self.name} tidak sedang diarsipkan.")
        if self.merged_into:
            raise Refused(f"{self.name} sudah digabung ke {self.merged_into.name}, jadi tidak diaktifkan kembali.")
        self.archived_at = None
        self.record("unit_restored", by)

    def give_reviewer(self, by: "User", reviewer: "User | None") -> None:
        """Whose proposals of this unit are from now on when they come in; None for nobody in particular."""
        if reviewer is self.reviewer:
            raise Refused(f"{self.name} sudah dipegang {reviewer.name}." if reviewer else f"{self.name} memang belum dibagi.")
        if reviewer and (not reviewer.is_active or not reviewer.has_role(*JUDGES)):
            raise Refused(f"{reviewer.name} bukan verifikator yang aktif.")
        if reviewer and reviewer.serves(self):
            raise Refused(f"{reviewer.name} terdaftar di {self.name}, jadi tidak memutus usulannya.")
        self.reviewer = reviewer
        self.record("unit_assigned", by, tell=[reviewer] if reviewer else (), private=True, reviewer_id=reviewer and reviewer.id,
                    unit=self.name)

    def people(self, *roles: Role) -> list["User"]:
        """The active people who hold one of these roles here, or where it was merged into."""
        return [m.user for m in (self.merged_into or self).memberships if m.role in roles and m.user.is_active]

    def ancestors(self) -> list["Unit"]:
        return [self.parent, *self.parent.ancestors()] if self.parent else []

    def _facts(self) -> dict[str, str]:
        return {"name": self.name, "kind": self.kind, "parent": self.parent.name if self.parent else "",
                "office": "ya" if self.is_office else "tidak"}

    def _record_edit(self, by: "User", before: dict[str, str]) -> None:
        """With what it was before: old papers bear the old name."""
        changed = {what: [before[what], now] for what, now in self._facts().items() if now != before[what]}
        self.record("unit_edited", by, name=self.name, changed=changed)


def known_kind(kind: str) -> str:
    if kind not in UNIT_KINDS:
        raise Refused("Pilih jenis perangkat daerah dari daftar.")
    return kind

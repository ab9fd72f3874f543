"""Whose installation this is: the region, its innovation office, how both look on screen and paper, and which clock is theirs."""
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.document import StoredFile
from app.models.event import Event, Recorded
from app.models.people import User
from app.rules import Refused, colours

FACTS = ("region", "office", "seat", "contact", "timezone", "number_prefix", "letter_number", "letterhead", "footer", "colour")
SETTINGS = FACTS[:7]  # those that `app.config.Settings` knows under the same names; saved here, they count instead


class Regency(Base, Recorded):
    """One row, made when the first screen is saved; until then the settings of the installation count. `letterhead` are the lines below the
    office's name (address, telephone), `footer` a line on every page, `colour` the main colour as #rrggbb or empty for ours."""
    __tablename__ = "regency"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"), Index(None, "logo_id"))
    region: Mapped[str] = mapped_column(String(100))
    office: Mapped[str] = mapped_column(String(100))
    seat: Mapped[str] = mapped_column(String(100))
    contact: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(40))
    number_prefix: Mapped[str] = mapped_column(String(10))
    letter_number: Mapped[str] = mapped_column(String(80))
    letterhead: Mapped[str] = mapped_column(Text)
    footer: Mapped[str] = mapped_column(String(200))
    colour: Mapped[str] = mapped_column(String(7))
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    changed_at: Mapped[datetime]
    logo: Mapped[StoredFile | None] = relationship()
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    @classmethod
    def begin(cls, by: User | None, **facts: Any) -> "Regency":
        """`facts`: FACTS; what is not said is empty."""
        regency = cls(id=1, **dict.fromkeys(FACTS, ""))
        regency._set(**facts)
        regency.record("regency_described", by)
        return regency

    def edit(self, by: User, **facts: Any) -> None:
        before = {name: getattr(self, name) for name in FACTS}
        self._set(**facts)
        changed = {name: [old, now] for name, old in before.items() if (now := getattr(self, name)) != old}
        if not changed:
            raise Refused("Tidak ada yang berubah.")
        self.record("regency_edited", by, changed=changed)

    def put_logo(self, by: User, file: StoredFile | None) -> None:
        """A picture for head, letterhead and sign-in page; None takes it away."""
        if file is self.logo:
            raise Refused("Tidak ada yang berubah.")
        if file and not file.is_picture:
            raise Refused("Logo berupa gambar PNG atau JPEG.")
        self.logo, self.changed_at = file, clock.now()
        if file:
            self.record("logo_put", by)
        else:
            self.record("logo_removed", by)

    def _set(self, **facts: Any) -> None:
        if unknown := set(facts) - set(FACTS):
            raise ValueError(f"not part of the regency: {unknown}")
        if facts.get("colour"):
            colours.must_be_readable(facts["colour"])
        for name, value in facts.items():
            setattr(self, name, value)
        self.changed_at = clock.now()

"""What the office tells everybody, or some of them, for a while."""
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base, one_of
from app.models.event import Event, Recorded
from app.rules import Refused
from app.rules.audience import LABELS, Audience

if TYPE_CHECKING:
    from app.models.people import User

LONGEST = 600  # letters: it stands on top of every page
FACTS = ("text", "audience", "shows_from", "shows_until", "at_door")


class Announcement(Base, Recorded):
    """Plain text; a line of its own is a paragraph. Shown from one instant to another, both inclusive, unless it was ended before. `at_door`
    shows it on the sign-in page too; `changed_at` is that of its last change: who put it away before sees it again."""
    __tablename__ = "announcement"
    __table_args__ = (
        one_of("audience", Audience), CheckConstraint("shows_from < shows_until", name="shows_for_a_while"),
        CheckConstraint("NOT at_door OR audience = 'semua'", name="at_door_for_all"), Index(None, "shows_until"), Index(None, "by_id"),
    )
    text: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(String(10))
    shows_from: Mapped[datetime]
    shows_until: Mapped[datetime]
    at_door: Mapped[bool]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    by: Mapped["User"] = relationship()
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    @classmethod
    def add(cls, by: "User", **facts: Any) -> "Announcement":
        """`facts`: text, audience, shows_from, shows_until, at_door."""
        one = cls(by=by)
        one._set(**facts)
        if one.shows_until <= clock.now():
            raise Refused("Pengumuman ini sudah berakhir sebelum tampil. Pilih hari terakhir yang belum lewat.")
        one.record("announcement_added", by, text=one.text, audience=one.audience)
        return one

    def edit(self, by: "User", **facts: Any) -> None:
        self._must_be_open()
        before = {name: getattr(self, name) for name in FACTS}
        self._set(**facts)
        changed = {name: [_written(name, before[name]), _written(name, now)] for name in FACTS if (now := getattr(self, name)) != before[name]}
        if not changed:
            raise Refused("Tidak ada yang berubah.")
        self.record("announcement_edited", by, text=self.text, changed=changed)

    def end(self, by: "User") -> None:
        """Before its time."""
        self._must_be_open()
        self.ended_at = self.changed_at = clock.now()
        self.record("announcement_ended", by, text=self.text)

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.shows_until < clock.now()

    @property
    def is_showing(self) -> bool:
        return not self.is_over and self.shows_from <= clock.now()

    @property
    def paragraphs(self) -> list[str]:
        return self.text.splitlines()

    @property
    def ended_on(self) -> datetime:
        return min(self.shows_until, self.ended_at or self.shows_until)

    def _must_be_open(self) -> None:
        if self.is_over:
            raise Refused("Pengumuman ini sudah berakhir, jadi tidak berubah lagi. Tulis pengumuman baru.")

    def _set(self, text: str, audience: str, shows_from: datetime, shows_until: datetime, at_door: bool) -> None:
        if audience not in set(Audience):
            raise Refused("Pilih untuk siapa pengumuman ini.")
        if shows_until < shows_from:
            raise Refused("Hari terakhir tidak boleh sebelum hari pertama.")
        if at_door and audience != Audience.ALL:
            raise Refused("Halaman masuk dibaca siapa saja, jadi hanya pengumuman untuk semua orang yang dapat tampil di sana.")
        self.text, self.audience = fit(text, LONGEST, "Pengumuman"), audience
        self.shows_from, self.shows_until, self.at_door, self.changed_at = shows_from, shows_until, at_door, clock.now()


def fit(text: str, longest: int, what: str) -> str:
    """Its paragraphs, without empty lines and blanks that say nothing."""
    lines = [" ".join(line.split()) for line in (text or "").splitlines()]
    text = "\n".join(filter(None, lines))
    if not text:
        raise Refused(f"{what} belum berisi teks.")
    if len(text) > longest:
        raise Refused(f"{what} paling banyak {longest} huruf; sekarang {len(text)}.")
    return text


def _written(name: str, value: Any) -> str:
    if name == "audience":
        return LABELS[Audience(value)]
    return value.isoformat() if isinstance(value, datetime) else str(value)

"""How the region stood in a year, as the ministry published it; typed in by hand, also for years before this app."""
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.event import Event, Recorded
from app.models.people import User
from app.rules import Refused

FIRST_YEAR = 2010
FACTS = ("index", "band", "rank", "participants", "count", "spd", "note")


class YearResult(Base, Recorded):
    """`index` 0-100 with two decimals and `band` (predikat) as published; `rank` among `participants`; `count` innovations sent; `spd` in points."""
    __tablename__ = "year_result"
    __table_args__ = (
        CheckConstraint('"index" BETWEEN 0 AND 10000', name="index_known"), CheckConstraint("rank IS NULL OR rank >= 1", name="rank_from_one"),
        Index(None, "recorded_by_id"),
    )
    year: Mapped[int] = mapped_column(unique=True)
    index: Mapped[Decimal]
    band: Mapped[str] = mapped_column(String(40))
    rank: Mapped[int | None]
    participants: Mapped[int | None]
    count: Mapped[int | None]
    spd: Mapped[Decimal | None]
    note: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[User] = relationship()
    events: Mapped[list[Event]] = relationship(back_populates="year_result", order_by=Event.id)

    @classmethod
    def add(cls, by: User, year: int, **facts: Any) -> "YearResult":
        """`facts`: index, band, rank, participants, count, spd, note."""
        if not FIRST_YEAR <= year <= clock.now().year:
            raise Refused(f"Tahun hasil antara {FIRST_YEAR} dan {clock.now().year}.")
        result = cls(year=year)
        result._set(by, **facts)
        result.record("result_recorded", by, year=year, index=str(result.index))
        return result

    def edit(self, by: User, **facts: Any) -> None:
        before = {name: str(getattr(self, name)) for name in FACTS}
        self._set(by, **facts)
        changed = {name: [before[name], now] for name in FACTS if (now := str(getattr(self, name))) != before[name]}
        if not changed:
            raise Refused("Tidak ada yang berubah.")
        self.record("result_edited", by, year=self.year, changed=changed)

    def _set(self, by: User, index: Decimal, band: str, rank: int | None = None, participants: int | None = None, count: int | None = None,
             spd: Decimal | None = None, note: str = "") -> None:
        if not 0 <= index <= 100:
            raise Refused("Indeks antara 0,00 dan 100,00.")
        if not band.strip():
            raise Refused("Isi predikat yang diumumkan.")
        if rank is not None and (rank < 1 or (participants is not None and rank > participants)):
            raise Refused("Peringkat dimulai dari 1 dan tidak melebihi banyaknya daerah yang dinilai.")
        if count is not None and count < 0:
            raise Refused("Jumlah inovasi tidak boleh kurang dari 0.")
        self.index, self.band, self.rank, self.participants, self.count, self.spd, self.note = (
            index, band.strip(), rank, participants, count, spd, note.strip())
        self.recorded_by, self.recorded_at = by, clock.now()

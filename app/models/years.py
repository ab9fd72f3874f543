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
FACTS = ("year", "index", "band", "rank", "participants", "count", "spd", "note")


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
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    @classmethod
    def add(cls, by: User, year: int, **facts: Any) -> "YearResult":
        """`facts`: index, band, rank, participants, count, spd, note."""
        result = cls()
        result._set(by, year, **facts)
        result.record("result_recorded", by, year=year, index=str(result.index))
        return result

    def edit(self, by: User, year: int, **facts: Any) -> None:
        """`facts` as in `add`; the year too may have been typed wrong."""
        before = {name: getattr(self, name) for name in FACTS}
        self._set(by, year, **facts)
        changed = {name: [_written(before[name]), _written(now)] for name in FACTS if (now := getattr(self, name)) != before[name]}
        if not changed:
            raise Refused("Tidak ada yang berubah.")
        self.record("result_edited", by, year=self.year, changed=changed)

    def _set(self, by: User, year: int, index: Decimal, band: str, rank: int | None = None, participants: int | None = None, count: int | None = None,
             spd: Decimal | None = None, note: str = "") -> None:
        if not FIRST_YEAR <= year <= clock.now().year:
            raise Refused(f"Tahun hasil antara {FIRST_YEAR} dan {clock.now().year}.")
        if not 0 <= index <= 100:
            raise Refused("Indeks antara 0,00 dan 100,00.")
        if not band.strip():
            raise Refused("Isi predikat yang diumumkan.")
        if rank is not None and (rank < 1 or (participants is not None and rank > participants)):
            raise Refused("Peringkat dimulai dari 1 dan tidak melebihi banyaknya daerah yang dinilai.")
        if participants is not None and participants < 1:
            raise Refused("Banyaknya daerah yang dinilai paling sedikit 1.")
        if count is not None and count < 0:
            raise Refused("Jumlah inovasi tidak boleh kurang dari 0.")
        if spd is not None and spd < 0:
            raise Refused("Poin SPD tidak boleh kurang dari 0.")
        self.year, self.index, self.band, self.rank, self.participants, self.count, self.spd, self.note = (
            year, index, band.strip(), rank, participants, count, spd, note.strip())
        self.recorded_by, self.recorded_at = by, clock.now()


def _written(fact: Any) -> str:
    """As kept in the record of a change: numbers without idle zeros, nothing for what is unknown."""
    if isinstance(fact, Decimal):
        return f"{fact.normalize():f}"
    return "" if fact is None else str(fact)

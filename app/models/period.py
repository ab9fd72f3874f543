"""A year's round of collecting and judging: one instrument, and instants the server enforces."""
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.event import Event, Recorded
from app.models.instrument import Instrument
from app.rules import Refused
from app.rules.workflow import Status

if TYPE_CHECKING:
    from app.models.people import User


class Period(Base, Recorded):
    """Units fill between `opens_at` and `closes_at` (both instants inclusive); what was returned may be repaired until
    `repairs_close_at`. `minimum_maturity` is the line "layak kirim" in points, fixed for the period."""
    __tablename__ = "period"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at AND closes_at <= repairs_close_at", name="dates_in_order"),
        Index(None, "instrument_id"),
    )
    year: Mapped[int] = mapped_column(unique=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    repairs_close_at: Mapped[datetime]
    minimum_maturity: Mapped[int]
    entries_started: Mapped[int]
    instrument: Mapped[Instrument] = relationship()
    events: Mapped[list[Event]] = relationship(back_populates="period", order_by=Event.id)

    @classmethod
    def add(cls, year: int, instrument: Instrument, by: "User | None", **plan) -> "Period":
        """`plan`: opens_at, closes_at, repairs_close_at (instants), minimum_maturity (points)."""
        period = cls(year=year, instrument=instrument, entries_started=0)
        period._set(**plan)
        period.record("period_added", by)
        return period

    def edit(self, by: "User", year: int, instrument: Instrument, **plan) -> None:
        """`plan` as in `add`. The year and the instrument stay as they are once a proposal was made under them."""
        if self.entries_started and (year, instrument) != (self.year, self.instrument):
            raise Refused(f"Tahun dan instrumen periode {self.year} tetap, karena sudah ada usulan yang memakainya.")
        before = self._facts()
        self.year, self.instrument = year, instrument
        self._set(**plan)
        changed = {name: [before[name], now] for name, now in self._facts().items() if now != before[name]}
        self.record("period_edited", by, changed=changed)

    def _set(self, opens_at: datetime, closes_at: datetime, repairs_close_at: datetime, minimum_maturity: int) -> None:
        if not opens_at < closes_at:
            raise Refused("Penutupan pengisian harus sesudah pembukaan.")
        if repairs_close_at < closes_at:
            raise Refused("Batas perbaikan tidak boleh sebelum penutupan pengisian.")
        if not 0 <= minimum_maturity <= self.instrument.maturity_max:
            raise Refused(f"Kematangan layak kirim antara 0 dan {self.instrument.maturity_max:f} poin.")
        self.opens_at, self.closes_at, self.repairs_close_at = opens_at, closes_at, repairs_close_at
        self.minimum_maturity = minimum_maturity

    def _facts(self) -> dict[str, str]:
        """As kept in the record of a change."""
        instants = {name: getattr(self, name).astimezone(UTC).isoformat() for name in ("opens_at", "closes_at", "repairs_close_at")}
        return {"year": str(self.year), "instrument": self.instrument.title, **instants, "minimum_maturity": str(self.minimum_maturity)}

    def take_number(self) -> int:
        """The next running number of a proposal in this period."""
        self.entries_started += 1
        return self.entries_started

    # Questions

    @property
    def is_open(self) -> bool:
        return self.opens_at <= clock.now() <= self.closes_at

    @property
    def is_repairing(self) -> bool:
        return self.closes_at < clock.now() <= self.repairs_close_at

    def deadline(self, status: Status) -> datetime:
        """Until when a proposal in this status may be worked on by its unit."""
        return self.repairs_close_at if status == Status.RETURNED else self.closes_at

    def accepts(self, status: Status) -> bool:
        return self.opens_at <= clock.now() <= self.deadline(status)

    def must_accept(self, status: Status) -> None:
        if clock.now() < self.opens_at:
            raise Refused(f"Periode {self.year} belum dibuka.")
        if not self.accepts(status):
            what = "Masa perbaikan" if status == Status.RETURNED else "Pengisian"
            raise Refused(f"{what} periode {self.year} sudah ditutup. Isian yang tersimpan tetap dapat dibaca.")

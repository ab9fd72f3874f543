"""A year's round of collecting and judging: one instrument, instants the server enforces, and how this office works."""
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.event import Event, Recorded
from app.models.extension import Extension
from app.models.instrument import Instrument
from app.models.more_time import MoreTime
from app.models.office import Office
from app.models.people import User
from app.models.region import RegionRow
from app.models.units import Unit
from app.rules import Refused
from app.rules.carrying import used_up
from app.rules.codelists import UNIT_KINDS
from app.rules.targets import asked_of
from app.rules.workflow import Status
from app.rules.years import period_name

if TYPE_CHECKING:
    from app.models.innovation import Innovation

MOST_GRACE = 120   # minutes
MOST_REPORTS = 20  # times one innovation
MOST_PER_UNIT = 20  # proposals asked of each unit
SWITCHES = ("needs_signature", "two_steps", "may_approve_own", "may_judge_own_unit")


class Period(Office, MoreTime, Base, Recorded):
    """Units fill between `opens_at` and `closes_at` (both instants inclusive); what was returned may be repaired until
    `repairs_close_at`. A page that was opened before a closing may still be sent for `grace_minutes` after it. `minimum_maturity` is the
    line "layak kirim" in points. The switches: `needs_signature` the head of the unit signs first; `two_steps` the coordinator approves
    what a reviewer finished; `may_approve_own` who verified may approve; `may_judge_own_unit` judges decide on their own unit too.
    `most_reports` is how often an innovation may be reported in all, this year counted in; 0 for no limit. `entries_per_unit` is how many
    proposals each unit of `target_kinds` (all kinds when empty) is asked for. A training period (`is_training`) counts for nothing.
    `region_claimed`, `region_evidenced`, `region_verified` are the points of the regional indicators, stored by the verbs of their rows."""
    __tablename__ = "period"
    __table_args__ = (
        UniqueConstraint("year", "is_training"),
        CheckConstraint("opens_at < closes_at AND closes_at <= repairs_close_at", name="dates_in_order"),
        CheckConstraint(f"grace_minutes BETWEEN 0 AND {MOST_GRACE}", name="grace_known"),
        CheckConstraint(f"most_reports BETWEEN 0 AND {MOST_REPORTS}", name="reports_known"),
        CheckConstraint(f"entries_per_unit BETWEEN 0 AND {MOST_PER_UNIT}", name="target_known"),
        Index(None, "instrument_id"),
    )
    year: Mapped[int]
    is_training: Mapped[bool]
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    repairs_close_at: Mapped[datetime]
    grace_minutes: Mapped[int]
    minimum_maturity: Mapped[int]
    most_reports: Mapped[int]
    entries_per_unit: Mapped[int]
    target_kinds: Mapped[list[str]] = mapped_column(JSON)
    needs_signature: Mapped[bool]
    two_steps: Mapped[bool]
    may_approve_own: Mapped[bool]
    may_judge_own_unit: Mapped[bool]
    entries_started: Mapped[int]
    region_claimed: Mapped[Decimal]
    region_evidenced: Mapped[Decimal]
    region_verified: Mapped[Decimal]
    region_closed_at: Mapped[datetime | None]
    instrument: Mapped[Instrument] = relationship()
    extensions: Mapped[list[Extension]] = relationship(back_populates="period", order_by=Extension.id)
    region_rows: Mapped[list[RegionRow]] = relationship(back_populates="period", order_by=RegionRow.position, cascade="all, delete-orphan")
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    @classmethod
    def add(cls, year: int, instrument: Instrument, by: User | None, is_training: bool = False, **plan) -> "Period":
        """`plan`: opens_at, closes_at, repairs_close_at (instants), minimum_maturity (points), grace_minutes, most_reports, entries_per_unit,
        target_kinds (of UNIT_KINDS), and the SWITCHES that are on."""
        instrument.must_be_published()
        period = cls(year=year, instrument=instrument, entries_started=0, grace_minutes=15, most_reports=2, entries_per_unit=1, target_kinds=[],
                     is_training=is_training, **dict.fromkeys(SWITCHES, False))
        period._set(**plan)
        period._lay_out_region()
        period.record("period_added", by)
        return period

    def edit(self, by: User, year: int, instrument: Instrument, **plan) -> None:
        """`plan` as in `add`. The year and the instrument stay as they are once a proposal was made under them."""
        if self.entries_started and (year, instrument) != (self.year, self.instrument):
            raise Refused(f"Tahun dan instrumen periode {self.name} tetap, karena sudah ada usulan yang memakainya.")
        if instrument is not self.instrument and any(row.changed_by for row in self.region_rows):
            raise Refused(f"Instrumen periode {self.year} tetap, karena indikator daerahnya sudah diisi.")
        before = self._facts()
        if instrument is not self.instrument:
            instrument.must_be_published()
            self.instrument = instrument
            self._lay_out_region()
        self.year = year
        self._set(**plan)
        changed = {name: [before[name], now] for name, now in self._facts().items() if now != before[name]}
        self.record("period_edited", by, changed=changed)

    def _set(self, opens_at: datetime, closes_at: datetime, repairs_close_at: datetime, minimum_maturity: int, **rest) -> None:
        if not opens_at < closes_at:
            raise Refused("Penutupan pengisian harus sesudah pembukaan.")
        if repairs_close_at < closes_at:
            raise Refused("Batas perbaikan tidak boleh sebelum penutupan pengisian.")
        if not 0 <= minimum_maturity <= self.instrument.maturity_max:
            raise Refused(f"Kematangan layak kirim antara 0 dan {self.instrument.maturity_max:f} poin.")
        if not 0 <= rest.get("grace_minutes", self.grace_minutes) <= MOST_GRACE:
            raise Refused(f"Tenggang halaman yang sudah terbuka antara 0 dan {MOST_GRACE} menit.")
        if not 0 <= rest.get("most_reports", self.most_reports) <= MOST_REPORTS:
            raise Refused(f"Berapa kali satu inovasi dilaporkan diisi 0 sampai {MOST_REPORTS}; 0 berarti tanpa batas.")
        if not 0 <= rest.get("entries_per_unit", self.entries_per_unit) <= MOST_PER_UNIT:
            raise Refused(f"Target usulan setiap perangkat daerah diisi 0 sampai {MOST_PER_UNIT}; 0 berarti tanpa target.")
        rest["target_kinds"] = known_kinds(rest.get("target_kinds", self.target_kinds))
        self.opens_at, self.closes_at, self.repairs_close_at = opens_at, closes_at, repairs_close_at
        self.minimum_maturity = minimum_maturity
        for name in ("grace_minutes", "most_reports", "entries_per_unit", "target_kinds", *SWITCHES):
            setattr(self, name, rest.pop(name, getattr(self, name)))
        if rest:
            raise ValueError(f"not part of a period: {set(rest)}")

    def _facts(self) -> dict[str, str]:
        """As kept in the record of a change."""
        instants = {name: getattr(self, name).astimezone(UTC).isoformat() for name in ("opens_at", "closes_at", "repairs_close_at")}
        plain = {name: str(getattr(self, name))
                 for name in ("year", "minimum_maturity", "grace_minutes", "most_reports", "entries_per_unit", *SWITCHES)}
        kinds = ", ".join(self.target_kinds) or "semua jenis"
        return {**plain, "target_kinds": kinds, "instrument": self.instrument.title, **instants}

    def take_number(self) -> int:
        """The next running number of a proposal in this period."""
        self.entries_started += 1
        return self.entries_started

    # Questions

    @property
    def name(self) -> str:
        """As people say it, after "periode": "2026", "latihan 2026"."""
        return period_name(self.year, self.is_training)

    @property
    def is_open(self) -> bool:
        return self.opens_at <= clock.now() <= self.closes_at

    @property
    def is_repairing(self) -> bool:
        return self.closes_at < clock.now() <= self.repairs_close_at

    @property
    def is_over(self) -> bool:
        """For everybody; single units may have been given more time."""
        return self.repairs_close_at < clock.now()

    def target_of(self, kind: str) -> int:
        """How many proposals a unit of this kind is asked for; 0 when it is not asked."""
        return asked_of(kind, self.entries_per_unit, self.target_kinds)

    def deadline(self, status: Status, unit: Unit | int | None = None) -> datetime:
        """Until when a proposal in this status may be worked on, by this unit when one is named."""
        usual = self._usual_deadline(status)
        extension = unit and self._latest_extension(unit)  # also one that ran out: a page opened before that has its grace
        return max(usual, extension.until) if extension else usual

    def _usual_deadline(self, status: Status) -> datetime:
        return self.repairs_close_at if status == Status.RETURNED else self.closes_at

    def is_late(self, status: Status, unit: Unit | int | None = None) -> bool:
        """Is the time up, an extension of the unit counted in? Nobody's is before the usual deadline."""
        return self._usual_deadline(status) < clock.now() and self.deadline(status, unit) < clock.now()

    def accepts(self, status: Status, unit: Unit | int | None = None, opened_at: datetime | None = None) -> bool:
        """`opened_at` is when the page this comes from was opened: before the deadline, it may still be sent within the grace."""
        if clock.now() < self.opens_at or not self.is_late(status, unit):
            return self.opens_at <= clock.now()
        grace = self.grace_ends_at(status, unit, opened_at)
        return grace is not None and clock.now() <= grace

    def grace_ends_at(self, status: Status, unit: Unit | int | None, opened_at: datetime | None) -> datetime | None:
        """Until when a page opened then may be sent; None when the time was up already, an extension of the unit counted in."""
        until = max([self._usual_deadline(status), *(one.ends_at for one in self.extensions if unit and one.is_for(unit))])
        return until + timedelta(minutes=self.grace_minutes) if opened_at and opened_at <= until else None

    def must_take_again(self, innovation: "Innovation") -> None:
        """Refuses an innovation that was reported as often as this period allows."""
        times = 0 if self.is_training else len(innovation.years_reported_before(self.year))
        if used_up(times, self.most_reports):
            past = ", termasuk sebelum aplikasi ini" if times > len(innovation.reported_before(self.year)) else ""
            raise Refused(f"{innovation.name} sudah {times} kali disetujui atau dikirim{past}, sedangkan periode {self.year} menerima satu inovasi "
                          f"paling banyak {self.most_reports} kali. Inovasinya tetap tercatat di register.")

    def must_accept(self, status: Status, unit: Unit | None = None, opened_at: datetime | None = None) -> None:
        if clock.now() < self.opens_at:
            raise Refused(f"Periode {self.name} belum dibuka.")
        if not self.accepts(status, unit, opened_at):
            what = "Masa perbaikan" if status == Status.RETURNED else "Pengisian"
            raise Refused(f"{what} periode {self.name} sudah ditutup. Isian yang tersimpan tetap dapat dibaca.")


def known_kinds(kinds: Collection[str]) -> list[str]:
    """Each once, in the order of the list; none for all of them."""
    if unknown := next((kind for kind in kinds if kind not in UNIT_KINDS), None):
        raise Refused(f"Jenis perangkat daerah “{unknown}” tidak dikenal.")
    return [kind for kind in UNIT_KINDS if kind in kinds]

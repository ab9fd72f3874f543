"""What the innovation office itself does in a period: the regional indicators as a whole, and the list to send. Part of Period."""
from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app import clock
from app.models.choosing import Choice
from app.models.people import User
from app.models.region import RegionRow
from app.rules import Refused
from app.rules.access import Role
from app.rules.scoring import Row, maturity
from app.rules.workflow import Status

if TYPE_CHECKING:
    from app.models.entry import Entry
    from app.models.period import Period


class Office:
    region_closed_at: Any

    def close_region(self: "Period", by: User) -> None:
        """The regional indicators are reported: nothing on them changes any more."""
        _must_coordinate(by)
        if self.region_closed_at:
            raise Refused("Indikator daerah periode ini sudah dikunci.")
        self.region_closed_at = clock.now()
        self.record("region_closed", by, verified=str(self.region_verified))

    def reopen_region(self: "Period", by: User, reason: str) -> None:
        _must_coordinate(by)
        if not self.region_closed_at:
            raise Refused("Indikator daerah periode ini tidak sedang dikunci.")
        if not reason.strip():
            raise Refused("Tulis mengapa kuncinya dibuka.")
        self.region_closed_at = None
        self.record("region_reopened", by, reason=reason.strip())

    def take_set(self: "Period", by: User, entries: Collection["Entry"], candidates: Collection["Entry"]) -> None:
        """These go on the list to send, the other `candidates` leave it. What is sent already stays sent."""
        _must_coordinate(by)
        if self.is_training:
            raise Refused("Usulan latihan tidak dikirim, jadi periode latihan tidak punya daftar kirim.")
        chosen = [entry for entry in entries if entry.status == Status.APPROVED]
        if wrong := next((entry for entry in chosen if entry.choice == Choice.HOLD), None):
            raise Refused(f"{wrong.innovation.name} ditahan, jadi tidak masuk daftar kirim.")
        for entry in candidates:
            if entry.status == Status.APPROVED:
                entry.chosen_at = (entry.chosen_at or clock.now()) if entry in chosen else None
        self.record("set_taken", by, chosen=len(chosen), held=sum(entry.status == Status.APPROVED for entry in candidates) - len(chosen))

    def recount_region(self: "Period") -> None:
        """The three numbers of the regional indicators, from their rows."""
        rows = self.region_rows
        self.region_claimed = _points((row.indicator.weight, row.claimed_level) for row in rows)
        self.region_evidenced = _points((row.indicator.weight, row.evidenced_level) for row in rows)
        self.region_verified = _points((row.indicator.weight, row.proven_level) for row in rows)

    def region_row(self: "Period", code: str) -> RegionRow | None:
        return next((row for row in self.region_rows if row.indicator.code == code), None)

    @property
    def why_region_is_closed(self: "Period") -> str:
        """Why the regional indicators may not be changed now, as a sentence; empty when they may."""
        if self.region_closed_at:
            return f"Indikator daerah periode {self.year} sudah dikunci. Koordinator dapat membuka kuncinya dengan alasan."
        return "" if self.opens_at <= clock.now() else f"Periode {self.year} belum dibuka."

    def _lay_out_region(self: "Period") -> None:
        """One empty row per regional indicator of the instrument; none where nothing counts."""
        rows = [] if self.is_training else self.instrument.regional_rows()
        self.region_rows = [RegionRow.empty(row) for row in rows]
        self.region_claimed = self.region_evidenced = self.region_verified = Decimal(0)


def _points(rows) -> Decimal:
    return maturity(Row(weight, level) for weight, level in rows)


def _must_coordinate(by: User) -> None:
    if not by.has_role(Role.COORDINATOR):
        raise Refused("Langkah ini milik koordinator.")

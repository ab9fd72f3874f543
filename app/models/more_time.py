"""More time: for one unit, or for everybody. Each with its reason, so that both sides read why. Part of Period."""
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app import clock
from app.models.extension import Extension
from app.models.people import User
from app.models.units import Unit
from app.rules import Refused
from app.rules.access import UNIT_ROLES

if TYPE_CHECKING:
    from app.models.period import Period


class MoreTime:

    def prolong(self: "Period", by: User, closes_at: datetime, repairs_close_at: datetime, reason: str, tell: Iterable[User] = ()) -> None:
        """Give everybody more time, for filling, for repairs or for both; what was over opens again. All in `tell` hear of it."""
        before, after = (self.closes_at, self.repairs_close_at), (closes_at, repairs_close_at)
        if not reason.strip():
            raise Refused("Tulis alasan pengunduran. Alasan ini dibaca semua perangkat daerah.")
        for what, new, old in zip(("Pengisian", "Perbaikan"), after, before, strict=True):
            if new < old:
                raise Refused(f"{what} ditutup: harinya lebih awal dari yang berlaku. Untuk memajukan, ubah tanggalnya di halaman periode.")
        if after == before:
            raise Refused("Pilih hari yang lebih akhir dari sekarang: belum ada yang diundur.")
        if any(new != old and new <= clock.now() for new, old in zip(after, before, strict=True)):
            raise Refused("Hari yang baru sudah lewat. Pilih hari ini atau sesudahnya.")
        if repairs_close_at < closes_at:
            raise Refused("Batas perbaikan tidak boleh sebelum penutupan pengisian. Undurkan juga batas perbaikannya.")
        reopened, (self.closes_at, self.repairs_close_at) = self.is_over, after
        self.record("period_prolonged", by, tell=tell, reason=reason.strip(), reopened=reopened,
                    closes_at=_written(before[0], closes_at), repairs_close_at=_written(before[1], repairs_close_at))

    def extend(self: "Period", by: User, unit: Unit, until: datetime, reason: str) -> Extension:
        """Give one unit more time, for filling and for repairs; a later extension replaces an earlier one."""
        if not reason.strip():
            raise Refused("Tulis alasan perpanjangannya. Alasan ini dibaca kedua pihak.")
        if until <= max(clock.now(), self.closes_at):
            raise Refused("Perpanjangan harus berakhir sesudah penutupan pengisian, dan belum lewat.")
        if self.running_extension(unit):
            self._end(unit)
        extension = Extension(unit=unit, until=until, reason=reason.strip(), given_by=by, given_at=clock.now())
        self.extensions.append(extension)
        self.record("extended", by, tell=unit.people(*UNIT_ROLES), unit=unit.name, until=until.astimezone(UTC).isoformat(), reason=reason.strip())
        return extension

    def end_extension(self: "Period", by: User, unit: Unit) -> None:
        if not self.running_extension(unit):
            raise Refused(f"{unit.name} tidak sedang mendapat perpanjangan.")
        self._end(unit)
        self.record("extension_ended", by, tell=unit.people(*UNIT_ROLES), unit=unit.name)

    def _end(self: "Period", unit: Unit) -> None:
        for extension in self.extensions:
            if extension.is_for(unit) and extension.is_running:
                extension.ended_at = clock.now()

    # Questions

    def running_extension(self: "Period", unit: Unit | int) -> Extension | None:
        """The one that counts for this unit (or its id) now."""
        latest = self._latest_extension(unit)
        return latest if latest and latest.is_running else None

    def _latest_extension(self: "Period", unit: Unit | int) -> Extension | None:
        return next((one for one in reversed(self.extensions) if one.is_for(unit) and one.ended_at is None), None)


def _written(*instants: datetime) -> list[str]:
    return [instant.astimezone(UTC).isoformat() for instant in instants]

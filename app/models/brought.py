"""What is known of an innovation from before this app: the sheet it came in with, and the years it was reported in. Part of Innovation."""
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app import clock
from app.models.people import User
from app.models.register_import import PastReport, RegisterImport
from app.models.tag import Tag
from app.models.units import Unit
from app.rules import Refused
from app.rules.register_sheet import EARLIEST_YEAR, LONGEST_NUMBER, MOST_POINTS, Past

if TYPE_CHECKING:
    from app.models.innovation import Innovation


class Brought:

    @classmethod
    def bring(cls: "type[Innovation]", by: User, register_import: RegisterImport, name: str, unit: Unit, facts: Mapping[str, Any],  # type: ignore[misc]
              summary: str = "", tags: Iterable[str] = (), past: Sequence[Past] = ()) -> "Innovation":
        """Recorded with all that a sheet of earlier years says of it. `facts` by the names of the profile."""
        innovation = cls(**{"pkpn_touching": [], "touching_affairs": []} | dict(facts), name=name, unit=unit, recorded_at=clock.now(),
                         summary=summary, is_shown=False, archive_note="", brought_by=register_import, tags=[Tag(word=word) for word in tags],
                         past_reports=[PastReport(year=one.year, number=one.number, maturity=one.maturity) for one in past])
        innovation.must_be_in_order()
        innovation.record("innovation_brought", by, file=register_import.file_name)
        return innovation

    def report_past(self: "Innovation", by: User, year: int, number: str = "", maturity: Decimal | None = None) -> None:
        """That it was reported to the ministry in a year this app knows nothing of."""
        number = number.strip()
        if not EARLIEST_YEAR <= year <= clock.now().year:
            raise Refused(f"Tahunnya antara {EARLIEST_YEAR} dan {clock.now().year}.")
        if any(past.year == year for past in self.past_reports):
            raise Refused(f"Laporan tahun {year} sudah tercatat. Hapus dulu bila hendak diganti.")
        if len(number) > LONGEST_NUMBER:
            raise Refused(f"Nomor registrasi paling banyak {LONGEST_NUMBER} huruf.")
        if maturity is not None and not 0 <= maturity <= MOST_POINTS:
            raise Refused(f"Kematangan antara 0 dan {MOST_POINTS} poin.")
        self.past_reports.append(PastReport(year=year, number=number, maturity=maturity))
        self.record("past_report_added", by, year=year, number=number, maturity=None if maturity is None else str(maturity))

    def withdraw_past(self: "Innovation", by: User, year: int) -> None:
        past = next((past for past in self.past_reports if past.year == year), None)
        if past is None:
            raise Refused(f"Laporan tahun {year} tidak tercatat.")
        self.past_reports.remove(past)
        self.record("past_report_removed", by, year=year, number=past.number, maturity=None if past.maturity is None else str(past.maturity))

    def years_reported_before(self: "Innovation", year: int) -> list[int]:
        """In which years it was reported, those before this app counted in; a year counts once. Agrees with `queries.carrying.reported`."""
        return sorted({entry.period.year for entry in self.reported_before(year)} | {past.year for past in self.past_reports if past.year < year})

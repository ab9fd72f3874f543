"""An instrument in the making: a row without a day of publication, whose `source` alone says what it is; its indicators come with publishing.
Split from Instrument, whose verbs these are."""
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from app import clock
from app.rules import Refused
from app.rules.instrument_changes import changes
from app.rules.instrument_check import check
from app.rules.instrument_reading import read
from app.rules.instrument_words import row_of, rules_of
from app.rules.instrument_years import free_code, moved, with_sentences

if TYPE_CHECKING:
    from app.models.instrument import Instrument
    from app.models.people import User

LONGEST_CODE = 40
FIRST, LAST = 2020, 2100  # the years a period may have
PUBLISHED = "Instrumen yang sudah terbit tidak dapat diubah. Terbitkan versi baru."


class InMaking:
    """Every verb but `clone` and `take_in` refuses a published instrument."""

    @classmethod
    def clone(cls: "type[Instrument]", by: "User", data: Mapping[str, Any], year: int, taken: Collection[str]) -> "Instrument":
        """A draft for `year` out of another instrument's data; `taken` are the codes there are."""
        if not FIRST <= year <= LAST:
            raise Refused(f"Tahun instrumen antara {FIRST} dan {LAST}.")
        draft = cls._begin(moved(data, year, taken))
        draft.record("instrument_cloned", by, title=draft.title, code=draft.code, origin=data["title"])
        return draft

    @classmethod
    def take_in(cls: "type[Instrument]", by: "User", data: Mapping[str, Any], taken: Collection[str], file: str) -> "Instrument":
        """A draft out of a file that was read; a code that is taken gets a number behind it."""
        draft = cls._begin({**data, "id": free_code(data["id"], taken)})
        draft.record("instrument_imported", by, title=draft.title, code=draft.code, file=file)
        return draft

    @classmethod
    def _begin(cls: "type[Instrument]", data: dict[str, Any]) -> "Instrument":
        draft = cls(code=data["id"], year=data["year"], published_at=None)
        draft._keep(data)
        return draft

    def edit_rules(self: "Instrument", by: "User", rules: Mapping[str, Any]) -> None:
        """`rules`: title, legal_basis, note, scoring, bands, eligibility, default_file_types; the parts that are given."""
        self._must_be_draft()
        data = with_sentences({**self.source, **rules})
        self._keep_changed(by, "", data, rules_of(self.source), rules_of(data))

    def edit_row(self: "Instrument", by: "User", row: Mapping[str, Any]) -> None:
        """`row` replaces the one of its code."""
        self._must_be_draft()
        before = self.row_data(row["code"])
        if before is None:
            raise Refused(f"Baris {row['code']} tidak ada di {self.title}.")
        data = {**self.source, "indicators": [row if one["code"] == row["code"] else one for one in self.source["indicators"]]}
        self._keep_changed(by, row["code"], data, row_of(before), row_of(row))

    def issue(self: "Instrument", by: "User", seen: str) -> None:
        """Publish: from here on nothing of it changes. `seen` is the checksum of what the person read."""
        self._must_be_draft()
        if seen != self.checksum:
            raise Refused("Draf ini diubah sesudah halaman ini dibuka. Baca lagi yang terbaru, lalu terbitkan.")
        if faults := check(self.source):
            raise Refused(f"Instrumen ini belum dapat diterbitkan: {len(faults)} hal perlu diperbaiki dulu.")
        self._keep({**self.source, "complete": True})
        self._lay_out()
        self.record("instrument_published", by, title=self.title, code=self.code, checksum=self.checksum)

    def discard(self: "Instrument", by: "User") -> None:
        """Out of every list, and its code is free again; the row stays, because what was written down about it does."""
        self._must_be_draft()
        self.record("instrument_discarded", by, title=self.title, code=self.code)
        self.discarded_at, self.code = clock.now(), f"{self.code[:LONGEST_CODE - 12]}~{self.id}"

    def row_data(self: "Instrument", code: str) -> dict[str, Any] | None:
        return next((row for row in self.source["indicators"] if row["code"] == code), None)

    def _keep_changed(self: "Instrument", by: "User", row: str, data: dict[str, Any], before: dict, after: dict) -> None:
        if not (found := changes(before, after)):
            raise Refused("Tidak ada yang berubah.")
        data, faults = read(data)
        if faults:
            raise Refused(str(faults[0]))
        self._keep(data)
        self.record("instrument_edited", by, title=self.title, code=self.code, row=row, changed=[list(change) for change in found])

    def _must_be_draft(self: "Instrument") -> None:
        if self.published_at is not None:
            raise Refused(PUBLISHED)

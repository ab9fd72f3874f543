"""What an event of the log is about, and where whoever reads the log finds it."""
from collections.abc import Callable
from typing import Any, NamedTuple

from flask import url_for

from app.models import Event
from app.web.gate import can
from app.web.sheeting import number_in


class Subject(NamedTuple):
    """`words` name it, `of` says whose it is; without a `place` where this person may not go, or nothing is left to go to."""
    words: str
    of: str = ""
    place: str = ""  # endpoint
    at: Any = None   # the one value its address takes, by name

    @property
    def url(self) -> str:
        return url_for(self.place, **(self.at or {})) if self.place else ""


def about(event: Event) -> Subject:
    return next((say(event) for name, say in SAYS.items() if getattr(event, f"{name}_id") is not None), Subject(event.details.get("title", "")))


def _entry(event: Event) -> Subject:
    entry = event.entry
    number = number_in(entry.period.year, entry.number, entry.period.is_training)
    return Subject(f"{number} {entry.innovation.name}", entry.unit.name, "entries.show", {"id": entry.id})


def _innovation(event: Event) -> Subject:
    return Subject(event.innovation.name, event.innovation.unit.name, "innovations.show", {"id": event.innovation_id})


def _document(event: Event) -> Subject:
    return Subject(event.details.get("title", "Dokumen bukti"), event.document.unit.name, "documents.show", {"id": event.document_id})


def _person(event: Event) -> Subject:
    return Subject(event.person.name, event.person.username, "people.show" if can("person.manage") else "", {"id": event.person_id})


def _unit(event: Event) -> Subject:
    if can("unit.manage"):
        return Subject(event.unit.name, "", "units.edit", {"id": event.unit_id})
    return Subject(event.unit.name, "", "review.index", {"unit": event.unit_id})


def _period(event: Event) -> Subject:
    year = event.period.year
    if event.what.startswith("region_") and (row := event.details.get("row")):
        return Subject(f"Indikator daerah {row}", f"Periode {year}", "region.row", {"tahun": year, "kode": row})
    return Subject(f"Periode {event.period.name}", "", "periods.edit", {"id": event.period_id})


def _reason(event: Event) -> Subject:
    if can("reason.edit"):
        return Subject(f"Alasan baris {event.reason.row}", "", "reasons.edit", {"id": event.reason_id})
    return Subject(f"Alasan baris {event.reason.row}", "", "reasons.index", {"row": event.reason.row})


def _year_result(event: Event) -> Subject:
    return Subject(f"Hasil {event.year_result.year}", "", "results.year", {"tahun": event.year_result.year})


def _instrument(event: Event) -> Subject:
    return Subject(event.instrument.title, "", "instruments.show", {"instrumen": event.instrument.code})


def _announcement(event: Event) -> Subject:
    return Subject("Pengumuman", "", "announcements.edit", {"id": event.announcement_id})


def _row_help(event: Event) -> Subject:
    row = event.details["row"]
    return Subject(f"Bantuan baris {row}", "", "row_helps.edit", {"baris": row})


def _regency(event: Event) -> Subject:
    return Subject("Daerah dan kantor", "", "regency.index" if can("regency.manage") else "")



def _register_import(event: Event) -> Subject:
    return Subject(event.register_import.file_name, "", "imports.show", {"id": event.register_import_id})


def _desk_session(event: Event) -> Subject:
    session = event.desk_session
    return Subject("Sesi pendampingan" if session.kind == "desk" else "Kunjungan monitoring", session.unit.name, "desk.show", {"id": session.id})


SAYS: dict[str, Callable[[Event], Subject]] = {  # what an event points at -> how it is named
    "entry": _entry, "innovation": _innovation, "document": _document, "person": _person, "unit": _unit, "period": _period, "reason": _reason,
    "year_result": _year_result, "instrument": _instrument, "announcement": _announcement, "row_help": _row_help,
    "desk_session": _desk_session, "register_import": _register_import, "regency": _regency,
}

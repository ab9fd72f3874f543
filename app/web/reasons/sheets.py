"""The bank, what is said most, and the verdicts behind it, as XLSX."""
from collections.abc import Iterator
from typing import Any

from flask import request

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Period
from app.queries import reasons
from app.queries.reasons import ALL, ARCHIVED, BY_KIND, BY_UNIT, AgendaFilter, ReasonFilter
from app.rules.causes import CAUSES
from app.rules.years import in_years
from app.web.gate import must
from app.web.reasons import bp
from app.web.reasons.agenda import TABS, period_of
from app.web.reasons.bank import names
from app.web.season import instrument_now, period_now
from app.web.sheeting import name_of, number_in, quoted, sheet

BANK = [Column("Baris", width=8), Column("Indikator", width=36), Column("Sebab", width=32), Column("Alasan", width=80),
        Column("Dipakai periode ini", Kind.INTEGER, 12), Column("Dipakai seluruhnya", Kind.INTEGER, 12), Column("Keadaan", width=14)]
OFTEN = [Column("Sebab", width=32), Column("Kali", Kind.INTEGER), Column("Contoh alasan", width=70), Column("Baris", width=20),
         Column("Perangkat daerah", width=50)]
VERDICTS = [Column("Nomor", width=14), Column("Inovasi", width=40), Column("Perangkat daerah", width=34), Column("Putaran", Kind.INTEGER),
            Column("Baris", width=8), Column("Alasan yang tertulis", width=70), Column("Sebab", width=32), Column("Level terbukti", Kind.INTEGER),
            Column("Diputuskan", Kind.INSTANT)]
GROUPS = {BY_UNIT: Column("Perangkat daerah", width=34), BY_KIND: Column("Jenis perangkat daerah", width=24)}


@bp.get("/alasan.xlsx")
def index_xlsx():
    must("reason.list")
    chosen, known, year = ReasonFilter.read(request.args), names(), instrument_now().year
    found = db.session.execute(chosen.ordered(chosen.narrow(reasons.rows(period_now()))))
    lines = ((one.row, known.get(one.row, ""), CAUSES[one.cause], in_years(one.text, year), one.now, one.ever,
              "diarsipkan" if one.archived_at else "dipakai") for one in found)
    state = {ARCHIVED: "diarsipkan", ALL: "semua keadaan"}.get(chosen.state, "")
    return sheet("Bank alasan", BANK, lines, quoted(chosen.q), chosen.row and f"baris {chosen.row}", CAUSES.get(chosen.cause, "").lower(), state)


@bp.get("/agenda.xlsx")
def agenda_xlsx():
    """One line for each cause within a group; the groups in the order of the page."""
    must("reason.list")
    chosen, period = AgendaFilter.read(request.args), period_of(request.args)
    columns = [GROUPS.get(chosen.tab, Column("Baris dan indikator", width=40)), *OFTEN]
    return sheet(f"Alasan tersering {period.year}", columns, often(chosen, period), TABS.get(chosen.tab, "").lower(), *in_words(chosen, period))


@bp.get("/agenda/putusan.xlsx")
def citations_xlsx():
    must("reason.list")
    chosen, period = AgendaFilter.read(request.args), period_of(request.args)
    found = db.session.execute(reasons.citations(chosen, period))
    return sheet(f"Putusan beralasan {period.year}", VERDICTS, map(verdict, found), *in_words(chosen, period))


def often(chosen: AgendaFilter, period: Period) -> Iterator[tuple]:
    found, known, year = reasons.findings(db.session.execute(reasons.within(chosen, period)).all()), names(), period.instrument.year
    for group in db.session.execute(reasons.groups(chosen, period)).all():
        named = group.name if chosen.tab else f"{group.key} {known.get(group.key, '')}"
        for one in found[group.key]:
            yield (named, one.label, one.times, in_years(one.example, year), ", ".join(sorted(one.rows)),
                   ", ".join(unit for _, unit in one.units))


def verdict(one: Any) -> tuple:
    return (number_in(one.year, one.number), one.name, one.unit, one.round, one.row, one.reason, CAUSES[one.cause], one.proven_level, one.decided_at)


def in_words(chosen: AgendaFilter, period: Period) -> list[str]:
    return [chosen.kind, name_of(chosen.unit, reasons.units(period)), chosen.row and f"baris {chosen.row}", CAUSES.get(chosen.cause, "").lower(),
            "satu alasan dari bank" if chosen.reason else ""]

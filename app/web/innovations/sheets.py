"""The register as XLSX."""
from typing import Any

from flask import request

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.queries import innovations
from app.queries.innovations import ALL, ARCHIVED, NO, UNKNOWN, YES, InnovationFilter
from app.rules import eligibility
from app.rules.eligibility import Window
from app.rules.workflow import LABELS, Status
from app.web.gate import me, must
from app.web.innovations import bp
from app.web.season import instrument_now
from app.web.sheeting import name_of, quoted, sheet

COLUMNS = [Column("Inovasi", width=44), Column("Perangkat daerah", width=34), Column("Tahapan", width=14), Column("Urusan utama", width=34),
           Column("Diterapkan", Kind.DATE), Column("Dikembangkan", Kind.DATE)]
STATES = {ARCHIVED: "diarsipkan", ALL: "dengan yang diarsipkan"}
ELIGIBLE = {YES: "layak dinilai", NO: "tidak dinilai", UNKNOWN: "belum dapat dinilai"}
LATEST = [Column("Usulan terakhir", width=22), Column("Periode", Kind.YEAR), Column("Diarsipkan", Kind.INSTANT)]


@bp.get("/daftar.xlsx")
def index_xlsx():
    must("innovation.list")
    chosen, window = InnovationFilter.read(request.args), instrument_now().window
    found = db.session.execute(chosen.ordered(chosen.narrow(innovations.rows(me()), window)))
    columns = [*COLUMNS, Column(f"Kelayakan {window.year}", width=18), *LATEST]
    return sheet("Register inovasi", columns, (line(row, window) for row in found), *in_words(chosen))


def line(row: Any, window: Window) -> tuple:
    return (row.name, row.unit, row.stage, row.main_affair, row.applied_on, row.developed_on, eligible(row, window),
            LABELS[Status(row.status)] if row.status else "belum diusulkan", row.year, row.archived_at)


def eligible(row: Any, window: Window) -> str:
    if not row.stage or not row.applied_on:
        return "belum dapat dinilai"
    return "layak" if eligibility.check(row.stage, row.applied_on, row.developed_on, window).ok else "tidak dinilai"


def in_words(chosen: InnovationFilter) -> list[str]:
    return [quoted(chosen.q), name_of(chosen.unit, innovations.units(me())), chosen.affair and f"urusan {chosen.affair}",
            chosen.stage and f"tahapan {chosen.stage}", f"tahun {chosen.year}" if chosen.year else "",
            chosen.tag and f"kata kunci {chosen.tag}", STATES.get(chosen.state, ""), ELIGIBLE.get(chosen.eligible, "")]

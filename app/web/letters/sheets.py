"""The register of letters as XLSX."""
from typing import Any

from flask import request

from app.exports.letters import KINDS
from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models.review import Decision
from app.queries.letters import LetterFilter, rows
from app.web.gate import must
from app.web.letters import bp
from app.web.sheeting import quoted, sheet

COLUMNS = [Column("Nomor", width=28), Column("Jenis", width=26), Column("Tanggal", Kind.DATE), Column("Inovasi", width=40),
           Column("Perangkat daerah", width=34), Column("Periode", Kind.YEAR), Column("Putaran", Kind.INTEGER), Column("Keputusan", width=16),
           Column("Dibuat oleh", width=28)]
DECISIONS = {Decision.RETURNED: "dikembalikan", Decision.APPROVED: "disetujui"}


@bp.get("/surat.xlsx")
def index_xlsx():
    must("letter.list")
    chosen = LetterFilter.read(request.args)
    found = db.session.execute(chosen.ordered(chosen.narrow(rows())))
    return sheet("Register surat", COLUMNS, map(line, found), quoted(chosen.q), f"tahun {chosen.year}" if chosen.year else "",
                 KINDS.get(chosen.kind, "").lower())


def line(row: Any) -> tuple:
    return (row.label, KINDS[row.kind], row.made_at, row.name, row.unit, row.period, row.round, DECISIONS.get(row.decision, ""), row.by)

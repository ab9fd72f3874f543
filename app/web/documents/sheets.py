"""The evidence library as XLSX."""
from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import Any

from flask import request
from sqlalchemy import Select

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Document
from app.queries import documents
from app.queries.documents import DocumentFilter
from app.rules.years import period_name
from app.web.documents import bp
from app.web.gate import me, must
from app.web.sheeting import name_of, quoted, sheet

COLUMNS = [Column("Judul", width=48), Column("Nomor", width=24), Column("Tanggal", Kind.DATE), Column("Berlaku untuk", width=18),
           Column("Perangkat daerah", width=34), Column("Jenis", width=8), Column("Ukuran (kB)", Kind.INTEGER, 12), Column("Halaman", Kind.INTEGER),
           Column("Tautan", width=30), Column("Membuktikan", width=60)]
KINDS = {"pdf": "PDF", "gambar": "gambar", "video": "video", "tautan": "tautan"}


@bp.get("/daftar.xlsx")
def index_xlsx():
    must("document.list")
    chosen = DocumentFilter.read(request.args)
    query = chosen.narrow(documents.rows(me()))
    proven, found = proves(query), db.session.execute(chosen.ordered(query))
    return sheet("Dokumen bukti", COLUMNS, (line(row, proven[row.id]) for row in found), *in_words(chosen))


def line(row: Any, proven: list[str]) -> tuple:
    return (row.title, row.doc_number, row.dated_on, ", ".join(map(str, row.years)), row.unit, row.kind.upper(), -(-row.size // 1024), row.pages,
            row.url, "\n".join(proven) or "belum dipakai")


def proves(query: Select) -> dict[int, list[str]]:
    """Per document of this list: each proposal with the rows it proves there."""
    said = defaultdict(list)
    rows = db.session.execute(documents.proved_by(query.with_only_columns(Document.id)))
    by_document = sorted(rows, key=attrgetter("document_id"))  # stable: newest period first within each
    for (id, _), group in groupby(by_document, attrgetter("document_id", "entry_id")):
        each = list(group)
        said[id].append(f"{each[0].name} {period_name(each[0].year, each[0].is_training)}: baris {', '.join(one.code for one in each)}")
    regional = db.session.execute(documents.region_proved_by(query.with_only_columns(Document.id)))
    for (id, year), group in groupby(sorted(regional, key=attrgetter("document_id")), attrgetter("document_id", "year")):
        said[id].append(f"Indikator daerah {year}: baris {', '.join(one.code for one in group)}")
    return said


def in_words(chosen: DocumentFilter) -> list[str]:
    return [quoted(chosen.q), name_of(chosen.unit, documents.units(me())), f"tahun {chosen.year}" if chosen.year else "",
            KINDS.get(chosen.kind, ""), "belum dipakai" if chosen.unused else ""]

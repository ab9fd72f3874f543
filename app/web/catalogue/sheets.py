"""The catalogue as XLSX."""
from flask import request

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.queries import catalogue
from app.queries.catalogue import CatalogueFilter
from app.web.catalogue import bp
from app.web.catalogue.pages import grouped, in_words
from app.web.gate import must
from app.web.sheeting import sheet

AT_ONCE = 500  # ids asked for in one SELECT
COLUMNS = [Column("Inovasi", width=44), Column("Perangkat daerah", width=34), Column("Ringkasan", width=70), Column("Kata kunci", width=34),
           Column("Tahapan", width=14), Column("Urusan utama", width=34), Column("Jenis", width=14), Column("Diterapkan", Kind.DATE),
           Column("Tahun disetujui atau dilaporkan", width=30)]


@bp.get("/daftar.xlsx")
def index_xlsx():
    must("catalogue.view")
    chosen = CatalogueFilter.read(request.args)
    found = db.session.execute(chosen.ordered(chosen.narrow(catalogue.rows()))).all()
    return sheet("Katalog inovasi", COLUMNS, lines(found), *in_words(chosen))


def lines(found):
    for some in (found[first:first + AT_ONCE] for first in range(0, len(found), AT_ONCE)):
        ids = [row.id for row in some]
        tags, years = grouped(catalogue.tags_of(ids)), grouped(catalogue.years_of(ids))
        for row in some:
            yield (row.name, row.unit, row.summary, ", ".join(tags.get(row.id, [])), row.stage, row.main_affair, row.kind, row.applied_on,
                   ", ".join(map(str, years.get(row.id, []))))

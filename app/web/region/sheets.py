"""The regional indicators and what was done to them, as XLSX."""
from flask import abort

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.queries import region
from app.queries.region import Line
from app.web.gate import get_region, must
from app.web.region import YEAR, bp
from app.web.region.forms import figures_in_words
from app.web.season import period_asked
from app.web.sheeting import sentence, sheet

COLUMNS = [Column("Baris", width=8), Column("Variabel", width=26), Column("Indikator", width=44), Column("Wajib", width=8),
           Column("Bobot", Kind.DECIMAL), Column("Level diklaim", Kind.INTEGER), Column("Level berbukti", Kind.INTEGER),
           Column("Level terverifikasi", Kind.INTEGER, 13), Column("Poin diklaim", Kind.DECIMAL), Column("Poin berbukti", Kind.DECIMAL),
           Column("Poin terverifikasi", Kind.DECIMAL, 13), Column("Keadaan", width=18), Column("Angka", width=46), Column("Alasan level", width=40),
           Column("Dokumen", Kind.INTEGER), Column("Dokumen bukti", width=60), Column("Diisi oleh", width=26), Column("Diisi", Kind.INSTANT),
           Column("Diputus oleh", width=26), Column("Diputus", Kind.INSTANT), Column("Alasan putusan", width=50)]
EVENTS = [Column("Waktu", Kind.INSTANT), Column("Oleh", width=28), Column("Kejadian", width=90)]


@bp.get("/daftar.xlsx")
def index_xlsx():
    must("region.view")
    period = get_region((period_asked() or abort(404)).year)
    return sheet(f"Indikator daerah {period.year}", COLUMNS, map(cells, region.lines(period)))


@bp.get(f"/{YEAR}/riwayat.xlsx")
def history_xlsx(tahun):
    found = db.session.scalars(region.history(get_region(tahun)))
    said = ((event.at, event.by.name if event.by else "Sistem", sentence(event)) for event in found)
    return sheet(f"Riwayat indikator daerah {tahun}", EVENTS, said)


def cells(line: Line) -> tuple:
    row = line.row
    points = [line.points(level) for level in (row.claimed_level, row.evidenced_level, row.proven_level)]
    held = [", ".join(filter(None, [e.version.title, e.version.doc_number, e.pages and f"hlm. {e.pages}"])) for e in row.exhibits]
    said = [f"{label}: {number}" for label, number in figures_in_words(row).items()]
    return (row.code, row.indicator.variable, row.indicator.name, "wajib" if row.indicator.mandatory else "", row.indicator.weight, row.claimed_level,
            row.evidenced_level, row.proven_level, *points, line.word, "\n".join(said), row.reason, len(held), "\n".join(held),
            row.changed_by and row.changed_by.name, row.changed_at, row.judged_by and row.judged_by.name, row.judged_at, row.verdict_reason)

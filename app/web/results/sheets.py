"""The years, what the ministry gave, and the rows it read differently, as XLSX; the template to fill in."""
from collections.abc import Iterator
from typing import Any

from flask import request

from app import clock
from app.exports.result_sheet import template
from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Period
from app.queries import results
from app.queries.results import BY_REVIEWER, BY_ROW, BY_UNIT, GapFilter, ResultFilter
from app.web.gate import must
from app.web.results import bp
from app.web.results.importing import known_of
from app.web.results.pages import GROUPS, STATES, TABS, period_now, rows_of
from app.web.results.years import Line, lines
from app.web.season import zone
from app.web.sending import attached
from app.web.sheeting import name_of, number_in, quoted, sheet

YEARS = [Column("Tahun", Kind.YEAR), Column("Keadaan", width=24), Column("Indeks", Kind.DECIMAL), Column("Perubahan indeks", Kind.DECIMAL),
         Column("Predikat", width=20), Column("Peringkat", Kind.INTEGER), Column("Dari daerah", Kind.INTEGER), Column("Naik peringkat", Kind.INTEGER),
         Column("Inovasi dikirim", Kind.INTEGER), Column("Poin SPD", Kind.DECIMAL), Column("Catatan", width=40), Column("Dicatat oleh", width=24),
         Column("Dicatat", Kind.INSTANT)]
POINTS = [Column(title, Kind.DECIMAL) for title in ("Diklaim", "Berbukti", "Terverifikasi")]
SENT = [Column("Nomor registrasi", width=22), Column("Inovasi", width=40), Column("Nomor usulan", width=14), Column("Perangkat daerah", width=34),
        *POINTS, Column("Kementerian", Kind.DECIMAL), Column("Selisih", Kind.DECIMAL), Column("Baris diketahui", Kind.INTEGER),
        Column("Catatan", width=40)]
ADDED = [Column("Jumlah", Kind.INTEGER), Column("Ada hasilnya", Kind.INTEGER), Column("Berbeda", Kind.INTEGER), *POINTS,
         Column("Terverifikasi yang ada hasilnya", Kind.DECIMAL, 16), Column("Kementerian", Kind.DECIMAL), Column("Selisih", Kind.DECIMAL),
         Column("Lebih sedikit", Kind.DECIMAL), Column("Lebih banyak", Kind.DECIMAL)]
GROUP_HEADS = {BY_ROW: [Column("Baris", width=8), Column("Indikator", width=44)], BY_UNIT: [Column("Perangkat daerah", width=40)],
               BY_REVIEWER: [Column("Verifikator", width=32)]}
GAPS = [Column("Nomor registrasi", width=22), Column("Inovasi", width=40), Column("Perangkat daerah", width=34), Column("Baris", width=8),
        Column("Indikator", width=40), *(Column(f"Level {word}", Kind.INTEGER) for word in ("diklaim", "berbukti", "terverifikasi", "kementerian")),
        Column("Selisih poin", Kind.DECIMAL), Column("Alasan putusan", width=60), Column("Putusan oleh", width=24)]


@bp.get("/dasbor/tahun.xlsx")
def years_xlsx():
    must("result.view")
    return sheet("Antar tahun", YEARS, map(year, reversed(lines())))


@bp.get("/hasil/daftar.xlsx")
def index_xlsx():
    must("result.view")
    chosen, period = ResultFilter.read(request.args), period_now()
    if chosen.tab in GROUPS:
        found = db.session.execute(GROUPS[chosen.tab](period))
        return sheet(f"Hasil kementerian {period.year}", [*GROUP_HEADS[chosen.tab], *ADDED], added(found, chosen.tab), TABS[chosen.tab].lower())
    found = db.session.execute(chosen.ordered(chosen.narrow(results.rows(period))))
    return sheet(f"Hasil kementerian {period.year}", SENT, sent(found, period), quoted(chosen.q), name_of(chosen.unit, results.units(period)),
                 STATES.get(chosen.state, "").lower())


@bp.get("/hasil/selisih.xlsx")
def gaps_xlsx():
    must("result.view")
    chosen, period = GapFilter.read(request.args), period_now()
    found = db.session.execute(chosen.ordered(results.gaps(chosen, period)))
    lines_ = ((one.number, one.name, one.unit, one.code, one.row, one.claimed_level or 0, one.evidenced_level, one.proven, one.official, one.gap,
               one.reason, one.reviewer) for one in found)
    return sheet(f"Baris yang dibaca berbeda {period.year}", GAPS, lines_, chosen.row and f"baris {chosen.row}",
                 name_of(chosen.unit, results.units(period)), name_of(chosen.reviewer, results.reviewers(period)),
                 STATES.get(chosen.state, "").lower())


@bp.get("/hasil/templat.xlsx")
def template_file():
    must("result.record")
    period = period_now()
    rows = rows_of(period)
    filled = ((one.number, one.proposal, one.name, None if one.is_whole else one.total, one.note, *(one.levels[code] for code in rows))
              for one in known_of(period))
    return attached(template(period.year, rows, filled, clock.now(), zone()), f"hasil-kementerian-{period.year}.xlsx")


def year(line: Line) -> tuple:
    result = line.result
    own = (result.rank, result.participants) if result else (None, None)
    by = (result.note, result.recorded_by.name, result.recorded_at) if result else ("", "", None)
    return (line.year, "diumumkan" if result else "perkiraan, belum resmi", line.index, line.change, line.band, *own, line.climbed, line.count,
            line.spd, *by)


def sent(found: Any, period: Period) -> Iterator[tuple]:
    for one in found:
        yield (one.number, one.name, number_in(period.year, one.entry_number), one.unit, one.claimed, one.evidenced, one.verified, one.official,
               one.gap, one.rows_known, one.note)


def added(found: Any, tab: str) -> Iterator[tuple]:
    for one in found:
        heads = (one.key, one.name) if tab == BY_ROW else (one.name,)
        yield (*heads, one.number, one.known, one.different, one.claimed, one.evidenced, one.verified, one.judged, one.official,
               one.official - one.judged if one.known else None, one.less, one.more)

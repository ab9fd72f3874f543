"""Send or hold as XLSX."""
from collections.abc import Iterator, Sequence
from typing import Any

from flask import abort, request

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.queries import choosing as lists
from app.queries.choosing import ChoosingFilter
from app.queries.standing import Standing, goes
from app.rules.words import listed
from app.web.gate import must
from app.web.season import period_asked
from app.web.sheeting import name_of, number_in, quoted, sheet
from app.web.standing import bp
from app.web.standing.choosing import PARTS, hurdles, in_words
from app.web.standing_now import standing_of

COLUMNS = [Column("Nomor", width=14), Column("Inovasi", width=40), Column("Perangkat daerah", width=34), Column("Urusan utama", width=34),
           Column("Kematangan", Kind.DECIMAL), Column("Putusan", width=22), Column("Alasan pilihan tangan", width=40),
           Column("Masuk daftar kirim sejak", Kind.INSTANT), Column("Ikut dikirim mulai", Kind.DECIMAL), Column("Kurang poin", Kind.DECIMAL),
           Column("Baris yang dapat dinaikkan", width=50)]


@bp.get("/dasbor/kirim-atau-tahan.xlsx")
def choosing_xlsx():
    must("dashboard.view")
    period, chosen = period_asked() or abort(404), ChoosingFilter.read(request.args)
    now, fit = standing_of(period), period.minimum_maturity
    going = goes(now.best)
    rows = db.session.execute(chosen.ordered(chosen.narrow_to(lists.rows(period, going), going))).all()
    return sheet(f"Kirim atau tahan {period.year}", COLUMNS, lines(now, rows), quoted(chosen.q), name_of(chosen.unit, lists.units(period)),
                 chosen.affair, PARTS.get(chosen.putusan, "").lower() if chosen.putusan else "", f"di bawah {fit} poin" if chosen.below else "")


def lines(now: Standing, rows: Sequence[Any]) -> Iterator[tuple]:
    needs = hurdles(now, rows)
    for row in rows:
        need = needs.get(row.id)
        lifts = listed([f"{lift.code} dari level {lift.before} ke {lift.after}" for lift in need.lifts]) if need and need.lifts else ""
        yield (number_in(row.year, row.number), row.name, row.unit, row.main_affair, row.verified, in_words(row), row.choice_note,
               row.chosen_at, need and need.points, (need and need.missing) or None, lifts)

"""How far each unit is with bringing along what was approved or sent before this period."""
from flask import render_template, request, url_for

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.queries import carrying as queries
from app.queries.carrying import Totals
from app.web.gate import get_period
from app.web.listing import page_of
from app.web.manage import periods
from app.web.sheeting import sheet

COLUMNS = [Column("Perangkat daerah", width=44), Column("Dibawa", Kind.INTEGER), Column("Belum dibawa", Kind.INTEGER),
           Column("Batas pelaporan tercapai", Kind.INTEGER, 16)]


@periods.get("/<int:id>/bawaan")
def brought(id):
    period = get_period(id)
    page = page_of(queries.by_unit(period), request.args.get("page", 1, int), lambda n: url_for(".brought", id=id, page=n))
    return render_template("manage/periods/brought.html", period=period, page=page, totals=Totals(*db.session.execute(queries.totals(period)).one()))


@periods.get("/<int:id>/bawaan.xlsx")
def brought_xlsx(id):
    period = get_period(id)
    lines = ((one.name, one.taken, one.offered, one.used_up) for one in db.session.execute(queries.by_unit(period)))
    return sheet(f"Dibawa ke periode {period.year}", COLUMNS, lines)

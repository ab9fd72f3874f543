"""Who would like which innovation, for whoever reads all."""
from flask import render_template, request, url_for

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.queries import catalogue
from app.queries.catalogue import ENDED, InterestFilter
from app.web.catalogue import bp
from app.web.gate import must
from app.web.listing import page_of
from app.web.sheeting import name_of, quoted, sheet
from app.web.sorting import Sorting

COLUMNS = [Column("Inovasi", width=44), Column("Pemilik", width=34), Column("Peminat", width=34), Column("Catatan", width=60),
           Column("Dicatat", Kind.INSTANT), Column("Oleh", width=28), Column("Ditarik", Kind.INSTANT)]
STATES = {"": "masih berminat", ENDED: "sudah ditarik", "semua": ""}


@bp.get("/minat")
def interests():
    must("interest.list")
    chosen = InterestFilter.read(request.args)
    page = page_of(chosen.ordered(chosen.narrow(catalogue.interests())), chosen.page, lambda n: url_for(".interests", **chosen.args(page=n)))
    return render_template("catalogue/interests.html", page=page, chosen=chosen, sort=Sorting(".interests", chosen),
                           units=db.session.execute(catalogue.interested_units()).all())


@bp.get("/minat.xlsx")
def interests_xlsx():
    must("interest.list")
    chosen = InterestFilter.read(request.args)
    found = db.session.execute(chosen.ordered(chosen.narrow(catalogue.interests())))
    lines = ((row.name, row.owner, row.unit, row.note, row.at, row.by, row.ended_at) for row in found)
    return sheet("Minat replikasi", COLUMNS, lines, quoted(chosen.q), name_of(chosen.unit, catalogue.interested_units()),
                 STATES.get(chosen.state, ""))

"""Claimed against verified, per unit: who claims what nobody could prove."""
from flask import render_template, request, url_for

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Period
from app.queries import figures
from app.queries.figures import ClaimFilter, Claims
from app.web.dashboard import bp
from app.web.gate import must
from app.web.listing import page_of
from app.web.season import period_asked, years
from app.web.sheeting import sheet
from app.web.sorting import Sorting

COLUMNS = [Column("Perangkat daerah", width=40), Column("Usulan", Kind.INTEGER),
           *(Column(f"{depth}, {what}", Kind.DECIMAL, 16) for what in ("rata-rata", "jumlah") for depth in ("Diklaim", "Berbukti", "Terverifikasi")),
           Column("Selisih rata-rata", Kind.DECIMAL, 14)]


@bp.get("/klaim")
def claims():
    must("dashboard.view")
    period, chosen = period_asked(), ClaimFilter.read(request.args)
    if period is None:
        return render_template("dashboard/claims.html", period=None)
    page = page_of(chosen.ordered(chosen.narrow(figures.claims(period))), chosen.page, lambda n: url_for(".claims", **chosen.args(page=n)))
    return render_template("dashboard/claims.html", period=period, chosen=chosen, page=page, lines=[Claims(*row) for row in page.items],
                           whole=whole(period, chosen), sort=Sorting("dashboard.claims", chosen), years=years())


@bp.get("/klaim.xlsx")
def claims_xlsx():
    must("dashboard.view")
    period, chosen = period_asked(), ClaimFilter.read(request.args)
    rows = db.session.execute(chosen.ordered(chosen.narrow(figures.claims(period)))) if period else ()
    found = (Claims(*row) for row in rows)
    return sheet("Klaim dan bukti", COLUMNS, ((one.name, one.number, *one.means, *one[3:], one.gap) for one in found),
                 f"periode {period.year}" if period else "", "semua usulan" if chosen.semua else "usulan yang sudah pernah diputus")


def whole(period: Period, chosen: ClaimFilter) -> Claims:
    """All units together."""
    return Claims(0, "Seluruhnya", *db.session.execute(chosen.narrow(figures.all_claims(period))).one())

"""The regional indicators of a period together: on the screen, on paper, and what was done to them."""
from itertools import groupby

from flask import render_template, request, url_for

from app.extensions import db
from app.queries import region
from app.queries.region import Line
from app.web.gate import get_region, must
from app.web.listing import page_of
from app.web.region import YEAR, bp, guide
from app.web.region.forms import figures_in_words
from app.web.season import period_asked, years

NEWEST = 8  # of what was done, beside the rows


@bp.get("/")
def index():
    must("region.view")
    if (asked := period_asked()) is None:
        return render_template("region/index.html", period=None)
    period = get_region(asked.year)
    lines = region.lines(period)
    return render_template(
        "region/index.html", period=period, groups=grouped(lines), lines=lines, guide=guide, steps=guide.steps(lines, period), years=years(),
        most=period.instrument.index_rules.spd_max, events=db.session.scalars(region.history(period).limit(NEWEST + 1)).all(), newest=NEWEST)


@bp.get(f"/{YEAR}/riwayat")
def history(tahun):
    period = get_region(tahun)
    page = page_of(region.history(period), request.args.get("page", 1, type=int), lambda n: url_for(".history", tahun=tahun, page=n), scalars=True)
    return render_template("region/history.html", period=period, page=page)


@bp.get(f"/{YEAR}/cetak", endpoint="print")
def print_page(tahun):
    period = get_region(tahun)
    return render_template("region/print.html", period=period, groups=grouped(region.lines(period)), guide=guide, figures=figures_in_words,
                           most=period.instrument.index_rules.spd_max)


def grouped(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """By variable, in the instrument's order."""
    return [(variable, list(each)) for variable, each in groupby(lines, lambda line: line.row.indicator.variable or "")]

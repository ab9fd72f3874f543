"""What the ministry gave beside what was claimed, evidenced and verified: by proposal, by row, by unit, by reviewer, and the rows behind."""
from typing import Any

from flask import render_template, request, url_for

from app.extensions import db
from app.models import Period
from app.queries import periods, results
from app.queries.results import BY_ENTRY, BY_REVIEWER, BY_ROW, BY_UNIT, DIFFERENT, KNOWN, LESS, MORE, SAME, UNKNOWN, GapFilter, ResultFilter
from app.rules import Refused
from app.rules.gaps import Steps
from app.web.gate import must
from app.web.listing import Tab, page_of
from app.web.results import bp
from app.web.season import period_asked
from app.web.sorting import Sorting

TABS = {BY_ENTRY: "Per usulan", BY_ROW: "Per baris", BY_UNIT: "Per perangkat daerah", BY_REVIEWER: "Per verifikator"}
STATES = {DIFFERENT: "Berbeda", LESS: "Kementerian memberi lebih sedikit", MORE: "Kementerian memberi lebih banyak", SAME: "Sama",
          KNOWN: "Sudah ada hasilnya", UNKNOWN: "Belum ada hasilnya"}
GROUPS = {BY_ROW: results.by_row, BY_UNIT: results.by_unit, BY_REVIEWER: results.by_reviewer}


@bp.get("/hasil/")
def index():
    must("result.view")
    chosen, period = ResultFilter.read(request.args).within(GROUPS), period_asked()
    if period is None:
        return render_template("results/none.html")
    query = GROUPS[chosen.tab](period) if chosen.tab in GROUPS else chosen.ordered(chosen.narrow(results.rows(period)))
    page = page_of(query, chosen.page, lambda n: url_for(".index", **chosen.args(page=n)))
    tabs = [Tab(label, url_for(".index", tab=tab or None, tahun=chosen.tahun or None), tab == chosen.tab) for tab, label in TABS.items()]
    return render_template("results/index.html", page=page, tabs=tabs, whole=total(ResultFilter(), period), units=units(period), states=STATES,
                           sort=Sorting("results.index", chosen), shown=total(chosen, period), **about(chosen, period))


@bp.get("/hasil/selisih")
def gaps():
    must("result.view")
    chosen, period = GapFilter.read(request.args), period_now()
    page = page_of(chosen.ordered(results.gaps(chosen, period)), chosen.page, lambda n: url_for(".gaps", **chosen.args(page=n)))
    shown = Steps(*db.session.execute(results.gap_totals(chosen, period)).one())
    return render_template("results/gaps.html", page=page, shown=shown, sort=Sorting("results.gaps", chosen), units=units(period),
                           reviewers=db.session.execute(results.reviewers(period)).all(), rows=rows_of(period), **about(chosen, period))


def period_now() -> Period:
    """The year in the address, or the current period."""
    if (period := period_asked()) is None:
        raise Refused("Belum ada periode yang dibuka, jadi belum ada yang dikirim.")
    return period


def total(chosen: ResultFilter, period: Period) -> Steps:
    return Steps(*db.session.execute(results.totals(chosen, period)).one())


def units(period: Period) -> list:
    return db.session.execute(results.units(period)).all()


def rows_of(period: Period) -> dict[str, str]:
    """Names of the rows by code."""
    return {indicator.code: indicator.name for indicator in period.instrument.innovation_rows()}


def about(chosen: ResultFilter | GapFilter, period: Period) -> dict[str, Any]:
    return {"chosen": chosen, "period": period, "years": [one.year for one in db.session.scalars(periods.newest_first())]}

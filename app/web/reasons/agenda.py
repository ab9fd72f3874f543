"""What is said most, and the training made of it."""
from typing import Any, NamedTuple

from flask import abort, render_template, request, url_for

from app.extensions import db
from app.models import Period
from app.queries import periods, reasons
from app.queries.reasons import BY_KIND, BY_ROW, BY_UNIT, AgendaFilter, Finding
from app.rules import Refused
from app.rules import agenda as rules
from app.rules.causes import CAUSES
from app.web.gate import must
from app.web.listing import Tab, page_of
from app.web.reasons import bp
from app.web.reasons.bank import names
from app.web.season import period_now

TABS = {BY_ROW: "Per baris", BY_UNIT: "Per perangkat daerah", BY_KIND: "Per jenis perangkat daerah"}


class Point(NamedTuple):
    """One point of the training."""
    finding: Finding
    minutes: int


@bp.get("/agenda")
def agenda():
    must("reason.list")
    chosen, period = AgendaFilter.read(request.args), period_of(request.args)
    page = page_of(reasons.groups(chosen, period), chosen.page, lambda n: url_for(".agenda", **chosen.args(page=n)))
    found = reasons.findings(db.session.execute(reasons.within(chosen, period, [group.key for group in page.items])).all())
    tabs = [Tab(label, url_for(".agenda", **chosen.args(tab=tab, page=1)), tab == chosen.tab) for tab, label in TABS.items()]
    return render_template("reasons/agenda.html", page=page, found=found, tabs=tabs, **about(chosen, period))


@bp.get("/agenda/cetak")
def agenda_print():
    must("reason.list")
    chosen, period = AgendaFilter.read(request.args), period_of(request.args)
    found = reasons.findings(db.session.execute(reasons.overall(chosen, period)).all()).get("", [])
    points = [Point(finding, rules.minutes(len(finding.units))) for finding in found[:rules.POINTS]]
    return render_template("reasons/agenda_print.html", points=points, length=rules.in_hours([point.minutes for point in points]),
                           **about(chosen, period))


@bp.get("/agenda/putusan")
def citations():
    """The verdicts behind a figure."""
    must("reason.list")
    chosen, period = AgendaFilter.read(request.args), period_of(request.args)
    page = page_of(reasons.citations(chosen, period), chosen.page, lambda n: url_for(".citations", **chosen.args(page=n)))
    return render_template("reasons/citations.html", page=page, **about(chosen, period))


def period_of(args: Any) -> Period:
    """The year in the address, or the current period."""
    if year := args.get("period", 0, type=int):
        return db.session.scalar(periods.of_year(year)) or abort(404)
    if (period := period_now()) is None:
        raise Refused("Belum ada periode yang dibuka, jadi belum ada alasan yang dihitung.")
    return period


def about(chosen: AgendaFilter, period: Period) -> dict[str, Any]:
    """What each of these pages says about what it counts."""
    given, verdicts, units = db.session.execute(reasons.totals(chosen, period)).one()
    return {"chosen": chosen, "period": period, "given": given, "verdicts": verdicts, "unit_count": units, "names": names(), "causes": CAUSES,
            "years": [one.year for one in db.session.scalars(periods.newest_first())], "units": db.session.execute(reasons.units(period)).all(),
            "kinds": db.session.scalars(reasons.kinds(period)).all()}

"""The expected index: what it is now, what it would be, and what hangs on a single innovation."""
from typing import Any, NamedTuple

from flask import render_template

from app.extensions import db
from app.models import Entry, Period
from app.queries import results
from app.queries.figures import result_before
from app.queries.standing import Affair, Pick, Standing, picks, reserves
from app.rules.portfolio import Index
from app.web.gate import must
from app.web.season import period_asked, years
from app.web.standing import bp
from app.web.standing_now import standing_of


class Hold(NamedTuple):
    """A basic affair and what it rests on: the only innovation of it, the index without that one (None when the best set leaves it out),
    and who is nearest to stand in."""
    affair: Affair
    only: Pick | None
    after: Index | None
    reserve: Any


@bp.get("/dasbor/indeks")
def show():
    must("dashboard.view")
    period = period_asked()
    if period is None:
        return render_template("standing/none.html", tab="standing.show")
    now = standing_of(period)
    return render_template("standing/show.html", period=period, standing=now, holds=holds(period, now), years=years(),
                           before=db.session.scalar(result_before(period)), official=db.session.scalar(results.of_year(period.year)))


def holds(period: Period, now: Standing) -> list[Hold]:
    nearest = {one.affair: one for one in db.session.execute(reserves(period))}
    alone = {affair.name for affair in now.affairs if affair.approved == 1}
    lonely = {row.main_affair: Pick(*row) for row in db.session.execute(picks(period, Entry.main_affair.in_(alone)))}

    def rests(affair: Affair) -> Hold:
        only = lonely.get(affair.name)
        after = now.without(only) if only and now.takes(only) else None
        return Hold(affair, only, after, nearest.get(affair.name) if affair.approved < 2 else None)

    return [rests(affair) for affair in now.affairs]

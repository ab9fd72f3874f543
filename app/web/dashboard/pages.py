"""The leadership's one screen, and one page of paper for a meeting."""
from decimal import Decimal
from typing import Any

from flask import render_template

from app import clock
from app.extensions import db
from app.models import Period
from app.queries import board, figures
from app.queries import standing as queries
from app.queries.figures import ClaimFilter, Claims, result_before
from app.queries.standing import Pick, Standing
from app.rules.lanes import IDLE, LANES
from app.rules.selection import Held
from app.web.dashboard import bp
from app.web.dashboard.brief import ROOM, signer, trimmed
from app.web.dashboard.deciding import decisions
from app.web.gate import must
from app.web.known import known
from app.web.season import period_asked, today, years, zone
from app.web.standing_now import standing_of

FEW = 8      # units in the comparison of claims


@bp.get("/")
def show():
    must("dashboard.view")
    period = period_asked()
    if period is None:
        return render_template("dashboard/none.html")
    return render_template("dashboard/show.html", **facts_of(period))


@bp.get("/ringkas")
def brief():
    must("dashboard.view")
    period = period_asked()
    if period is None:
        return render_template("dashboard/none.html")
    facts, signs = facts_of(period), signer()
    kept = trimmed(facts, signs, best_of(period, facts["standing"]))
    claimed = dict(db.session.execute(figures.claimed([pick.id for pick in kept["sending"]])).all())
    return render_template("dashboard/brief.html", **facts, **kept, claimed=claimed, signer=signs)


def facts_of(period: Period) -> dict[str, Any]:
    """What screen and paper both say."""
    facts = known(("dashboard", period.id, today()), lambda: worked_out(period))
    return {"period": period, **facts, "decisions": decisions(period, facts["standing"], facts["alone"], facts["counts"], clock.now())}


def worked_out(period: Period) -> dict[str, Any]:
    """All that is dear: the sums, the best set and the board, as they are today."""
    standing = standing_of(period)
    lines = board.lines(db.session.execute(board.units(period)).all(), db.session.execute(board.furthest(period)).all(), clock.now(), zone())
    counts = board.counted(lines)
    return {"standing": standing, "before": db.session.scalar(result_before(period)), "lanes": board.by_lane(lines), "counts": counts, "idle": IDLE,
            "units": sum(counts[lane] for lane in LANES), "target": board.target(lines), "nearest": nearest(period, standing),
            "worst": worst(period), "years": years(), "alone": alone(period, standing)}


def nearest(period: Period, standing: Standing) -> list[tuple[Pick, Decimal | None]]:
    """What is held, no hand decided that, and is nearest to being sent: each with the maturity at which it would be."""
    picks = [Pick(*row) for row in db.session.execute(queries.nearest(period, standing.best))] if standing.best.left else []
    wanted = standing.reaching(Held(pick.id, pick.maturity, pick.main_affair, None, pick.number) for pick in picks)
    return [(pick, wanted[pick.id]) for pick in picks]


def alone(period: Period, standing: Standing) -> list[Pick]:
    """What the best set has alone of a basic affair, where no affair is to spare."""
    if standing.best_index.basic_affairs != standing.needed:
        return []
    return [Pick(*row) for row in db.session.execute(queries.alone(period, standing.best))]


def best_of(period: Period, standing: Standing) -> list[Pick]:
    """As much of what the best set sends as may find room on a page."""
    return [Pick(*row) for row in db.session.execute(queries.picks(period, queries.goes(standing.best)).limit(ROOM))]


def worst(period: Period) -> list[Claims]:
    """The units whose claims lost most when somebody looked."""
    chosen = ClaimFilter()
    return [Claims(*row) for row in db.session.execute(chosen.ordered(chosen.narrow(figures.claims(period))).limit(FEW))]

"""The leadership's one screen, and one page of paper for a meeting."""
from typing import Any

from flask import render_template

from app import clock
from app.extensions import db
from app.models import Period
from app.queries import board, figures
from app.queries.figures import ClaimFilter, Claims
from app.queries.standing import Standing, result_before
from app.rules.codelists import BASIC_AFFAIRS
from app.rules.lanes import IDLE, LANES
from app.rules.selection import reaching
from app.web.dashboard import bp
from app.web.dashboard.brief import signer, trimmed
from app.web.dashboard.deciding import decisions
from app.web.gate import must
from app.web.season import period_asked, years, zone
from app.web.standing_now import standing_of

FEW = 8      # units in the comparison of claims
NEAREST = 4  # innovations that are held and come nearest to being sent


@bp.get("/")
def show():
    must("dashboard.view")
    period = period_asked()
    if period is None:
        return render_template("dashboard/none.html")
    facts = facts_of(period)
    return render_template("dashboard/show.html", **facts, nearest=nearest(facts["standing"]), worst=worst(period), years=years())


@bp.get("/ringkas")
def brief():
    must("dashboard.view")
    period = period_asked()
    if period is None:
        return render_template("dashboard/none.html")
    facts, signs = facts_of(period), signer()
    kept = trimmed(facts, signs)
    claimed = dict(db.session.execute(figures.claimed([pick.id for pick in kept["sending"]])).all())
    return render_template("dashboard/brief.html", **facts, **kept, claimed=claimed, signer=signs)


def facts_of(period: Period) -> dict[str, Any]:
    """What screen and paper both say."""
    now, standing = clock.now(), standing_of(period)
    lines = board.lines(db.session.execute(board.units(period)), db.session.execute(board.furthest(period)), now, zone())
    lanes, counts = board.by_lane(lines), board.counted(lines)
    return {"period": period, "standing": standing, "before": db.session.scalar(result_before(period)), "lanes": lanes, "counts": counts,
            "idle": IDLE, "units": sum(counts[lane] for lane in LANES), "target": board.target(lines),
            "decisions": decisions(period, standing, counts, now)}


def nearest(standing: Standing) -> list[tuple[Any, Any]]:
    """What is held, no hand decided that, and is nearest to being sent: each with the maturity at which it would be."""
    held = [pick for pick in standing.holding if pick.choice is None][:NEAREST]
    wanted = reaching(standing.spd, [pick.candidate for pick in standing.picks], [pick.id for pick in held], standing.rules, BASIC_AFFAIRS)
    return [(pick, wanted[pick.id]) for pick in held]


def worst(period: Period) -> list[Claims]:
    """The units whose claims lost most when somebody looked."""
    chosen = ClaimFilter()
    return [Claims(*row) for row in db.session.execute(chosen.ordered(chosen.narrow(figures.claims(period))).limit(FEW))]

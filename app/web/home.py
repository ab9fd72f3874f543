"""The front page: what waits for this person in each of their roles, what waits longest first."""
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import Blueprint, render_template

from app import clock
from app.extensions import db
from app.models import Period, Unit, User
from app.queries import figures, home, readiness, review
from app.rules.access import JUDGES, READS_ALL, UNIT_ROLES, Role
from app.web.gate import me
from app.web.season import period_now

bp = Blueprint("home", __name__)

FEW = 8      # lines of a list that has a page of its own
OLDEST = 5


class Part(NamedTuple):
    """What one role has to know; `room` is its template in home/, `waiting` how many things this person has to do there."""
    room: str
    waiting: int
    facts: Any


class UnitWork(NamedTuple):
    """`todo` are the proposals to work on; `is_mine` is false for a head of unit, whose operators do the work."""
    units: Sequence[Unit]
    proposals: Sequence[home.Proposal]
    todo: Sequence[home.Proposal]
    unproposed: Sequence[Any]
    promises: Sequence[home.Promise]
    is_mine: bool


@bp.get("/")
def show():
    user, period = me(), period_now()
    made = [part for make in (unit_part, queue_part, setup_part, figures_part) if (part := make(user, period))]
    parts = sorted(made, key=lambda part: not part.waiting)
    return render_template("home/show.html", parts=parts, period=period, news=news_for(user))


def unit_part(user: User, period: Period | None) -> Part | None:
    units = user.units(*UNIT_ROLES)
    if not units:
        return None
    ids, worked = [unit.id for unit in units], {unit.id for unit in user.units(Role.OPERATOR)}
    rows = db.session.execute(home.proposals(ids, period)).all() if period else []
    proposals = [home.Proposal(*row, period) for row in rows]
    todo = [one for one in proposals if one.is_open and (one.unit_id in worked or not worked)]
    unproposed = db.session.execute(home.unproposed(worked or ids, period)).all()
    waiting = len(todo) + bool(unproposed and period and period.is_open)
    work = UnitWork(units, proposals, todo, unproposed, home.promises(units, proposals), bool(worked))
    return Part("unit", waiting if worked else 0, work)


def queue_part(user: User, period: Period | None) -> Part | None:
    if not user.has_role(*JUDGES):
        return None
    all_, now = review.QueueFilter(), clock.now()
    counts = review.Counts(*db.session.execute(review.counts(user, all_, now)).one())
    oldest = db.session.execute(review.queue(user, all_, now).limit(OLDEST)).all()
    return Part("queue", counts.turn, {"counts": counts, "oldest": oldest})


def setup_part(user: User, period: Period | None) -> Part | None:
    if not user.has_role(Role.ADMIN):
        return None
    state = readiness.Readiness(*db.session.execute(readiness.readiness(user, clock.now())).one())
    if not state.is_done:
        return Part("setup", state.steps_left, state)
    unserved = db.session.execute(readiness.unserved(FEW)).all()
    slips = db.session.execute(readiness.unused_slips(FEW)).all()
    return Part("upkeep", bool(state.unserved) + bool(state.expired), {"state": state, "unserved": unserved, "slips": slips})


def figures_part(user: User, period: Period | None) -> Part | None:
    if not user.has_role(Role.LEADER, Role.COORDINATOR, Role.ADMIN):
        return None
    if period is None:
        return Part("figures", 0, None) if user.has_role(Role.LEADER) else None
    stages = figures.counted(db.session.execute(figures.units_by_stage(period)).all())
    totals = figures.Totals(*db.session.execute(figures.totals(period)).one())
    without = db.session.execute(figures.units_without(period, FEW)).all()
    return Part("figures", 0, {"stages": stages, "totals": totals, "without": without, "units": sum(stages.values())})


def news_for(user: User):
    """The latest turns of the proposals this person may see."""
    units = None if user.has_role(*READS_ALL) else [unit.id for unit in user.units(*UNIT_ROLES)]
    return db.session.scalars(home.news(units)).all()

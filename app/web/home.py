"""The front page: what waits for this person in each of their roles, what waits longest first."""
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import Blueprint, current_app, render_template

from app import checks, clock
from app.checks import State
from app.extensions import db
from app.models import Entry, Event, Period, Unit, User
from app.queries import carrying, desk, figures, home, late, readiness, review, sharing, training, units
from app.queries.late import LateFilter
from app.rules import days
from app.rules.access import JUDGES, READS_ALL, UNIT_ROLES, Role
from app.rules.carrying import used_up
from app.rules.lanes import IDLE
from app.rules.workflow import Status
from app.web.first_steps import DONE, ready, steps
from app.web.gate import can, me
from app.web.season import period_now, prolonged, today, zone
from app.web.standing_now import standing_of

bp = Blueprint("home", __name__)

FEW = 8      # lines of a list that has a page of its own
OLDEST = 5
MUCH = 10    # proposals a reviewer may always hold; above, as soon as it is half as much again as the others have


class Part(NamedTuple):
    """What one role has to know; `room` is its template in home/, `waiting` how many things this person has to do there, `until` when the
    first of them ends."""
    room: str
    waiting: int
    facts: Any
    until: datetime | None = None


class UnitWork(NamedTuple):
    """`to_sign` waits for this person as head, `todo` are the proposals to work on; `is_mine` is false for a head of unit, whose operators
    do the work. `offers` may be brought along from earlier years. `heads` are names by unit id, `opens` the units (ids) this person may bring
    something for now. `prolonged` is the last time everybody got more time."""
    units: Sequence[Unit]
    proposals: Sequence[home.Proposal]
    to_sign: Sequence[home.Proposal]
    todo: Sequence[home.Proposal]
    unproposed: Sequence[Any]
    offers: Sequence[Any]
    promises: Sequence[home.Promise]
    heads: dict[int, list[str]]
    opens: set[int]
    is_mine: bool
    prolonged: Event | None


@bp.get("/")
def show():
    user, period = me(), period_now()
    made = [part for make in (unit_part, queue_part, setup_part, office_part, way_out_part, figures_part, desk_part) if (part := make(user, period))]
    parts = sorted(made, key=lambda part: (not part.waiting, part.until is None, part.until))
    parts += training_part(user)
    return render_template("home/show.html", parts=parts, period=period, news=news_for(user))


def unit_part(user: User, period: Period | None) -> Part | None:
    units = user.units(*UNIT_ROLES)
    if not units:
        return None
    ids, worked, headed = [unit.id for unit in units], unit_ids(user, Role.OPERATOR), unit_ids(user, Role.HEAD)
    rows = db.session.execute(home.proposals(ids, period)).all() if period else []
    proposals, heads = [home.Proposal(*row, period) for row in rows], heads_of(ids)
    signs = {id for id in heads if period and period.needs_signature}
    to_sign = [one for one in proposals if one.may_be_signed and one.unit_id in headed & signs]
    todo = [one for one in proposals if one.unit_id in (worked or ids) and (one.is_open or one.may_be_signed and one.unit_id not in signs)]
    todo.sort(key=lambda one: one.urgency(clock.now()))
    opens = {unit.id for unit in user.units(Role.OPERATOR) if period and period.accepts(Status.DRAFT, unit)}
    unproposed = db.session.execute(home.unproposed(opens or worked or ids, period)).all()
    reported = db.session.execute(carrying.offers(opens, period)).all() if period and opens else []
    offers = [one for one in reported if not used_up(one.times, period.most_reports)]
    unproposed = [one for one in unproposed if one.id not in {known.id for known in reported}]
    mine = to_sign + (todo if worked else [])
    waiting = len(mine) + bool(unproposed and opens) + bool(offers)
    work = UnitWork(units, proposals, to_sign, todo, unproposed, offers, home.promises(units, proposals, period), heads, opens, bool(worked),
                    prolonged(period) if period and not period.is_over else None)
    return Part("unit", waiting, work, min((one.until for one in mine), default=None))


def unit_ids(user: User, role: Role) -> set[int]:
    return {unit.id for unit in user.units(role)}


def heads_of(ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for one in db.session.execute(late.people(ids)):
        if one.role == Role.HEAD:
            found[one.unit_id].append(one.name)
    return found


def queue_part(user: User, period: Period | None) -> Part | None:
    if not user.has_role(*JUDGES):
        return None
    all_, midnight = review.QueueFilter(), days.begins(today(), zone())
    counts = review.Counts(*db.session.execute(review.counts(user, all_, midnight)).one())
    turn = review.queue(user, all_, midnight)
    oldest = db.session.execute(turn.where(Entry.status == Status.SUBMITTED).limit(OLDEST)).all()
    to_approve = db.session.execute(turn.where(Entry.status == Status.VERIFIED).limit(FEW)).all() if counts.to_approve else []
    return Part("queue", counts.turn, {"counts": counts, "oldest": oldest, "to_approve": to_approve})


def office_part(user: User, period: Period | None) -> Part | None:
    """Who shares out and nudges: what nobody holds, who holds too much, what lies with the units."""
    if period is None or not can("review.remind"):
        return None
    midnight = days.begins(today(), zone())
    idle = db.session.scalar(LateFilter(idle=IDLE).narrow(late.number(period), midnight)) or 0
    loads, unshared, since = [], 0, None
    if can("review.share"):
        loads = [one for one in db.session.execute(sharing.loads(midnight, midnight)) if one.judges]
        unshared, since = db.session.execute(home.unshared()).one()
    facts = {"idle": idle, "days": IDLE, "loads": loads, "heavy": overloaded(loads), "unshared": unshared, "since": since}
    return Part("office", bool(idle) + bool(unshared) + len(facts["heavy"]), facts)


def way_out_part(user: User, period: Period | None) -> Part | None:
    """What still lies between the approved and the ministry."""
    if period is None or not can("region.judge"):
        return None
    out = home.WayOut(*db.session.execute(home.way_out(period, user)).one())
    may_send = can("entry.send")
    facts = {"listed": out.listed if may_send else 0, "unchosen": out.unlisted if may_send and out.is_unchosen else 0,
             "to_judge": 0 if period.why_region_is_closed else out.to_judge}
    waiting = sum(facts.values())
    return Part("way_out", waiting, facts) if waiting else None


def training_part(user: User) -> list[Part]:
    """What is only practised comes last, whatever waits."""
    found = db.session.execute(training.waiting(user, clock.now())).all()
    return [Part("training", len(found), found)] if found else []


def desk_part(user: User, period: Period | None) -> Part | None:
    """The next desk session, and what was promised at earlier ones and is late."""
    if not user.has_role(*UNIT_ROLES, *JUDGES):
        return None
    coming = db.session.scalar(desk.next_of(user, clock.now()))
    late_ones = db.session.scalars(desk.overdue(user, today()).limit(FEW)).all()
    return Part("desk", len(late_ones), {"coming": coming, "overdue": late_ones, "today": today()}) if coming or late_ones else None


def overloaded(loads: Sequence[Any]) -> list[Any]:
    """Who holds much more than the others."""
    usual = sum(one.waiting for one in loads) / len(loads) if loads else 0
    return [one for one in loads if one.waiting > max(MUCH, 1.5 * usual)]


def setup_part(user: User, period: Period | None) -> Part | None:
    if not user.has_role(Role.ADMIN):
        return None
    state = ready(user)
    way = steps(state)
    left, health = sum(step.state != DONE for step in way), checks.wrong(current_app.config["LUMBUNG"])
    if not state.is_done:
        broken = [check for check in health if check.state is State.BAD]
        return Part("setup", left, {"steps": way, "left": left, "health": broken}, datetime.min.replace(tzinfo=zone()))  # before anything else
    unserved = db.session.execute(readiness.unserved(FEW)).all()
    slips = db.session.execute(readiness.unused_slips(FEW)).all()
    signs = bool(period and period.needs_signature)
    headless = db.session.execute(readiness.headless(FEW)).all() if signs else []
    facts = {"state": state, "unserved": unserved, "slips": slips, "headless": headless, "headless_in_all": db.session.scalar(units.headless_count()),
             "waiting": sum(unit.waiting for unit in headless), "steps": way, "left": left, "health": health}
    return Part("upkeep", bool(state.unserved) + bool(state.expired) + bool(headless) + bool(health), facts)


def figures_part(user: User, period: Period | None) -> Part | None:
    if not user.has_role(Role.LEADER, Role.COORDINATOR, Role.ADMIN):
        return None
    if period is None:
        return Part("figures", 0, None) if user.has_role(Role.LEADER) else None
    stages = figures.counted(db.session.execute(figures.units_by_stage(period)).all())
    totals = figures.Totals(*db.session.execute(figures.totals(period)).one())
    without = db.session.execute(figures.units_without(period, FEW)).all()
    facts = {"stages": stages, "totals": totals, "without": without, "units": sum(stages.values()), "standing": standing_of(period)}
    return Part("figures", 0, facts)


def news_for(user: User):
    """The latest turns of the proposals this person may see."""
    units = None if user.has_role(*READS_ALL) else [unit.id for unit in user.units(*UNIT_ROLES)]
    return db.session.scalars(home.news(units)).all()

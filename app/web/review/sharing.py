"""Who has how much: the coordinator shares out whole units and single proposals."""
from datetime import datetime, timedelta

from flask import redirect, render_template, request, url_for

from app import clock
from app.extensions import db
from app.models import Unit
from app.queries import sharing as queries
from app.queries.review import NOBODY
from app.queries.sharing import ShareFilter
from app.rules import days
from app.web.gate import me, must
from app.web.listing import page_of
from app.web.review import bp
from app.web.review.bulk import attempt, reviewer_sent, say, ticked
from app.web.review.queue import STALE_DAYS, today_began
from app.web.season import zone

WORKING_DAYS = 5
FEW = 10  # of what nobody has; the rest is in the queue


@bp.get("/pembagian")
def sharing():
    must("review.share")
    chosen, midnight = ShareFilter.read(request.args), today_began()
    page = page_of(chosen.ordered(chosen.narrow(queries.units())), chosen.page, lambda n: url_for("review.sharing", **chosen.args(page=n)))
    people = db.session.execute(queries.loads(midnight, lately())).all()
    waiting = page_of(queries.unshared(), 1, lambda n: "", size=FEW)
    offered = [(one.id, one.name) for one in people if one.judges and not one.deactivated_at]
    return render_template("review/sharing.html", chosen=chosen, page=page, people=people, unshared=waiting, offered=offered,
                           stale=midnight - timedelta(days=STALE_DAYS - 1), nobody=NOBODY)


@bp.post("/pembagian")
def share_units():
    must("review.share")
    reviewer, ids = reviewer_sent(), ticked("unit", "perangkat daerah")
    units, refused = attempt(db.session.scalars(queries.chosen_units(ids)).unique(), lambda unit: unit.give_reviewer(me(), reviewer))
    say(_sentence(units, reviewer), units, refused)
    if reviewer and "also" in request.form:
        entries, refused = attempt(db.session.scalars(queries.unshared_of(ids)).unique(), lambda entry: entry.assign(me(), reviewer))
        if entries or refused:
            say(f"{len(entries)} usulan yang menunggu ikut dibagikan ke {reviewer.name}.", entries, refused)
    db.session.commit()
    return redirect(url_for("review.sharing", **ShareFilter.read(request.args).args()), 303)


def lately() -> datetime:
    """When the last five working days began in the regency."""
    return days.begins(days.working_days_ago(days.of(clock.now(), zone()), WORKING_DAYS), zone())


def _sentence(units: list[Unit], reviewer) -> str:
    named = units[0].name if len(units) == 1 else f"{len(units)} perangkat daerah"
    return f"{named} sekarang dipegang {reviewer.name}." if reviewer else f"{named} tidak lagi dipegang siapa pun."

"""Whose turn it is, in three tabs."""
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import current_app, render_template, request, session, url_for

from app import clock
from app.extensions import db
from app.models import User
from app.queries import periods
from app.queries.review import DONE, MINE, WAITING, Counts, QueueFilter, counts, oldest, queue, units
from app.rules.access import JUDGES
from app.web.gate import me, must
from app.web.listing import page_of
from app.web.review import bp

STALE_DAYS = 7


class Tab(NamedTuple):
    label: str
    url: str
    current: bool
    count: int


@bp.get("/")
def index():
    must("review.list")
    chosen, midnight = QueueFilter.read(request.args), today_began()
    session["queue"] = chosen.args()
    count = Counts(*db.session.execute(counts(me(), chosen, midnight)).one())
    page = page_of(queue(me(), chosen, midnight), chosen.page, lambda n: url_for("review.index", **chosen.args(page=n)))
    return render_template("review/index.html", chosen=chosen, page=page, count=count, tabs=tabs(me(), chosen, count), start=start_of(me(), count),
                           judges=me().has_role(*JUDGES), stale=midnight - timedelta(days=STALE_DAYS - 1), **choices())


def today_began() -> datetime:
    return clock.now().astimezone(ZoneInfo(current_app.config["LUMBUNG"].timezone)).replace(hour=0, minute=0, second=0, microsecond=0)


def choices() -> dict:
    """What the filter offers, and the most points a proposal of each year can have."""
    years = db.session.scalars(periods.newest_first())
    return {"units": db.session.execute(units()).all(), "maxima": {period.year: period.instrument.maturity_max for period in years}}


def tabs(user: User, chosen: QueueFilter, count: Counts) -> list[Tab]:
    labels = {MINE: "Giliran saya" if user.has_role(*JUDGES) else "Menunggu verifikator", WAITING: "Menunggu OPD", DONE: "Selesai"}
    return [Tab(label, url_for("review.index", **chosen.args(tab=tab, page=1)), tab == chosen.tab, number)
            for (tab, label), number in zip(labels.items(), count[:3], strict=True)]


def start_of(user: User, count: Counts) -> str | None:
    """The address to begin at; none for who only reads and when nothing waits."""
    if not count.turn or not user.has_role(*JUDGES):
        return None
    first = db.session.execute(oldest(user)).one()
    return url_for("review.row", id=first.id, code=first.code) if first.code else url_for("review.decide", id=first.id)


def queue_url() -> str:
    """The queue as this person last saw it."""
    return url_for("review.index", **session.get("queue", {}))


@bp.context_processor
def way_back() -> dict:
    return {"queue_url": queue_url}

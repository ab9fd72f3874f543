"""Whose turn it is, in four tabs; what to take next."""
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from flask import flash, redirect, render_template, request, session, url_for

from app import clock
from app.extensions import db
from app.models import Entry, User
from app.queries import sharing
from app.queries.review import (
    COLLEAGUES,
    DONE,
    MINE,
    NOBODY,
    TABS,
    WAITING,
    Choice,
    Counts,
    QueueFilter,
    choices,
    counts,
    following,
    ids,
    rows,
)
from app.queries.sharing import Today
from app.rules import Refused
from app.rules.access import JUDGES
from app.rules.workflow import Status
from app.web import listing
from app.web.gate import can, get_entry, me, must
from app.web.known import known
from app.web.listing import Tab, page_of
from app.web.review import bp
from app.web.review.desk import desk_for
from app.web.season import zone

STALE_DAYS = 7


@bp.get("/")
def index():
    must("review.list")
    chosen = QueueFilter.read(request.args)
    if session.get("queue", {}) != chosen.args():
        session["queue"] = chosen.args()
    return render_template("review/index.html", chosen=chosen, **known(("queue", me().id, chosen), lambda: look(chosen)))


def look(chosen: QueueFilter) -> dict:
    """The page as this person finds it today, in three SELECTs."""
    midnight = today_began()
    done, judges = sharing.done_since(me(), midnight), me().has_role(*JUDGES)
    *numbers, judged, proposals = db.session.execute(counts(me(), chosen, midnight).add_columns(*done)).one()
    count = Counts(*numbers)
    page = page_of(rows(chosen), chosen.page, lambda n: url_for("review.index", **chosen.args(page=n)),
                   total=count[TABS.index(chosen.tab)], key=Entry.id, ids=partial(ids, me(), chosen, midnight), stops=True)
    return {"page": page, "count": count, "tabs": tabs(me(), chosen, count), "today": Today(judged, proposals) if judges else None, "judges": judges,
            "stale": midnight - timedelta(days=STALE_DAYS - 1), "take_url": url_for("review.take_next"),
            "share_url": url_for("review.share", **chosen.args()), **offered(chosen), **bulk(chosen)}


@bp.post("/ambil")
def take_next():
    must("review.take")
    first = db.session.execute(following(me())).one_or_none()
    if first is None:
        raise Refused("Tidak ada lagi usulan yang menunggu putusan Anda.")
    entry = get_entry(first.id, "judge", write=False)  # in the transaction that found it, so that two people get two proposals
    if entry.status == Status.SUBMITTED and entry.reviewer is None:
        entry.take(me())
    db.session.commit()
    return redirect(place(first.id, first.code), 303)


@bp.post("/<int:id>/ambil")
def take(id):
    desk = desk_for(id, "judge")
    desk.entry.take(me())
    db.session.commit()
    flash(f"{desk.entry.innovation.name} sekarang Anda pegang.")
    if desk.entry.status != Status.SUBMITTED:
        return redirect(url_for("review.show", id=id), 303)
    return redirect(place(id, desk.unjudged[0].code if desk.unjudged else None), 303)


def today_began() -> datetime:
    return clock.now().astimezone(zone()).replace(hour=0, minute=0, second=0, microsecond=0)


def done_today() -> Today | None:
    """What this person got done since midnight; nothing for who only reads."""
    return Today(*db.session.execute(sharing.today(me(), today_began())).one()) if me().has_role(*JUDGES) else None


def offered(chosen: QueueFilter) -> dict:
    """What the filter offers, and the most points a proposal of each period (id) can have."""
    found = [Choice(*row) for row in db.session.execute(choices(sharing.reviewers(chosen.verifikator)))]
    units, people, periods = ([one for one in found if one.kind == kind] for kind in ("unit", "person", "period"))
    return {"units": units, "maxima": {one.id: Decimal(one.maximum or 0) for one in periods},
            "years": sorted({one.year for one in periods}, reverse=True), "practice": any(one.is_training for one in periods),
            "reviewers": [("", "Semua"), (NOBODY, "Belum dibagi"), *((str(one.id), one.name) for one in people)]}


def bulk(chosen: QueueFilter) -> dict:
    """What may be done to many at once in this tab."""
    return {"may_share": chosen.tab != DONE and can("review.share"), "may_remind": chosen.tab != DONE and can("review.remind")}


def tabs(user: User, chosen: QueueFilter, count: Counts) -> list[Tab]:
    numbers, labels = {MINE: count.mine, COLLEAGUES: count.colleagues, WAITING: count.waiting, DONE: count.done}, tab_labels(user)
    if not user.has_role(*JUDGES):  # then everything with the office is in the first
        del labels[COLLEAGUES]
    return [Tab(label, url_for("review.index", **chosen.args(tab=tab, page=1)), tab == chosen.tab, *listing.told(numbers[tab]))
            for tab, label in labels.items()]


def tab_labels(user: User) -> dict[str, str]:
    mine = "Giliran saya" if user.has_role(*JUDGES) else "Menunggu verifikator"
    return {MINE: mine, COLLEAGUES: "Di rekan", WAITING: "Menunggu OPD", DONE: "Selesai"}


def place(id: int, code: str | None) -> str:
    """Where one works on a proposal: at a row, or at its decision when none is left."""
    return url_for("review.row", id=id, code=code) if code else url_for("review.decide", id=id)


def next_url() -> str:
    """After a decision: the next proposal this person holds, else the queue."""
    first = db.session.execute(following(me(), held=True)).one_or_none()
    return place(first.id, first.code) if first else queue_url()


def queue_url() -> str:
    """The queue as this person last saw it."""
    return url_for("review.index", **session.get("queue", {}))


@bp.context_processor
def way_back() -> dict:
    return {"queue_url": queue_url}

"""The schedule by day, one session, and both on paper; one's own in a calendar."""
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from flask import render_template, request, url_for

from app import clock
from app.exports.calendars import Meeting, calendar
from app.extensions import db
from app.models import DeskSession
from app.queries import desk
from app.queries.desk import ALL, CANCELLED, HELD, KINDS, DeskFilter
from app.rules import days
from app.rules.access import READS_ALL
from app.web import sending
from app.web.desk import bp
from app.web.desk.agenda import open_promises, sheets
from app.web.gate import can, get_desk_session, me, must
from app.web.jinja import format_day
from app.web.listing import Tab, page_of
from app.web.season import today, zone

WORDS = {kind: words.lower() for kind, words in KINDS.items() if kind}
REMEMBERED = timedelta(days=60)  # how far back a calendar is told


@bp.get("/")
def index():
    must("desk.list")
    chosen = DeskFilter.read(request.args)
    page = page_of(listed(chosen), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)), scalars=True)
    return render_template("desk/index.html", page=page, chosen=chosen, days=by_day(page.items), tabs=tabs(chosen), kinds=KINDS,
                           units=db.session.execute(desk.units(me())).all(), people=db.session.execute(desk.reviewers(me())).all(),
                           reads_all=me().has_role(*READS_ALL))


@bp.get("/cetak")
def print_list():
    must("desk.list")
    chosen = DeskFilter.read(request.args)
    found = db.session.scalars(listed(chosen)).all()
    return render_template("desk/print_list.html", days=by_day(found), chosen=chosen, number=len(found), filtered=in_words(chosen))


@bp.get("/sesi.ics")
def calendar_file():
    """Those one goes to oneself."""
    must("desk.list")
    found = db.session.scalars(desk.own(me(), clock.now() - REMEMBERED))
    return sending.attached(calendar("Pendampingan inovasi", map(meeting, found), clock.now()), "pendampingan.ics")


@bp.get("/<int:id>")
def show(id):
    session = get_desk_session(id)
    reads_notes = session.held_at or can("desk.hold", session)
    return render_template("desk/show.html", session=session, sheets=sheets(session) if session.is_open else [], reads_notes=reads_notes,
                           owed=open_promises(session), events=db.session.scalars(desk.history(session)).all(), today=today())


@bp.get("/<int:id>/cetak", endpoint="print")
def print_page(id):
    session = get_desk_session(id)
    return render_template("desk/print.html", session=session, sheets=[] if session.held_at else sheets(session), owed=open_promises(session))


def listed(chosen: DeskFilter):
    offset = clock.now().astimezone(zone()).utcoffset()
    return chosen.by_day(chosen.narrow(desk.rows(me()), span(chosen)), me(), offset)


def span(chosen: DeskFilter) -> tuple[datetime | None, datetime | None]:
    """The instants the two days begin and end at; None where none was chosen, or what stands there is no day."""
    first, last = days.named(chosen.first), days.named(chosen.last)
    return first and days.begins(first, zone()), last and days.ends(last, zone())


def by_day(sessions: Iterable[DeskSession]) -> list[tuple[date, list[DeskSession]]]:
    return [(day, list(group)) for day, group in groupby(sessions, lambda one: days.of(one.starts_at, zone()))]


def tabs(chosen: DeskFilter) -> list[Tab]:
    opened, held, cancelled = db.session.execute(desk.counts(me())).one()
    parts = [("", "Terjadwal", opened), (HELD, "Selesai", held), (CANCELLED, "Dibatalkan", cancelled), (ALL, "Semua", opened + held + cancelled)]
    return [Tab(label, url_for(".index", **chosen.args(state=state, page=1)), chosen.state == state, number) for state, label, number in parts]


def in_words(chosen: DeskFilter) -> str:
    """The filter, as the head of a file or a paper says it."""
    first, last = days.named(chosen.first), days.named(chosen.last)
    state = {HELD: "selesai", CANCELLED: "dibatalkan", ALL: "semua"}.get(chosen.state, "terjadwal")
    return ", ".join(filter(None, [
        state, WORDS.get(chosen.kind, ""), named(chosen.siapa, desk.reviewers(me())), named(chosen.unit, desk.units(me())),
        f"sejak {format_day(first, zone())}" if first else "", f"sampai {format_day(last, zone())}" if last else ""]))


def named(id: int, offered) -> str:
    return next((name for key, name in db.session.execute(offered) if key == id), "") if id else ""


def meeting(session: DeskSession) -> Meeting:
    about = f" tentang {session.innovation.name}" if session.innovation else ""
    kind = "Kunjungan monitoring" if session.kind == "monitoring" else "Pendampingan"
    return Meeting(f"sesi-{session.id}", session.starts_at, session.ends_at, f"{kind} {session.unit.name} dengan {session.reviewer.name}{about}",
                   session.agenda, session.place, is_off=session.cancelled_at is not None)



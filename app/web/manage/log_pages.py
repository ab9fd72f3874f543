"""The log: what happened, newest first; for the administrator also who came in and who was turned away."""
from collections.abc import Iterator
from datetime import datetime

from flask import render_template, request, url_for

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Event, FailedSignIn, Session
from app.queries import log as queries
from app.queries import periods
from app.queries.counting import WORDS
from app.queries.log import BY_PEOPLE, DoorFilter, LogFilter
from app.rules import days
from app.rules.log import KINDS, kind_of
from app.web.gate import can, me, must, session_limits
from app.web.jinja import format_agent, format_day
from app.web.listing import Tab, stretch_of
from app.web.manage import log
from app.web.manage.log_subjects import about
from app.web.season import zone
from app.web.sheeting import name_of, quoted, sentence, sheet

HAPPENED = [Column("Waktu", Kind.INSTANT), Column("Oleh", width=26), Column("Jenis", width=28), Column("Kejadian", width=80),
            Column("Tentang", width=40), Column("Perangkat daerah atau akun", width=34)]
CAME = [Column("Masuk", Kind.INSTANT), Column("Nama", width=28), Column("Nama pengguna", width=20), Column("Alamat", width=18),
        Column("Peramban", width=24), Column("Terakhir dipakai", Kind.INSTANT), Column("Keluar", Kind.INSTANT)]
TURNED_AWAY = [Column("Waktu", Kind.INSTANT), Column("Nama", width=28), Column("Nama pengguna", width=24), Column("Alamat", width=18),
               Column("Sesudahnya", width=30)]
AT_ONCE = 500  # rows read from the database at a time for a file


@log.get("/")
def index():
    must("log.view")
    chosen = LogFilter.read(request.args)
    ids = chosen.narrow(queries.seen_by(me()), span(chosen))
    page = stretch_of(ids, Event.at, Event.id, chosen.before, chosen.after, lambda **to: url_for(".index", **beside(chosen, **to)))
    events = db.session.scalars(queries.whole([row.id for row in page.items])).all()
    return render_template("manage/log/index.html", page=page, events=events, about=about, kinds=KINDS, by_people=BY_PEOPLE, tabs=tabs(),
                           practice=db.session.scalar(periods.any_training()), units=db.session.execute(queries.units()).all(), **choices(chosen))


@log.get("/daftar.xlsx")
def index_xlsx():
    must("log.view")
    chosen = LogFilter.read(request.args)
    found = queries.whole(chosen.narrow(queries.seen_by(me()), span(chosen)))
    return sheet("Log", HAPPENED, map(happened, read(found)), name_of(chosen.person, queries.people()), name_of(chosen.unit, queries.units()),
                 quoted(chosen.q), kind_in_words(chosen.kind), span_in_words(chosen), WORDS.get(chosen.latihan, ""), is_long=True)


@log.get("/masuk")
def sign_ins():
    must("log.view_door")
    chosen = DoorFilter.read(request.args)
    page = stretch_of(queries.sign_ins(chosen, span(chosen)), Session.started_at, Session.id, chosen.before, chosen.after,
                      lambda **to: url_for(".sign_ins", **beside(chosen, **to)))
    return render_template("manage/log/sign_ins.html", page=page, tabs=tabs(), limits=session_limits(), **choices(chosen))


@log.get("/masuk.xlsx")
def sign_ins_xlsx():
    must("log.view_door")
    chosen = DoorFilter.read(request.args)
    found = db.session.execute(chosen.ordered(queries.sign_ins(chosen, span(chosen))).execution_options(yield_per=AT_ONCE))
    lines = ((one.at, one.name, one.username, one.address, format_agent(one.agent), one.seen_at, one.ended_at) for one in found)
    return sheet("Masuk dan keluar", CAME, lines, name_of(chosen.person, queries.people()), span_in_words(chosen), is_long=True)


@log.get("/gagal")
def failures():
    must("log.view_door")
    chosen = DoorFilter.read(request.args)
    page = stretch_of(queries.failures(chosen, span(chosen)), FailedSignIn.at, FailedSignIn.id, chosen.before, chosen.after,
                      lambda **to: url_for(".failures", **beside(chosen, **to)))
    return render_template("manage/log/failures.html", page=page, tabs=tabs(), **choices(chosen))


@log.get("/gagal.xlsx")
def failures_xlsx():
    must("log.view_door")
    chosen = DoorFilter.read(request.args)
    query = queries.failures(chosen, span(chosen)).order_by(FailedSignIn.at.desc(), FailedSignIn.id.desc())
    found = db.session.execute(query.execution_options(yield_per=AT_ONCE))
    lines = ((one.at, one.name, one.username or "bukan nama pengguna di sini", one.address, "berhasil masuk" if one.forgiven_at else "")
             for one in found)
    return sheet("Gagal masuk", TURNED_AWAY, lines, name_of(chosen.person, queries.people()), span_in_words(chosen))


def read(query) -> Iterator[Event]:
    return db.session.scalars(query.execution_options(yield_per=AT_ONCE))


def happened(event: Event) -> tuple:
    subject = about(event)
    return (event.at, event.by.name if event.by else "Sistem", kind_of(event.what), sentence(event), subject.words, subject.of)


def tabs() -> list[Tab]:
    """The door is the administrator's."""
    places = [("Kejadian", "index"), ("Masuk dan keluar", "sign_ins"), ("Gagal masuk", "failures")] if can("log.view_door") else []
    return [Tab(label, url_for(f".{view}"), request.endpoint == f"log.{view}") for label, view in places]


def choices(chosen: LogFilter | DoorFilter) -> dict:
    return {"chosen": chosen, "people": db.session.execute(queries.people()).all()}


def beside(chosen: LogFilter | DoorFilter, before: int = 0, after: int = 0) -> dict:
    return chosen.args(before=before, after=after, page=1)


def span(chosen: LogFilter | DoorFilter) -> tuple[datetime | None, datetime | None]:
    """The instants the chosen days begin and end at; None where none was chosen, or what stands there is no day."""
    first, last = days.named(chosen.first), days.named(chosen.last)
    return first and days.begins(first, zone()), last and days.ends(last, zone()).replace(microsecond=999_999)


def kind_in_words(kind: str) -> str:
    return KINDS[kind].label.lower() if kind in KINDS else "tanpa pengingat" if kind == BY_PEOPLE else ""


def span_in_words(chosen: LogFilter | DoorFilter) -> str:
    first, last = days.named(chosen.first), days.named(chosen.last)
    return " ".join(filter(None, [first and f"sejak {format_day(first, zone())}", last and f"sampai {format_day(last, zone())}"]))

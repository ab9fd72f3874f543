"""What a person is to hear of: newest first, or a day at a time. Reading is said by a button: to open a page is not to have read it."""
from datetime import date, timedelta
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app import clock
from app.exports.sheets import Column, Kind
from app.extensions import begin_writing, db
from app.models import Event, Notification
from app.queries import notices
from app.queries.notices import NoticeFilter
from app.rules import days
from app.rules.digest import gathered
from app.web.gate import can, me
from app.web.listing import Tab, page_of
from app.web.season import today, zone
from app.web.sheeting import sentence, sheet

bp = Blueprint("notices", __name__)

COLUMNS = [Column("Waktu", Kind.INSTANT), Column("Tentang", width=36), Column("Kabar", width=90), Column("Oleh", width=28),
           Column("Dibaca", Kind.INSTANT)]
AT_THE_DESK = {"submitted", "signed", "assigned", "rechecked", "finished"}  # what the office acts on there


class Subject(NamedTuple):
    """What an event is about and where one acts on it; without `url` when it has no page of its own."""
    words: str
    url: str


@bp.get("/pemberitahuan")
def index():
    chosen = NoticeFilter.read(request.args)
    page = page_of(chosen.ordered(chosen.narrow(notices.of(me()))), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)), scalars=True)
    tabs = [Tab("Semua", url_for(".index"), not chosen.unread, None),
            Tab("Belum dibaca", url_for(".index", unread=1), chosen.unread, db.session.scalar(notices.unread_count(me()))),
            Tab("Per hari", url_for(".now"), False, None)]
    return render_template("notices/index.html", page=page, chosen=chosen, tabs=tabs)


@bp.get("/pemberitahuan.xlsx")
def index_xlsx():
    chosen = NoticeFilter.read(request.args)
    found = db.session.scalars(chosen.ordered(chosen.narrow(notices.of(me()))))
    return sheet("Pemberitahuan", COLUMNS, map(cells, found), "belum dibaca" if chosen.unread else "")


@bp.get("/pemberitahuan/hari")
def now():
    return redirect(url_for(".day", tanggal=today()))


@bp.get("/pemberitahuan/hari/<tanggal>")
def day(tanggal):
    chosen = a_day(tanggal)
    span = days.begins(chosen, zone()), days.ends(chosen, zone()) + timedelta(microseconds=999_999)
    told = db.session.scalars(notices.on_day(me(), *span)).all()
    work = db.session.execute(notices.work_on_day(me(), *span)).all()
    before, after = db.session.execute(notices.beside(me(), *span)).one()
    return render_template("notices/day.html", day=chosen, told=told, groups=gathered(told, work), before=before and days.of(before, zone()),
                           after=after and days.of(after, zone()), today=today(), unread_here=sum(1 for one in told if not one.read_at))


@bp.post("/pemberitahuan/<int:id>/buka")
def follow(id):
    """Read it, and go where one acts on it."""
    begin_writing()
    notice = db.session.scalar(notices.of(me()).where(Notification.id == id)) or abort(404)
    notice.read()
    db.session.commit()
    return redirect(subject_of(notice.event).url or url_for(".index"), 303)


@bp.post("/pemberitahuan/dibaca")
def read_all():
    """All of them, or (with `hari`) those of one day."""
    chosen = request.form.get("hari") and a_day(request.form["hari"])
    begin_writing()
    for notice in db.session.scalars(NoticeFilter(unread=True).narrow(notices.of(me()))):
        if not chosen or days.of(notice.event.at, zone()) == chosen:
            notice.read()
    db.session.commit()
    flash("Pemberitahuan hari ini ditandai sudah dibaca." if chosen == today() else "Semua pemberitahuan ditandai sudah dibaca." if not chosen
          else "Pemberitahuan hari itu ditandai sudah dibaca.")
    return redirect(url_for(".day", tanggal=chosen) if chosen else url_for(".index"), 303)


def cells(notice: Notification) -> tuple:
    event = notice.event
    return (event.at, subject_of(event).words, sentence(event), event.by.name if event.by else "Sistem", notice.read_at)


def a_day(text: str) -> date:
    """A day people can have notices of; anything else is no page here."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        abort(404)
    return found if 2000 <= found.year <= clock.now().year + 1 else abort(404)


@bp.app_template_global()
def subject_of(event: Event) -> Subject:
    if event.entry:
        at_desk = event.what in AT_THE_DESK and can("review.list")
        return Subject(event.entry.innovation.name, url_for("review.show" if at_desk else "entries.show", id=event.entry_id))
    if event.what == "reminded_of":
        alone = event.details["items"][0]["entry"] if event.details["count"] == 1 else None
        return Subject("Pengingat", url_for("entries.show", id=alone) if alone else url_for("home.show"))
    if event.desk_session:
        return Subject(f"Pendampingan {event.desk_session.unit.name}", url_for("desk.show", id=event.desk_session_id))
    if event.innovation:
        return Subject(event.innovation.name, url_for("innovations.show", id=event.innovation_id))
    if event.document:
        return Subject(event.details.get("title", "Dokumen bukti"), url_for("documents.show", id=event.document_id))
    if event.person:
        return Subject("Akun Anda", url_for("account.show"))
    if event.unit:
        return Subject(event.unit.name, url_for("review.index", unit=event.unit_id) if can("review.list") else url_for("innovations.index"))
    return Subject(f"Periode {event.period.year}" if event.period else "", url_for("home.show"))

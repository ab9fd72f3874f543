"""What the office tells everybody, or some of them, for a while."""
from flask import abort, flash, redirect, render_template, request, url_for

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Announcement
from app.queries import announcements as queries
from app.queries.announcements import AnnouncementFilter
from app.rules import Refused, days
from app.rules.audience import LABELS
from app.web.gate import me, must
from app.web.listing import page_of
from app.web.manage import announcements
from app.web.manage.own_texts import AnnouncementForm
from app.web.season import today, zone
from app.web.sheeting import sheet

COLUMNS = [Column("Teks", width=80), Column("Untuk", width=34), Column("Tampil sejak", Kind.INSTANT), Column("Tampil sampai", Kind.INSTANT),
           Column("Di halaman masuk", width=16), Column("Diakhiri", Kind.INSTANT), Column("Ditulis oleh", width=28)]


@announcements.get("/")
def index():
    must("announcement.manage")
    chosen = AnnouncementFilter.read(request.args)
    page = page_of(chosen.ordered(queries.all_of_them()), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)), scalars=True)
    return render_template("manage/announcements/index.html", page=page, labels=LABELS)


@announcements.get("/daftar.xlsx")
def index_xlsx():
    must("announcement.manage")
    found = db.session.scalars(AnnouncementFilter().ordered(queries.all_of_them()))
    return sheet("Pengumuman", COLUMNS, ((one.text, LABELS[one.audience], one.shows_from, one.shows_until, "ya" if one.at_door else "tidak",
                                          one.ended_at, one.by.name) for one in found))


@announcements.route("/baru", methods=["GET", "POST"])
def new():
    must("announcement.manage")
    form = AnnouncementForm(data={"first_on": today()})
    if form.validate_on_submit():
        try:
            one = Announcement.add(me(), **plan(form))
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.add(one)
            db.session.commit()
            flash("Pengumuman disimpan dan tampil sekarang." if one.is_showing else "Pengumuman disimpan; tampil mulai hari pertamanya.")
            return redirect(url_for(".index"), 303)
    return render_template("manage/announcements/new.html", form=form)


@announcements.route("/<int:id>", methods=["GET", "POST"])
def edit(id):
    one = get_announcement(id)
    form = AnnouncementForm(data=facts(one))
    if form.validate_on_submit():
        try:
            form.must_be_last(db.session.scalar(queries.last_change(one)))
            one.edit(me(), **plan(form))
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.commit()
            flash("Pengumuman disimpan.")
            return redirect(url_for(".edit", id=id), 303)
    return render_template("manage/announcements/edit.html", form=form, one=one, labels=LABELS, events=db.session.scalars(queries.history(one)).all())


@announcements.post("/<int:id>/akhiri")
def end(id):
    get_announcement(id).end(me())
    db.session.commit()
    flash("Pengumuman diakhiri dan tidak tampil lagi.")
    return redirect(url_for(".index"), 303)


def get_announcement(id: int) -> Announcement:
    must("announcement.manage")
    return db.session.get(Announcement, id) or abort(404)


def facts(one: Announcement) -> dict:
    """An announcement as its form shows it."""
    return {"seen": db.session.scalar(queries.last_change(one)), "text": one.text, "audience": one.audience, "at_door": one.at_door,
            "first_on": days.of(one.shows_from, zone()), "last_on": days.of(one.shows_until, zone())}


def plan(form: AnnouncementForm) -> dict:
    return {"text": form.text.data, "audience": form.audience.data, "at_door": form.at_door.data,
            "shows_from": days.begins(form.first_on.data, zone()), "shows_until": days.ends(form.last_on.data, zone())}

"""What a person is to hear of, newest first. Reading is said by a button: to open a page is not to have read it."""
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.extensions import begin_writing, db
from app.queries import notices
from app.queries.notices import NoticeFilter
from app.web.gate import me
from app.web.listing import page_of

bp = Blueprint("notices", __name__)


class Tab(NamedTuple):
    label: str
    url: str
    current: bool
    count: int | None


@bp.get("/pemberitahuan")
def index():
    chosen = NoticeFilter.read(request.args)
    page = page_of(chosen.ordered(chosen.narrow(notices.of(me()))), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)), scalars=True)
    tabs = [Tab("Semua", url_for(".index"), not chosen.unread, None),
            Tab("Belum dibaca", url_for(".index", unread=1), chosen.unread, db.session.scalar(notices.unread_count(me())))]
    return render_template("notices/index.html", page=page, chosen=chosen, tabs=tabs)


@bp.post("/pemberitahuan/dibaca")
def read_all():
    begin_writing()
    for notice in db.session.scalars(NoticeFilter(unread=True).narrow(notices.of(me()))):
        notice.read()
    db.session.commit()
    flash("Semua pemberitahuan ditandai sudah dibaca.")
    return redirect(url_for(".index"), 303)

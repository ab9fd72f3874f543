"""The list of proposals, and how one begins."""
from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Entry
from app.queries import entries
from app.queries.entries import EntryFilter
from app.rules import Refused
from app.rules.access import READS_ALL
from app.rules.workflow import LABELS
from app.web.entries import bp
from app.web.gate import get_innovation, me, must
from app.web.listing import page_of
from app.web.season import instrument_now, period_now
from app.web.sorting import Sorting


class Tab(NamedTuple):
    label: str
    url: str
    current: bool
    count: int


@bp.get("/")
def index():
    must("entry.list")
    chosen = EntryFilter.read(request.args)
    page = page_of(chosen.ordered(chosen.narrow(entries.rows(me()))), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)))
    return render_template("entries/index.html", page=page, chosen=chosen, tabs=tabs(chosen), sort=Sorting("entries.index", chosen),
                           units=db.session.execute(entries.units(me())).all(), years=db.session.scalars(entries.years(me())).all(),
                           reads_all=me().has_role(*READS_ALL), maximum=instrument_now().maturity_max)


@bp.post("/")
def start():
    innovation = get_innovation(request.form.get("innovation", 0, int), "edit")
    period = period_now()
    if period is None:
        raise Refused("Belum ada periode penilaian yang dibuka.")
    entry = Entry.start(innovation, period, me())
    db.session.add(entry)
    db.session.commit()
    flash(f"Usulan {innovation.name} untuk periode {period.year} dibuat. Isi barisnya satu per satu; semuanya boleh disimpan sebagian.")
    return redirect(url_for(".show", id=entry.id), 303)


def tabs(chosen: EntryFilter) -> list[Tab]:
    found = dict(db.session.execute(entries.counts(me(), chosen)).all())
    labels = {"": "Semua", **LABELS}
    return [Tab(label, url_for(".index", **chosen.args(status=str(status), page=1)), chosen.status == status,
                found.get(status, 0) if status else sum(found.values())) for status, label in labels.items()]

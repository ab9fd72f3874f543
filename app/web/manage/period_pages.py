"""Periods: which years there were, and the instants the server enforces."""
from collections import defaultdict

from flask import flash, redirect, render_template, url_for

from app import clock
from app.extensions import db
from app.models import Instrument, Period
from app.models.period import SWITCHES
from app.queries import carrying, extensions, units
from app.queries import periods as queries
from app.rules import Refused, days
from app.web.gate import get_period, me, must
from app.web.manage import periods
from app.web.manage.forms import PeriodForm
from app.web.season import zone


@periods.get("/")
def index():
    must("period.manage")
    return render_template("manage/periods/index.html", periods=db.session.scalars(queries.newest_first()).all(), counts=counts())


@periods.route("/baru", methods=["GET", "POST"])
def new():
    must("period.manage")
    form = PeriodForm(data={"minimum_maturity": 0})
    form.instrument.offer(instruments())
    if form.validate_on_submit():
        try:
            period = Period.add(by=me(), **plan(form))
        except Refused as reason:
            db.session.rollback()
            form.refuse(reason)
        else:
            db.session.add(period)
            db.session.commit()
            flash(f"Periode {period.year} ditambahkan.")
            return redirect(url_for(".edit", id=period.id), 303)
    return render_template("manage/periods/new.html", form=form)


@periods.route("/<int:id>", methods=["GET", "POST"])
def edit(id):
    period = get_period(id)
    form = PeriodForm(data=facts(period))
    form.instrument.offer(instruments())
    if form.validate_on_submit():
        try:
            must_be_as_seen(period, form)
            period.edit(me(), **plan(form, period))
        except Refused as reason:
            db.session.rollback()
            form.refuse(reason)
            form.seen.raw_data, form.seen.data = None, facts(period)["seen"]
        else:
            db.session.commit()
            flash(f"Periode {period.year} disimpan.")
            return redirect(url_for(".edit", id=id), 303)
    return render_template("manage/periods/edit.html", form=form, period=period, counts=counts()[id],
                           headless=db.session.scalar(units.headless_count()), running=db.session.scalar(extensions.running(period, clock.now())),
                           brought=carrying.Totals(*db.session.execute(carrying.totals(period)).one()),
                           events=db.session.scalars(queries.history(period)).all())


def instruments() -> list[tuple[int, str]]:
    return [(instrument.id, instrument.title) for instrument in db.session.scalars(queries.instruments())]


def counts() -> dict[int, dict[str, int]]:
    """Proposals per period (id) and status."""
    found = defaultdict(dict)
    for id, status, number in db.session.execute(queries.entry_counts()):
        found[id][status] = number
    return found


def facts(period: Period) -> dict:
    """A period as its form shows it."""
    return {"seen": db.session.scalar(queries.last_change(period)), "year": period.year, "instrument": period.instrument_id,
            "opens_on": days.of(period.opens_at, zone()), "closes_on": days.of(period.closes_at, zone()),
            "repairs_close_on": days.of(period.repairs_close_at, zone()),
            **{name: getattr(period, name) for name in ("minimum_maturity", "grace_minutes", "most_reports", *SWITCHES)}}


def must_be_as_seen(period: Period, form: PeriodForm) -> None:
    """A page from before somebody else's change would take that change back without a word."""
    if form.seen.data != db.session.scalar(queries.last_change(period)):
        raise Refused("Periode ini diubah sesudah halaman ini dibuka; perubahannya ada di riwayat. Sesuaikan isian di bawah, lalu simpan lagi.")


def plan(form: PeriodForm, period: Period | None = None) -> dict:
    """What was typed, for the verbs. Refused when the year has a period already."""
    if db.session.scalar(queries.of_year(form.year.data)) not in (None, period):
        raise Refused(f"Periode {form.year.data} sudah ada.")
    return {"year": form.year.data, "instrument": db.session.get(Instrument, form.instrument.data),
            "opens_at": days.begins(form.opens_on.data, zone()), "closes_at": days.ends(form.closes_on.data, zone()),
            "repairs_close_at": days.ends(form.repairs_close_on.data, zone()),
            **{name: form[name].data for name in ("minimum_maturity", "grace_minutes", "most_reports", *SWITCHES)}}

"""Periods: which years there were, and the instants the server enforces."""
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, tzinfo

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
from app.web.manage.announced_days import ENDED, end_announced
from app.web.manage.forms import NewPeriodForm, PeriodForm
from app.web.season import prolonged, zone

PLAIN = ("minimum_maturity", "grace_minutes", "most_reports", "entries_per_unit", "target_kinds", *SWITCHES)  # as the form has them


@periods.get("/")
def index():
    must("period.manage")
    return render_template("manage/periods/index.html", periods=db.session.scalars(queries.with_training()).all(), counts=counts())


@periods.route("/baru", methods=["GET", "POST"])
def new():
    must("period.manage")
    form = NewPeriodForm(data={"minimum_maturity": 0})
    form.instrument.offer(instruments())
    if form.validate_on_submit():
        try:
            period = Period.add(by=me(), is_training=form.is_training.data, **plan(form, is_training=form.is_training.data))
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.add(period)
            db.session.commit()
            flash(f"Periode {period.name} ditambahkan.")
            return redirect(url_for(".edit", id=period.id), 303)
    return render_template("manage/periods/new.html", form=form)


@periods.route("/<int:id>", methods=["GET", "POST"])
def edit(id):
    period = get_period(id)
    form = PeriodForm(data=facts(period))
    form.instrument.offer(instruments())
    if form.validate_on_submit():
        before = period.closes_at, period.repairs_close_at
        try:
            must_be_as_seen(period, form)
            period.edit(me(), **plan(form, period, period.is_training))
        except Refused as reason:
            form.refuse(reason)
            form.seen.raw_data, form.seen.data = None, facts(period)["seen"]
        else:
            ended = end_announced(period, *before)
            db.session.commit()
            flash(f"Periode {period.name} disimpan." + (f" {ENDED}" if ended else ""))
            return redirect(url_for(".edit", id=id), 303)
    return render_template("manage/periods/edit.html", form=form, period=period, counts=counts()[id],
                           headless=db.session.scalar(units.headless_count()), running=db.session.scalar(extensions.running(period, clock.now())),
                           pointless=db.session.scalar(extensions.pointless(period, clock.now())), prolonged=prolonged(period),
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
            **{name: getattr(period, name) for name in PLAIN}}


def must_be_as_seen(period: Period, form: PeriodForm) -> None:
    """A page from before somebody else's change would take that change back without a word."""
    if form.seen.data != db.session.scalar(queries.last_change(period)):
        raise Refused("Periode ini diubah sesudah halaman ini dibuka; perubahannya ada di riwayat. Sesuaikan isian di bawah, lalu simpan lagi.")


def plan(form: PeriodForm, period: Period | None = None, is_training: bool = False) -> dict:
    """What was typed, for the verbs. Refused when the year has a period already; its training is another one."""
    if db.session.scalar(queries.of_kind(form.year.data, is_training)) not in (None, period):
        raise Refused(f"Periode {'latihan ' if is_training else ''}{form.year.data} sudah ada.")
    return {"year": form.year.data, "instrument": db.session.get(Instrument, form.instrument.data),
            "opens_at": instant(form.opens_on.data, days.begins, period.opens_at if period else None),
            "closes_at": instant(form.closes_on.data, days.ends, period.closes_at if period else None),
            "repairs_close_at": instant(form.repairs_close_on.data, days.ends, period.repairs_close_at if period else None),
            **{name: form[name].data for name in PLAIN}}


def instant(day: date, begins_or_ends: Callable[[date, tzinfo], datetime], before: datetime | None = None) -> datetime:
    """That day as an instant; the one from before where the day is the same, also when the regency keeps another clock since."""
    return before if before and day == days.of(before, zone()) else begins_or_ends(day, zone())

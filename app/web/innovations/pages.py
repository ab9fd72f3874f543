"""The register, a new innovation, and one innovation as a whole."""
from flask import abort, flash, redirect, render_template, request, url_for

from app import clock
from app.extensions import db
from app.models import Innovation, Period
from app.queries import catalogue, desk, innovations, periods
from app.queries.innovations import InnovationFilter
from app.rules import codelists, eligibility
from app.rules.access import READS_ALL, UNIT_ROLES, Role
from app.rules.history import years_of
from app.rules.workflow import Status
from app.web.gate import get_innovation, me, must
from app.web.innovations import bp, overview
from app.web.innovations.forms import NewForm
from app.web.listing import page_of
from app.web.season import instrument_now, period_now
from app.web.sorting import Sorting

RECENT = 6  # events shown beside the profile until all are asked for


@bp.get("/")
def index():
    must("innovation.list")
    chosen, window = InnovationFilter.read(request.args), instrument_now().window
    page = page_of(chosen.ordered(innovations.rows(me())), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)),
                   key=Innovation.id, bare=innovations.bare(me(), chosen, window))
    return render_template(
        "innovations/index.html", page=page, chosen=chosen, sort=Sorting(".index", chosen), units=db.session.execute(innovations.units(me())).all(),
        own=[] if me().has_role(*READS_ALL) else me().units(*UNIT_ROLES), window=window, check=eligibility.check,
        years=[(year, year) for year in db.session.scalars(innovations.years(me()))], stages=codelists.STAGES, affairs=codelists.AFFAIR_GROUPS)


@bp.route("/baru", methods=["GET", "POST"])
def new():
    must("innovation.create")
    units = [unit for unit in me().units(Role.OPERATOR) if unit.archived_at is None] or abort(403)
    form = NewForm(units)
    if form.validate_on_submit():
        unit = next(unit for unit in units if "unit" not in form or unit.id == form.unit.data)
        innovation = Innovation.add(form.name.data, unit, by=me())
        db.session.add(innovation)
        db.session.commit()
        flash(f"{innovation.name} dicatat. Lengkapi profilnya sekarang atau lain waktu.")
        return redirect(url_for(".show", id=innovation.id), 303)
    return render_template("innovations/new.html", form=form, units=units)


@bp.get("/<int:id>")
def show(id):
    innovation = get_innovation(id)
    window, whole = instrument_now().window, "riwayat" in request.args
    db.session.scalars(catalogue.beside(innovation)).one()
    events = db.session.scalars(innovations.history(innovation).limit(None if whole else RECENT + 1)).all()
    return render_template(
        "innovations/show.html", innovation=innovation, profile=overview.of(innovation, window), eligibility=innovation.eligibility(window),
        window=window, period=period_now(), practice=to_practise(innovation),
        events=events if whole else events[:RECENT], more=not whole and len(events) > RECENT, lists=codelists,
        sessions=db.session.scalars(desk.of_innovation(innovation)).all(),
        years=years_of(innovation, dict(db.session.execute(catalogue.begun(innovation)).all())),
        archiving=db.session.scalar(innovations.archiving(innovation)) if innovation.archived_at else None)


def to_practise(innovation: Innovation) -> list[Period]:
    """Training periods its unit may still bring it into."""
    if innovation.archived_at:
        return []
    entered = {entry.period_id for entry in innovation.entries}
    return [period for period in db.session.scalars(periods.to_practise(clock.now()))
            if period.id not in entered and period.accepts(Status.DRAFT, innovation.unit)]

"""The register, a new innovation, and one innovation as a whole."""
from flask import abort, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Innovation
from app.queries import innovations
from app.queries.innovations import InnovationFilter
from app.rules import codelists, eligibility
from app.rules.access import READS_ALL, UNIT_ROLES, Role
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
    chosen = InnovationFilter.read(request.args)
    page = page_of(chosen.ordered(chosen.narrow(innovations.rows(me()))), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)))
    return render_template(
        "innovations/index.html", page=page, chosen=chosen, sort=Sorting(".index", chosen), units=db.session.execute(innovations.units(me())).all(),
        own=[] if me().has_role(*READS_ALL) else me().units(*UNIT_ROLES), window=instrument_now().window, check=eligibility.check,
        stages=codelists.STAGES, affairs=codelists.AFFAIR_GROUPS)


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
    events = db.session.scalars(innovations.history(innovation).limit(None if whole else RECENT + 1)).all()
    return render_template(
        "innovations/show.html", innovation=innovation, profile=overview.of(innovation, window), eligibility=innovation.eligibility(window),
        window=window, period=period_now(), events=events if whole else events[:RECENT], more=not whole and len(events) > RECENT, lists=codelists)

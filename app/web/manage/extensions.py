"""More time for one unit: given with a reason and an end, listed, ended early."""
from flask import flash, redirect, render_template, request, url_for

from app import clock
from app.extensions import db
from app.models import Period, Unit
from app.queries import extensions as queries
from app.queries import units
from app.rules import Refused, days
from app.web.gate import get_period, me
from app.web.jinja import format_instant
from app.web.listing import page_of
from app.web.manage import periods
from app.web.manage.forms import ExtensionForm
from app.web.season import zone


@periods.route("/<int:id>/perpanjangan", methods=["GET", "POST"])
def extensions(id):
    period, form = get_period(id, "extension.give"), ExtensionForm(data={"unit": request.args.get("unit", type=int)})
    form.unit.offer(db.session.execute(units.in_use()))
    if form.validate_on_submit() and (given := extended(period, form)):
        db.session.commit()
        flash(given)
        return redirect(url_for(".extensions", id=id), 303)
    page = page_of(queries.of(period, clock.now()), request.args.get("page", 1, int), lambda n: url_for(".extensions", id=id, page=n), scalars=True)
    return render_template("manage/periods/extensions.html", period=period, form=form, page=page)


@periods.post("/<int:id>/perpanjangan/<int:unit_id>/akhiri")
def end_extension(id, unit_id):
    period, unit = get_period(id, "extension.give"), db.get_or_404(Unit, unit_id)
    period.end_extension(me(), unit)
    db.session.commit()
    flash(f"Perpanjangan {unit.name} diakhiri. Batas waktunya kembali seperti periode.")
    return redirect(url_for(".extensions", id=id), 303)


def extended(period: Period, form: ExtensionForm) -> str:
    """What was done, as a sentence; empty when a rule refused."""
    unit = db.session.get(Unit, form.unit.data)
    try:
        given = period.extend(me(), unit, days.ends(form.until_on.data, zone()), form.reason.data)
    except Refused as reason:
        form.refuse(reason)
        return ""
    return f"{unit.name} mendapat perpanjangan sampai {format_instant(given.until, zone())}. Operator dan kepalanya diberi tahu."

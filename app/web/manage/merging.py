"""One unit goes into another: what moves and what stays is shown before anybody says yes."""
from typing import NamedTuple

from flask import current_app, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Entry, Membership, Unit
from app.models.merging import Estate
from app.queries import merging as queries
from app.queries import units as offices
from app.rules import Refused
from app.rules.workflow import WITH_OFFICE
from app.web.gate import get_unit, me
from app.web.manage import units
from app.web.manage.forms import MergeForm

MEGABYTE = 1024 * 1024


class Preview(NamedTuple):
    """`staying` are the proposals that keep the old name, `stuck` those the judges of the receiving unit could not decide; `room` in bytes."""
    into: Unit
    estate: Estate
    memberships: list[Membership]
    staying: list[Entry]
    stuck: list[Entry]
    room: int
    quota: int


@units.route("/<int:id>/gabung", methods=["GET", "POST"])
def merge(id):
    unit = get_unit(id)
    form = MergeForm(data={"into": request.args.get("ke", type=int)})
    form.into.offer(row for row in db.session.execute(offices.in_use()) if row.id != id)
    if form.validate_on_submit():
        try:
            preview = previewed(unit, form.into.data)
            unit.merge_into(preview.into, me(), form.reason.data, preview.estate)
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.commit()
            flash(f"{unit.name} digabung ke {preview.into.name}. Semua orangnya diberi tahu.")
            return redirect(url_for(".edit", id=preview.into.id), 303)
    return render_template("manage/units/merge.html", unit=unit, form=form, **looked_at(unit, form))


def looked_at(unit: Unit, form: MergeForm) -> dict:
    """What would move, or why nothing may."""
    try:
        return {"preview": previewed(unit, form.into.data), "refusal": ""}
    except Refused as reason:
        return {"preview": None, "refusal": str(reason)}


def previewed(unit: Unit, into_id: int | None) -> Preview | None:
    unit.must_leave()
    into = db.session.get(Unit, into_id) if into_id else None
    if into is None:
        return None
    unit.must_merge_into(into)
    estate, entries = estate_of(unit, into)
    staying = [entry for entry in entries if not entry.is_under_way]
    stuck = [entry for entry in estate.entries if into.is_office and entry.status in WITH_OFFICE and not entry.period.may_judge_own_unit]
    return Preview(into, estate, list(db.session.scalars(queries.memberships(unit))), staying, stuck,
                   db.session.scalar(queries.bytes_together(unit, into)), current_app.config["LUMBUNG"].unit_quota_mb * MEGABYTE)


def estate_of(unit: Unit, into: Unit) -> tuple[Estate, list[Entry]]:
    """With all of its proposals, also those that stay."""
    def all_of(query) -> list:
        return list(db.session.scalars(query).unique())

    entries = all_of(queries.entries(unit))
    running = [period for period in all_of(queries.extended(unit)) if period.running_extension(unit)]
    return Estate(all_of(queries.innovations(unit)), all_of(queries.documents(unit)), [entry for entry in entries if entry.is_under_way],
                  all_of(queries.children(unit)), all_of(queries.merged(unit)), running, all_of(queries.sessions(unit)),
                  all_of(queries.interests(unit, into))), entries

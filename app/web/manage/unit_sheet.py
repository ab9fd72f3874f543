"""The list of perangkat daerah from a sheet: uploaded and looked at first, then taken as a whole or not at all."""
from flask import Response, flash, redirect, render_template, url_for

from app import clock
from app.exports.listing import Read, blank, read
from app.exports.sheets import Column
from app.extensions import db
from app.models import Unit
from app.queries import units as queries
from app.rules import tables, unit_sheet
from app.rules.codelists import UNIT_KINDS
from app.rules.tables import CHANGED, NEW
from app.rules.unit_sheet import COLUMNS, EXAMPLE, KIND, NO, OFFICE, PARENT, YES, KnownUnit, UnitPlan, line_of
from app.web.gate import me, must
from app.web.manage import sheet_desk as desk
from app.web.manage import units
from app.web.manage.forms import UploadForm
from app.web.season import zone
from app.web.sending import attached

LIST = "perangkat daerah"
WIDTHS = (48, 18, 44, 20)


@units.route("/impor", methods=["GET", "POST"])
def upload():
    must("unit.manage", write=False)
    form = UploadForm()
    if form.validate_on_submit() and (berkas := desk.brought(form, LIST, sheet_of)):
        return redirect(url_for(".check", berkas=berkas), 303)
    return render_template("manage/units/upload.html", form=form)


@units.get("/impor/templat.xlsx")
def template_file():
    must("unit.manage")
    return form_sheet("Templat perangkat daerah", [EXAMPLE], "templat-perangkat-daerah.xlsx")


@units.get("/impor/daftar.xlsx")
def editable():
    must("unit.manage")
    return form_sheet("Perangkat daerah", [line_of(unit) for unit in known_units() if not unit.is_archived], "perangkat-daerah.xlsx")


@units.get("/impor/<berkas>")
def check(berkas):
    must("unit.manage")
    return desk.report_page("manage/units/check.html", berkas, sheet_of, lambda sheet: unit_sheet.read(sheet.lines, known_units()))


@units.post("/impor/<berkas>")
def take(berkas):
    must("unit.manage", write=False)
    sheet = sheet_of(berkas)  # read before the writing transaction, which is short
    must("unit.manage")
    found = db.session.scalars(queries.all_of_them()).all()
    report = unit_sheet.read(sheet.lines, list(map(known, found)))
    desk.must_be_as_reported(report)
    made = {tables.key(unit.name): unit for unit in found}
    for plan in report.plans:
        made[tables.key(plan.name)] = taken(plan, made)
    db.session.commit()
    desk.forget(berkas)
    counts = tables.counted(report.found)
    flash(f"{counts[NEW]} perangkat daerah ditambahkan dan {counts[CHANGED]} diubah dari berkas.")
    return redirect(url_for(".index"), 303)


def sheet_of(berkas: str) -> Read:
    return read(desk.content_of(berkas, LIST), COLUMNS)


def taken(plan: UnitPlan, made: dict[str, Unit]) -> Unit:
    """`made` are the units there are by now, by the key of their name."""
    facts = {"name": plan.name, "kind": plan.kind, "parent": made[tables.key(plan.parent)] if plan.parent else None, "is_office": plan.is_office}
    if plan.known is None:
        unit = Unit.add(by=me(), **facts)
        db.session.add(unit)
        return unit
    unit = made[tables.key(plan.known.name)]
    unit.edit(me(), **facts)
    return unit


def known_units() -> list[KnownUnit]:
    return [known(unit) for unit in db.session.scalars(queries.all_of_them())]


def known(unit: Unit) -> KnownUnit:
    return KnownUnit(unit.id, unit.name, unit.kind, unit.parent.name if unit.parent else "", unit.is_office, unit.archived_at is not None,
                     unit.merged_into.name if unit.merged_into else "")


def form_sheet(name: str, rows: list[tuple], file_name: str) -> Response:
    choices = {KIND: UNIT_KINDS, PARENT: [unit.name for unit in known_units() if not unit.is_archived], OFFICE: [YES, NO]}
    columns = [Column(title, width=width) for title, width in zip(COLUMNS, WIDTHS, strict=True)]
    return attached(blank(name, columns, rows, choices, "sel kosong tidak mengubah; - mengosongkan induk", clock.now(), zone()), file_name)

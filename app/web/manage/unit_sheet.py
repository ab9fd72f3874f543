"""The list of perangkat daerah from a sheet: uploaded and looked at first, then taken as a whole or not at all."""
from flask import Response, flash, redirect, render_template, request, url_for

from app import clock
from app.exports.listing import Read, blank, read
from app.exports.sheets import Column
from app.extensions import db
from app.models import Unit
from app.queries import units as queries
from app.rules import Refused, tables, unit_sheet
from app.rules.codelists import UNIT_KINDS
from app.rules.tables import CHANGED, NEW, WRONG
from app.rules.unit_sheet import COLUMNS, EXAMPLE, KIND, NO, OFFICE, PARENT, YES, KnownUnit, UnitPlan, UnitReport, line_of
from app.storage import Rejected
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
    if form.validate_on_submit():
        try:
            berkas = desk.kept(form.file.data, LIST)
            sheet_of(berkas)
        except (Refused, Rejected) as no:
            form.refuse(no)
        else:
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
    """What the sheet would do; nothing is stored yet."""
    must("unit.manage")
    try:
        sheet = sheet_of(berkas)
    except Refused as no:
        flash(str(no), "error")
        return redirect(url_for(".upload"), 303)
    report = unit_sheet.read(sheet.lines, known_units())
    page, tabs = desk.page_of_report(report.found, request.args.get("hanya", ""), request.args.get("page", 1, int),
                                     lambda only, n: url_for(".check", berkas=berkas, hanya=only or None, page=n if n > 1 else None))
    return render_template("manage/units/check.html", berkas=berkas, sheet=sheet, report=report, page=page, tabs=tabs,
                           counts=tables.counted(report.found), stamp=tables.fingerprint(report.found))


@units.post("/impor/<berkas>")
def take(berkas):
    must("unit.manage", write=False)
    sheet = sheet_of(berkas)  # read before the writing transaction, which is short
    must("unit.manage")
    found = db.session.scalars(queries.all_of_them()).all()
    report = unit_sheet.read(sheet.lines, list(map(known, found)))
    must_be_as_reported(report)
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


def must_be_as_reported(report: UnitReport) -> None:
    if any(one.what == WRONG for one in report.found):
        raise Refused(desk.STILL_WRONG)
    if tables.fingerprint(report.found) != request.form.get("laporan"):
        raise Refused(desk.CHANGED_SINCE)
    if not report.plans:
        raise Refused(desk.NOTHING_NEW)


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

"""Accounts from a sheet, one row a role: uploaded and looked at first, then taken as a whole or not at all. Their passwords come with the slips."""
import secrets

from flask import Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from app import clock, passwords
from app.exports.listing import Read, blank, read
from app.exports.sheets import Column
from app.extensions import db
from app.models import Unit, User
from app.queries import people as queries
from app.queries import units as offices
from app.rules import Refused, people_sheet, tables
from app.rules.access import ROLE_LABELS
from app.rules.people_sheet import COLUMNS, EXAMPLE, ROLE, UNIT, KnownPerson, PeopleReport, PersonPlan, lines_of
from app.rules.tables import WRONG
from app.storage import Rejected
from app.web.gate import me, must
from app.web.manage import people
from app.web.manage import sheet_desk as desk
from app.web.manage.forms import UploadForm
from app.web.manage.unit_sheet import known_units
from app.web.season import zone
from app.web.sending import attached

LIST = "orang"
WIDTHS = (26, 34, 24, 34, 18, 44)


@people.route("/impor", methods=["GET", "POST"])
def upload():
    must("person.manage", write=False)
    form = UploadForm()
    if form.validate_on_submit():
        try:
            berkas = desk.kept(form.file.data, LIST)
            sheet_of(berkas)
        except (Refused, Rejected) as no:
            form.refuse(no)
        else:
            return redirect(url_for(".check", berkas=berkas), 303)
    return render_template("manage/people/upload.html", form=form)


@people.get("/impor/templat.xlsx")
def template_file():
    must("person.manage")
    return form_sheet("Templat orang", [EXAMPLE], "templat-orang.xlsx")


@people.get("/impor/daftar.xlsx")
def editable():
    must("person.manage")
    return form_sheet("Orang", [row for person in known_people() if person.is_active for row in lines_of(person)], "orang.xlsx")


@people.get("/impor/<berkas>")
def check(berkas):
    """What the sheet would do; nothing is stored yet."""
    must("person.manage")
    try:
        sheet = sheet_of(berkas)
    except Refused as no:
        flash(str(no), "error")
        return redirect(url_for(".upload"), 303)
    report = people_sheet.read(sheet.lines, known_people(), known_units())
    page, tabs = desk.page_of_report(report.found, request.args.get("hanya", ""), request.args.get("page", 1, int),
                                     lambda only, n: url_for(".check", berkas=berkas, hanya=only or None, page=n if n > 1 else None))
    return render_template("manage/people/check.html", berkas=berkas, sheet=sheet, report=report, page=page, tabs=tabs, made=counted(report),
                           counts=tables.counted(report.found), stamp=tables.fingerprint(report.found))


@people.post("/impor/<berkas>")
def take(berkas):
    must("person.manage", write=False)
    sheet, locked = sheet_of(berkas), passwords.hash_password(secrets.token_hex())  # both before the writing transaction, which is short
    must("person.manage")
    report = people_sheet.read(sheet.lines, known_people(), known_units())
    must_be_as_reported(report)
    accounts = {user.id: user for user in db.session.scalars(queries.whole()).unique()}
    places = {unit.id: unit for unit in db.session.scalars(select(Unit))}
    for plan in report.plans:
        taken(plan, locked, accounts, places)
    db.session.commit()
    desk.forget(berkas)
    new, changed = counted(report)
    flash(f"{new} akun dibuat dan {changed} diubah dari berkas." + (" Buat slipnya di bawah, lalu bagikan." if new else ""))
    return redirect(url_for(".slips", state="baru") if new else url_for(".index"), 303)


def sheet_of(berkas: str) -> Read:
    return read(desk.content_of(berkas, LIST), COLUMNS)


def must_be_as_reported(report: PeopleReport) -> None:
    if any(one.what == WRONG for one in report.found):
        raise Refused(desk.STILL_WRONG)
    if tables.fingerprint(report.found) != request.form.get("laporan"):
        raise Refused(desk.CHANGED_SINCE)
    if not report.plans:
        raise Refused(desk.NOTHING_NEW)


def counted(report: PeopleReport) -> tuple[int, int]:
    """How many accounts would be made, and how many changed."""
    new = sum(plan.known is None for plan in report.plans)
    return new, len(report.plans) - new


def taken(plan: PersonPlan, locked: str, accounts: dict[int, User], places: dict[int, Unit]) -> None:
    name, nip, position = plan.facts
    if plan.known is None:
        user = User.enrol(plan.username, name, locked, me(), nip=nip or None, position=position or None)
        db.session.add(user)
    else:
        user = accounts[plan.known.id]
        if plan.is_edited:
            user.edit(me(), name, nip or None, position or None)
    for role, unit_id in plan.roles:
        user.give_role(role, places[unit_id], me())


def known_people() -> list[KnownPerson]:
    roles = queries.by_person(db.session.execute(queries.roles_of(select(User.id))))
    return [KnownPerson(user.id, user.username, user.name, user.nip or "", user.position or "", user.deactivated_at is None,
                        frozenset((held.role, held.unit) for held in roles[user.id])) for user in db.session.execute(queries.facts())]


def form_sheet(name: str, rows: list[tuple], file_name: str) -> Response:
    choices = {ROLE: list(ROLE_LABELS.values()), UNIT: [unit.name for unit in db.session.execute(offices.in_use())]}
    columns = [Column(title, width=width) for title, width in zip(COLUMNS, WIDTHS, strict=True)]
    return attached(blank(name, columns, rows, choices, "satu baris satu peran; sel kosong tidak mengubah", clock.now(), zone()), file_name)

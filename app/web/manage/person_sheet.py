"""Accounts from a sheet, one row a role: uploaded and looked at first, then taken as a whole or not at all. Their passwords come with the slips."""
import secrets

from flask import Response, flash, redirect, render_template, url_for
from sqlalchemy import select

from app import clock, passwords
from app.exports.listing import Read, blank, read
from app.exports.sheets import Column
from app.extensions import db
from app.models import Unit, User
from app.queries import people as queries
from app.queries import units as offices
from app.rules import people_sheet
from app.rules.access import ROLE_LABELS
from app.rules.people_sheet import COLUMNS, EXAMPLE, ROLE, UNIT, KnownPerson, PersonPlan, lines_of
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
    if form.validate_on_submit() and (berkas := desk.brought(form, LIST, sheet_of)):
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
    must("person.manage")
    return desk.report_page("manage/people/check.html", berkas, sheet_of,
                            lambda sheet: people_sheet.read(sheet.lines, known_people(), known_units()))


@people.post("/impor/<berkas>")
def take(berkas):
    must("person.manage", write=False)
    sheet, locked = sheet_of(berkas), passwords.hash_password(secrets.token_hex())  # both before the writing transaction, which is short
    must("person.manage")
    report = people_sheet.read(sheet.lines, known_people(), known_units())
    desk.must_be_as_reported(report)
    accounts = {user.id: user for user in db.session.scalars(queries.whole()).unique()}
    places = {unit.id: unit for unit in db.session.scalars(select(Unit))}
    for plan in report.plans:
        taken(plan, locked, accounts, places)
    db.session.commit()
    desk.forget(berkas)
    new, changed = report.made
    flash(f"{new} akun dibuat dan {changed} diubah dari berkas." + (" Buat slipnya di bawah, lalu bagikan." if new else ""))
    return redirect(url_for(".slips", state="baru") if new else url_for(".index"), 303)


def sheet_of(berkas: str) -> Read:
    return read(desk.content_of(berkas, LIST), COLUMNS)


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

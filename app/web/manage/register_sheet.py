"""A register of earlier years from any office's sheet: its headings matched, looked at first, then taken as a whole or not at all."""
from collections.abc import Sequence
from typing import NamedTuple

from flask import flash, redirect, render_template, url_for
from sqlalchemy import select

from app import clock
from app.exports.listing import blank, sheets_of
from app.exports.plainness import MEGABYTE
from app.exports.sheets import Column, workbook
from app.extensions import db
from app.models import Innovation, RegisterImport, Unit
from app.queries import imports as queries
from app.queries import units as offices
from app.rules import Refused, register_sheet, tables
from app.rules.intake import FORMULA
from app.rules.register_guide import CHOICES, EXAMPLE, NOTES, WIDTHS
from app.rules.register_headings import COLUMNS, REQUIRED, UNIT, Table, guess, is_ours, letter, said, table_in
from app.rules.register_sheet import KnownInnovation, RegisterPlan, RegisterReport
from app.rules.tables import NEW, SAME, WRONG
from app.web.gate import me, must
from app.web.manage import imports
from app.web.manage import sheet_desk as desk
from app.web.manage.forms import UploadForm
from app.web.manage.register_forms import match_form
from app.web.manage.unit_sheet import known_units
from app.web.season import today, zone
from app.web.sending import attached

LIST = "register inovasi"
MOST_BYTES = 5 * MEGABYTE
WORDS = {WRONG: "Galat", NEW: "Baru", SAME: "Sudah tercatat"}


class Opened(NamedTuple):
    """A sheet that was brought; `columns` are the places of ours in it, empty until somebody matched them."""
    table: Table
    hidden: list[str]
    file_name: str
    columns: dict[str, int]

    @property
    def headings(self) -> dict[str, str]:
        """The office's own, by our columns."""
        return {column: named(self.table, place) for column, place in self.columns.items()}

    @property
    def ignored(self) -> list[str]:
        return [named(self.table, place) for place in self.table.headings if place not in self.columns.values()]


@imports.route("/baru", methods=["GET", "POST"])
def upload():
    must("register.import", write=False)
    form = UploadForm()
    if form.validate_on_submit() and (berkas := desk.brought(form, LIST, opened, MOST_BYTES)):
        table = opened(berkas).table
        if is_ours(table):
            return redirect(url_for(".check", berkas=desk.noted(berkas, guess(table))), 303)
        return redirect(url_for(".match", berkas=berkas), 303)
    return render_template("manage/imports/upload.html", form=form)


@imports.get("/templat.xlsx")
def template_file():
    must("register.import")
    choices = {UNIT: [unit.name for unit in db.session.execute(offices.in_use())], **CHOICES}
    columns = [Column(title, width=WIDTHS.get(title, 22)) for title in COLUMNS]
    return attached(blank("Templat register inovasi", columns, [EXAMPLE], choices, "satu baris satu inovasi; cara mengisi ada di lembar Petunjuk",
                          clock.now(), zone(), NOTES), "templat-register.xlsx")


@imports.route("/berkas/<berkas>/kolom", methods=["GET", "POST"])
def match(berkas):
    """Which of the sheet's columns are ours; nothing is stored, the choice goes on in the address."""
    must("register.import", write=False)
    try:
        sheet = opened(berkas)
    except Refused as no:
        return desk.start_again(no)
    form = match_form(sheet.table, sheet.columns or guess(sheet.table))
    if form.validate_on_submit():
        return redirect(url_for(".check", berkas=desk.noted(berkas, form.chosen)), 303)
    samples = {field.name: sheet.table.samples(field.data - 1) if field.data else [] for _, field in form.columns()}
    return render_template("manage/imports/match.html", berkas=berkas, sheet=sheet, form=form, samples=samples, required=REQUIRED)


@imports.get("/berkas/<berkas>")
def check(berkas):
    must("register.import")
    return desk.report_page("manage/imports/check.html", berkas, matched, reported, WORDS)


@imports.get("/berkas/<berkas>/galat.xlsx")
def faults(berkas):
    """The whole sheet with what is wrong beside each row, the faulty ones first: to be mended and brought again."""
    must("register.import")
    try:
        sheet = matched(berkas)
    except Refused as no:
        return desk.start_again(no)
    titles = ["Baris asal", "Yang perlu diperbaiki", *(named(sheet.table, place) for place in sheet.table.headings)]
    rows = ([one.place, " ".join(one.faults), *cells_of(sheet.table, one.place)] for one in tables.in_order(reported(sheet).found))
    columns = [Column(title, width=60 if title == titles[1] else 22) for title in titles]
    return attached(workbook("Register yang perlu diperbaiki", columns, rows, clock.now(), zone(), sheet.file_name), "register-diperbaiki.xlsx")


@imports.post("/berkas/<berkas>")
def take(berkas):
    must("register.import", write=False)
    sheet = matched(berkas)  # read before the writing transaction, which is short
    must("register.import")
    report = reported(sheet)
    desk.must_be_as_reported(report)
    skipped = tables.counted(report.found)[SAME]
    one = RegisterImport.begin(me(), sheet.file_name, len(report.plans), skipped)
    db.session.add(one)
    bring(one, report.plans)
    db.session.commit()
    desk.forget(berkas)
    flash(f"{len(report.plans)} inovasi dibawa ke register." + (f" {skipped} baris sudah tercatat dan dilewati." if skipped else ""))
    return redirect(url_for(".show", id=one.id), 303)


def bring(one: RegisterImport, plans: Sequence[RegisterPlan]) -> None:
    units = {unit.id: unit for unit in db.session.scalars(select(Unit))}
    with db.session.no_autoflush:
        for plan in plans:
            db.session.add(Innovation.bring(me(), one, plan.name, units[plan.unit], plan.facts, plan.summary, plan.tags, plan.past))


def opened(berkas: str) -> Opened:
    slip = desk.slip_of(berkas, LIST)
    sheets = sheets_of(desk.content_of(berkas, LIST), MOST_BYTES)
    found = [table for rows in sheets.rows if (table := table_in(rows))]
    whole = [table for table in found if all(column in guess(table) for column in REQUIRED)] or found
    if not whole:
        raise Refused("Judul kolomnya tidak ditemukan pada lima belas baris pertama. Beri baris judul, misalnya “Nama inovasi” dan “Perangkat "
                      "daerah”, atau pakai templat.")
    if len(whole) > 1:
        raise Refused(f"Ada {len(whole)} lembar yang berisi daftar inovasi. Sisakan satu lembar saja, lalu unggah lagi.")
    return Opened(whole[0], sheets.hidden, slip.file_name, slip.note)


def matched(berkas: str) -> Opened:
    sheet = opened(berkas)
    if not sheet.columns:
        raise Refused("Kolom berkas itu belum dicocokkan. Unggah lagi.")
    if not sheet.table.lines(sheet.columns):
        raise Refused("Berkas itu tidak berisi satu inovasi pun di bawah judul kolomnya.")
    return sheet


def reported(sheet: Opened) -> RegisterReport:
    known = [KnownInnovation(one.name, one.unit_id, one.archived_at is not None) for one in db.session.execute(queries.recorded())]
    return register_sheet.read(sheet.table.lines(sheet.columns), sheet.headings, known, known_units(), today())


def named(table: Table, place: int) -> str:
    return table.headings[place] or f"Kolom {letter(place)}"


def cells_of(table: Table, row: int) -> list[str]:
    """As they stand in the sheet, long texts with their lines; formulas are left out."""
    cells = table.rows[row - 1]
    values = [cells[place] if place < len(cells) else None for place in table.headings]
    return ["" if value is FORMULA else value if isinstance(value, str) else said(value) for value in values]

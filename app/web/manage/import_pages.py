"""What came in as a sheet before: who brought it, what became of it, and taking one back as a whole."""
from flask import flash, redirect, render_template, request, url_for

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Innovation, RegisterImport
from app.queries import imports as queries
from app.rules import Refused
from app.web.gate import get_register_import, me, must
from app.web.listing import page_of
from app.web.manage import imports
from app.web.manage.register_forms import UndoForm
from app.web.sheeting import sheet

COLUMNS = [Column("Berkas", width=44), Column("Waktu", Kind.INSTANT), Column("Oleh"), Column("Dibawa", Kind.INTEGER),
           Column("Sudah tercatat", Kind.INTEGER), Column("Dibatalkan", Kind.INSTANT)]
BROUGHT = [Column("Inovasi", width=44), Column("Perangkat daerah", width=44), Column("Tahapan", width=16), Column("Keadaan", width=22)]


@imports.get("/")
def index():
    must("register.import")
    page = page_of(queries.rows(), request.args.get("page", 1, int), lambda n: url_for(".index", page=n))
    return render_template("manage/imports/index.html", page=page)


@imports.get("/daftar.xlsx")
def index_xlsx():
    must("register.import")
    lines = ((one.file_name, one.at, one.by, one.brought, one.skipped, one.undone_at) for one in db.session.execute(queries.rows()))
    return sheet("Impor register", COLUMNS, lines)


@imports.get("/<int:id>")
def show(id):
    one = get_register_import(id)
    page = page_of(queries.innovations(one), request.args.get("page", 1, int), lambda n: url_for(".show", id=id, page=n))
    return render_template("manage/imports/show.html", one=one, page=page, events=reversed(one.events), standing=standing)


@imports.get("/<int:id>.xlsx")
def show_xlsx(id):
    one = get_register_import(id)
    lines = ((each.name, each.unit, each.stage, standing(each)) for each in db.session.execute(queries.innovations(one)))
    return sheet(f"Inovasi dari {one.file_name}", BROUGHT, lines)


@imports.route("/<int:id>/batal", methods=["GET", "POST"])
def undo(id):
    """What would be archived and what stays is said before the yes."""
    one, form = get_register_import(id), UndoForm()
    one.must_stand()
    if form.validate_on_submit() and (done := undone(one, form)):
        db.session.commit()
        flash(done)
        return redirect(url_for(".show", id=id), 303)
    untouched, kept = sides(one)
    return render_template("manage/imports/undo.html", one=one, form=form, untouched=untouched, kept=kept)


def sides(one: RegisterImport) -> tuple[list[Innovation], list]:
    """What would be archived, and what somebody went on with."""
    return list(db.session.scalars(queries.untouched(one)).unique()), list(db.session.execute(queries.kept(one)))


def undone(one: RegisterImport, form: UndoForm) -> str:
    """What was done, as a sentence; empty when a rule refused."""
    untouched, kept = sides(one)
    try:
        one.undo(me(), form.reason.data, untouched, len(kept))
    except Refused as reason:
        form.refuse(reason)
        return ""
    stays = f" {len(kept)} tetap di register karena sudah dilanjutkan." if kept else ""
    return f"Impor {one.file_name} dibatalkan: {len(untouched)} inovasi diarsipkan.{stays}"


def standing(each) -> str:
    """What became of an innovation that was brought."""
    return "Diarsipkan" if each.archived_at else "Sudah dilanjutkan" if each.touched else "Seperti di berkas"

"""What the office adds to the guideline, row by row."""
from flask import abort, flash, redirect, render_template, url_for

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import RowHelp
from app.queries import row_helps as queries
from app.rules import Refused
from app.rules.instrument_rows import InstrumentRow
from app.web.gate import me, must
from app.web.manage import row_helps
from app.web.manage.own_texts import RowHelpForm
from app.web.season import instrument_now
from app.web.sheeting import sheet

COLUMNS = [Column("Baris", width=8), Column("Indikator", width=40), Column("Bantuan", width=90), Column("Ditulis oleh", width=28),
           Column("Pada", Kind.INSTANT)]


@row_helps.get("/")
def index():
    must("row_help.edit")
    return render_template("manage/row_helps/index.html", rows=instrument_now().innovation_rows(), helps=written(), year=instrument_now().year)


@row_helps.get("/daftar.xlsx")
def index_xlsx():
    must("row_help.edit")
    helps = written()
    return sheet("Bantuan baris", COLUMNS, (cells(row, helps.get(row.code)) for row in instrument_now().innovation_rows()))


@row_helps.route("/<baris>", methods=["GET", "POST"])
def edit(baris):
    row, help = get_row_help(baris)
    form = RowHelpForm(data={"text": help.text, "seen": db.session.scalar(queries.last_change(baris))})
    if form.validate_on_submit():
        try:
            form.must_be_last(db.session.scalar(queries.last_change(baris)))
            help.write(me(), form.text.data)
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.add(help)
            db.session.commit()
            flash(f"Bantuan baris {baris} tersimpan dan tampil di halaman baris itu.")
            return redirect(url_for(".index"), 303)
    return render_template("manage/row_helps/edit.html", form=form, row=row, help=help, events=db.session.scalars(queries.history(baris)).all())


@row_helps.post("/<baris>/kosongkan")
def clear(baris):
    get_row_help(baris)[1].clear(me())
    db.session.commit()
    flash(f"Bantuan baris {baris} dikosongkan. Yang tertulis sebelumnya tetap ada di riwayat.")
    return redirect(url_for(".edit", baris=baris), 303)


def get_row_help(code: str) -> tuple[InstrumentRow, RowHelp]:
    """A row of the instrument in use, with what is said about it, or nothing yet."""
    must("row_help.edit")
    row = next((row for row in instrument_now().innovation_rows() if row.code == code), None) or abort(404)
    return row, db.session.scalar(queries.of_row(code)) or RowHelp.begin(code, me())


def written() -> dict[str, RowHelp]:
    """By row; those without words are left out."""
    return {help.row: help for help in db.session.scalars(queries.all_of_them()) if help.text}


def cells(row: InstrumentRow, help: RowHelp | None) -> tuple:
    return (row.code, row.name, help.text, help.by.name, help.at) if help else (row.code, row.name, "", "", None)

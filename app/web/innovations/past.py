"""The years an innovation was reported in before this app, told by the office."""
from flask import flash, redirect, render_template, url_for
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.extensions import db
from app.rules import Refused
from app.rules.register_sheet import EARLIEST_YEAR, LONGEST_NUMBER
from app.web.fields import Figure, line
from app.web.forms import Form
from app.web.gate import get_innovation, me
from app.web.innovations import bp


class PastForm(Form):
    year = IntegerField("Tahun", validators=[InputRequired("Isi tahunnya."), NumberRange(EARLIEST_YEAR, 2100)])
    number = line("Nomor registrasi", LONGEST_NUMBER)
    maturity = Figure("Kematangan")


@bp.route("/<int:id>/tahun-lalu", methods=["GET", "POST"])
def past(id):
    innovation, form = get_innovation(id, to="past"), PastForm()
    if form.validate_on_submit():
        try:
            innovation.report_past(me(), form.year.data, form.number.data or "", form.maturity.data)
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.commit()
            flash(f"Laporan tahun {form.year.data} dicatat.")
            return redirect(url_for(".past", id=id), 303)
    return render_template("innovations/past.html", innovation=innovation, form=form)


@bp.post("/<int:id>/tahun-lalu/<int:tahun>")
def withdraw_past(id, tahun):
    innovation = get_innovation(id, to="past")
    innovation.withdraw_past(me(), tahun)
    db.session.commit()
    flash(f"Laporan tahun {tahun} dihapus.")
    return redirect(url_for(".past", id=id), 303)

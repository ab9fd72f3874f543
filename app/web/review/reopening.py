"""Single rows of an approved proposal, opened again by the coordinator."""
from flask import flash, redirect, render_template, url_for
from wtforms import SelectMultipleField

from app.extensions import db
from app.models import Entry
from app.queries import sheet
from app.rules import Refused, workflow
from app.rules.words import listed
from app.rules.workflow import Status
from app.web.forms import Form
from app.web.gate import get_entry, me
from app.web.review import bp
from app.web.review.forms import text


class ReopenForm(Form):
    rows = SelectMultipleField("Baris yang dibuka kembali", validate_choice=False)
    reason = text("Alasan untuk perangkat daerah")


@bp.route("/<int:id>/buka-kembali", methods=["GET", "POST"])
def reopen(id):
    entry, form = get_entry(id, "reopen"), ReopenForm()
    if form.validate_on_submit():
        try:
            reopened(entry, form)
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.commit()
            return redirect(url_for("review.show", id=id), 303)
    return render_template("review/reopen.html", entry=entry, form=form, lines=sheet.lines(entry), lock=lock(entry),
                           repairs_open=entry.period.accepts(Status.RETURNED, entry.unit))


def reopened(entry: Entry, form: ReopenForm) -> None:
    codes = [answer.indicator.code for answer in entry.answers if answer.indicator.code in (form.rows.data or [])]
    entry.reopen(me(), codes, form.reason.data or "")
    flash(f"Baris {listed(codes)} {entry.innovation.name} dibuka kembali. {entry.unit.name} sudah diberi tahu.")


def lock(entry: Entry) -> str:
    """Why there is nothing to open; empty when there is."""
    return sheet.reason_against(lambda: None if entry.allows("reopen") else workflow.after(Status(entry.status), "reopen"))

"""What the office says to itself about a proposal. Its unit never comes here, nor does whoever of the office belongs to it."""
from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Entry
from app.rules import Refused
from app.web.forms import Form
from app.web.gate import get_entry, me
from app.web.review import bp
from app.web.review.forms import text


class NoteForm(Form):
    note = text("Catatan internal")


@bp.route("/<int:id>/catatan", methods=["GET", "POST"])
def notes(id):
    """About the row in the address, or about the whole proposal."""
    entry, form = get_entry(id, "annotate"), NoteForm()
    code = request.args.get("baris", "")
    if form.validate_on_submit() and noted(entry, form, code):
        db.session.commit()
        flash("Catatan internal tersimpan. Perangkat daerah tidak melihatnya.")
        return redirect(way_back(entry, code), 303)
    return render_template("review/notes_page.html", entry=entry, form=form, code=code, back=way_back(entry, code),
                           indicator=code and (answer := entry.answer_on(code)) and answer.indicator)


def noted(entry: Entry, form: NoteForm, code: str) -> bool:
    try:
        entry.annotate(me(), form.note.data, code)
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def way_back(entry: Entry, code: str) -> str:
    if not entry.standing_rounds:
        return url_for("entries.show", id=entry.id)
    if entry.answer_on(code):
        return url_for("review.row", id=entry.id, code=code, _anchor="catatan")
    return url_for("review.show", id=entry.id, _anchor="catatan")

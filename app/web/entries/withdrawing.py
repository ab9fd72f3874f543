"""Taking a proposal back before anybody judged it: the page that asks once, and the deed."""
from flask import flash, redirect, render_template, url_for

from app.extensions import db
from app.models import Entry
from app.queries import sheet
from app.rules import Refused
from app.web.entries import bp
from app.web.entries.forms import WithdrawalForm
from app.web.gate import get_entry, me


@bp.route("/<int:id>/penarikan", methods=["GET", "POST"])
def withdraw(id):
    entry, form = get_entry(id, "withdraw"), WithdrawalForm()
    if form.validate_on_submit() and withdrawn(entry, form):
        db.session.commit()
        flash(f"{entry.innovation.name} ditarik. Sekarang dapat Anda ubah lagi; ajukan kembali sebelum batas waktunya.")
        return redirect(url_for(".show", id=id), 303)
    return render_template("entries/withdraw.html", entry=entry, form=form, lock=sheet.reason_against(entry.must_be_withdrawable))


def withdrawn(entry: Entry, form: WithdrawalForm) -> bool:
    try:
        entry.withdraw(me(), form.note.data or "")
    except Refused as reason:
        form.refuse(reason)
        return False
    return True

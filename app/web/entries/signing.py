"""The head of the unit reads what the operator prepared, and stands behind it or hands it back."""
from flask import flash, redirect, render_template, url_for

from app.extensions import db
from app.models import Entry
from app.queries import people, sheet
from app.rules import Refused
from app.rules.workflow import Status
from app.web import unsaved
from app.web.entries import bp
from app.web.entries.forms import HandBackForm, SignatureForm
from app.web.entries.submission import done, mended, short_of_evidence
from app.web.gate import get_entry, me


@bp.route("/<int:id>/pengesahan", methods=["GET", "POST"])
def sign(id):
    entry, form = get_entry(id, "sign"), SignatureForm()
    if form.validate_on_submit() and signed(entry, form):
        db.session.commit()
        flash(done(entry))
        return redirect(url_for(".receipt", id=id), 303)
    return page(entry, form, HandBackForm(formdata=unsaved.typed(url_for(".hand_back", id=id))))


@bp.post("/<int:id>/pengesahan/kembalikan")
def hand_back(id):
    entry, form = get_entry(id, "sign"), HandBackForm()
    if not form.validate() or not handed_back(entry, form):
        return page(entry, SignatureForm(formdata=None), form)
    db.session.commit()
    flash(f"{entry.innovation.name} dikembalikan ke operator {entry.unit.name} dengan catatan Anda.")
    return redirect(url_for(".show", id=id), 303)


def signed(entry: Entry, form: SignatureForm) -> bool:
    try:
        entry.sign(me(), tell=db.session.scalars(people.judges_of(entry.unit, entry.period.may_judge_own_unit)).all())
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def handed_back(entry: Entry, form: HandBackForm) -> bool:
    try:
        entry.hand_back(me(), form.note.data)
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def page(entry: Entry, form: SignatureForm, back: HandBackForm) -> str:
    return render_template("entries/sign.html", entry=entry, form=form, back=back, lines=[line for line in sheet.lines(entry) if line.claimed],
                           short=short_of_evidence(entry), verified=sheet.verified(entry), mended=mended(entry.last_decided_round),
                           waits=entry.status == Status.SIGNING, closed=not entry.period.accepts(entry.home, entry.unit))

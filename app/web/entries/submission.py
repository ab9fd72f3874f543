"""Handing a proposal in, and the receipt for it."""
from flask import abort, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Entry
from app.queries import people, sheet
from app.rules import Refused
from app.web.entries import bp
from app.web.entries.checklist import places
from app.web.entries.forms import DeclarationForm
from app.web.gate import get_entry, me


@bp.route("/<int:id>/pengajuan", methods=["GET", "POST"])
def submit(id):
    entry, form = get_entry(id, "submit"), DeclarationForm()
    if form.validate_on_submit() and submitted(entry, form):
        db.session.commit()
        flash(f"{entry.innovation.name} diajukan{' kembali' if len(entry.standing_rounds) > 1 else ''}. Sekarang giliran verifikator.")
        return redirect(url_for(".receipt", id=id), 303)
    return render_template("entries/submit.html", entry=entry, form=form, lock=sheet.reason_against(entry.must_be_editable), missing=places(entry),
                           verified=sheet.verified(entry), short=short_of_evidence(entry))


def submitted(entry: Entry, form: DeclarationForm) -> bool:
    """False when a rule refused; the page then says why, line by line."""
    try:
        entry.submit(me(), tell=db.session.scalars(people.judges_of(entry.unit)).all())
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def short_of_evidence(entry: Entry) -> list[sheet.Line]:
    """Open rows whose claim is not carried by their evidence: they count at the level they prove, often 0."""
    open_rows = {answer.indicator.code for answer in entry.answers if answer.is_open}
    return [line for line in sheet.lines(entry) if line.code in open_rows and line.evidenced < (line.claimed or 0)]


@bp.get("/<int:id>/tanda-terima")
def receipt(id):
    entry = get_entry(id)
    number = request.args.get("putaran", len(entry.rounds), int)
    round_ = next((one for one in entry.rounds if one.number == number), None) or abort(404)
    before = next((one for one in reversed(entry.standing_rounds) if one.number < number), None)
    return render_template("entries/receipt.html", entry=entry, round=round_, before=before, mended=mended(before),
                           filled=sum(bool(row["level"]) for row in round_.snapshot["rows"].values()),
                           verified=sheet.verified_by(before) if before else None)


def mended(before) -> list[str]:
    """The rows the round before had sent back."""
    return [verdict.answer.indicator.code for verdict in before.verdicts if verdict.returned] if before else []

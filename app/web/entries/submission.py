"""Handing a proposal in, and the receipt for it."""
from flask import abort, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Entry, Round
from app.queries import entries, people, sheet
from app.rules import Refused
from app.rules.words import listed
from app.rules.workflow import Status
from app.web.entries import bp
from app.web.entries.checklist import places
from app.web.entries.forms import DeclarationForm
from app.web.gate import get_entry, me


@bp.route("/<int:id>/pengajuan", methods=["GET", "POST"])
def submit(id):
    entry = get_entry(id, "submit")
    form = DeclarationForm.of(entry, me())
    if form.validate_on_submit() and submitted(entry, form):
        db.session.commit()
        flash(done(entry))
        return redirect(url_for(".show" if entry.status == Status.SIGNING else ".receipt", id=id), 303)
    return render_template("entries/submit.html", entry=entry, form=form, lock=lock(entry), missing=places(entry),
                           verified=sheet.verified(entry), short=short_of_evidence(entry), signs=entry.period.needs_signature and me() in entry.heads)


def submitted(entry: Entry, form: DeclarationForm) -> bool:
    """False when a rule refused; the page then says why, line by line."""
    try:
        entry.submit(me(), tell=db.session.scalars(people.judges_of(entry.unit, entry.period.may_judge_own_unit)).all())
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def done(entry: Entry) -> str:
    name, again = entry.innovation.name, " kembali" if len(entry.standing_rounds) > 1 else ""
    if entry.status == Status.SIGNING:
        return (f"{name} diajukan ke {listed([head.name for head in entry.heads])}. "
                "Anda diberi tahu begitu usulan ini disahkan atau dikembalikan.")
    if entry.rounds[-1].signed_by:
        return f"{name} disahkan dan diajukan{again}. Sekarang giliran verifikator."
    return f"{name} diajukan{again}{' tanpa pengesahan' if entry.rounds[-1].is_unsigned else ''}. Sekarang giliran verifikator."


def lock(entry: Entry) -> str:
    """Why it cannot be handed in now; what waits for a head who is gone can."""
    return "" if entry.is_left_unsigned else sheet.reason_against(entry.must_be_editable)


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
                           filled=sum(bool(row["level"]) for row in round_.snapshot["rows"].values()), prepared=prepared(round_),
                           verified=sheet.verified_by(before) if before else None)


def prepared(round_: Round):
    """The event of handing it to the head, where somebody else signed."""
    if round_.signed_by in (None, round_.submitted_by):
        return None
    return db.session.scalar(entries.prepared(round_))


def mended(before) -> list[str]:
    """The rows the round before had sent back."""
    return [verdict.answer.indicator.code for verdict in before.verdicts if verdict.returned] if before else []

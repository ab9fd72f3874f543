"""Sending for good: a look at what is frozen, the number from the ministry's site, and no way back."""
from datetime import date

from flask import flash, redirect, render_template, url_for

from app.exports import dossier
from app.extensions import db
from app.models import Entry, Sending
from app.models.instrument import fingerprint
from app.models.sending import known_day, known_number
from app.queries import outgoing, sendings, sheet
from app.rules import Refused, workflow
from app.rules.workflow import Status
from app.web.gate import get_entry, me, storage
from app.web.season import today
from app.web.sendings import bp
from app.web.sendings.copying import copying_of
from app.web.sendings.forms import SendForm
from app.web.sendings.telling import dossier_of
from app.web.uploads import Upload

CHANGED = "Usulan ini berubah sejak halaman dibuka. Periksa sekali lagi yang di bawah, lalu kirim."


@bp.route("/usulan/<int:id>/pengiriman", methods=["GET", "POST"])
def send(id):
    entry = get_entry(id, "send")
    form = SendForm(data={"seen": mark_of(entry), "sent_on": today()})
    if form.validate_on_submit() and sent_by_form(entry, form):
        db.session.commit()
        flash(f"{entry.sending.name} terkirim dengan nomor registrasi {entry.sending.number}. Yang terkirim tidak berubah lagi.")
        return redirect(url_for(".show", id=entry.sending.id), 303)
    form.seen.data = mark_of(entry)
    copying = copying_of(entry) if entry.status == Status.APPROVED else None
    return render_template("sendings/send.html", entry=entry, form=form, copying=copying, verified=sheet.verified(entry))


def mark_of(entry: Entry) -> str:
    """Of what would be frozen now; empty while nothing can be."""
    return fingerprint(outgoing.facts(entry)) if entry.status == Status.APPROVED else ""


def sent_by_form(entry: Entry, form: SendForm) -> bool:
    try:
        workflow.after(Status(entry.status), "send")
        if form.seen.data != mark_of(entry):
            raise Refused(CHANGED)
        dispatch(entry, form.number.data or "", form.sent_on.data)
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def dispatch(entry: Entry, number: str, sent_on: date | None) -> Sending:
    """Inside the writing transaction, for the number must be nobody else's; the paper takes about a tenth of a second to write. What a rule
    refuses is refused before the paper is kept."""
    entry.must_be_sent_by(me())
    number, sent_on = known_number(number), known_day(sent_on)
    must_be_possible(entry, number, sent_on)
    paper = dossier.write(dossier_of(entry, outgoing.facts(entry), dossier.Sent(number, sent_on)))
    return entry.send(me(), number, sent_on, Upload(storage().keep(paper, "pdf", durable=True), "").row())


def must_be_possible(entry: Entry, number: str, sent_on: date) -> None:
    """The number is nobody else's in this period, and the day is not of another decade."""
    held = db.session.scalar(sendings.numbered(entry.period, number))
    if held and held.entry_id != entry.id:
        raise Refused(f"Nomor registrasi {held.number} sudah dipakai {held.name}. Periksa nomornya di situs kementerian.")
    if sent_on.year < entry.period.year - 1:
        raise Refused(f"Tanggal kirim tahun {sent_on.year} tidak mungkin untuk periode {entry.period.year}. Periksa tahunnya.")

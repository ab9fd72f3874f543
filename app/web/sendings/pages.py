"""What was sent, as it was sent; its number when that was typed wrong; and any proposal's profile on paper."""
from datetime import date
from decimal import Decimal
from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from app.exports import dossier
from app.exports.packing import safe_name
from app.extensions import db
from app.models import Sending
from app.models.sending import known_day, known_number
from app.queries import outgoing
from app.rules import Refused
from app.rules.profile import MINISTRY_LIMIT
from app.web import sending as files
from app.web.gate import can, get_entry, get_sending, me
from app.web.sendings import bp
from app.web.sendings.copying import copying_of
from app.web.sendings.dispatch import must_be_possible
from app.web.sendings.forms import CorrectionForm
from app.web.sendings.telling import dossier_of, number_of


@bp.get("/kirim/<int:id>")
def show(id):
    return sending_page(get_sending(id), CorrectionForm(formdata=None))


@bp.post("/kirim/<int:id>/pembetulan")
def correct(id):
    one, form = get_sending(id), CorrectionForm()
    if not can("entry.send", one.entry):
        abort(403)
    if not form.validate() or not corrected(one, form):
        return sending_page(one, form)
    db.session.commit()
    flash(f"Nomor registrasi {one.name} sekarang {one.number}. Isi yang terkirim tetap sama.")
    return redirect(url_for(".show", id=id), 303)


@bp.get("/kirim/<int:id>.pdf")
def pdf(id):
    """Byte for byte as it was made at the sending."""
    one = get_sending(id)
    return files.inline(one.pdf, safe_name(f"{one.name} {one.number}.pdf"))


@bp.get("/usulan/<int:id>/profil.pdf")
def profile(id):
    """As it stands now, whatever its state; of what was sent the snapshot."""
    entry = get_entry(id)
    told = outgoing.facts(entry)
    return files.shown(dossier.write(dossier_of(entry, told)), safe_name(f"{number_of(entry)} {told['profile']['name']}.pdf"))


def corrected(one: Sending, form: CorrectionForm) -> bool:
    try:
        number, day = known_number(form.number.data or ""), known_day(form.sent_on.data)
        must_be_possible(one.entry, number, day)
        one.correct(me(), number, day, form.reason.data or "")
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def sending_page(one: Sending, form: CorrectionForm) -> str:
    told: dict[str, Any] = one.snapshot
    if not form.is_submitted():
        form.number.data, form.sent_on.data = one.number, one.sent_on
    return render_template("sendings/show.html", sending=one, entry=one.entry, told=told, copying=copying_of(one.entry), form=form,
                           meanings=outgoing.meanings(one.entry, told), day=date.fromisoformat, most=MINISTRY_LIMIT,
                           points={name: Decimal(told[name]) for name in ("claimed", "evidenced", "verified")})

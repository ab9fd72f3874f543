"""What the ministry gave one proposal that was sent, typed in by hand."""
from decimal import Decimal

from flask import flash, redirect, render_template, url_for

from app.extensions import db
from app.models import Sending
from app.queries import results
from app.rules import Refused
from app.web.gate import look, me, must
from app.web.results import bp
from app.web.results.forms import LEVEL, ResultForm


@bp.route("/hasil/<int:id>", methods=["GET", "POST"])
def record(id):
    must("result.record")
    sending = look(lambda: db.session.scalar(results.whole(id)))
    rows = {answer.indicator.code: answer for answer in sending.entry.answers}
    form = ResultForm.of({code: answer.indicator.name for code, answer in rows.items()})(data=facts(sending))
    if form.validate_on_submit() and given(form, sending):
        db.session.commit()
        flash(f"Hasil {sending.name} dicatat. {sending.unit_name} diberi tahu.")
        return redirect(url_for(".index", tahun=sending.entry.period.year), 303)
    return render_template("results/record.html", form=form, sending=sending, rows=rows, level=LEVEL)


def facts(sending: Sending) -> dict:
    levels = {f"{LEVEL}{answer.indicator.code}": answer.official and answer.official.level for answer in sending.entry.answers}
    return {"seen": db.session.scalar(results.last_given(sending)), "total": typed_total(sending), "note": sending.official_note, **levels}


def typed_total(sending: Sending) -> Decimal | None:
    """What was published in all; nothing where the rows make it, so that a corrected level needs no corrected total."""
    return None if all(answer.official for answer in sending.entry.answers) else sending.official_maturity


def given(form: ResultForm, sending: Sending) -> bool:
    answers = {answer.indicator.code: answer for answer in sending.entry.answers}
    try:
        if form.seen.data != (last := db.session.scalar(results.last_given(sending))):
            form.seen.raw_data, form.seen.data = None, last
            raise Refused("Hasil ini dicatat sesudah halaman ini dibuka; lihat riwayat usulannya. Periksa isian di bawah, lalu simpan lagi.")
        sending.give_result(me(), form.total.data, {answers[code]: level for code, level in form.levels.items()}, form.note.data or "")
    except Refused as no:
        form.refuse(no)
        return False
    return True

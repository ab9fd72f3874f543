"""The ministry's result from a sheet: uploaded and looked at first, then taken as a whole or not at all."""
import hashlib
import io
import re
from pathlib import Path
from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for

from app.exports.result_sheet import MOST_BYTES, Sheet, read
from app.extensions import db
from app.models import Period, Sending
from app.queries import results
from app.queries.results import ResultFilter
from app.rules import Refused, intake
from app.rules.intake import NEW, WRONG, Found, Known
from app.storage import Rejected
from app.storage.incoming import settle
from app.web.gate import me, must, storage
from app.web.results import bp
from app.web.results.forms import UploadForm
from app.web.results.pages import period_now, rows_of, total
from app.web.sheeting import number_in

HASH = re.compile(r"[0-9a-f]{64}")


class Look(NamedTuple):
    """What each row of a sheet comes to, the headings it has for nothing, what was sent and does not stand in it, what was sent by id."""
    found: list[Found]
    ignored: list[str]
    left_out: list[Known]
    sent: dict[int, Sending]

    def of(self, *kinds: str) -> list[Found]:
        return [one for one in self.found if one.kind in kinds]


@bp.route("/hasil/impor", methods=["GET", "POST"])
def upload():
    must("result.record", write=False)
    period, form = period_now(), UploadForm()
    if form.validate_on_submit():
        try:
            berkas = kept(form.file.data)
            sheet_of(berkas, period)
        except (Refused, Rejected) as no:
            form.refuse(no)
        else:
            return redirect(url_for(".check", berkas=berkas, tahun=period.year), 303)
    return render_template("results/upload.html", form=form, period=period, sent=total(ResultFilter(), period).number)


@bp.get("/hasil/impor/<berkas>")
def check(berkas):
    """What the sheet would do; nothing is recorded yet."""
    must("result.record")
    period = period_now()
    try:
        look = looked_at(sheet_of(berkas, period), period)
    except Refused as no:
        flash(str(no), "error")
        return redirect(url_for(".upload", tahun=period.year), 303)
    return render_template("results/check.html", berkas=berkas, period=period, look=look, stamp=intake.fingerprint(look.found))


@bp.post("/hasil/impor/<berkas>")
def take(berkas):
    """The file is read before anybody has to wait for the writing."""
    must("result.record", write=False)
    sheet = sheet_of(berkas, period_now())
    must("result.record", write=True)
    period = period_now()
    look = looked_at(sheet, period)
    if intake.fingerprint(look.found) != request.form.get("laporan"):
        raise Refused("Ada yang berubah sesudah laporan ini dibuat. Laporan di bawah sudah yang terbaru; periksa, lalu simpan lagi.")
    if look.of(WRONG):
        raise Refused("Masih ada baris yang salah, jadi belum ada yang disimpan. Perbaiki berkasnya, lalu unggah lagi.")
    if not (taken := [recorded(one, look.sent) for one in look.of(NEW)]):
        raise Refused("Tidak ada yang baru di berkas ini.")
    db.session.commit()
    place_of(berkas).unlink(missing_ok=True)
    flash(f"Hasil {len(taken)} usulan dicatat dari berkas. Perangkat daerahnya diberi tahu.")
    return redirect(url_for(".index", tahun=period.year), 303)


def sheet_of(berkas: str, period: Period) -> Sheet:
    """Refused when the file is gone or unreadable."""
    return read(content_of(berkas), rows_of(period))


def looked_at(sheet: Sheet, period: Period) -> Look:
    rows = {indicator.code: indicator.weight for indicator in period.instrument.innovation_rows()}
    sent = {sending.id: sending for sending in db.session.scalars(results.to_record(period)).unique()}
    known = [known_from(sending, period) for sending in sent.values()]
    found = intake.checked(sheet.lines, known, rows, period.instrument.maturity_max)
    named = {one.known.id for one in found if one.known}
    return Look(found, sheet.ignored, [one for one in known if one.id not in named], sent)


def recorded(one: Found, sent: dict[int, Sending]) -> Sending:
    sending = sent[one.known.id]
    answers = {answer.indicator.code: answer for answer in sending.entry.answers}
    sending.give_result(me(), one.total, {answers[code]: level for code, level in one.levels.items()}, one.note)
    return sending


def known_of(period: Period) -> list[Known]:
    """Everything sent in the period with what is recorded of its result."""
    return [known_from(sending, period) for sending in db.session.scalars(results.to_record(period)).unique()]


def known_from(sending: Sending, period: Period) -> Known:
    return Known(sending.id, sending.number, number_in(period.year, sending.entry.number), sending.name, sending.official_maturity,
                 sending.official_note, {answer.indicator.code: answer.official and answer.official.level for answer in sending.entry.answers})


# The file between the two steps: under its hash among the incoming, which are swept after an hour

def kept(file) -> str:
    if not file or not file.filename:
        raise Refused("Pilih berkasnya dulu.")
    storage().forget_incoming()
    content = file.stream.read(MOST_BYTES + 1)
    file.close()
    with storage().incoming.receive(io.BytesIO(content), MOST_BYTES) as arrived:
        settle(arrived.path, place_of(arrived.sha256))
    return arrived.sha256


def place_of(berkas: str) -> Path:
    if not HASH.fullmatch(berkas):
        raise Refused("Berkas itu tidak ada. Unggah lagi.")
    return storage().incoming.folder / f"hasil-{berkas}.xlsx"


def content_of(berkas: str) -> bytes:
    try:
        content = place_of(berkas).read_bytes()
    except OSError:
        raise Refused("Berkas ini sudah dicatat, atau sudah lewat satu jam. Unggah lagi.") from None
    if hashlib.sha256(content).hexdigest() != berkas:
        raise Refused("Berkasnya tidak utuh lagi. Unggah lagi.")
    return content

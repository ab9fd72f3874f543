"""An instrument as a file, out and in: JSON and XLSX carry the same. What comes in becomes a draft."""
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_wtf.file import FileField

from app import clock
from app.exports import instrument_book
from app.extensions import db
from app.models import Instrument
from app.queries import instruments as queries
from app.rules import Refused, instrument_file, instrument_reading
from app.rules.instrument_file import MOST_BYTES
from app.rules.instrument_shape import MOST_FAULTS, Fault
from app.rules.instrument_tables import data_of, tables
from app.web.forms import Form
from app.web.gate import me, must
from app.web.manage import instruments
from app.web.manage.instrument_pages import get_known
from app.web.season import zone
from app.web.sending import attached

PACKED, OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"  # how a workbook begins, and what no workbook of today is


class UploadForm(Form):
    file = FileField("Berkas JSON atau XLSX")


@instruments.get("/<instrumen>/instrumen.json", endpoint="json_file")
def as_json(instrumen):
    data = get_known(instrumen).data
    return attached(instrument_file.written(data), f"{data['id']}.json")


@instruments.get("/<instrumen>/instrumen.xlsx", endpoint="xlsx_file")
def as_xlsx(instrumen):
    data = get_known(instrumen).data
    return attached(instrument_book.write(tables(data), data["title"], clock.now(), zone()), f"{data['id']}.xlsx")


@instruments.route("/impor", methods=["GET", "POST"])
def upload():
    """Read first, with nothing locked; stored only when every part could be read."""
    must("instrument.manage", write=False)
    form, faults = UploadForm(), []
    if form.validate_on_submit():
        try:
            data, faults = taken_from(form.file.data)
        except Refused as no:
            form.refuse(no)
        else:
            if not faults:
                return redirect(url_for(".show", instrumen=stored(data, form.file.data.filename)), 303)
    return render_template("manage/instruments/upload.html", form=form, faults=faults, most=MOST_FAULTS)


def taken_from(file: Any) -> tuple[dict[str, Any], list[Fault]]:
    if not file or not file.filename:
        raise Refused("Pilih berkasnya dulu.")
    with file.stream as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused("Berkas ini lebih besar dari 1 MB. Sebuah instrumen tidak sampai sebesar itu.")
    faults: list[Fault] = []
    if content.startswith((PACKED, OLD_OFFICE)):
        data, faults = data_of(instrument_book.read(content))
    else:
        data = instrument_file.read(content)
        instrument_file.must_be_instrument(data)
    if faults:  # the sheets themselves are not whole: what is missing there would be named a second time
        return data, faults
    return instrument_reading.read(data)


def stored(data: dict[str, Any], name: str) -> str:
    """The code of the draft it became."""
    must("instrument.manage", write=True)
    draft = Instrument.take_in(me(), data, set(db.session.scalars(queries.codes())), name[-120:])
    db.session.add(draft)
    db.session.commit()
    renamed = "" if draft.code == data["id"] else f" Kode {data['id']} sudah ada, jadi draf ini memakai {draft.code}."
    flash(f"{draft.title} masuk sebagai draf.{renamed}")
    return draft.code

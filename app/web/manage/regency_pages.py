"""Whose installation this is: its names, its clock, its colour and its logo, changed where everybody sees them at once."""
import os
from typing import NamedTuple

from flask import current_app, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Regency, Unit
from app.models.regency import FACTS
from app.queries import regency as queries
from app.queries import units
from app.rules import Refused, colours
from app.rules.numbers import letter_number
from app.web.gate import me, must, storage
from app.web.manage import regency
from app.web.manage.regency_forms import RegencyForm
from app.web.regency import RegencySettings, forget
from app.web.regency import regency as settings_now
from app.web.season import today
from app.web.uploads import Upload

MOST_BYTES, SIDES = 1024 * 1024, (64, 4000)


class Preview(NamedTuple):
    """A colour in use: its shades, and its contrast under white words and as words on our paper. `instead` is offered where it is too light."""
    colour: str
    shades: dict[str, str]
    on_white: float
    on_paper: float
    instead: str


@regency.route("/", methods=["GET", "POST"])
def index():
    looks = "lihat" in request.form  # at a colour before it is saved
    must("regency.manage", write=request.method == "POST" and not looks)
    settings = settings_now()
    form = RegencyForm(data=shown(settings))
    form.offer_zones(settings.timezone)
    if chosen := request.form.get("warna"):  # a colour offered as a button
        form.colour.data = chosen
    if not looks and form.validate_on_submit() and save(form):
        flash("Daerah dan kantor disimpan.")
        return redirect(url_for(".index"), 303)
    return render_template("manage/regency/index.html", form=form, preview=preview(form.colour.data), ours=colours.OURS,
                           example=letter_number(settings.letter_number, 7, today()), events=db.session.scalars(queries.history()).all(),
                           old_office=office_of_the_installation(settings))


def office_of_the_installation(settings: RegencySettings) -> Unit | None:
    """The office among the units, while it bears the name of the installation and no longer the one saved here."""
    first = current_app.config["LUMBUNG"].full_office
    return db.session.scalar(units.named(first)) if first != settings.full_office else None


@regency.post("/logo")
def put_logo():
    must("regency.manage", write=False)
    upload = take(request.files.get("file"))
    must("regency.manage")
    stored().put_logo(me(), upload.row())
    db.session.commit()
    flash("Logo dipasang. Kop surat berikutnya memuatnya; surat yang sudah terbit tidak berubah.")
    return redirect(url_for(".index", _anchor="h-logo"), 303)


@regency.post("/logo/lepas")
def remove_logo():
    must("regency.manage")
    stored().put_logo(me(), None)
    db.session.commit()
    flash("Logo dilepas. Tanda lumbung tampil lagi.")
    return redirect(url_for(".index", _anchor="h-logo"), 303)


def shown(settings: RegencySettings) -> dict:
    """What counts now, as the form shows it."""
    facts = {name: getattr(settings, name) for name in FACTS}
    return facts | {"colour": settings.colour or colours.OURS, "seen": db.session.scalar(queries.last_change())}


def save(form: RegencyForm) -> bool:
    known = db.session.scalar(queries.whole())
    try:
        if form.seen.data != db.session.scalar(queries.last_change()):
            raise Refused("Data ini diubah sesudah halaman ini dibuka; perubahannya ada di riwayat. Sesuaikan isian di bawah, lalu simpan lagi.")
        facts = form.facts()
        if known:
            known.edit(me(), **facts)
        else:
            db.session.add(Regency.begin(me(), **facts))
    except Refused as reason:
        form.refuse(reason)
        form.seen.raw_data, form.seen.data = None, db.session.scalar(queries.last_change())
        return False
    db.session.commit()
    forget()
    return True


def stored() -> Regency:
    """The row; made from what counts now where there is none yet."""
    if known := db.session.scalar(queries.whole()):
        return known
    made = Regency.begin(me(), **{name: getattr(settings_now(), name) for name in FACTS})
    db.session.add(made)
    return made


def take(file) -> Upload:
    """The picture on disk. Refused or Rejected with a sentence, and then nothing is left behind."""
    if file is None or not file.filename:
        raise Refused("Pilih berkas logonya dulu.")
    with file.stream as stream:
        if stream.seek(0, os.SEEK_END) > MOST_BYTES:
            raise Refused("Logo paling besar 1 MB. Perkecil gambarnya, lalu unggah lagi.")
        stream.seek(0)
        return Upload(storage().take(stream, file.filename, ("png", "jpg", "jpeg"), sides=SIDES), file.filename)


def preview(colour: str | None) -> Preview | None:
    if not colour or not colours.FORM.fullmatch(colour):
        return None
    instead = "" if colours.is_readable(colour) else colours.darkened(colour)
    on_white, on_paper = (colours.contrast(colour, ground) for ground in (colours.WHITE, colours.PAPER))
    return Preview(colour, colours.shades(instead or colour), on_white, on_paper, instead)

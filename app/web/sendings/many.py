"""Several of the list sent at once: each wholly or not at all, and every refusal with its reason."""
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for

from app.extensions import begin_writing, db
from app.models import Entry
from app.queries import sendings
from app.queries.sendings import SendingFilter
from app.rules import Refused
from app.rules.words import listed, on_date
from app.web.gate import look_again, me, must, seen_entry
from app.web.sendings import bp
from app.web.sendings.dispatch import CHANGED, dispatch
from app.web.sendings.forms import AGREED
from app.web.sendings.lists import list_page, read_filter

NAMED = 5
NOTHING = "Isi nomor registrasi paling sedikit satu usulan. Yang tanpa nomor dilewati."


class Typed(NamedTuple):
    """What stands beside one proposal: number and day as typed, and when it was approved as the page knew it."""
    number: str
    day: str
    seen: str

    @property
    def said(self) -> str:
        """The day as people read it, or what was typed where it is none."""
        try:
            return on_date(date.fromisoformat(self.day))
        except ValueError:
            return self.day or "tanpa tanggal"


@bp.post("/kirim/")
def send_many():
    """First what was typed is shown once more; with the statement ticked there it goes."""
    must("entry.send", write=False)
    typed, chosen = read_typed(request.form), read_filter()
    numbered = {id: row for id, row in typed.items() if row.number}
    if not numbered or "kembali" in request.form:
        return list_page(chosen, typed=typed, problem="" if numbered else NOTHING)
    if "agreed" not in request.form:
        return confirmation(chosen, numbered)
    sent, refused = send_each(numbered)
    if sent:
        flash(f"{len(sent)} terkirim: {listed(sent[:NAMED] + [f'{len(sent) - NAMED} lainnya'] * (len(sent) > NAMED))}. "
              "Yang terkirim tidak berubah lagi.")
    return list_page(chosen, typed=numbered, refused=refused) if refused else redirect(url_for(".index", **chosen.args()), 303)


def confirmation(chosen: SendingFilter, typed: Mapping[int, Typed]) -> str:
    rows = db.session.execute(sendings.rows(me()).where(Entry.id.in_(typed)).order_by(Entry.id)).all()
    problem = "Centang dulu pernyataannya. Belum ada yang dikirim." if "kirim" in request.form else ""
    return render_template("sendings/confirm.html", chosen=chosen, typed=typed, rows=rows, agreed=AGREED, problem=problem)


def read_typed(sent: Mapping[str, str]) -> dict[int, Typed]:
    """By proposal, those without a number too: their day stays on the page."""
    ids = [int(id) for key in sent if key.startswith("nomor-") and (id := key.removeprefix("nomor-")).isdecimal() and len(id) < 10]
    return {id: Typed(sent[f"nomor-{id}"].strip(), sent.get(f"tanggal-{id}", ""), sent.get(f"keadaan-{id}", "")) for id in ids}


def send_each(typed: Mapping[int, Typed]) -> tuple[list[str], dict[int, tuple[str, str]]]:
    """The names of what was sent; of what was refused the name and the reason. Each is a transaction of its own."""
    sent: list[str] = []
    refused: dict[int, tuple[str, str]] = {}
    for id, row in typed.items():
        begin_writing()
        entry = seen_entry(id)
        name = entry.innovation.name if entry else f"Usulan {id}"
        try:
            send_one(entry, row)
        except Refused as reason:
            look_again()
            refused[id] = name, str(reason)
        else:
            db.session.commit()
            sent.append(name)
    return sent, refused


def send_one(entry: Entry | None, row: Typed) -> None:
    if entry is None:
        raise Refused("Usulan ini tidak ada lagi.")
    if row.seen != entry.moved_at.isoformat():
        raise Refused(CHANGED if entry.status == "approved" else "Usulan ini sudah tidak menunggu dikirim. Muat ulang daftarnya.")
    dispatch(entry, row.number, read_day(row.day))


def read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused("Tanggal kirimnya tidak dapat dibaca. Tulis misalnya 2026-08-14.") from None

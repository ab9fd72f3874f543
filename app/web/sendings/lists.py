"""What waits to be sent and what was, in three tabs of one period; as a page and as XLSX."""
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for

from app.exports.register import COLUMNS
from app.exports.sheets import Column, Kind
from app.extensions import db
from app.queries import sendings
from app.queries.sendings import LISTED, SENT, WAITING, SendingFilter
from app.web.gate import me, must
from app.web.listing import Tab, page_of
from app.web.season import period_now, today
from app.web.sendings import bp
from app.web.sheeting import name_of, number_in, quoted, sheet
from app.web.sorting import Sorting

TABS = {LISTED: "Daftar kirim", WAITING: "Disetujui, belum dipilih", SENT: "Terkirim"}
CHOICES = {"send": "Wajib kirim", "hold": "Ditahan"}
TO_SEND = [Column("Nomor usulan", width=14), Column("Inovasi", width=44), Column("Perangkat daerah", width=32), Column("Urusan utama", width=28),
           Column("Kematangan", Kind.DECIMAL), Column("Pilihan tangan", width=14), Column("Alasan", width=40), Column("Butir disalin", Kind.INTEGER)]
AS_SENT = [*COLUMNS, Column("Menurut kementerian", Kind.DECIMAL)]


def read_filter() -> SendingFilter:
    """Of the address; without a year that of the present period."""
    chosen = SendingFilter.read(request.args)
    period = None if chosen.year else period_now()
    return replace(chosen, tab=chosen.tab if chosen.tab in TABS else LISTED, year=period.year if period else chosen.year)


@bp.get("/kirim/")
def index():
    must("sending.list")
    return list_page(read_filter())


@bp.get("/kirim/daftar.xlsx")
def index_xlsx():
    must("sending.list")
    chosen = read_filter()
    found = db.session.execute(chosen.ordered(chosen.narrow(sendings.rows(me()))))
    columns, lines = (AS_SENT, map(sent_line, found, range(1, 100_000))) if chosen.tab == SENT else (TO_SEND, map(waiting_line, found))
    return sheet(f"{TABS.get(chosen.tab, TABS[LISTED])} {chosen.year}", columns, lines, quoted(chosen.q),
                 name_of(chosen.unit, sendings.units(me(), chosen.year)), chosen.affair)


def list_page(chosen: SendingFilter, **more: Any) -> str:
    """`more` is what a sending of many has to say."""
    page = page_of(chosen.ordered(chosen.narrow(sendings.rows(me()))), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)))
    offers = {"units": db.session.execute(sendings.units(me(), chosen.year)).all(),
              "affairs": db.session.scalars(sendings.affairs(me(), chosen.year)).all(), "years": db.session.scalars(sendings.years()).all()}
    said = {"typed": {}, "refused": {}, "today": today(), **more}
    return render_template("sendings/index.html", page=page, chosen=chosen, tabs=tabs(chosen), sort=Sorting("sendings.index", chosen),
                           choices=CHOICES, leaving=leaving(chosen.year), **offers, **said)


def tabs(chosen: SendingFilter) -> list[Tab]:
    counts = found(chosen)
    return [Tab(label, url_for(".index", **chosen.bare(tab).args()), chosen.tab == tab, counts.get(tab, 0)) for tab, label in TABS.items()]


def leaving(year: int) -> dict[str, int]:
    """How many the papers of the period name: those sent, and those in the list."""
    counts = found(SendingFilter(year=year))
    return {"sent": counts.get(SENT, 0), "listed": counts.get(LISTED, 0)}


def found(chosen: SendingFilter) -> dict[str, int]:
    return dict(db.session.execute(sendings.counts(me(), chosen)).all())


def waiting_line(row: Any) -> tuple:
    return (number_in(row.year, row.number), row.name, row.unit, row.affair, row.verified, CHOICES.get(row.choice, ""), row.choice_note, row.ticked)


def sent_line(row: Any, place: int) -> tuple:
    return (place, row.registered, row.sent_on, row.name, row.unit, row.affair, row.verified, number_in(row.year, row.number), row.by,
            row.official_maturity)


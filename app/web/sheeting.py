"""A list as XLSX: the filter on the screen, all its pages, in the same order.

The one shape: a list at endpoint `x.index` has `x.index_xlsx` beside it, at the list's address with `.xlsx` (`/surat.xlsx`), or `daftar.xlsx`
where that ends in a slash (`/usulan/daftar.xlsx`); the same ability, the same query, no paging. Its link stands in the list's pager:
`{{ pager(page, "usulan", url_for(".index_xlsx", **chosen.args(page=1))) }}`, or `{{ xlsx_link(url) }}` where there is no pager.

    @bp.get("/daftar.xlsx")
    def index_xlsx():
        must("entry.list")
        chosen = EntryFilter.read(request.args)
        found = db.session.execute(chosen.ordered(chosen.narrow(entries.rows(me()))))
        return sheet("Usulan penilaian", COLUMNS, map(line, found), quoted(chosen.q), name_of(chosen.unit, entries.units(me())))
"""
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import Response, current_app, get_template_attribute
from markupsafe import Markup
from sqlalchemy import Select

from app import clock
from app.exports.sheets import Column, workbook
from app.extensions import db
from app.models import Event
from app.rules.numbers import entry_number
from app.web.regency import regency
from app.web.season import zone
from app.web.sending import attached

LONGEST_NAME = 80


def sheet(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *filtered: str, is_long: bool = False) -> Response:
    """The list as a file named after it. A row has one value a column; `filtered` are the parts of the filter in words, empty ones left out."""
    data = workbook(name, columns, rows, as_of=clock.now(), zone=zone(), filtered=", ".join(filter(None, filtered)), is_long=is_long)
    return attached(data, f"{_file_name(name)}.xlsx")


def quoted(text: str) -> str:
    """What was searched for, as the first line of the file says it."""
    return f"“{text}”" if text else ""


def name_of(id: int | str, offered: Select) -> str:
    """What the filter's choice `id` is called; `offered` are the pairs of id and name its page offers. Asks nothing when nothing is chosen."""
    return next((name for key, name in db.session.execute(offered) if str(key) == str(id)), "") if id else ""


def number_in(year: int, number: int, training: bool = False) -> str:
    """A proposal's number as it is quoted."""
    return entry_number(regency().number_prefix, year, number, training=training)


def sentence(event: Event) -> str:
    """What happened, as the timeline says it."""
    return Markup(current_app.jinja_env.get_template(f"events/{event.what}.html").render(event=event)).striptags()


def macro(template: str, name: str) -> Callable[..., str]:
    """A macro's words: what a page says in a cell, said the same in the file."""
    drawn = get_template_attribute(template, name)
    return lambda *values, **named: Markup(drawn(*values, **named)).striptags()


def _file_name(name: str) -> str:
    letters = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower())
    return "-".join(letters.split())[:LONGEST_NAME].strip("-") or "daftar"

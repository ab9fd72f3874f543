"""A list as an Excel workbook: real dates and numbers, nothing a person typed ever becomes a formula or a link."""
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from babel.dates import format_datetime

from app.exports.words import plain

if TYPE_CHECKING:
    from xlsxwriter import Workbook

LONGEST_CELL = 32_767   # letters Excel keeps in one cell
HEADS = 1               # row of the headings; the line that names the list stands above it


class Kind(Enum):
    """What a column holds: its number format and its usual width in letters."""
    TEXT = ("@", 30)
    INTEGER = ("#,##0", 10)
    YEAR = ("0", 9)
    DECIMAL = ("#,##0.00", 12)
    DATE = ("d mmm yyyy", 14)
    INSTANT = ("d mmm yyyy hh:mm", 19)


@dataclass(frozen=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT
    width: int = 0      # letters; 0 for what is usual for its kind


class Part(NamedTuple):
    """`title` names the sheet: at most 31 letters."""
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def workbook(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], as_of: datetime, zone: tzinfo, filtered: str = "",
             is_long: bool = False) -> bytes:
    """`name` says which list, `filtered` its filter in words, `as_of` the instant it was read. A row has one value a column, None for an
    empty cell; instants are aware and written on the clock of `zone`. The same list at the same instant gives the same bytes. `is_long`: rows
    go to a file beside as they come, so that tens of thousands of them fill no memory."""
    return book_of(name, [Part("Daftar", columns, rows)], as_of, zone, filtered, is_long)


def book_of(name: str, parts: Iterable[Part], as_of: datetime, zone: tzinfo, filtered: str = "", is_long: bool = False) -> bytes:
    """Several lists, a sheet each."""
    written = io.BytesIO()
    book = book_in(written, is_long)
    book.set_properties({"title": plain(name)[:255], "author": "Lumbung Inovasi", "created": as_of.astimezone(zone).replace(tzinfo=None)})
    for part in parts:
        _fill(book, part, first_line(name, filtered, as_of, zone), zone)
    book.close()
    return written.getvalue()


def book_in(written: io.BytesIO, is_long: bool = False) -> "Workbook":
    """An empty one, in which no text becomes a formula, a link or a number by itself."""
    from xlsxwriter import Workbook  # 2 MB: for who takes a list along

    return Workbook(written, {"in_memory": not is_long, "constant_memory": is_long, "strings_to_formulas": False, "strings_to_urls": False,
                              "strings_to_numbers": False})


def _fill(book: "Workbook", part: Part, line: str, zone: tzinfo) -> None:
    title, columns, rows = part
    sheet = book.add_worksheet(title)
    sheet.write_string(0, 0, _fitting(line), book.add_format({"bold": True}))
    head = book.add_format({"bold": True, "bg_color": "#E7EBE9", "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    looks = [book.add_format({"num_format": column.kind.value[0], "valign": "top", "text_wrap": column.kind is Kind.TEXT}) for column in columns]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width or column.kind.value[1])
        sheet.write_string(HEADS, place, column.title, head)
    last = HEADS
    for last, row in enumerate(rows, HEADS + 1):  # noqa: B007
        for place, (value, column) in enumerate(zip(row, columns, strict=True)):
            _put(sheet, last, place, value, column.kind, looks[place], zone)
    sheet.autofilter(HEADS, 0, last, len(columns) - 1)
    sheet.freeze_panes(HEADS + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)      # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADS)


def first_line(name: str, filtered: str, as_of: datetime, zone: tzinfo) -> str:
    """`Antrean verifikasi · Dinas Kesehatan, diam 7 hari · Keadaan 9 Juni 2026 pukul 09.30 WIB`."""
    instant = format_datetime(as_of, "d MMMM y 'pukul' HH.mm z", tzinfo=zone, locale="id")
    return " · ".join(part for part in (plain(name), plain(filtered), f"Keadaan {instant}") if part)


def _put(sheet, row: int, place: int, value: Any, kind: Kind, look, zone: tzinfo) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, look)
    elif kind is Kind.TEXT:
        sheet.write_string(row, place, _fitting(plain(str(value))), look)
    elif kind in (Kind.INTEGER, Kind.YEAR, Kind.DECIMAL):
        sheet.write_number(row, place, float(value) if isinstance(value, Decimal) else value, look)
    elif kind is Kind.DATE:
        sheet.write_datetime(row, place, _day(value, zone), look)
    else:
        sheet.write_datetime(row, place, _local(value, zone), look)


def _local(value: datetime, zone: tzinfo) -> datetime:
    """Excel knows no time zones: the regency's own clock, to the minute it shows."""
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return value.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _day(value: date, zone: tzinfo) -> date:
    return _local(value, zone).date() if isinstance(value, datetime) else value


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL - 1]}…"

"""A list as a sheet that comes back: written with the choices its columns take, read again with suspicion. Nothing in such a file is believed:
its size, its parts and its cells are bounded before and while it is read, formulas are not taken, hidden sheets not looked at."""
import io
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from app.exports.cells import value_of
from app.exports.plainness import MEGABYTE, must_be_harmless
from app.exports.sheets import HEADS, Column, book_in, first_line
from app.exports.words import plain
from app.rules import Refused
from app.rules.intake import FORMULA
from app.rules.tables import Line
from app.rules.words import listed

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from xlsxwriter import Workbook

MOST_BYTES = 2 * MEGABYTE
MOST_SHEETS = 10
MOST_ROWS = 3000
FARTHEST_ROW = 20_000   # looked at; formats that were dragged down reach far
MOST_COLUMNS = 40
HEAD_WITHIN = 10        # rows among which the headings are looked for
ROOM = 2000             # rows below the headings whose cells offer the choices
CHOICES, NOTES = "Pilihan", "Petunjuk"


class Sheets(NamedTuple):
    """The rows of each visible sheet, and the names of the others."""
    rows: list[list[list[Any]]]
    hidden: list[str]


class Read(NamedTuple):
    """`ignored` are headings that mean nothing here, `hidden` the names of sheets that were not looked at."""
    lines: list[Line]
    ignored: list[str]
    hidden: list[str]


# Written

def blank(name: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], choices: Mapping[str, Sequence[str]], hint: str, as_of: datetime,
          zone: tzinfo, notes: Sequence[tuple[str, str]] = ()) -> bytes:
    """All cells are text. `choices` by the title of their column stand on a sheet of their own and open as a list in the cells. `notes` say of a
    column (its title) what to write there."""
    written = io.BytesIO()
    book = book_in(written)
    book.set_properties({"title": plain(name)[:255], "author": "Lumbung Inovasi", "created": as_of.astimezone(zone).replace(tzinfo=None)})
    sheet, aside = book.add_worksheet("Daftar"), book.add_worksheet(CHOICES)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@", "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#E7EBE9", "bottom": 1})
    sheet.write_string(0, 0, f"{first_line(name, '', as_of, zone)} · {hint}", bold)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width or column.kind.value[1], text)
        sheet.write_string(HEADS, place, column.title, head)
    for down, row in enumerate(rows, HEADS + 1):
        for place, value in enumerate(row):
            if value:
                sheet.write_string(down, place, plain(value), text)
    sheet.freeze_panes(HEADS + 1, 0)
    for place, (title, offered) in enumerate(choices.items()):
        aside.set_column(place, place, 40)
        aside.write_string(0, place, f"Pilihan {title}", head)
        for down, value in enumerate(offered, 1):
            aside.write_string(down, place, plain(value))
        at = [column.title for column in columns].index(title)
        if offered:
            letter = chr(ord("A") + place)
            sheet.data_validation(HEADS + 1, at, HEADS + ROOM, at, {
                "validate": "list", "source": f"={CHOICES}!${letter}$2:${letter}${len(offered) + 1}", "error_type": "warning",
                "error_title": "Tidak ada di daftar", "error_message": f"Pilih dari daftar; semua pilihannya di lembar {CHOICES}."})
    if notes:
        _explain(book, notes, head)
    book.close()
    return written.getvalue()


def _explain(book: "Workbook", notes: Sequence[tuple[str, str]], head) -> None:
    sheet, wrapped = book.add_worksheet(NOTES), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24, wrapped)
    sheet.set_column(1, 1, 90, wrapped)
    for down, (title, words) in enumerate([("Kolom", "Cara mengisi"), *notes]):
        sheet.write_string(down, 0, title, head if down == 0 else wrapped)
        sheet.write_string(down, 1, words, head if down == 0 else wrapped)


# Read

def read(content: bytes, titles: Sequence[str]) -> Read:
    """The rows under the headings of the one visible sheet that has them all, cells by the title of their column."""
    sheets = sheets_of(content)
    wanted = {title.lower(): title for title in titles}
    found = [(rows, at) for rows in sheets.rows if (at := _heading_row(rows, wanted)) is not None]
    if not found:
        raise Refused(f"Judul kolom {listed([f'“{title}”' for title in titles])} tidak ditemukan pada sepuluh baris pertama lembar yang terlihat. "
                      "Pakai templat dari halaman ini.")
    if len(found) > 1:
        raise Refused(f"Ada {len(found)} lembar dengan judul kolom yang sama. Sisakan satu lembar saja, lalu unggah lagi.")
    lines, ignored = _under_headings(*found[0], wanted)
    return Read(lines, ignored, sheets.hidden)


def sheets_of(content: bytes, most_bytes: int = MOST_BYTES) -> Sheets:
    """Every cell of the visible sheets, as far as a list goes."""
    from openpyxl import load_workbook  # 5 MB: for who brings a workbook

    must_be_harmless(content, most_bytes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out of a workbook is nothing we read
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            hidden = [plain(str(sheet.title))[:40] for sheet in book.worksheets if sheet.sheet_state != "visible"]
            if len(seen) > MOST_SHEETS:
                raise Refused(f"Berkas ini berisi {len(seen)} lembar. Sisakan lembar daftarnya saja, lalu unggah lagi.")
            return Sheets([_rows(sheet) for sheet in seen], hidden)
        except Refused:
            raise
        except Exception as trouble:  # a file made to break a reader breaks it in any way
            raise Refused("Lembar kerja ini tidak dapat dibaca. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi.") from trouble


def _rows(sheet: "ReadOnlyWorksheet") -> list[list[Any]]:
    """Values row by row, without the empty rows at the end."""
    rows = [[value_of(cell) for cell in row] for row in sheet.iter_rows(min_row=1, max_row=FARTHEST_ROW, max_col=MOST_COLUMNS)]
    too_far = len(rows) == FARTHEST_ROW  # then something stands even further down
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    if too_far or len(rows) > MOST_ROWS:
        raise Refused("Lembar ini berlanjut sampai sesudah baris 3.000. Hapus baris di bawah datanya, lalu unggah lagi.")
    return rows


def _heading_row(rows: list[list[Any]], wanted: Mapping[str, str]) -> int | None:
    """The first of them with the most telling heading; what else is missing is said by name."""
    first = next(iter(wanted))
    return next((at for at, row in enumerate(rows[:HEAD_WITHIN]) if sum(_title(value) in wanted for value in row) > 1
                 and any(_title(value) == first for value in row)), None)


def _title(value: Any) -> str:
    return " ".join(value.split()).lower() if isinstance(value, str) else ""


def _under_headings(rows: list[list[Any]], at: int, wanted: Mapping[str, str]) -> tuple[list[Line], list[str]]:
    heads = [wanted.get(_title(value)) for value in rows[at]]
    if missing := [title for title in wanted.values() if title not in heads]:
        raise Refused(f"Kolom {listed([f'“{title}”' for title in missing])} tidak ada di baris {at + 1}. Pakai judul kolom dari templat.")
    if twice := sorted({title for title in heads if title and heads.count(title) > 1}):
        raise Refused(f"Kolom {listed([f'“{title}”' for title in twice])} ada dua kali. Sisakan satu, lalu unggah lagi.")
    lines = [Line(place, {head: value for head, value in zip(heads, row, strict=True) if head and value is not None})
             for place, row in enumerate(rows[at + 1:], at + 2)]
    lines = [line for line in lines if line.cells]
    if not lines:
        raise Refused("Lembar ini tidak berisi satu baris pun di bawah judul kolomnya.")
    return lines, [str(value)[:40] for value, head in zip(rows[at], heads, strict=True) if value is not None and value is not FORMULA and not head]

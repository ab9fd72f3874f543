"""An instrument as one workbook, and the reader of what comes back. Nothing in such a file is believed: it is bounded before and while it is
read, a formula is not taken."""
import io
import warnings
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from app.exports.cells import value_of
from app.exports.plainness import must_be_harmless
from app.exports.sheets import book_in
from app.rules import Refused
from app.rules.instrument_tables import HEADS, Tables

MOST_BYTES = 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 3000, 40
WIDTHS = {"Kunci": 34, "Isian": 40, "Nilai": 60, "Nama": 40, "Definisi": 48, "Uraian": 52, "Dokumen": 48, "Aturan bukti": 48, "Catatan sumber": 40,
          "Variabel": 26, "Isian 1": 36, "Isian 2": 36}
UNFIT = ("Berkas ini tidak dapat dipakai sebagai instrumen: bukan .xlsx yang utuh, terkunci kata sandi, berisi makro, atau terlalu besar. "
         "Unduh XLSX sebuah instrumen dari halaman Instrumen, ubah isinya, lalu unggah lagi.")


def write(tables: Mapping[str, Any], title: str, as_of: datetime, zone: tzinfo) -> bytes:
    """The same instrument at the same instant gives the same bytes."""
    written = io.BytesIO()
    book = book_in(written)
    book.set_properties({"title": title, "author": "Lumbung Inovasi", "created": as_of.astimezone(zone).replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": "#E7EBE9", "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    text, number = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}), book.add_format({"valign": "top"})
    for name, table in tables.items():
        sheet = book.add_worksheet(name)
        for place, title_ in enumerate(table[0]):
            sheet.set_column(place, place, WIDTHS.get(title_, 14))
            sheet.write_string(0, place, title_, head)
        for at, line in enumerate(table[1:], 1):
            for place, cell in enumerate(line):
                if isinstance(cell, str):
                    sheet.write_string(at, place, cell, text)
                elif cell is not None:
                    sheet.write_number(at, place, cell, number)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)      # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    return written.getvalue()


def read(content: bytes) -> Tables:
    """The sheets an instrument has, as far as they are there. Refused when this is no workbook to be read."""
    from openpyxl import load_workbook  # 5 MB: for who brings a workbook

    try:
        must_be_harmless(content, MOST_BYTES)
    except Refused as trouble:
        raise Refused(UNFIT) from trouble
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out of a workbook is nothing we read
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            found = {name: _cells(book[name]) for name in HEADS if name in book.sheetnames and hasattr(book[name], "iter_rows")}
        except Refused:
            raise
        except Exception as trouble:  # a file made to break a reader breaks it in any way
            raise Refused(UNFIT) from trouble
    if not found:
        raise Refused(f"Lembar {', '.join(HEADS)} tidak ada di berkas ini. Unduh XLSX sebuah instrumen dari halaman Instrumen sebagai contoh.")
    return found


def _cells(sheet: Any) -> list[list[Any]]:
    rows = [[_plain(cell) for cell in row] for row in sheet.iter_rows(min_row=1, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)]
    if len(rows) > MOST_ROWS:
        raise Refused(f"Lembar {sheet.title} berlanjut sampai sesudah baris 3.000. Hapus baris di bawah datanya, lalu unggah lagi.")
    return rows


def _plain(cell: Any) -> Any:
    value = value_of(cell)
    return value.date().isoformat() if isinstance(value, datetime) else value.isoformat() if isinstance(value, date) else value

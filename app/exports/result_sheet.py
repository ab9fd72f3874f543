"""The ministry's result as a sheet: the template with what was sent, and the reader of what comes back filled in. Nothing in such a file is
believed: its size, its parts and its cells are bounded before and while it is read, formulas are not taken, hidden sheets not looked at."""
import io
import warnings
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from app.exports.cells import value_of
from app.exports.plainness import MEGABYTE, must_be_harmless
from app.exports.sheets import Column, Kind, workbook
from app.rules import Refused
from app.rules.intake import FORMULA, NAME, NOTE, NUMBER, PROPOSAL, TOTAL, Line
from app.rules.words import listed

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_BYTES = MEGABYTE
MOST_SHEETS = 10
MOST_ROWS = 3000
MOST_COLUMNS = 60
HEAD_WITHIN = 10        # rows among which the headings are looked for
HEADINGS = {"nomor registrasi": NUMBER, "nomor usulan": PROPOSAL, "nama inovasi": NAME, "jumlah": TOTAL, "catatan": NOTE}


class Sheet(NamedTuple):
    """`ignored` are headings that mean nothing here."""
    lines: list[Line]
    ignored: list[str]


# Written

def template(year: int, rows: Mapping[str, str], sent: Iterable[Sequence[Any]], as_of: datetime, zone: tzinfo) -> bytes:
    """`rows` are names by code; each of `sent` is number, proposal number, name, total, note, then a level a row, None where unknown."""
    columns = [Column("Nomor registrasi", width=22), Column("Nomor usulan", width=14), Column("Nama inovasi", width=40),
               Column("Jumlah", Kind.DECIMAL), Column("Catatan", width=28),
               *(Column(f"{code} {name}", Kind.INTEGER, 13) for code, name in rows.items())]
    return workbook(f"Hasil kementerian {year}", columns, sent, as_of=as_of, zone=zone,
                    filtered="isi level 0 sampai 3 dan jumlah poin; sel kosong berarti belum diketahui")


# Read

def read(content: bytes, codes: Collection[str]) -> Sheet:
    """The rows under the headings of the one visible sheet that has them; `codes` are those of the instrument's rows."""
    from openpyxl import load_workbook  # 5 MB: for who brings a workbook

    must_be_harmless(content, MOST_BYTES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out of a workbook is nothing we read
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if len(seen) > MOST_SHEETS:
                raise Refused(f"Berkas ini berisi {len(seen)} lembar. Sisakan lembar hasilnya saja, lalu unggah lagi.")
            sheets = [_cells(sheet) for sheet in seen]
        except Refused:
            raise
        except Exception as trouble:  # a file made to break a reader breaks it in any way
            raise Refused("Lembar kerja ini tidak dapat dibaca. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi.") from trouble
    found = [(rows, at) for rows in sheets if (at := _heading_row(rows)) is not None]
    if not found:
        raise Refused("Kolom “Nomor registrasi” tidak ditemukan pada sepuluh baris pertama lembar yang terlihat. Pakai templat dari halaman ini.")
    if len(found) > 1:
        raise Refused(f"Ada {len(found)} lembar dengan kolom “Nomor registrasi”. Sisakan satu lembar saja, lalu unggah lagi.")
    return _under_headings(*found[0], codes)


def _cells(sheet: "ReadOnlyWorksheet") -> list[list[Any]]:
    """Values row by row."""
    rows = [[value_of(cell) for cell in row] for row in sheet.iter_rows(min_row=1, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)]
    if len(rows) > MOST_ROWS:
        raise Refused("Lembar ini berlanjut sampai sesudah baris 3.000. Hapus baris di bawah datanya, lalu unggah lagi.")
    return rows


def _heading_row(rows: list[list[Any]]) -> int | None:
    return next((at for at, row in enumerate(rows[:HEAD_WITHIN]) if any(_key(value, ()) == NUMBER for value in row)), None)


def _key(value: Any, codes: Collection[str]) -> str | None:
    """What a heading stands for; a row's begins with its code ("16 Regulasi Inovasi Daerah")."""
    text = " ".join(str(value).split()).lower() if isinstance(value, str | int) else ""
    if text in HEADINGS:
        return HEADINGS[text]
    return code if (code := text.partition(" ")[0].rstrip(".:")) in codes else None


def _under_headings(rows: list[list[Any]], at: int, codes: Collection[str]) -> Sheet:
    keys = [_key(value, codes) for value in rows[at]]
    twice = sorted({key for key in keys if key and keys.count(key) > 1})
    if twice:
        named = [next(str(value) for value, own in zip(rows[at], keys, strict=True) if own == key) for key in twice]
        raise Refused(f"Kolom {listed([f'“{name}”' for name in named])} ada dua kali. Sisakan satu, lalu unggah lagi.")
    if TOTAL not in keys and not any(key in codes for key in keys):
        raise Refused("Tidak ada kolom “Jumlah” dan tidak ada kolom baris indikator. Pakai templat dari halaman ini.")
    lines = [Line(place, {key: value for key, value in zip(keys, row, strict=True) if key and value is not None})
             for place, row in enumerate(rows[at + 1:], at + 2)]
    lines = [line for line in lines if line.cells]
    if not lines:
        raise Refused("Lembar ini tidak berisi satu baris pun di bawah judul kolomnya.")
    return Sheet(lines, [str(value) for value, key in zip(rows[at], keys, strict=True) if value is not None and value is not FORMULA and key is None])

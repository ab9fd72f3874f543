"""A list as a sheet that comes back: what was written is read the same, and nothing hostile is taken."""
import io
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from app.exports.listing import CHOICES, MOST_BYTES, MOST_ROWS, blank, read
from app.exports.sheets import Column
from app.rules import Refused
from app.rules.intake import FORMULA, Failed

TITLES = ("Nama", "Jenis", "NIP")
AS_OF = datetime(2026, 6, 9, 2, 30, tzinfo=UTC)


def written(*rows, choices=None):
    return blank("Daftar uji", [Column(title) for title in TITLES], rows, choices or {"Jenis": ["Dinas", "Badan"]}, "petunjuk", AS_OF,
                 ZoneInfo("Asia/Jakarta"))


def book_of(*rows, title="Daftar"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content: bytes, **changed: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part))
        for name, part in changed.items():
            new.writestr(name, part)
    return file.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as no:
        read(content, TITLES)
    return str(no.value)


def test_what_was_written_comes_back_with_its_rows():
    seen = read(written(("Dinas A", "Dinas", "198001012005011001"), ("=1+1", "Badan", "")), TITLES)
    assert [(line.place, dict(line.cells)) for line in seen.lines] == [
        (3, {"Nama": "Dinas A", "Jenis": "Dinas", "NIP": "198001012005011001"}), (4, {"Nama": "=1+1", "Jenis": "Badan"})]
    assert (seen.ignored, seen.hidden) == ([], [])


@pytest.mark.parametrize("letters", ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"])
def test_what_somebody_typed_is_a_text_though_a_failed_formula_shows_the_same(letters):
    """Written by us the cell holds a text, by a formula that failed (and by openpyxl here) an error."""
    (typed,), (failed,) = read(written((letters, "Badan")), TITLES).lines, read(saved(book_of(TITLES, (letters, "Badan"))), TITLES).lines
    assert typed.cells["Nama"] == failed.cells["Nama"] == letters
    assert (type(typed.cells["Nama"]), type(failed.cells["Nama"])) == (str, Failed)


def test_the_choices_stand_on_a_second_sheet_and_open_in_the_cells():
    book = openpyxl.load_workbook(io.BytesIO(written(("A", "Dinas", ""))))
    assert [cell.value for cell in book[CHOICES]["A"]] == ["Pilihan Jenis", "Dinas", "Badan"]
    (rule,) = book["Daftar"].data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ("Pilihan!$A$2:$A$3", "B3:B2002")
    assert (book["Daftar"].column_dimensions["A"].number_format, book["Daftar"].column_dimensions["A"].max) == ("@", 3)  # no digit of an NIP is lost


def test_formulas_extra_columns_hidden_sheets_and_blank_rows():
    book = book_of(("Nama", "Jenis", "NIP", "Catatan"), ("A", "=1+1", None, "x"), (None, None, None, None), ("  ", None, None, "y"), ("B", "Badan"))
    book.create_sheet("Rahasia").append(TITLES)
    book["Rahasia"].sheet_state = "hidden"
    seen = read(saved(book), TITLES)
    assert [(line.place, line.cells.get("Jenis")) for line in seen.lines] == [(2, FORMULA), (5, "Badan")]
    assert (seen.ignored, seen.hidden) == (["Catatan"], ["Rahasia"])


@pytest.mark.parametrize(("content", "words"), [
    (b"", "bukan lembar kerja Excel (.xlsx) yang utuh"),
    (b"\xd0\xcf\x11\xe0" + bytes(100), "format Excel lama (.xls) atau terkunci kata sandi"),
    (b"PK" + bytes(MOST_BYTES), "lebih besar dari 2 MB"),
    (saved(book_of(("Orang", "Umur"))), "Judul kolom “Nama”, “Jenis”, dan “NIP” tidak ditemukan"),
    (saved(book_of(("Nama", "Jenis"), ("A", "Dinas"))), "Kolom “NIP” tidak ada di baris 1."),
    (saved(book_of(("Nama", "Jenis", "NIP", "nama"), ("A", "Dinas"))), "Kolom “Nama” ada dua kali."),
    (saved(book_of(TITLES)), "tidak berisi satu baris pun"),
    (saved(book_of(TITLES, *[("A", "Dinas")] * MOST_ROWS)), "berlanjut sampai sesudah baris 3.000"),
    (repacked(saved(book_of(TITLES, ("A", "Dinas"))), **{"xl/vbaProject.bin": b"x"}), "berisi makro"),
    (repacked(saved(book_of(TITLES, ("A", "Dinas"))), **{"xl/bom.xml": bytes(17 * 1024 * 1024)}), "jauh lebih besar dari sebuah daftar"),
    (repacked(saved(book_of(TITLES, ("A", "Dinas"))), **{"xl/x.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]>"}), "bagian yang tidak dibuat Excel"),
    (repacked(saved(book_of(TITLES)), **{f"xl/{n}.xml": b"" for n in range(201)}), "jauh lebih besar dari sebuah daftar"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_no_list_is_refused_with_a_sentence(content, words):
    assert words in refusal(content)


def test_two_sheets_with_the_same_headings_are_one_too_many():
    book = book_of(TITLES, ("A", "Dinas"))
    book.create_sheet("Salinan").append(TITLES)
    assert refusal(saved(book)) == "Ada 2 lembar dengan judul kolom yang sama. Sisakan satu lembar saja, lalu unggah lagi."


def test_a_cell_far_below_is_not_left_out_in_silence():
    book = book_of(TITLES, ("A", "Dinas"))
    book.active["A900000"] = "B"
    assert "berlanjut sampai sesudah baris 3.000" in refusal(saved(book))


def test_formats_dragged_down_are_no_rows():
    book = book_of(TITLES, ("A", "Dinas"))
    book.active["B5000"].number_format = "@"
    assert len(read(saved(book), TITLES).lines) == 1

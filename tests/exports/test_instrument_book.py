"""An instrument's workbook: the same bytes at the same instant, the same instrument back, and nothing believed of what comes in."""
import io
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from app.exports.instrument_book import MOST_ROWS, read, write
from app.rules import Refused, instrument_reading
from app.rules.instrument_tables import data_of, tables
from app.rules.intake import FORMULA, Failed
from tests.rules.instrument_cases import OF_2026, SHIPPED

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


def book(data=OF_2026) -> bytes:
    return write(tables(data), data["title"], NOON, UTC)


def edited(edit) -> bytes:
    """As somebody saved it in a spreadsheet program."""
    opened, saved = load_workbook(io.BytesIO(book())), io.BytesIO()
    edit(opened)
    opened.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("code", SHIPPED)
def test_what_went_out_comes_back(code):
    found, faults = data_of(read(book(SHIPPED[code])))
    assert faults == [] and instrument_reading.read(found) == (SHIPPED[code], [])
    assert book(SHIPPED[code]) == book(SHIPPED[code])


def test_what_a_spreadsheet_program_makes_of_it_comes_back_too():
    def edit(opened):
        opened["Aturan"]["C30"].value = opened["Aturan"]["C30"].value
        opened.create_sheet("Coretan")["A1"] = "bukan bagian instrumen"
        days = next(row for row in opened["Aturan"].iter_rows() if row[0].value == "eligibility.applied_from")
        days[2].value, days[2].number_format = datetime(2024, 1, 1), "d mmm yyyy"  # noqa: DTZ001
    assert instrument_reading.read(data_of(read(edited(edit)))[0]) == (OF_2026, [])


def test_a_formula_is_seen_and_not_taken():
    def edit(opened):
        opened["Baris"]["E2"] = "=1+1"
        opened["Baris"]["F2"] = "#N/A"
    formula, failed = read(edited(edit))["Baris"][1][4:6]
    assert formula is FORMULA and isinstance(failed, Failed)


def packed(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return content.getvalue()


@pytest.mark.parametrize("content", [
    b"", b"PK\x03\x04", book()[:4000], packed(catatan_xml=b"<a/>"), packed(xl__workbook_xml=bytes(20 * 1024 * 1024)),
    packed(xl__workbook_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), packed(xl__workbook_xml=b"<a/>"), b"\xd0\xcf\x11\xe0" + bytes(600),
], ids=["empty", "begin", "cut", "no-book", "bomb", "entity", "hollow", "old-office"])
def test_what_is_no_whole_workbook_is_refused_in_words(content):
    with pytest.raises(Refused, match="Berkas ini tidak dapat dipakai sebagai instrumen"):
        read(content)


def test_a_sheet_without_end_and_a_book_without_its_sheets_are_refused():
    with pytest.raises(Refused, match="Lembar Level berlanjut sampai sesudah baris 3.000"):
        read(edited(lambda opened: opened["Level"].cell(MOST_ROWS + 5, 1, "99")))

    def rename(opened):
        for number, sheet in enumerate(opened.worksheets):
            sheet.title = f"Lain {number}"
    with pytest.raises(Refused, match="tidak ada di berkas ini"):
        read(edited(rename))

"""Lists as workbooks, read back with openpyxl."""
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.exports.sheets import LONGEST_CELL, Column, Kind, workbook
from tests.exports.readers import parts, xlsx

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
AS_OF = datetime(2026, 6, 9, 2, 30, tzinfo=UTC)
COLUMNS = (Column("Nomor", width=14), Column("Baris", Kind.INTEGER), Column("Poin", Kind.DECIMAL), Column("Tanggal", Kind.DATE),
           Column("Sejak", Kind.INSTANT))
ROW = ("LR-26-014", 20, Decimal("86.5"), date(2026, 6, 1), datetime(2026, 6, 1, 18, 5, 30, tzinfo=UTC))


def written(rows=(ROW,), zone=WIB, **more):
    return workbook("Antrean verifikasi", COLUMNS, rows, AS_OF, zone, **more)


def test_the_first_line_says_which_list_which_filter_and_when():
    assert xlsx(written(filtered="Dinas Kesehatan, diam 7 hari"))["A1"].value == (
        "Antrean verifikasi · Dinas Kesehatan, diam 7 hari · Keadaan 9 Juni 2026 pukul 09.30 WIB")
    assert xlsx(written(zone=WIT))["A1"].value == "Antrean verifikasi · Keadaan 9 Juni 2026 pukul 11.30 WIT"


def test_numbers_and_days_are_numbers_and_days():
    sheet = xlsx(written())

    assert [cell.value for cell in sheet[2]] == ["Nomor", "Baris", "Poin", "Tanggal", "Sejak"]
    assert [cell.value for cell in sheet[3]] == ["LR-26-014", 20, 86.5, datetime(2026, 6, 1), datetime(2026, 6, 2, 1, 5, 30)]  # 01.05 WIB
    assert [cell.number_format for cell in sheet[3]] == ["@", "#,##0", "#,##0.00", "d mmm yyyy", "d mmm yyyy hh:mm"]


def test_the_headings_stay_in_sight_and_filter():
    sheet = xlsx(written([ROW] * 3))

    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A3", "A2:E5", "$2:$2")
    assert (sheet.column_dimensions["A"].width, round(sheet.column_dimensions["E"].width)) == (pytest.approx(14, abs=1), 20)


def test_an_empty_list_is_a_sheet_with_headings():
    sheet = xlsx(written([]))

    assert (sheet.max_row, sheet.auto_filter.ref) == (2, "A2:E2")


def test_nothing_known_is_an_empty_cell():
    assert [cell.value for cell in xlsx(written([("", None, None, None, None)]))[3]] == [None] * 5


@pytest.mark.parametrize("typed", [
    "=1+1", "=HYPERLINK(\"http://x\")", "+62 812", "-3", "@SUM(A1)", "{=1}", "http://contoh.test", "mailto:a@b.c", "00123", "1e5", "_x0041_", "<b>&"])
def test_what_a_person_typed_stays_text(typed):
    content = written([(typed, None, None, None, None)])
    cell = xlsx(content)["A3"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (typed, "s", None)
    assert b"<f>" not in parts(content)["xl/worksheets/sheet1.xml"]


def test_controls_are_left_out_and_too_long_texts_cut():
    first, second = ("a\x00b\x0bc\u202ed", *ROW[1:]), ("x" * 40_000, *ROW[1:])
    sheet = xlsx(written([first, second]))

    assert sheet["A3"].value == "ab\ncd"
    assert (len(sheet["A4"].value), sheet["A4"].value[-1]) == (LONGEST_CELL, "…")


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        written([(*ROW[:4], datetime(2026, 6, 1, 9, 30))])


def test_the_same_list_at_the_same_instant_gives_the_same_bytes():
    assert written() == written()

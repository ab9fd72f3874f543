"""The template of results read back; and files that mean harm, or are only not what they should be."""
import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from app.exports.plainness import MOST_PARTS, MOST_UNPACKED
from app.exports.result_sheet import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, read, template
from app.rules import Refused
from app.rules.intake import FORMULA, Failed
from tests.exports.readers import parts, xlsx

CODES = {"16": "Regulasi Inovasi Daerah", "17": "Ketersediaan SDM"}
HEAD = ["Nomor registrasi", "Jumlah", "16", "17"]


def book(*sheets: list[list], **states: str) -> bytes:
    """Sheets of rows; `s1="hidden"` hides the second."""
    workbook, written = Workbook(), io.BytesIO()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"Lembar {number}")
        sheet.sheet_state = states.get(f"s{number}", "visible")
        for row in rows:
            sheet.append(row)
    workbook.save(written)
    return written.getvalue()


def repacked(content: bytes, **changes: bytes) -> bytes:
    """The same package with other parts; names with "__" for "/"."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {**parts(content), **{name.replace("__", "/"): data for name, data in changes.items()}}.items():
            packed.writestr(name, data)
    return written.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(Refused) as no:
        read(content, CODES)
    return str(no.value)


def test_the_template_reads_back_as_it_was_filled():
    now = datetime(2026, 12, 8, 2, tzinfo=UTC)
    content = template(2026, CODES, [("0012", "LI-26-001", "=A1", Decimal("60.5"), "", 2, None), ("IID-2", "LI-26-002", "B", None, "Surat", None, 0)],
                       now, ZoneInfo("Asia/Jakarta"))
    sheet = read(content, CODES)
    assert [(line.place, dict(line.cells)) for line in sheet.lines] == [
        (3, {"number": "0012", "proposal": "LI-26-001", "name": "=A1", "total": 60.5, "16": 2}),
        (4, {"number": "IID-2", "proposal": "LI-26-002", "name": "B", "note": "Surat", "17": 0})]
    assert sheet.ignored == []
    assert [cell.value for cell in xlsx(content)[2]][5:] == ["16 Regulasi Inovasi Daerah", "17 Ketersediaan SDM"]


def test_headings_may_stand_lower_and_others_are_named():
    sheet = read(book([["Hasil"], [], ["NOMOR  REGISTRASI", "16. Regulasi", "Kolom saya", None], ["IID-1", 2, "x"], [], ["IID-2", None, "y"]]), CODES)
    assert [(line.place, dict(line.cells)) for line in sheet.lines] == [(4, {"number": "IID-1", "16": 2}), (6, {"number": "IID-2"})]
    assert sheet.ignored == ["Kolom saya"]


def test_a_formula_is_never_a_value():
    sheet = read(book([[*HEAD, "=A1"], ["IID-1", "=SUM(C2:D2)", 2, "#N/A", "x"]]), CODES)
    (line,) = sheet.lines
    assert line.cells["total"] is FORMULA and line.cells["16"] == 2 and isinstance(line.cells["17"], Failed)
    assert sheet.ignored == []


def test_what_is_hidden_is_not_read():
    content = book([HEAD, ["IID-1", 60, 2, 1]], [HEAD, ["IID-2", 60, 2, 1]], s1="hidden")
    assert [line.cells["number"] for line in read(content, CODES).lines] == ["IID-1"]
    assert "tidak ditemukan" in refused(book([["Catatan"]], [HEAD, ["IID-2", 60, 2, 1]], s1="veryHidden"))


@pytest.mark.parametrize(("content", "words"), [
    (b"", "bukan lembar kerja Excel"), (b"Nomor registrasi;Jumlah\nIID-1;60\n", "bukan lembar kerja Excel"), (b"%PDF-1.7 apa saja", "bukan lembar"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "format Excel lama (.xls) atau terkunci kata sandi"), (b"PK\x03\x04" + b"x" * 200, "bukan lembar kerja"),
    (b"x" * (MOST_BYTES + 1), "lebih besar dari 1 MB"),
    (book([["Nama", "Jumlah"], ["A", 1]]), "Kolom “Nomor registrasi” tidak ditemukan"), (book([[]]), "tidak ditemukan"),
    (book([["Nomor registrasi", "Nama inovasi"], ["IID-1", "A"]]), "Tidak ada kolom “Jumlah”"),
    (book([[*HEAD, "16 lagi"], ["IID-1"]]), "Kolom “16” ada dua kali"),
    (book([HEAD]), "tidak berisi satu baris pun"), (book([HEAD, ["  ", None, "", None]]), "tidak berisi satu baris pun"),
    (book([HEAD, ["IID-1", 1]], [HEAD, ["IID-2", 1]]), "Ada 2 lembar"), (book(*[[[1]]] * 11), "Berkas ini berisi 11 lembar"),
    (book([HEAD, *([["IID-1", 60]] * MOST_ROWS)]), "sesudah baris 3.000"),
], ids=range(15))
def test_what_is_not_a_sheet_of_results_is_refused_in_words(content, words):
    assert words in refused(content)


def test_a_file_far_down_is_not_cut_off_in_silence():
    workbook, written = Workbook(), io.BytesIO()
    workbook.active.append(HEAD)
    workbook.active.cell(MOST_ROWS + 5000, 1, "IID-1")
    workbook.save(written)
    assert "sesudah baris 3.000" in refused(written.getvalue())


def test_cells_far_to_the_right_are_not_read():
    workbook, written = Workbook(), io.BytesIO()
    workbook.active.append(HEAD)
    workbook.active.append(["IID-1", 60])
    workbook.active.cell(2, MOST_COLUMNS + 200, "jauh")
    workbook.save(written)
    assert dict(read(written.getvalue(), CODES).lines[0].cells) == {"number": "IID-1", "total": 60}


def test_a_small_file_that_grows_large_is_not_opened():
    bomb = repacked(book([HEAD]), xl__media__image1=b"0" * (MOST_UNPACKED + 1))
    assert len(bomb) < MOST_BYTES and "jauh lebih besar" in refused(bomb)


def test_a_row_of_a_million_cells_is_not_read():
    sheet = b"<worksheet><sheetData><row>" + b"<c/>" * 1_500_000 + b"</row></sheetData></worksheet>"
    assert "jauh lebih besar" in refused(repacked(book([HEAD]), **{"xl/worksheets/sheet1.xml": sheet}))


def test_as_many_proposals_as_any_region_has_are_read():
    lines = [[f"IID-{place}", 60, *[2] * 20] for place in range(2_500)]
    assert len(read(book([[*HEAD, *[f"lain {place}" for place in range(22 - len(HEAD))]], *lines]), CODES).lines) == 2_500


def test_a_part_that_lies_about_its_size_is_read_no_further():
    content = bytearray(repacked(book([HEAD]), xl__media__image1=b"0" * 5_000_000))
    lied = (100).to_bytes(4, "little")
    for at in [index for index in range(len(content) - 4) if content[index:index + 4] == (5_000_000).to_bytes(4, "little")]:
        content[at:at + 4] = lied
    assert "utuh" in refused(bytes(content))


def test_thousands_of_parts_are_refused():
    assert "jauh lebih besar" in refused(repacked(book([HEAD]), **{f"x{number}": b"" for number in range(MOST_PARTS)}))


@pytest.mark.parametrize("declared", [
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><sst>&c;</sst>',
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst>&x;</sst>',
    '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><sst/>'.encode("utf-16-be"),
    b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4APA-sst/+AD4-',
])
def test_declarations_are_refused(declared):
    assert "tidak dibuat Excel" in refused(repacked(book([HEAD, ["IID-1", 1]]), xl__sharedStrings=b"", **{"xl__sharedStrings.xml": declared}))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("broken", [b"", b"<a", b"<a/>", b"\xff\xfe"])
def test_broken_parts_are_a_sentence_and_not_an_error(part, broken):
    content = repacked(book([HEAD, ["IID-1", 1]]), **{part.replace("/", "__"): broken})
    try:
        read(content, CODES)
    except Refused as no:
        assert "unggah lagi" in str(no) or "templat" in str(no)


def test_a_word_document_is_not_a_sheet():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert "bukan lembar kerja Excel (.xlsx)." in refused(written.getvalue())

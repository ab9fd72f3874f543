"""What a machine reads in a PDF: once, in a child, and never a reason to refuse."""
import io
import json
import math
import sys
import time
from threading import Thread

import pikepdf
import pytest
from fpdf import FPDF

from app.storage import Storage
from app.storage.child import Child
from app.storage.text import Text
from tests.hints.sheets import Sheets

from . import samples


def paper(*lines: str, size: float = 12) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times", size=size)
    for place, line in enumerate(lines):
        pdf.text(20, 30 + place * 6, line)
    return bytes(pdf.output())


def scan(*footers: str) -> bytes:
    sheets = Sheets(None, with_page=False)
    for footer in footers:
        sheets.scan(footer)
    return sheets.done()


@pytest.fixture
def read(take, storage):
    """The text of an upload and its hash."""

    def reading(content):
        sha256 = take("a.pdf", content).sha256
        return storage.text(sha256), sha256

    return reading


def kept(storage):
    return [path.relative_to(storage.root / "previews").parts[2:] for path in sorted(storage.root.glob("previews/*/*/*/*"))]


def test_the_words_of_each_page(read):
    text, _ = read(samples.pdf(3, "Keputusan Bupati"))
    assert text.total == 3
    assert [(page.texts, page.first, page.words) for page in text.pages] == [
        (("Keputusan Bupati, halaman 1",), 0, 4), (("Keputusan Bupati, halaman 2",), 4, 4), (("Keputusan Bupati, halaman 3",), 8, 4)]


def test_it_is_read_once(read, storage):
    first, sha256 = read(samples.pdf())
    assert kept(storage) == [("teks-1", "boxes.bin"), ("teks-1", "text.json")]
    storage.path(sha256).unlink()
    assert storage.text(sha256) == first


def test_two_who_ask_at_once_get_the_same(take, storage):
    sha256, found = take("a.pdf", samples.pdf(5)).sha256, []
    threads = [Thread(target=lambda: found.append(storage.text(sha256))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3 and found[0].total == 5 and found[1:] == found[:1] * 2


def test_words_stand_where_they_are_seen(read, storage):
    text, sha256 = read(paper("Inovasi JEMPUT GIZI", "di Lumbung Kota"))
    boxes = storage.boxes(sha256, text.pages[0], [1, 2, 4])
    assert [(round(box.left), round(box.top)) for box in boxes] == [(16, 9), (12, 11)]
    assert (round(boxes[0].width), round(boxes[0].height), round(boxes[1].width)) == (12, 2, 8)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_measured_as_it_is_shown(read, storage, angle):
    with pikepdf.open(io.BytesIO(paper("Inovasi JEMPUT GIZI"))) as document:
        document.pages[0].rotate(angle, relative=True)
        document.save(turned := io.BytesIO())
    text, sha256 = read(turned.getvalue())
    assert text.pages[0].texts[0].split() == ["Inovasi", "JEMPUT", "GIZI"]
    (first, *_) = storage.boxes(sha256, text.pages[0], [0])
    assert (round(first.left + first.width / 2), round(first.top + first.height / 2)) == {90: (90, 12), 180: (88, 90), 270: (10, 88)}[angle]


def test_what_stands_beside_the_page_is_not_read(read):
    with pikepdf.open(io.BytesIO(paper("Inovasi JEMPUT GIZI"))) as document:
        document.pages[0].cropbox = [0, 0, 595, 400]
        document.save(cut := io.BytesIO())
    assert read(cut.getvalue())[0].pages[0].texts == ()


@pytest.mark.parametrize("footer", ["", "Dipindai dengan CamScanner"])
def test_a_scan_has_no_text(read, footer):
    assert [page.texts for page in read(scan(footer, footer))[0].pages] == [(), ()]


def test_signs_without_meaning_are_no_text(read):
    assert read(paper(*["xqzt bcdfg hjklm npqrs tvwxz"] * 6))[0].pages[0].texts == ()


def test_a_blank_page_is_no_scan(read):
    pdf = FPDF()
    pdf.add_page()
    assert read(bytes(pdf.output()))[0].pages[0].texts == ("",)


@pytest.mark.parametrize(("line", "words"), [
    ("K E P U T U S A N   B U P A T I", "KEPUTUSAN BUPATI"), ("T A H U N   2 0 2 5", "TAHUN 2025"), ("a. JEMPUT GIZI", "a. JEMPUT GIZI")])
def test_spaced_letters_are_words(read, line, words):
    assert read(paper(line))[0].pages[0].texts == (words,)


def test_letters_set_apart_are_words(read):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.set_char_spacing(4)
    pdf.text(20, 30, "KEPUTUSAN BUPATI TAHUN 2025")
    assert read(bytes(pdf.output()))[0].pages[0].texts == ("KEPUTUSAN BUPATI TAHUN 2025",)


def test_a_hyphen_at_the_end_of_a_line_stays_for_who_compares(read):
    assert read(paper("Tim pelaksana inovasi JEM-", "PUT GIZI"))[0].pages[0].texts == ("Tim pelaksana inovasi JEM-\nPUT GIZI",)


def test_a_ligature_is_read_as_its_letters(read):
    with pikepdf.open(io.BytesIO(paper("x"))) as document:
        page = document.pages[0]
        page.Resources.Font.F1.Encoding = pikepdf.Name.StandardEncoding
        page.Contents = document.make_stream(b"BT /F1 14 Tf 60 700 Td (e\xaesiensi) Tj ET")
        document.save(out := io.BytesIO())
    assert read(out.getvalue())[0].pages[0].texts == ("efisiensi",)


def test_cells_written_line_by_line_are_read_a_second_time_block_by_block(read):
    sheets = Sheets(None)
    sheets.table([60, 40], [["Pelaksanaan inovasi PERPUSTAKAAN PERAHU", "dua belas bulan penuh tanpa jeda"]], across=True)
    (page,) = read(sheets.done())[0].pages
    assert page.texts == ("Pelaksanaan inovasi\tdua belas bulan penuh\nPERPUSTAKAAN PERAHU\ttanpa jeda",
                          "Pelaksanaan inovasi\nPERPUSTAKAAN PERAHU\tdua belas bulan penuh\ntanpa jeda")
    assert page.order == (0, 1, 6, 7, 2, 3, 4, 5, 8, 9)


def test_only_the_first_pages_of_a_long_document_are_read(read):
    text, _ = read(samples.pdf(203))
    assert (len(text.pages), text.total) == (200, 203)


def failing(tmp_path, code: str, **options) -> tuple[Storage, str]:
    store = Storage(tmp_path, samples.MEGABYTE, Child(command=(sys.executable, "-c", code), **options))
    return store, store.keep(samples.pdf(), "pdf").sha256


@pytest.mark.parametrize("code", ["import os; os.abort()", "import time; time.sleep(60)"], ids=["dies", "hangs"])
def test_what_breaks_the_child_is_without_text_and_not_tried_again(tmp_path, code):
    store, sha256 = failing(tmp_path, code, seconds=0.3)
    assert store.text(sha256) == Text()
    began = time.monotonic()
    assert store.text(sha256) == Text() and time.monotonic() - began < 0.2
    assert json.loads((tmp_path / f"previews/{sha256[:2]}/{sha256}/teks-1/text.json").read_text()) == {"total": 0, "pages": []}


def test_who_cannot_wait_is_told_nothing_yet(take, storage):
    sha256 = take("a.pdf", samples.pdf()).sha256
    assert storage.text(sha256, until=time.monotonic()) is None
    assert storage.text(sha256, until=math.inf).total == 1


def test_a_busy_server_is_no_fault_of_the_file(tmp_path):
    store, sha256 = failing(tmp_path, "import time; time.sleep(1)", at_once=1)
    other = Thread(target=lambda: store.text(sha256))
    other.start()
    time.sleep(0.3)
    assert store.text(sha256, until=time.monotonic() + 0.1) is None
    other.join()


def test_lost_bytes_are_no_text_for_now(storage):
    assert storage.text("0" * 64) == Text()
    assert kept(storage) == []

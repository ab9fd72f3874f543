"""The words of a PDF with their places, for whoever looks something up in it. Runs in the child only.

Two files: `text.json` holds the text of the pages, `boxes.bin` the place of every word, read only for a page that is shown.
"""

import array
import ctypes
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from .layout import arrange
from .placed import Word

MOST_PAGES = 200
MOST_LETTERS = 40_000  # on one page; a longer one is a data dump
MOST_IN_ALL = 1_500_000
PATIENCE = 8.0  # seconds after which no further page is begun
FINE = 10  # places are measured in tenths of a point

BLANK = frozenset({0, 0x200B, 0xFEFF})
HYPHEN_AT_THE_END = 2  # what the library calls a hyphen with which a line breaks a word
FEW_LETTERS = 100  # fewer on a page that is mostly a picture: a scan with somebody's footer
WHOLE = 10_000  # a page is so wide and so high in boxes.bin
VOWELS = frozenset("aeiouAEIOU")


def read(path: Path, folder: Path) -> dict:
    """Write `text.json` and `boxes.bin` into `folder`: of the first 200 pages, fewer when they are too full or time runs out."""
    until, letters = time.monotonic() + PATIENCE, 0
    pages, places = [], array.array("H")
    with pypdfium2.PdfDocument(path) as document:
        for number in range(min(len(document), MOST_PAGES)):
            if number and (time.monotonic() > until or letters > MOST_IN_ALL):
                break
            pages.append(read_page(document, number, places))
            letters += sum(map(len, pages[-1]["texts"]))
        total = len(document)
    if sys.byteorder == "big":
        places.byteswap()
    (folder / "boxes.bin").write_bytes(places.tobytes())
    (folder / "text.json").write_text(json.dumps({"total": total, "pages": pages}, ensure_ascii=False), encoding="utf-8")
    return {}


def read_page(document: pypdfium2.PdfDocument, number: int, places: array.array) -> dict:
    """The text of one page in one or two orders; nothing of a page whose words a machine cannot read."""
    unread: dict = {"texts": [], "order": [], "words": 0}
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return unread
    width, height = (max(1, int(side * FINE)) for side in page.get_size())
    words = [word for word in _words(page, text, width, height) if word.is_within(width, height)]
    try:
        if not _is_readable(words, page):
            return unread
    finally:
        text.close()
        page.close()
    words, texts, order = arrange(words)
    for word in words:
        places.extend(word.share_of(width, height, WHOLE))
    return {"texts": texts, "order": order if len(texts) > 1 else [], "words": len(words)}


def _words(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, width: int, height: int) -> Iterator[Word]:
    """In the order of the file, as the library finds them; places from the upper left corner of the page as it is shown."""
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_int(), ctypes.c_int()

    def place(left: float, top: float) -> tuple[int, int]:
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, left, top, x, y)
        return x.value, y.value

    def finished(breaks: bool = False) -> Word:
        (left, top), (right, bottom) = place(box[0], box[3]), place(box[2], box[1])
        spread = sum(gaps) / max(1.0, box[3] - box[1]) / (len(gaps) or 1)
        return Word("".join(letters), min(left, right), min(top, bottom), max(left, right), max(top, bottom), breaks, spread)

    letters: list[str] = []
    gaps: list[float] = []  # between the letters of the word
    box, end = [0.0, 0.0, 0.0, 0.0], 0.0
    for index in range(min(pdfium.FPDFText_CountChars(text), MOST_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code == HYPHEN_AT_THE_END and letters:
            letters.append("-")
            yield finished(breaks=True)
            letters = []
            continue
        letter = "\ufffd" if code < 32 and code not in (0, 9, 10, 13) or 0xD800 <= code <= 0xF8FF or code > 0x10FFFF else chr(code)
        if code in BLANK or letter.isspace():
            if letters:
                yield finished()
                letters = []
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, rect)
        if letters:
            gaps.append(max(0.0, rect.left - end))
            box = [min(box[0], rect.left), min(box[1], rect.bottom), max(box[2], rect.right), max(box[3], rect.top)]
        else:
            box, gaps = [rect.left, rect.bottom, rect.right, rect.top], []
        letters.append(letter)
        end = rect.right
    if letters:
        yield finished()


def _is_readable(words: list[Word], page: pypdfium2.PdfPage) -> bool:
    """Whether what is seen on the page is in its words: not so for a scan, and for fonts that do not say what their signs mean."""
    signs = "".join(word.text for word in words)
    letters = [sign for sign in signs if sign.isalnum()]
    if signs.count("\ufffd") * 3 > len(signs):
        return False
    if len(letters) < FEW_LETTERS:
        return not _is_picture(page) if letters else pdfium.FPDFPage_CountObjects(page) == 0
    alphabetic = [letter for letter in letters if letter.isalpha()]
    return len(alphabetic) < FEW_LETTERS or sum(letter in VOWELS for letter in alphabetic) * 6 > len(alphabetic)


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures cover half of the page or more."""
    width, height = page.get_size()
    covered = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered * 2 >= width * height

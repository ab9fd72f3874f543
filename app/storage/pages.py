"""Pages of a PDF as pictures: nothing active ever runs, a screenshot can prove what was seen.

Runs in the child only.
"""

import time
from pathlib import Path

import pypdfium2
from PIL import WebPImagePlugin  # noqa: F401 - the one writer needed; saving would load them all

from .rejected import Rejected

DPI = 110
MOST_PIXELS = 2000  # on the longest side; maps and posters are drawn smaller
QUALITY = 80
PATIENCE = 2.0  # seconds after which no further page is drawn ahead


def count(path: Path) -> int:
    """Pages that can be drawn; 0 when the drawing library cannot open the document."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            document[0].close()
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def draw(path: Path, folder: Path, number: int, *ahead: int) -> dict:
    """Write `p<number>.webp` into `folder`, then the pages ahead while there is time."""
    until = time.monotonic() + PATIENCE
    with pypdfium2.PdfDocument(path) as document:
        if not 1 <= number <= len(document):
            raise Rejected(f"Dokumen ini {len(document)} halaman; halaman {number} tidak ada.")
        document.init_forms()  # what was filled into a form is part of the evidence
        _draw(document, number, folder)
        for further in ahead:
            if further <= len(document) and time.monotonic() < until:
                _draw(document, further, folder)
    return {}


def _draw(document: pypdfium2.PdfDocument, number: int, folder: Path) -> None:
    """One page, under its final name only when it is whole."""
    page = document[number - 1]
    picture = page.render(scale=min(DPI / 72, MOST_PIXELS / max(page.get_size()))).to_pil()
    unfinished = folder / f"p{number}.part"
    picture.convert("RGB").save(unfinished, "WEBP", quality=QUALITY, method=2)
    unfinished.replace(folder / f"p{number}.webp")
    page.close()

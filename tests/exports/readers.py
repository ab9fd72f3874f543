"""Readers of what the exports write, none of them the writer itself."""
import io
import zipfile

import openpyxl
import pypdfium2
from docx import Document


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page, lines joined by single spaces."""
    with pypdfium2.PdfDocument(content) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(" ".join(text.get_text_bounded().split()))
            text.close()
            page.close()
    return pages


def docx_text(content: bytes) -> str:
    """Paragraphs and cells in the order they stand, joined by single spaces."""
    body = Document(io.BytesIO(content)).element.body
    parts = []
    for node in body.iter():
        kind = node.tag.rsplit("}", 1)[-1]
        parts.append(node.text or "" if kind == "t" else " " if kind in ("p", "br", "tc") else "")
    return " ".join("".join(parts).split())


def docx_tables(content: bytes) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(content)).tables]


def xlsx(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def parts(content: bytes) -> dict[str, bytes]:
    """The files in a DOCX or XLSX."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}

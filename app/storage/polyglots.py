"""Files that are two things at once: whatever is hung on behind an honest beginning."""

import os
import re
import struct
from pathlib import Path
from typing import BinaryIO

from .rejected import Rejected

ZIP_END = struct.Struct("<4s4H2LH")  # signature … size and offset of the directory, comment length
ZIP_TAIL = ZIP_END.size + 0xFFFF
PDF_TAIL = 64 * 1024
BLANK = b"\0\t\n\f\r "

PAYLOAD = re.compile(rb"<\?php|<html|<script|<!doctype|<iframe|%PDF-|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c", re.IGNORECASE)
STARTS = (b"PK\3\4", b"PK\5\6", b"MZ", b"\x7fELF", b"#!", b"<")


def check(path: Path, kind: str) -> None:
    """Refuse any file that opens as a ZIP, and a PDF that goes on after its end.

    Reads the last 128 KB at most. What follows a picture is looked at where its end is known.
    """
    with open(path, "rb") as file:
        if _is_zip(file):
            raise Rejected("Di dalam berkas ini tersembunyi arsip ZIP. Simpan ulang dari aplikasi pembuatnya, lalu unggah lagi.")
        if kind == "pdf":
            _check_pdf_end(file)


def carries(tail: bytes) -> bool:
    """Whether bytes behind the end of a picture are another file rather than a camera's notes."""
    return tail.lstrip(BLANK).startswith(STARTS) or PAYLOAD.search(tail) is not None


def _is_zip(file: BinaryIO) -> bool:
    """Whether a ZIP reader would find its directory: an end record that points at real entries.

    The bare signature occurs by chance in compressed data, so what it points at is looked up:
    straight before the record (anything may precede an archive) or at the offset it names.
    """
    start = max(0, _size(file) - ZIP_TAIL)
    tail = _read(file, start, ZIP_TAIL)
    at = tail.rfind(b"PK\5\6")
    while at >= 0:
        if len(tail) - at >= ZIP_END.size:
            *_, size, offset, _comment = ZIP_END.unpack_from(tail, at)
            if tail[max(0, at - 20) : at].startswith(b"PK\6\7"):  # ZIP64 locator
                return True
            places = (start + at - size, offset)
            if any(p >= 0 and _read(file, p, 4) == b"PK\1\2" for p in places):
                return True
        at = tail.rfind(b"PK\5\6", 0, at)
    return False


def _check_pdf_end(file: BinaryIO) -> None:
    tail = _read(file, max(0, _size(file) - PDF_TAIL), PDF_TAIL)
    _, end, rest = tail.rpartition(b"%%EOF")
    if not end:
        raise Rejected("PDF ini tidak utuh, akhirnya hilang. Simpan atau pindai ulang, lalu unggah lagi.")
    if rest.strip(BLANK):
        raise Rejected("Di belakang akhir PDF ini masih ada data lain. Buka PDF itu, simpan ulang (Cetak ke PDF), lalu unggah lagi.")


def _size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)

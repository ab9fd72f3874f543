"""Small real files, made on the spot: documents, pictures, films and archives."""

import io
import struct
import zipfile
from functools import cache

import pikepdf
from fpdf import FPDF
from PIL import Image

MEGABYTE = 1024 * 1024


@cache
def pdf(pages: int = 1, text: str = "Keputusan Bupati") -> bytes:
    document = FPDF()
    for number in range(1, pages + 1):
        document.add_page()
        document.set_font("helvetica", size=20)
        document.cell(text=f"{text}, halaman {number}")
    return bytes(document.output())


def changed_pdf(change, pages: int = 1, **saving) -> bytes:
    """A PDF after `change(document)`, saved with pikepdf's options."""
    with pikepdf.open(io.BytesIO(pdf(pages))) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **saving)
    return out.getvalue()


def picture(form: str, size=(40, 30), mode="RGB", colour="red", **saving) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form, **saving)
    return out.getvalue()


def jpg(**options) -> bytes:
    return picture("JPEG", **options)


def png(**options) -> bytes:
    return picture("PNG", **options)


def moving(form: str) -> bytes:
    """Two pictures in one file."""
    blue = Image.new("RGB", (40, 30), "blue")
    return picture(form, save_all=True, append_images=[blue])


def with_comment(jpeg: bytes, comment: bytes) -> bytes:
    segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    return jpeg[:2] + segment + jpeg[2:]


def archive(comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("setup.bat", "del *.*")
        packed.comment = comment
    return out.getvalue()


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", len(body) + 8, name) + body


def ftyp(major: bytes = b"isom", *compatible: bytes) -> bytes:
    return box(b"ftyp", major, b"\0\0\2\0", *compatible)


def header(name: bytes, seconds: float, scale: int = 1000) -> bytes:
    """An mvhd or mdhd box, as far as running time goes."""
    return box(name, struct.pack(">5I", 0, 0, 0, scale, int(seconds * scale)), bytes(80))


def track(kind: bytes, seconds: float) -> bytes:
    handler = box(b"hdlr", bytes(8), kind, bytes(12), b"\0")
    return box(b"trak", box(b"mdia", header(b"mdhd", seconds), handler))


def moov(seconds: float = 10, kinds=(b"vide", b"soun"), scale: int = 1000) -> bytes:
    tracks = (track(kind, seconds) for kind in kinds)
    return box(b"moov", header(b"mvhd", seconds, scale), *tracks)


def mp4(seconds: float = 10, kinds=(b"vide", b"soun"), frames: bytes = bytes(1000)) -> bytes:
    return ftyp() + moov(seconds, kinds) + box(b"mdat", frames)

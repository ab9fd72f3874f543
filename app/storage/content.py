"""What a file says it is, and what its first bytes are."""

from collections.abc import Collection
from pathlib import Path

import filetype

from .rejected import Rejected

HEAD = 8192
PDF_WITHIN = 1024  # readers look for the header this far into a file

KINDS = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png", "mp4": "mp4"}

SIGNATURES = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"PK", "zip"),
    (b"MZ", "exe"),
    (b"\x7fELF", "elf"),
    (b"#!", "sh"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xd0\xcf\x11\xe0", "doc"),
)
MARKUP = (  # in this order: a page may hold a drawing, a drawing may begin with <?xml
    (b"<?php", "php"),
    (b"<html", "html"),
    (b"<!doctype html", "html"),
    (b"<svg", "svg"),
    (b"<script", "html"),
    (b"<body", "html"),
    (b"<iframe", "html"),
    (b"<?xml", "xml"),
)
MP4_BRANDS = {
    *(b"isom", b"mp41", b"mp42", b"mp71", b"avc1", b"hvc1", b"dash", b"MSNV", b"mp4v"),
    *(b"M4V ", b"M4VP", b"M4VH", b"f4v ", b"XAVC", b"3gp4", b"3gp5", b"3gp6", b"cmfc"),
    *(b"iso%d" % n for n in range(2, 10)),
}
OTHER_BRANDS = {
    b"qt  ": "mov",
    b"heic": "heic",
    b"heix": "heic",
    b"mif1": "heic",
    b"avif": "avif",
    b"M4A ": "m4a",
    b"crx ": "cr3",
}

NAMES = {
    "pdf": "dokumen PDF",
    "jpg": "gambar JPG",
    "png": "gambar PNG",
    "mp4": "video MP4",
    "gif": "gambar GIF",
    "bmp": "gambar BMP",
    "webp": "gambar WEBP",
    "tif": "gambar TIFF",
    "heic": "foto HEIC dari iPhone",
    "avif": "gambar AVIF",
    "svg": "gambar SVG",
    "mov": "video QuickTime (MOV)",
    "m4a": "rekaman suara",
    "avi": "video AVI",
    "webm": "video WEBM",
    "mkv": "video MKV",
    "wmv": "video WMV",
    "zip": "arsip ZIP",
    "rar": "arsip RAR",
    "7z": "arsip 7-Zip",
    "exe": "program Windows",
    "elf": "program Linux",
    "sh": "naskah program",
    "php": "naskah PHP",
    "html": "halaman web (HTML)",
    "xml": "data XML",
    "doc": "dokumen Office lama",
    "docx": "dokumen Word",
    "xlsx": "lembar kerja Excel",
    "pptx": "presentasi PowerPoint",
}
LABELS = {"pdf": "PDF", "jpg": "JPG", "png": "PNG", "mp4": "MP4"}


def extension_of(filename: str, allowed: Collection[str]) -> str:
    """The extension a name ends in, if its kind is welcome here."""
    _, dot, extension = filename.strip().lower().rpartition(".")
    welcome = {KINDS[name.lower()] for name in allowed}
    if dot and KINDS.get(extension) in welcome:
        return extension
    labels = [label for kind, label in LABELS.items() if kind in welcome]
    if dot and extension.isalnum() and len(extension) <= 10:
        raise Rejected(f"Berkas .{extension} tidak dapat diterima di sini. Unggah berkas {_either(labels)}.")
    raise Rejected(f"Jenis berkas ini tidak terbaca dari namanya. Unggah berkas {_either(labels)} dengan akhiran nama yang sesuai.")


def check(path: Path, extension: str) -> None:
    """Refuse a file whose first bytes are not what its name says."""
    with open(path, "rb") as file:
        head = file.read(HEAD)
    found = sniff(head)
    if found != KINDS[extension]:
        actual = NAMES.get(found, "tidak dikenali")
        raise Rejected(
            f"Nama berkas ini berakhiran .{extension}, tetapi isinya {actual}. "
            f"Simpan ulang sebagai {LABELS[KINDS[extension]]} dari aplikasi pembuatnya, "
            "lalu unggah lagi."
        )
    if found != "pdf" and b"%PDF-" in head[:PDF_WITHIN]:
        raise Rejected(f"Isi berkas ini {NAMES[found]} sekaligus dokumen PDF. Simpan ulang sebagai satu jenis saja, lalu unggah lagi.")


def sniff(head: bytes) -> str:
    """The kind of a file by its first bytes: one of ours, a name for another, or "".

    Ours are judged here, byte by byte; the library only tells what else a file may be.
    """
    if head[4:8] == b"ftyp":
        return _brand(head)
    said = getattr(filetype.guess(head), "extension", "")
    own = _signature(head)
    if own in LABELS:
        return own
    at = head[:PDF_WITHIN].find(b"%PDF-")
    if at >= 0 and said in ("", "pdf"):
        return _before_a_pdf(head[:at]) or "pdf"
    return own if said in ("", *KINDS) else said


def _signature(head: bytes) -> str:
    for magic, name in SIGNATURES:
        if head.startswith(magic):
            return name
    lowered = head[:PDF_WITHIN].lower()
    return next((name for tag, name in MARKUP if tag in lowered), "")


def _before_a_pdf(junk: bytes) -> str:
    """Printers and mail programs leave harmless lines before the header; another format is not."""
    return _signature(junk.lstrip()) or ("html" if b"<" in junk else "")


def _brand(head: bytes) -> str:
    """Which of the many formats that begin with an ftyp box this one is."""
    size = int.from_bytes(head[:4], "big")
    major = head[8:12]
    if major in OTHER_BRANDS:
        return OTHER_BRANDS[major]
    compatible = {head[at : at + 4] for at in range(16, min(size, len(head), 256), 4)}
    return "mp4" if {major, *compatible} & MP4_BRANDS else ""


def _either(labels: list[str]) -> str:
    """ "PDF", "PDF atau JPG", "PDF, JPG, atau PNG"."""
    if len(labels) < 3:
        return " atau ".join(labels)
    return ", ".join(labels[:-1]) + f", atau {labels[-1]}"

"""What every workbook that comes in is held against before a reader sees it."""
import io
import re
import zipfile
import zlib

from app.rules import Refused

ENCODING = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
MEGABYTE = 1024 * 1024
MOST_UNPACKED = 16 * MEGABYTE
MOST_PARTS = 200
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
MOST_TAGS = 400_000      # of all parts; each costs the reader a few hundred bytes of memory


def must_be_harmless(content: bytes, most_bytes: int) -> None:
    """Bounded, a workbook by its parts, without macros and without declarations that make a small text large."""
    if content.startswith(OLD_OFFICE):
        raise Refused("Berkas ini format Excel lama (.xls) atau terkunci kata sandi. Simpan ulang sebagai .xlsx tanpa kata sandi, lalu unggah lagi.")
    if len(content) > most_bytes:
        raise Refused(f"Berkas ini lebih besar dari {most_bytes // MEGABYTE} MB. Pakai templat dari halaman ini; "
                      "daftar seluruh daerah tidak sampai sebesar itu.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused("Isi berkas ini jauh lebih besar dari sebuah daftar. Pakai templat dari halaman ini, lalu unggah lagi.")
            if "xl/workbook.xml" not in packed.namelist():
                raise Refused("Berkas ini bukan lembar kerja Excel (.xlsx). Pakai templat dari halaman ini.")
            if any("vbaproject" in part.filename.lower() for part in parts):
                raise Refused("Berkas ini berisi makro. Simpan ulang sebagai .xlsx biasa, lalu unggah lagi.")
            tags = 0
            for part in parts:  # reading stops at the size a part declares
                text = packed.read(part)
                must_be_plain(part.filename.lower(), text)
                if (tags := tags + text.count(b"<")) > MOST_TAGS:
                    raise Refused("Isi berkas ini jauh lebih besar dari sebuah daftar. Pakai templat dari halaman ini, lalu unggah lagi.")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as trouble:
        raise Refused("Berkas ini bukan lembar kerja Excel (.xlsx) yang utuh. Simpan ulang dari Excel, lalu unggah lagi.") from trouble


def must_be_plain(name: str, part: bytes) -> None:
    """Refuse a part of a workbook whose declarations could make a small text large."""
    declared = ENCODING.search(part[:200])  # in another encoding the words below would not be seen
    wide = name.endswith((".xml", ".rels")) and b"\0" in part[:4] or declared and declared[1].lower() not in (b"utf-8", b"us-ascii")
    if wide or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused("Berkas ini memuat bagian yang tidak dibuat Excel. Salin isinya ke templat dari halaman ini, lalu unggah lagi.")

"""What every workbook that comes in is held against before a reader sees it."""
import re

from app.rules import Refused

ENCODING = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
MOST_TAGS = 400_000      # of all parts; each costs the reader a few hundred bytes of memory


def must_be_plain(name: str, part: bytes) -> None:
    """Refuse a part of a workbook whose declarations could make a small text large."""
    declared = ENCODING.search(part[:200])  # in another encoding the words below would not be seen
    wide = name.endswith((".xml", ".rels")) and b"\0" in part[:4] or declared and declared[1].lower() not in (b"utf-8", b"us-ascii")
    if wide or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused("Berkas ini memuat bagian yang tidak dibuat Excel. Salin isinya ke templat dari halaman ini, lalu unggah lagi.")

"""JPG and PNG: whole and only a picture; and a small upright copy of it. Runs in the child only."""

import mmap
import re
import struct
import warnings
from pathlib import Path

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401 - only these formats are ever opened

from .polyglots import BLANK, carries
from .rejected import Rejected

FORMATS = {"jpg": "JPEG", "png": "PNG"}
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
QUALITY = 80
TURNED = {5, 6, 7, 8}  # EXIF orientations that swap width and height
ORIENTATION = 0x0112

MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # not a stuffed byte, filler or restart
END_OF_IMAGE = b"\xff\xd9"
WITHOUT_LENGTH = {b"\xff\xd8", b"\xff\x01"}

BROKEN = "Gambar ini rusak atau terpotong. Simpan ulang sebagai JPG atau PNG, lalu unggah lagi."

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def inspect(kind: str, path: Path) -> dict:
    """Width and height as seen; Rejected unless the file decodes to its end and ends there.

    Of a JPG with several pictures (phones add depth maps and views) the first one counts, as in
    every viewer. A moving PNG is refused: the copy a reviewer sees would show only one moment.
    """
    try:
        with Image.open(path, formats=[FORMATS[kind]]) as picture:
            picture.verify()
        with Image.open(path, formats=[FORMATS[kind]]) as picture:  # verify() spent the first
            if kind == "png" and getattr(picture, "n_frames", 1) > 1:
                raise Rejected("Gambar PNG ini bergerak. Unggah gambar diam, atau video MP4.")
            picture.load()
            turned = picture.getexif().get(ORIENTATION) in TURNED
            width, height = picture.size[::-1] if turned else picture.size
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Rejected(f"Gambar ini lebih besar dari {MOST_PIXELS // 1_000_000} juta piksel. Perkecil gambarnya, lalu unggah lagi.") from None
    except (OSError, SyntaxError, ValueError, EOFError, struct.error):
        raise Rejected(BROKEN) from None  # what Pillow's readers raise on damaged files
    _check_end(kind, path)
    return {"width": width, "height": height}


def shrink(path: Path, folder: Path) -> dict:
    """Write `preview.webp` into `folder`: upright, on white, without metadata or profile."""
    with Image.open(path, formats=list(FORMATS.values())) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a big JPG is read at half size or less
        upright = _eight_bits(ImageOps.exif_transpose(picture))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    page = Image.new("RGB", upright.size, "white")
    page.paste(upright, mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    page.save(folder / "preview.webp", "WEBP", quality=QUALITY)
    return {}


def _eight_bits(picture: Image.Image) -> Image.Image:
    """RGB, with A where something is see-through; 16-bit greys scaled instead of cut off."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda level: level * (1 / 256)).convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _check_end(kind: str, path: Path) -> None:
    """A PNG ends with its last chunk; behind a JPG phones keep more pictures and film clips."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        tail = data[_png_end(data) if kind == "png" else _jpg_end(data) :]
    if carries(tail) or (kind == "png" and tail.strip(BLANK)):
        raise Rejected("Di belakang akhir gambar ini masih ada data lain. Buka gambar itu, simpan ulang, lalu unggah lagi.")


def _png_end(data: mmap.mmap) -> int:
    at = 8
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        at += 12 + length
        if name == b"IEND" and at <= len(data):
            return at
    raise Rejected(BROKEN)


def _jpg_end(data: mmap.mmap) -> int:
    at = 2
    while found := MARKER.search(data, at):
        at = found.end()
        if found[0] == END_OF_IMAGE:
            return at
        if found[0] not in WITHOUT_LENGTH:
            at += int.from_bytes(data[at : at + 2], "big")
    raise Rejected(BROKEN)

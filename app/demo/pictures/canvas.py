"""What all pictures share: fonts, gradients, grain, text that fits, and saving the same bytes each time."""

from functools import cache, lru_cache
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFont

Colour = tuple[int, int, int]
INK: Colour = (27, 40, 37)
GREY: Colour = (92, 104, 100)
GREEN: Colour = (18, 89, 75)
GOLD: Colour = (184, 128, 26)
PAPER: Colour = (246, 245, 239)
WHITE: Colour = (255, 255, 255)
PLAIN = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "’": "'", "×": "x", "é": "e"})


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """Two colours melting from top to bottom."""
    strip = Image.new("RGB", (1, 2))
    strip.putdata([top, bottom])
    return strip.resize(size, Image.Resampling.BILINEAR)


@cache
def _grain(size: tuple[int, int], kind: int) -> Image.Image:
    noise = Image.frombytes("L", size, Random(kind).randbytes(size[0] * size[1]))
    return Image.merge("RGB", [noise.point(lambda level: 118 + level * 20 // 255)] * 3)


def grain(picture: Image.Image, kind: int = 0) -> Image.Image:
    """The fine noise of a telephone camera."""
    return ImageChops.add(picture, _grain(picture.size, kind % 3), offset=-128)


def lines(text: str, width: float, size: int) -> list[str]:
    """The text broken at spaces to a width in pixels."""
    broken, line, used, space = [], [], 0.0, _long(" ", size)
    for word in text.translate(PLAIN).split():
        long = _long(word, size)
        if line and used + long > width:
            broken.append(" ".join(line))
            line, used = [], 0.0
        line.append(word)
        used += long + space
    return [*broken, " ".join(line)]


@lru_cache(maxsize=4096)
def _long(word: str, size: int) -> float:
    return font(size).getlength(word)


@lru_cache(maxsize=2048)
def _written(text: str, size: int) -> Image.Image:
    """The text as a mask; words come back on many pages, so masks are kept."""
    face = font(size)
    mask = Image.new("L", (max(1, int(face.getlength(text)) + 3), round(size * 1.4)))
    ImageDraw.Draw(mask).text((0, 0), text, 255, face)
    return mask


def _write(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, fill: Colour, bold: bool) -> None:
    mask, (x, y) = _written(text, size), at
    for shift in range(1 + (1 + size // 30 if bold and size > 16 else 0)):
        draw.bitmap((x + shift, y), mask, fill)


def say(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    size: int = 18,
    fill: Colour = INK,
    width: float | None = None,
    most: int = 99,
    bold: bool = False,
) -> float:
    """Write lines from the left; returns the y below the last one."""
    x, y = at
    for line in lines(text, width, size)[:most] if width else [text.translate(PLAIN)]:
        _write(draw, (x, y), line, size, fill, bold)
        y += round(size * 1.32)
    return y


def centre(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, fill: Colour = INK, bold: bool = False) -> None:
    mask = _written(text.translate(PLAIN), size)
    _write(draw, (round(at[0] - mask.width / 2), round(at[1] - size * 0.62)), text.translate(PLAIN), size, fill, bold)


def jpg(picture: Image.Image, quality: int = 78) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def png(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=1)
    return stream.getvalue()

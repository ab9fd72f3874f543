"""A region's own main colour: readable on our paper, and the shades made of it. Contrast as in WCAG 2.2 (1.4.3)."""
import re
from collections.abc import Callable

from app.rules import Refused

WHITE, PAPER, BLACK, GREY = "#ffffff", "#f6f5ef", "#000000", "#7f7f7f"
INK_2 = "#4a5854"  # our lighter ink
OURS = "#12594b"
ENOUGH = 4.5       # to 1, for text of usual size
ON_BAR = 7.0       # white words on the dark bar
VISIBLE = 3.0      # a line or a dash that means something
FORM = re.compile(r"#[0-9a-f]{6}")


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of #rrggbb, 0 to 255; ValueError for anything else."""
    if not FORM.fullmatch(colour):
        raise ValueError(f"not a colour: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (one / 255 for one in channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`share` of `other` (0 to 1) mixed into a colour."""
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(channels(colour), channels(other), strict=True))


def is_readable(colour: str) -> bool:
    """As text on our paper, and under white text."""
    return lowest(colour) >= ENOUGH


def darkened(colour: str) -> str:
    """The nearest shade of it that is readable."""
    return next(shade for step in range(101) if is_readable(shade := mixed(colour, BLACK, step / 100)))


def lowest(colour: str) -> float:
    """Its contrast where it is read worst."""
    return min(contrast(colour, WHITE), contrast(colour, PAPER))


def shades(colour: str) -> dict[str, str]:
    """The shades of a readable colour by their place in ours, 900 the dark bar, 700 the colour itself, 100 and 50 tints to write on. Each is
    moved as far as its readers need: white on 900, the colour and our inks on the tints."""
    dark = _until(colour, BLACK, 0.35, lambda shade: contrast(WHITE, shade) >= ON_BAR)
    return {
        "900": dark, "800": mixed(dark, BLACK, 0.2), "700": colour,
        "500": next(shade for step in range(25, -1, -1) if contrast(WHITE, shade := mixed(colour, WHITE, step / 100)) >= VISIBLE),
        "400": mixed(colour, WHITE, 0.42), "300": mixed(colour, WHITE, 0.58),
        "200": _until(colour, WHITE, 0.78, lambda shade: contrast(shade, dark) >= ENOUGH),
        "100": _until(colour, WHITE, 0.86, lambda tint: _bears(tint, colour)), "50": _until(colour, WHITE, 0.93, lambda tint: _bears(tint, colour)),
        "idle": mixed(colour, GREY, 0.5),
    }


def _until(colour: str, other: str, share: float, enough: Callable[[str], bool]) -> str:
    """Mixed from `share` on with more and more of the other, until it is enough."""
    first = round(share * 100)
    return next(shade for step in range(first, 101) if enough(shade := mixed(colour, other, step / 100)))


def _bears(tint: str, colour: str) -> bool:
    return min(contrast(colour, tint), contrast(INK_2, tint)) >= ENOUGH


def must_be_readable(colour: str) -> None:
    if not FORM.fullmatch(colour):
        raise Refused("Warna ditulis sebagai # dan enam angka heksadesimal, misalnya #12594b.")
    if not is_readable(colour):
        ratio = f"{lowest(colour):.1f}".replace(".", ",")
        raise Refused(f"Warna {colour} terlalu terang: kontrasnya {ratio} banding 1, sedangkan tulisan perlu 4,5 banding 1. "
                      f"Yang terdekat dan terbaca: {darkened(colour)}.")

"""A region's logo, small enough for a letterhead."""
import io
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image, ImageOps

SIDE = 360  # pixels of its longer side: 20 millimetres at 450 dots an inch


@dataclass(frozen=True)
class Logo:
    """`key` says which picture it is, `png` are its bytes, both empty where there is none; `is_wide` when it is wider than high."""
    key: str = ""
    is_wide: bool = False
    png: bytes = field(default=b"", repr=False)

    def __bool__(self) -> bool:
        return bool(self.png)


NO_LOGO = Logo()


@lru_cache(4)
def small(key: str, picture: bytes) -> Logo:
    """Upright, on white; a picture nobody can read is no logo."""
    try:
        with Image.open(io.BytesIO(picture), formats=["PNG", "JPEG"]) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return NO_LOGO
    upright.thumbnail((SIDE, SIDE))
    page = Image.new("RGB", upright.size, "white")
    page.paste(upright, mask=upright.getchannel("A"))
    written = io.BytesIO()
    page.save(written, "PNG", optimize=True)
    return Logo(key, page.width > page.height, written.getvalue())

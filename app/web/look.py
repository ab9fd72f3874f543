"""The regency's colour and logo as files of their own: open like every other asset, kept by browsers for ever, a new name for every change."""
from functools import lru_cache
from hashlib import sha256

from flask import Blueprint, Flask, abort, send_file, url_for

from app.rules import colours
from app.web.gate import public
from app.web.regency import regency

bp = Blueprint("look", __name__)
FOR_EVER = 365 * 24 * 3600
PICTURES = {"png": "image/png", "jpg": "image/jpeg"}


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(own_style=own_style, own_logo=own_logo)


@bp.get("/rupa-<key>.css")
@public
def style(key):
    """What the key says and nothing else: the sheet of a colour is the same for everybody."""
    colour = f"#{key[:6]}"
    if not colours.FORM.fullmatch(colour) or not colours.is_readable(colour) or key != key_of(colour):
        abort(404)
    return sheet(colour), {"Content-Type": "text/css; charset=utf-8", "Cache-Control": f"public, max-age={FOR_EVER}, immutable"}


@bp.get("/lambang-<key>")
@public
def logo(key):
    """Only the picture that is the logo now; no other file is open."""
    house = regency()
    if not house.logo or key != house.logo[:16] or not house.logo_path.is_file():
        abort(404)
    answer = send_file(house.logo_path, PICTURES[house.logo_kind], max_age=FOR_EVER, conditional=True)
    answer.cache_control.public, answer.cache_control.immutable = True, True
    return answer


def own_style() -> str:
    """The address of the style sheet of this region's colour; empty while ours is used."""
    colour = regency().colour
    return url_for("look.style", key=key_of(colour)) if colour and colour != colours.OURS else ""


def own_logo() -> str:
    """The address of this region's logo; empty while our mark stands for it."""
    return url_for("look.logo", key=regency().logo[:16]) if regency().logo else ""


def key_of(colour: str) -> str:
    """The colour, and a digest of its sheet: another way of mixing has another name."""
    return f"{colour[1:]}-{sha256(sheet(colour).encode()).hexdigest()[:8]}"


@lru_cache(64)  # not of every colour that a stranger may ask for
def sheet(colour: str) -> str:
    shades = colours.shades(colour)
    said = [f"--li-green-{name}: {shade};" for name, shade in shades.items()]
    said += [f"--li-green-{name}-rgb: {','.join(map(str, colours.channels(shades[name])))};" for name in ("900", "700")]
    return f":root, [data-bs-theme=light] {{ {' '.join(said)} }}\n"

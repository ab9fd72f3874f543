"""Snapshots of an office's work: a stylised scene with a caption and a date, as telephones stamp it."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw

from app.demo.content.catalogue import INNOVATIONS, Innovation
from app.demo.content.words import chance, long_date
from app.demo.pictures.canvas import GOLD, GREEN, WHITE, centre, font, gradient, grain, jpg, lines, say
from app.demo.pictures.figures import house, laptop, papers, person, table, tree

SMALL = (640, 420)  # drawn here, then enlarged: that is the softness of a photo
LARGE = (960, 630)


def photo(scene: str, title: str, innovation: Innovation, day: date) -> bytes:
    """A jpg of 960 × 630."""
    rng = chance("foto", scene, title, innovation.key, day)
    picture = SCENES[scene](innovation, title, rng)
    picture = picture.resize(LARGE, Image.Resampling.BILINEAR)
    picture = grain(picture, rng.randrange(3))
    draw = ImageDraw.Draw(picture)
    if scene != "cover":
        _stamp(draw, innovation, title, day)
    return jpg(picture)


def _stamp(draw: ImageDraw.ImageDraw, innovation: Innovation, title: str, day: date) -> None:
    draw.rectangle((0, 574, 960, 630), (20, 26, 24))
    say(draw, (18, 581), f"{title} {innovation.name}", 20, WHITE, bold=True)
    latitude, longitude = innovation.coordinates
    say(draw, (18, 606), f"{innovation.unit.short} · {latitude}, {longitude} · contoh untuk latihan", 14, (190, 200, 196))
    draw.text((942, 560), f"{day:%d.%m.%Y}  09:{day.day + 20}", (255, 196, 84), font(24), anchor="rs", stroke_width=1, stroke_fill=(60, 40, 20))


def _room(rng: Random) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    wall = rng.choice(((228, 222, 204), (212, 222, 218), (232, 226, 220)))
    picture = gradient(SMALL, tuple(value + 12 for value in wall), tuple(value - 34 for value in wall))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 300, 640, 420), rng.choice(((150, 132, 110), (176, 170, 160), (138, 120, 104))))
    for line in range(0, 660, 70):
        draw.line((line, 300, line + (line - 320) * 0.7, 420), (128, 114, 98), 1)
    draw.rectangle((0, 296, 640, 303), (120, 104, 88))
    if rng.random() < 0.6:
        left = rng.choice((24, 520))
        draw.rectangle((left, 70, left + 92, 190), (150, 190, 208), outline=(236, 236, 230), width=5)
        draw.line((left + 46, 70, left + 46, 190), (236, 236, 230), 4)
    return picture, draw


def _outside(rng: Random) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sky = rng.choice((((126, 174, 214), (226, 236, 240)), ((168, 190, 204), (232, 230, 222)), ((246, 196, 140), (244, 228, 206))))
    picture = gradient(SMALL, *sky)
    draw = ImageDraw.Draw(picture)
    hill = rng.randrange(150, 520)
    draw.polygon([(hill - 330, 250), (hill - 40, 120), (hill + 30, 128), (hill + 330, 250)], (126, 150, 148))
    draw.polygon([(-40, 252), (120, 190), (330, 250)], (104, 136, 116))
    ground = rng.choice(((132, 152, 88), (176, 158, 116), (150, 158, 104)))
    draw.rectangle((0, 246, 640, 420), ground)
    draw.polygon([(250, 246), (330, 246), (520, 420), (120, 420)], tuple(value + 22 for value in ground))
    for _ in range(rng.randrange(2, 4)):
        house(draw, rng.choice((rng.randrange(-20, 180), rng.randrange(400, 560))), 262, rng.randrange(70, 120), rng)
    for _ in range(3):
        tree(draw, rng.choice((rng.randrange(0, 200), rng.randrange(440, 640))), 280, rng.randrange(90, 170), rng)
    return picture, draw


def _banner(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], title: str, innovation: Innovation, rng: Random) -> None:
    back = rng.choice((GREEN, (150, 40, 44), (28, 78, 122), (190, 130, 24)))
    left, top, right, bottom = box
    draw.rectangle(box, back)
    draw.rectangle((left, bottom - 9, right, bottom), GOLD)
    middle = (left + right) / 2
    centre(draw, (middle, top + 17), title.upper(), 15, (250, 236, 200))
    size = 30 if len(innovation.name) < 20 else 22
    names = lines(innovation.name, right - left - 20, size)[:2]
    for place, line in enumerate(names):
        centre(draw, (middle, top + 44 + place * size), line, size, WHITE, bold=True)
    if len(names) == 1:
        centre(draw, (middle, bottom - 22), innovation.unit.short, 14, (240, 240, 236))


def _meeting(innovation: Innovation, title: str, rng: Random) -> Image.Image:
    picture, draw = _room(rng)
    _banner(draw, (150, 40, 490, 160), title, innovation, rng)
    table(draw, 170, 470, 250, 62)
    for x in range(205, 460, rng.choice((62, 78))):
        person(draw, x, 258, 170, rng, seated=True)
    papers(draw, 300, 236, rng, 2)
    for row, (ground, tall) in enumerate(((372, 190), (440, 230))):
        for x in range(40 + row * 34, 640, 84 - row * 4):
            person(draw, x + rng.randrange(-8, 8), ground, tall, rng, seated=True, back=True)
    return picture


def _desk(innovation: Innovation, title: str, rng: Random) -> Image.Image:
    picture, draw = _room(rng)
    for x in (200, 400):
        person(draw, x + rng.randrange(-20, 20), 310, 330, rng, seated=True)
    table(draw, -10, 650, 290, 150, (122, 88, 58))
    for x in (120, 300, 470):
        papers(draw, x, 306, rng, 3)
    draw.rectangle((250, 312, 390, 392), (244, 240, 226), outline=(130, 120, 100))
    draw.line((320, 312, 320, 392), (150, 140, 120), 2)
    for line in range(320, 388, 9):
        draw.line((258, line, 312, line), (96, 110, 150), 1)
        draw.line((328, line, 382, line), (96, 110, 150), 1)
    _banner(draw, (20, 24, 240, 120), title, innovation, rng)
    return picture


def _device(innovation: Innovation, title: str, rng: Random) -> Image.Image:
    picture, draw = _room(rng)
    person(draw, 180 + rng.randrange(-30, 30), 312, 350, rng, seated=True)
    table(draw, -10, 650, 300, 140, (96, 104, 108))
    laptop(draw, 300, 330, 210)
    draw.rounded_rectangle((552, 270, 602, 360), 8, (30, 32, 36))
    draw.rectangle((557, 278, 597, 350), (220, 236, 230))
    papers(draw, 150, 340, rng, 2)
    say(draw, (310, 205), innovation.name, 13, WHITE, 190, 1)
    return picture


def _counter(innovation: Innovation, title: str, rng: Random) -> Image.Image:
    picture, draw = _room(rng)
    _banner(draw, (120, 26, 520, 118), "Loket layanan", innovation, rng)
    for x in (170, 330, 480):
        person(draw, x, 262, 216, rng, seated=True)
    table(draw, 80, 570, 236, 92, (52, 104, 116))
    for place, x in enumerate((120, 290, 450)):
        draw.rectangle((x, 214, x + 60, 234), WHITE, outline=(120, 120, 120))
        centre(draw, (x + 30, 224), f"LOKET {place + 1}", 12, GREEN)
    for x in rng.sample(range(70, 600, 60), 4):
        person(draw, x, 424, 260, rng, back=True)
    return picture


def _open_air(innovation: Innovation, title: str, rng: Random) -> Image.Image:
    picture, draw = _outside(rng)
    for side in (150, 490):
        draw.rectangle((side - 4, 52, side + 2, 330), (110, 86, 60))
    _banner(draw, (150, 56, 490, 166), title, innovation, rng)
    for x in range(70, 600, rng.choice((56, 64, 74))):
        person(draw, x + rng.randrange(-10, 10), 372 + rng.randrange(-12, 18), 186, rng)
    return picture


def _cover(innovation: Innovation, title: str, rng: Random) -> Image.Image:
    picture, draw = _outside(rng)
    for x in range(60, 620, 96):
        person(draw, x + rng.randrange(-14, 14), 392, 190, rng)
    draw.rectangle((0, 40, 640, 196), (11, 58, 50))
    for place, line in enumerate(lines(innovation.name, 600, 40)[:2]):
        centre(draw, (320, 86 + place * 46), line, 40, WHITE, bold=True)
    centre(draw, (320, 172), innovation.unit.short, 18, (232, 195, 106))
    draw.ellipse((282, 226, 358, 302), (240, 240, 236))
    draw.polygon([(308, 244), (308, 284), (342, 264)], GREEN)
    draw.rounded_rectangle((16, 10, 150, 34), 4, WHITE)
    centre(draw, (83, 22), "KEMENDAGRI", 15, (20, 60, 120), bold=True)
    centre(draw, (540, 22), f"Inovasi Daerah {long_date(date(2026, 1, 1))[-4:]}", 14, INK_SOFT)
    return picture


INK_SOFT = (40, 52, 60)
SCENES: dict[str, Callable[[Innovation, str, Random], Image.Image]] = {
    "meeting": _meeting,
    "desk": _desk,
    "device": _device,
    "counter": _counter,
    "banner": _open_air,
    "cover": _cover,
}


def thumbnail(innovation: Innovation, scene: str, size: tuple[int, int]) -> Image.Image:
    """A small scene to set into a page or a clipping."""
    return _drawn(innovation.key, scene).resize(size, Image.Resampling.BILINEAR)


@lru_cache(maxsize=4)
def _drawn(key: str, scene: str) -> Image.Image:
    return SCENES[scene](INNOVATIONS[key], "Kegiatan", chance("kecil", scene, key))

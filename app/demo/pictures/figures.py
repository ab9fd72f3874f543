"""People, furniture and trees, drawn small and soft; the grain makes them a snapshot."""

from random import Random

from PIL import ImageDraw

from app.demo.pictures.canvas import Colour

SKIN: tuple[Colour, ...] = ((196, 142, 104), (174, 120, 84), (214, 164, 128), (150, 102, 72))
HAIR: tuple[Colour, ...] = ((34, 28, 26), (58, 42, 34), (24, 24, 30))
VEIL: tuple[Colour, ...] = ((88, 60, 96), (38, 84, 92), (196, 170, 140), (120, 42, 58), (230, 226, 220), (60, 66, 78))
CLOTH: tuple[Colour, ...] = (
    (172, 150, 104),
    (164, 142, 96),
    (240, 240, 238),
    (60, 98, 142),
    (140, 52, 50),
    (58, 110, 88),
    (204, 160, 60),
    (96, 84, 130),
    (70, 74, 84),
)


def person(draw: ImageDraw.ImageDraw, x: float, ground: float, tall: float, rng: Random, seated: bool = False, back: bool = False) -> None:
    """Someone standing on (or sitting above) the ground line; `back` hides the face."""
    head = tall * 0.085
    top = ground - (tall * 0.62 if seated else tall)
    cloth, skin, hair = rng.choice(CLOTH), rng.choice(SKIN), rng.choice(HAIR)
    veiled = rng.random() < 0.45
    wide = tall * rng.uniform(0.14, 0.17)
    shoulder = top + head * 2.3
    if not seated:
        leg = rng.choice(((44, 46, 54), (70, 62, 52), (38, 52, 72)))
        for side in (-0.55, 0.1):
            draw.rectangle((x + wide * side, ground - tall * 0.45, x + wide * (side + 0.45), ground), leg)
    bottom = ground if seated else ground - tall * 0.4
    draw.rounded_rectangle((x - wide, shoulder, x + wide, bottom), wide * 0.45, cloth, corners=(True, True, False, False))
    shade = tuple(max(0, value - 26) for value in cloth)
    draw.line((x - wide * 0.95, shoulder + wide * 0.6, x - wide * 1.15, shoulder + tall * 0.26), shade, max(3, int(wide * 0.45)))
    draw.line((x + wide * 0.95, shoulder + wide * 0.6, x + wide * 1.15, shoulder + tall * 0.26), shade, max(3, int(wide * 0.45)))
    draw.rectangle((x - head * 0.4, top + head * 1.5, x + head * 0.4, shoulder + head * 0.5), skin)
    middle = top + head
    if veiled:
        veil = rng.choice(VEIL)
        draw.ellipse((x - head * 1.18, top - head * 0.2, x + head * 1.18, top + head * 2.5), veil)
        draw.polygon(
            [
                (x - head * 1.2, top + head * 1.5),
                (x + head * 1.2, top + head * 1.5),
                (x + head * 1.6, top + head * 3.6),
                (x - head * 1.6, top + head * 3.6),
            ],
            veil,
        )
    else:
        draw.ellipse((x - head * 1.05, top - head * 0.18, x + head * 1.05, top + head * 1.9), hair)
    if back:
        return
    draw.ellipse((x - head * 0.8, top + head * 0.25, x + head * 0.8, top + head * 2.05), skin)
    if not veiled:
        draw.pieslice((x - head * 0.95, top - head * 0.1, x + head * 0.95, top + head * 1.6), 180, 360, hair)
    for side in (-0.33, 0.33):
        spot = x + head * side
        draw.ellipse((spot - head * 0.1, middle + head * 0.1, spot + head * 0.1, middle + head * 0.3), (30, 24, 22))
    draw.arc((x - head * 0.3, middle + head * 0.35, x + head * 0.3, middle + head * 0.75), 20, 160, (110, 50, 44), 1)


def tree(draw: ImageDraw.ImageDraw, x: float, ground: float, tall: float, rng: Random) -> None:
    draw.rectangle((x - tall * 0.03, ground - tall * 0.5, x + tall * 0.03, ground), (84, 62, 44))
    for _ in range(9):
        dx, dy, r = rng.uniform(-0.24, 0.24) * tall, rng.uniform(0.42, 0.92) * tall, rng.uniform(0.12, 0.2) * tall
        green = rng.randrange(84, 140)
        draw.ellipse((x + dx - r, ground - dy - r, x + dx + r, ground - dy + r), (green // 2, green, green // 3))


def house(draw: ImageDraw.ImageDraw, x: float, ground: float, wide: float, rng: Random) -> None:
    wall = rng.choice(((226, 214, 186), (206, 222, 214), (234, 226, 214), (214, 196, 170)))
    roof = rng.choice(((150, 74, 52), (126, 62, 48), (164, 92, 62)))
    high = wide * 0.5
    draw.rectangle((x, ground - high, x + wide, ground), wall)
    draw.polygon(
        [
            (x - wide * 0.1, ground - high),
            (x + wide * 1.1, ground - high),
            (x + wide * 0.8, ground - high * 1.7),
            (x + wide * 0.2, ground - high * 1.7),
        ],
        roof,
    )
    draw.rectangle((x + wide * 0.42, ground - high * 0.68, x + wide * 0.6, ground), (96, 66, 46))
    for left in (0.1, 0.72):
        draw.rectangle((x + wide * left, ground - high * 0.7, x + wide * (left + 0.18), ground - high * 0.32), (132, 164, 178))


def table(draw: ImageDraw.ImageDraw, left: float, right: float, top: float, high: float, cloth: Colour = (38, 92, 78)) -> None:
    draw.rectangle((left, top, right, top + high), cloth)
    draw.rectangle((left - 4, top - 6, right + 4, top + 4), (236, 232, 222))
    for fold in range(int(left) + 14, int(right), 34):
        draw.line((fold, top + 6, fold, top + high), tuple(max(0, value - 14) for value in cloth), 3)


def laptop(draw: ImageDraw.ImageDraw, x: float, y: float, wide: float) -> None:
    high = wide * 0.62
    draw.rectangle((x, y - high, x + wide, y), (40, 44, 50))
    draw.rectangle((x + 4, y - high + 4, x + wide - 4, y - 4), (232, 240, 238))
    draw.rectangle((x + 4, y - high + 4, x + wide - 4, y - high + high * 0.2), (18, 89, 75))
    for row in range(4):
        draw.rectangle(
            (x + 10, y - high * 0.68 + row * high * 0.15, x + wide * (0.5 + 0.1 * (row % 3)), y - high * 0.6 + row * high * 0.15), (176, 196, 190)
        )
    draw.polygon([(x - wide * 0.08, y + wide * 0.1), (x + wide * 1.08, y + wide * 0.1), (x + wide, y), (x, y)], (150, 154, 158))


def papers(draw: ImageDraw.ImageDraw, x: float, y: float, rng: Random, count: int = 3) -> None:
    for _ in range(count):
        dx, dy, lean = rng.uniform(-60, 60), rng.uniform(-8, 14), rng.uniform(-10, 10)
        corners = [(x + dx, y + dy), (x + dx + 78, y + dy + lean * 0.5), (x + dx + 92, y + dy + 44), (x + dx - 8, y + dy + 40 + lean)]
        draw.polygon(corners, (250, 249, 244), outline=(190, 188, 180))
        for line in range(4):
            draw.line((x + dx + 8, y + dy + 9 + line * 8, x + dx + 66, y + dy + 10 + line * 8), (150, 152, 156), 1)

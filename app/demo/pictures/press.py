"""A clipping from a newspaper that is not the regency's own."""

from datetime import date

from PIL import Image, ImageDraw

from app.demo.content.catalogue import Innovation
from app.demo.content.words import long_date, pick
from app.demo.pictures.canvas import GREY, INK, centre, grain, jpg, lines, say
from app.demo.pictures.scenes import thumbnail

HEADLINES = (
    "{name}, Cara {unit} Menjawab Keluhan Warga",
    "Berkat {name}, {who} Tidak Perlu Menunggu Lama",
    "Belajar dari {name}: Kecil, Murah, dan Berhasil",
    "{unit} Kenalkan {name} kepada Kabupaten Tetangga",
    "{name} Curi Perhatian Tim Penilai Provinsi",
)


def clipping(innovation: Innovation, day: date, paper_name: str) -> bytes:
    """A jpg of 900 × 1060: masthead, headline, picture, three columns."""
    picture = Image.new("RGB", (900, 1060), (240, 235, 222))
    draw = ImageDraw.Draw(picture)
    centre(draw, (450, 46), paper_name.upper(), 50, INK, bold=True)
    draw.line((30, 84, 870, 84), INK, 3)
    say(draw, (34, 92), f"{long_date(day)}", 16, GREY)
    say(draw, (640, 92), "contoh untuk latihan", 16, GREY)
    draw.line((30, 118, 870, 118), INK, 1)
    headline = pick(HEADLINES, "judul", innovation.key)
    who = innovation.who.capitalize()
    y = say(draw, (34, 132), headline.format(name=innovation.name, unit=innovation.unit.short, who=who), 42, INK, 830, 3, bold=True)
    y += 8
    picture.paste(thumbnail(innovation, "banner", (832, 400)).convert("L").convert("RGB"), (34, int(y)))
    say(draw, (34, y + 406), f"Suasana {innovation.name} di {innovation.place}.", 15, GREY, 830, 1)
    text = (
        f"LUMBUNG KOTA - {innovation.problem} Keadaan itu mendorong {innovation.unit.short} mencari cara lain. "
        f"{innovation.after} {innovation.result} {innovation.novelty} {innovation.benefit} "
        f'"Kami belajar dari keluhan warga sendiri," kata {innovation.initiator_name}. '
        f"Sekarang {innovation.name} dijalankan {innovation.team} orang di {innovation.place}. {innovation.purpose}"
    )
    _columns(draw, text, int(y) + 440)
    return jpg(grain(picture, 1), 70)


def _columns(draw: ImageDraw.ImageDraw, text: str, top: int) -> None:
    broken = lines(text, 262, 16)
    room = min(-(-len(broken) // 3), (1050 - top) // 21)
    for column in range(3):
        for place, line in enumerate(broken[column * room : (column + 1) * room]):
            say(draw, (34 + column * 286, top + place * 21), line, 16, INK)

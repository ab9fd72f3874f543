"""Captures of a screen: the service itself, its figures, its chat, its posts."""

from datetime import date

from PIL import Image, ImageDraw

from app.demo.content.catalogue import Innovation
from app.demo.content.words import amount, chance, long_date
from app.demo.papers.guides import steps
from app.demo.pictures.canvas import GOLD, GREEN, GREY, INK, PAPER, WHITE, Colour, centre, png, say
from app.demo.pictures.scenes import thumbnail

SIZE = (1120, 720)
SITE = "lumbungraya.example"
COMPLAINTS = (
    "Jadwal terlambat",
    "Petugas tidak di tempat",
    "Syarat membingungkan",
    "Nomor tidak dijawab",
    "Data keliru",
    "Antrean panjang",
    "Lokasi sulit",
)


def _browser(path: str, title: str, day: date) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 1120, 34), (222, 225, 230))
    draw.rounded_rectangle((12, 6, 330, 40), 8, WHITE)
    say(draw, (26, 11), title[:36], 14, GREY)
    draw.rectangle((0, 34, 1120, 70), WHITE)
    draw.rounded_rectangle((84, 40, 1020, 64), 12, (238, 240, 243))
    say(draw, (100, 43), f"https://{SITE}/{path}", 14, GREY)
    for x in (18, 42, 64):
        draw.ellipse((x, 48, x + 9, 57), (170, 176, 182))
    draw.rectangle((0, 690, 1120, 720), (32, 36, 44))
    say(draw, (930, 696), f"10.{day.day + 11:02}   {day:%d/%m/%Y}", 14, (226, 230, 234))
    say(draw, (16, 696), "contoh untuk latihan", 13, (150, 156, 164))
    return picture, draw


def _site(innovation: Innovation, path: str, day: date) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture, draw = _browser(path, innovation.name, day)
    draw.rectangle((0, 70, 1120, 130), GREEN)
    say(draw, (36, 80), innovation.name, 26, WHITE, bold=True)
    say(draw, (36, 110), f"{innovation.unit.short} · Kabupaten Lumbung Raya", 14, (205, 226, 218))
    for place, word in enumerate(("Beranda", "Layanan", "Pengaduan", "Masuk")):
        say(draw, (700 + place * 100, 90), word, 16, WHITE)
    return picture, draw


def _cards(draw: ImageDraw.ImageDraw, top: int, cards: list[tuple[str, str]]) -> None:
    wide = 1048 // len(cards)
    for place, (figure, label) in enumerate(cards):
        x = 36 + place * wide
        draw.rounded_rectangle((x, top, x + wide - 16, top + 104), 8, WHITE, (214, 212, 204))
        say(draw, (x + 18, top + 14), figure, 34, GREEN, bold=True)
        say(draw, (x + 18, top + 64), label, 15, GREY, wide - 44, 2)


def _rows(draw: ImageDraw.ImageDraw, top: int, columns: list[tuple[str, int]], rows: list[list[str]], step: int = 34) -> None:
    draw.rectangle((36, top, 1084, top + step), (228, 234, 231))
    for title, x in columns:
        say(draw, (x, top + 8), title, 15, INK, bold=True)
    for number, row in enumerate(rows, 1):
        y = top + number * step
        draw.rectangle((36, y, 1084, y + step), WHITE if number % 2 else (250, 249, 245))
        draw.line((36, y + step, 1084, y + step), (224, 222, 214))
        for (_, x), text in zip(columns, row, strict=True):
            say(draw, (x, y + 8), text, 15, GREEN if text in {"Selesai", "Siap"} else INK)


def home(innovation: Innovation, day: date, title: str) -> bytes:
    picture, draw = _site(innovation, f"layanan/{innovation.key}", day)
    picture.paste(thumbnail(innovation, "counter", (380, 250)), (704, 158))
    y = say(draw, (36, 164), innovation.tagline, 28, INK, 620, 3, bold=True)
    say(draw, (36, y + 14), innovation.benefit, 17, GREY, 620, 5)
    draw.rounded_rectangle((36, 372, 216, 414), 6, GREEN)
    centre(draw, (126, 393), "Mulai layanan", 17, WHITE)
    count = amount(max(120, int(innovation.amount)))
    _cards(draw, 446, [(count, innovation.who), (f"{innovation.days} hari", "waktu layanan"), (str(innovation.team), "petugas")])
    say(draw, (36, 586), f"Jam layanan 08.00-15.00 · Aduan: 112 · Diperbarui {long_date(day)}", 16, GREY)
    return png(picture)


def process(innovation: Innovation, day: date, title: str) -> bytes:
    picture, draw = _site(innovation, f"layanan/{innovation.key}/proses", day)
    say(draw, (36, 150), "Proses layanan", 26, INK, bold=True)
    offices = [innovation.unit, *innovation.partners]
    for place, step in enumerate(steps(innovation)[:6]):
        y = 200 + place * 76
        draw.ellipse((40, y, 76, y + 36), GREEN)
        centre(draw, (58, y + 18), str(place + 1), 18, WHITE)
        say(draw, (96, y - 2), step, 17, INK, 620, 2)
        draw.rounded_rectangle((780, y, 1080, y + 38), 6, (219, 234, 228))
        say(draw, (796, y + 9), offices[place % len(offices)].short, 16, GREEN)
    return png(picture)


def users(innovation: Innovation, day: date, title: str, count: int = 500) -> bytes:
    picture, draw = _site(innovation, f"statistik/{innovation.key}", day)
    say(draw, (36, 150), "Jumlah pengguna layanan", 26, INK, bold=True)
    draws = chance("pengguna", innovation.key)
    _cards(
        draw,
        196,
        [
            (amount(count), f"{innovation.who}, keadaan {long_date(day)}"),
            (amount(count // 14 + 1), "bulan ini"),
            (f"{draws.randrange(86, 98)}%", "puas"),
        ],
    )
    heights = sorted(draws.uniform(0.2, 1) for _ in range(12))
    for place, high in enumerate(heights):
        x = 60 + place * 84
        draw.rectangle((x, 640 - 270 * high, x + 52, 640), (59, 135, 115))
        say(draw, (x, 648), f"{'MJJASONDJFMA'[place]}", 15, GREY)
        say(draw, (x, 618 - 270 * high), amount(round(count * high / sum(heights))), 14, INK)
    return png(picture)


def complaints(innovation: Innovation, day: date, title: str, share: int | None = None) -> bytes:
    """The recap of complaints; without `share` the percentage that row 29 asks for is missing."""
    picture, draw = _site(innovation, f"pengaduan/{innovation.key}", day)
    say(draw, (36, 146), f"Rekapitulasi pengaduan {day.year - 1}", 26, INK, bold=True)
    draws = chance("aduan", innovation.key)
    total = draws.randrange(38, 190)
    done = round(total * (share or 70) / 100)
    shown = f"{amount(round(done / total * 100, 1))}%" if share else "-"
    _cards(draw, 190, [(str(total), "aduan masuk"), (str(done), "selesai"), (shown, "persentase penyelesaian")])
    rows = []
    for number in range(9):
        state = "Selesai" if number < 9 * (share or 70) // 100 else "Diproses"
        rows.append(
            [
                f"A-{total - number:03}",
                f"{number * 3 % 27 + 1:02}/{12 - number:02}/{day.year - 1}",
                draws.choice(COMPLAINTS),
                f"{draws.randrange(1, 4)} hari",
                state,
            ]
        )
    _rows(draw, 316, [("Nomor", 52), ("Tanggal", 180), ("Aduan", 340), ("Lama", 760), ("Keadaan", 900)], rows)
    return png(picture)


def book(innovation: Innovation, day: date, title: str) -> bytes:
    picture, draw = _browser(f"unduh/petunjuk-{innovation.key}", f"Petunjuk {innovation.name}", day)
    draw.rectangle((0, 70, 1120, 690), (82, 88, 92))
    for left in (150, 570):
        draw.rectangle((left, 96, left + 400, 664), WHITE)
    draw.rectangle((150, 180, 550, 400), (219, 234, 228))
    centre(draw, (350, 220), "BUKU PETUNJUK TEKNIS", 18, GREEN)
    say(draw, (176, 256), innovation.name, 30, INK, 350, 3, bold=True)
    say(draw, (176, 600), innovation.unit.short, 16, GREY)
    y = say(draw, (600, 124), "Langkah pelaksanaan", 20, GREEN, bold=True) + 10
    for place, step in enumerate(steps(innovation)[:7], 1):
        y = say(draw, (600, y), f"{place}. {step}.", 15, INK, 340, 3) + 8
    say(draw, (960, 78), "Unduh PDF", 15, WHITE)
    return png(picture)


def video(innovation: Innovation, day: date, title: str) -> bytes:
    picture, draw = _browser(f"video/{innovation.key}", f"{innovation.name} - video", day)
    picture.paste(thumbnail(innovation, "cover", (740, 486)), (24, 90))
    draw.rectangle((24, 564, 764, 576), (60, 60, 60))
    draw.rectangle((24, 564, 300, 576), GOLD)
    say(draw, (24, 590), f"{innovation.name}: {innovation.tagline}", 20, INK, 740, 2, bold=True)
    views = chance("tonton", innovation.key).randrange(180, 5400)
    say(draw, (24, 648), f"{amount(views)} kali ditonton · {long_date(day)} · {innovation.unit.short}", 15, GREY)
    say(draw, (790, 96), "Isi video", 20, INK, bold=True)
    for place, part in enumerate(("Latar belakang", "Penjaringan ide", "Pemilihan ide", "Manfaat", "Dampak")):
        draw.rounded_rectangle((790, 136 + place * 62, 1090, 186 + place * 62), 6, WHITE, (214, 212, 204))
        say(draw, (806, 150 + place * 62), f"0{place // 2}.{place * 35 % 60:02}   {part}", 16)
    return png(picture)


def board(innovation: Innovation, day: date, title: str) -> bytes:
    """The printed chart that shows which offices serve together."""
    picture = Image.new("RGB", SIZE, (252, 250, 244))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 1120, 84), GREEN)
    centre(draw, (560, 30), "BAGAN KETERPADUAN LAYANAN", 24, WHITE, bold=True)
    centre(draw, (560, 62), innovation.name, 20, (232, 195, 106))
    _box(draw, (420, 310, 700, 410), innovation.unit.short, (219, 234, 228))
    spots = ((60, 130), (780, 130), (60, 320), (780, 320), (60, 520), (780, 520))
    for (x, y), partner in zip(spots, innovation.partners, strict=False):
        near = x + 280 if x < 400 else x
        draw.line((near, y + 44, 420 if x < 400 else 700, 360), GOLD, 4)
        _box(draw, (x, y, x + 280, y + 88), partner.short, WHITE)
    for place, step in enumerate(steps(innovation)[:3]):
        say(draw, (380, 450 + place * 62), f"{place + 1}. {step}", 16, INK, 380, 2)
    say(draw, (40, 684), f"Dipasang di ruang layanan, {long_date(day)} · contoh untuk latihan", 16, GREY)
    return png(picture)


def _box(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], text: str, fill: Colour) -> None:
    draw.rounded_rectangle(box, 10, fill, GREEN, 3)
    centre(draw, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), text, 18, INK, bold=True)

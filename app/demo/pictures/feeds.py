"""Captures of a telephone: a chat with the service and a post about it."""

from datetime import date

from PIL import Image, ImageDraw

from app.demo.content.catalogue import Innovation
from app.demo.content.words import chance, long_date
from app.demo.pictures.canvas import GREEN, GREY, INK, WHITE, lines, png, say
from app.demo.pictures.scenes import thumbnail


def hotline(innovation: Innovation, day: date, title: str) -> bytes:
    """A chat with the service, on a telephone."""
    picture = Image.new("RGB", (640, 1080), (236, 229, 221))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 640, 104), (11, 90, 80))
    draw.ellipse((24, 34, 80, 90), (205, 226, 218))
    say(draw, (98, 38), f"Layanan {innovation.name}"[:30], 24, WHITE, bold=True)
    say(draw, (98, 72), "0800-112-0000 · contoh untuk latihan", 16, (205, 226, 218))
    draw_from = chance("pesan", innovation.key)
    y, minute = 130, draw_from.randrange(2, 20)
    for place, text in enumerate(_talk(innovation, day)):
        mine = place % 2 == 0
        x, back = (90, (217, 253, 211)) if mine else (20, WHITE)
        high = 46 + 25 * len(lines(text, 494, 19))
        draw.rounded_rectangle((x, y, x + 530, y + high), 14, back)
        say(draw, (x + 18, y + 12), text, 19, INK, 494)
        minute += draw_from.randrange(1, 5)
        say(draw, (x + 450, y + high - 25), f"09.{minute:02}", 15, GREY)
        y += high + 16
    return png(picture)


def _talk(innovation: Innovation, day: date) -> list[str]:
    return [
        f"Selamat pagi, saya mau bertanya tentang {innovation.name}.",
        f"Selamat pagi, dengan {innovation.unit.short}. {innovation.tagline}. Ada yang bisa dibantu?",
        "Syaratnya apa saja dan apakah dipungut biaya?",
        f"Tidak dipungut biaya. Cukup datang ke {innovation.place} atau hubungi nomor ini. Hasil paling lama {innovation.days} hari.",
        "Baik, saya daftar untuk besok pagi ya.",
        f"Sudah kami catat untuk {long_date(day)} pukul 09.00. Nomor Anda {chance(innovation.key).randrange(11, 98)}.",
        "Terima kasih banyak.",
    ]


def social(innovation: Innovation, day: date, title: str) -> bytes:
    """A post with a picture on the office's page."""
    picture = Image.new("RGB", (720, 860), WHITE)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((24, 20, 76, 72), GREEN)
    say(draw, (92, 22), innovation.unit.short, 22, INK, bold=True)
    say(draw, (92, 50), f"{long_date(day)} · {innovation.place}"[:56], 16, GREY)
    picture.paste(thumbnail(innovation, "banner", (720, 474)), (0, 92))
    likes = chance("suka", innovation.key, day)
    say(draw, (24, 584), f"{likes.randrange(90, 1900)} suka   {likes.randrange(6, 90)} komentar   {likes.randrange(4, 70)} kali dibagikan", 17, GREY)
    y = say(draw, (24, 622), f"{innovation.name} - {innovation.tagline}.", 21, INK, 670, 3, bold=True)
    y = say(draw, (24, y + 8), innovation.result, 18, INK, 670, 6)
    say(draw, (24, y + 8), "#InovasiDaerah #LumbungRaya #Pelayanan", 18, (28, 78, 122))
    say(draw, (24, 832), "contoh untuk latihan", 14, GREY)
    return png(picture)

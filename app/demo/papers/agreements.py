"""Agreements between two parties: help from a campus, or another region that copies the innovation."""

from datetime import date, timedelta

from app.demo.content.catalogue import Innovation
from app.demo.content.roster import people
from app.demo.content.units import REGION, SEAT
from app.demo.content.words import long_date, pick
from app.demo.papers.marks import scribble, stamp
from app.demo.papers.sheet import Sheet

AIMS = {
    "pendampingan": (
        "pengukuran awal dan akhir manfaat inovasi;",
        "pelatihan petugas pelaksana dan penyusunan alat ukur;",
        "penelitian bersama serta penulisan buku petunjuk;",
        "penempatan mahasiswa kerja nyata di lokasi inovasi.",
    ),
    "replikasi": (
        "penyerahan buku petunjuk, contoh formulir, dan bahan pelatihan;",
        "magang petugas PIHAK KEDUA di lokasi inovasi paling sedikit tiga hari;",
        "pendampingan penerapan di wilayah PIHAK KEDUA selama enam bulan;",
        "pertukaran laporan hasil penerapan setiap semester.",
    ),
}
CLAUSES = (
    ("Maksud dan Tujuan", "Kerja sama dimaksudkan untuk memperluas manfaat {name} dengan saling berbagi pengetahuan dan tenaga."),
    ("Pembiayaan", "Biaya ditanggung masing-masing pihak sesuai anggaran dan ketentuan yang berlaku."),
    ("Jangka Waktu", "Perjanjian berlaku dua tahun sejak ditandatangani, sampai dengan {until}, dan dapat diperpanjang."),
    ("Penyelesaian Perselisihan", "Perbedaan pendapat diselesaikan dengan musyawarah untuk mufakat."),
)


def agreement(innovation: Innovation, number: str, day: date, partner: str, aim: str) -> bytes:
    unit, head = innovation.unit, innovation.unit.signatory
    other = people(1, "pihak", partner, innovation.key)[0]
    sheet = Sheet(f"Perjanjian Kerja Sama {innovation.name}", day)
    sheet.centre("PERJANJIAN KERJA SAMA", "B", 14)
    sheet.centre("ANTARA", "", 11)
    for line in sheet.lines(f"{unit.name.upper()} {REGION.upper()}", 120):
        sheet.centre(line, "B", 11)
    sheet.centre("DENGAN", "", 11)
    sheet.centre(partner.upper(), "B", 11)
    sheet.centre(f"TENTANG {aim.upper()} INOVASI {innovation.name}", "B", 11, gap=2)
    theirs = pick(range(20, 400), "nomor", partner, innovation.key)
    sheet.centre(f"Nomor {number} - Nomor {theirs}/PKS/{day.year}", "", 10, gap=6)
    sheet.font()
    sheet.say(f"Pada hari ini, tanggal {long_date(day)}, bertempat di {SEAT}, kami yang bertanda tangan di bawah ini:", gap=3)
    sheet.item("1.", f"{head.name}, {head.title}, berkedudukan di {unit.address}, selanjutnya disebut PIHAK KESATU;")
    sheet.item("2.", f"{other}, mewakili {partner}, selanjutnya disebut PIHAK KEDUA;", gap=3)
    sheet.say(f"sepakat mengadakan kerja sama {aim} {innovation.name}, yaitu {innovation.tagline.lower()}, dengan ketentuan sebagai berikut.", gap=4)
    _clause(sheet, 1, "Ruang Lingkup", "Ruang lingkup kerja sama meliputi:")
    for letter, text in zip("abcd", AIMS[aim], strict=True):
        sheet.item(f"{letter}.", text, indent=6)
    until = long_date(day + timedelta(days=730))
    for place, (title, text) in enumerate(CLAUSES, 2):
        _clause(sheet, place, title, text.format(name=innovation.name, until=until))
    for place, (title, text) in enumerate(_duties(innovation), 6):
        _clause(sheet, place, title, text)
    sheet.room(52)
    _both(sheet, ("PIHAK KEDUA,", other), ("PIHAK KESATU,", head.name))
    return sheet.done()


def _duties(innovation: Innovation) -> tuple[tuple[str, str], ...]:
    return (
        ("Kewajiban PIHAK KESATU", f"PIHAK KESATU menyediakan data dan lokasi belajar di {innovation.place}, serta menunjuk penghubung tetap."),
        ("Kewajiban PIHAK KEDUA", "PIHAK KEDUA menunjuk pelaksana, menjaga kerahasiaan data, dan mencantumkan asal inovasi dalam setiap publikasi."),
    )


def _clause(sheet: Sheet, number: int, title: str, text: str) -> None:
    sheet.room(26)
    sheet.y += 1
    sheet.centre(f"Pasal {number}", "B", 11, gap=0)
    sheet.centre(title, "B", 11, gap=1)
    sheet.font()
    sheet.say(text, gap=2)


def _both(sheet: Sheet, left: tuple[str, str], right: tuple[str, str]) -> None:
    sheet.y += 6
    top = sheet.y
    for x, (title, name) in ((sheet.left + 4, left), (sheet.left + 92, right)):
        sheet.pdf.text(x, top, title)
        stamp(sheet.pdf, x + 6, top + 15)
        scribble(sheet.pdf, x + 14, top + 15, name, scale=2.4)
        sheet.font("B")
        sheet.pdf.text(x, top + 32, name)
        sheet.font()
    sheet.y = top + 40

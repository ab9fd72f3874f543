"""The technical manual and the standard procedure."""

from datetime import date

from app.demo.content.catalogue import Innovation
from app.demo.content.roster import actors, villages
from app.demo.content.units import REGION, SEAT
from app.demo.content.words import chance, listing, long_date
from app.demo.papers.marks import crest
from app.demo.papers.sheet import Sheet

WHEN = {"Sehari", "Setiap", "Sejak", "Pada", "Selama", "Sebelum", "Sesudah", "Mulai"}
CHAPTERS = ("Mengapa inovasi ini ada", "Siapa berbuat apa", "Langkah pelaksanaan", "Formulir dan alat", "Pengaduan", "Ukuran keberhasilan")


def steps(innovation: Innovation) -> list[str]:
    """The new way of working cut at its commas; lists of things and words of time stay with their sentence."""
    found: list[str] = []
    for sentence in innovation.after.rstrip(".").split(". "):
        joined = None
        for part in sentence.replace(", lalu ", ", ").split(", "):
            few = len(part.split()) < 3 or bool(joined and part.startswith("dan "))
            waits = found and found[-1].split()[0] in WHEN and len(found[-1].split()) < 5
            if joined is not None and (few or waits):
                found[-1] = f"{found[-1]}, {part}"
            else:
                part = part.removeprefix("dan ")
                found.append(part[:1].upper() + part[1:])
            joined = few
    return found[:9]


def manual(innovation: Innovation, number: str, day: date) -> bytes:
    """Cover, contents, then the chapters."""
    sheet = Sheet(f"Buku Petunjuk Teknis {innovation.name}", day, font="Helvetica")
    sheet.pdf.set_fill_color(219, 234, 228)
    sheet.pdf.rect(0, 60, sheet.pdf.w, 92, "F")
    crest(sheet.pdf, sheet.pdf.w / 2 - 8, 30)
    sheet.y = 78
    sheet.centre("BUKU PETUNJUK TEKNIS", "", 15, gap=5)
    for line in _large(sheet, innovation.name):
        sheet.centre(line, "B", 25, gap=3)
    sheet.y += 4
    sheet.font("", 12)
    for line in sheet.lines(innovation.tagline, 130):
        sheet.centre(line, "", 12)
    sheet.y = 235
    for line in (innovation.unit.name, REGION, f"Nomor {number}", str(day.year)):
        sheet.centre(line, "", 11)
    sheet.page()
    sheet.centre("DAFTAR ISI", "B", 13, gap=5)
    sheet.font()
    for place, title in enumerate(CHAPTERS, 1):
        sheet.pdf.text(sheet.left, sheet.y, f"{place}. {title} {'.' * (86 - len(title))} {2 + (place + 1) // 2}")
        sheet.y += 7
    sheet.y += 6
    sheet.page()
    _chapter(sheet, 1, f"{innovation.problem} {innovation.purpose}")
    taking = listing([partner.short for partner in innovation.partners])
    _chapter(sheet, 2, f"Dipimpin {innovation.unit.short} bersama {taking}. Pendukung: {listing(list(actors(innovation).values()))}.")
    sheet.page()
    _chapter(sheet, 3, "Urutan berikut dijalankan setiap kali layanan dibuka.")
    for place, step in enumerate(steps(innovation), 1):
        sheet.item(f"{place}.", f"{step}.")
    _chapter(sheet, 4, "Formulir F-1 daftar sasaran, F-2 catatan layanan, F-3 pengaduan, dan F-4 rekap bulanan disimpan di meja koordinator.")
    sheet.page()
    _chapter(sheet, 5, "Pengaduan dicatat hari itu juga, dijawab paling lama dua hari, dan ditutup setelah pelapor menyatakan selesai.")
    _chapter(sheet, 6, f"{innovation.benefit} {innovation.result}")
    return sheet.done()


def procedure(innovation: Innovation, number: str, day: date, days: int, signed: bool = True) -> bytes:
    """Steps with who does them and how long they take; the slip: nobody approved it."""
    head = innovation.unit.signatory
    sheet = Sheet(f"SOP {innovation.name}", day, font="Helvetica")
    sheet.letterhead(innovation.unit)
    sheet.centre("STANDAR OPERASIONAL PROSEDUR", "B", 13)
    sheet.centre(f"PELAYANAN {innovation.name}", "B", 12, gap=4)
    sheet.font("", 10)
    for label, text in (
        ("Nomor SOP", number),
        ("Tanggal pengesahan", long_date(day) if signed else "-"),
        ("Disahkan oleh", f"{head.title}" if signed else "-"),
        ("Pelaksana", innovation.unit.short),
        ("Lokasi", innovation.place),
        ("Waktu penyelesaian", f"{days} hari kalender sejak permintaan dicatat"),
    ):
        sheet.item(label, f":  {text}", hang=42, gap=0.6)
    sheet.y += 4
    listed = steps(innovation)
    draw = chance("sop", innovation.key)
    who = ("Petugas", "Koordinator", "Mitra", "Penerima", "Kepala seksi")
    rows = []
    for place, step in enumerate(listed, 1):
        long = f"{draw.choice((5, 10, 15, 20, 30, 45))} menit" if days == 1 or place < len(listed) else f"{days - 1} hari"
        rows.append((str(place), step, who[place % len(who)], long, draw.choice(("F-1", "F-2", "Kartu", "Daftar", "-"))))
    rows.append(("", "Jumlah waktu sampai hasil diterima", "", "1 hari" if days == 1 else f"{days} hari", ""))
    sheet.table((("No", 9), ("Kegiatan", 84), ("Pelaksana", 27), ("Waktu", 23), ("Keluaran", 22)), rows, marked={len(rows) - 1}, size=9)
    sheet.font("", 9)
    sheet.say(f"Lokasi pelayanan: {listing(villages(4, 'sop', innovation.key))}. Pengaduan melalui petugas atau kanal aduan kabupaten.", gap=4)
    sheet.sign(f"{SEAT}, {long_date(day)}", f"Mengesahkan, {head.title}", head.name, head.nip, signed)
    return sheet.done()


def _large(sheet: Sheet, name: str) -> list[str]:
    sheet.font("B", 25)
    return sheet.lines(name, 150)


def _chapter(sheet: Sheet, number: int, text: str) -> None:
    sheet.room(34)
    sheet.y += 3
    sheet.font("B", 12)
    sheet.say(f"{number}. {CHAPTERS[number - 1]}", gap=1)
    sheet.font("", 10.5)
    sheet.say(text, gap=3)

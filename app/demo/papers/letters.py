"""Letters of an office: assignment, minutes, and a set that proves one training."""

from datetime import date, timedelta
from io import BytesIO

import pypdfium2

from app.demo.content.catalogue import Innovation
from app.demo.content.roster import people, team
from app.demo.content.units import REGION, SEAT, Unit
from app.demo.content.words import listing, long_date, pick
from app.demo.papers.marks import scribble
from app.demo.papers.sheet import Sheet


def assignment(innovation: Innovation, number: str, day: date, scanned: bool = False, signed: bool = True) -> bytes:
    """The head's letter that gives each person a role; `scanned` pages are pictures without text."""
    unit = innovation.unit
    sheet = Sheet(f"Surat Tugas Pelaksana {innovation.name}", day)
    sheet.letterhead(unit)
    sheet.centre("SURAT TUGAS", "B", 13)
    sheet.centre(f"Nomor: {number}", "", 11, gap=5)
    sheet.font()
    members = team(innovation)
    sheet.item("Dasar :", f"Keputusan Bupati Lumbung Raya tentang Tim Pelaksana Inovasi {innovation.name} dan DPA tahun berjalan.", hang=18)
    offices = listing([partner.short for partner in innovation.partners])
    sheet.item("Untuk :", f"Melaksanakan inovasi {innovation.name} di {innovation.place} selama tahun {day.year} bersama {offices}.", hang=18, gap=4)
    rows = [(str(i), m.name, m.office, m.role) for i, m in enumerate(members, 1)]
    sheet.table((("No", 9), ("Nama", 46), ("Unsur", 48), ("Peran", 62)), rows, size=9)
    head = unit.signatory
    sheet.sign(f"{SEAT}, {long_date(day)}", head.title, head.name, head.nip, signed)
    return _scan(sheet.done(), day) if scanned else sheet.done()


def minutes(innovation: Innovation, number: str, day: date) -> bytes:
    """Minutes of the meeting that named the first people, before any decree."""
    unit = innovation.unit
    sheet = Sheet(f"Notulen Rapat Pembentukan Pelaksana {innovation.name}", day)
    sheet.letterhead(unit)
    sheet.centre("NOTULEN RAPAT", "B", 13)
    sheet.centre(f"Nomor: {number}", "", 11, gap=4)
    sheet.font()
    for label, text in (
        ("Hari, tanggal", long_date(day)),
        ("Tempat", f"Ruang rapat {unit.short}"),
        ("Acara", f"Pembentukan pelaksana {innovation.name}"),
        ("Pimpinan", unit.signatory.name),
    ):
        sheet.item(label, f":  {text}", hang=32)
    sheet.y += 3
    sheet.say(f"Rapat membahas keadaan di {innovation.place}. {innovation.problem}", gap=3)
    for place, text in enumerate(("Menyepakati cara kerja baru dan jadwal uji coba.", "Menunjuk pelaksana di bawah ini.", "Meminta surat tugas."), 1):
        sheet.item(f"{place}.", text)
    sheet.y += 3
    members = team(innovation)[:8]
    sheet.table((("No", 9), ("Nama", 60), ("Unsur", 60), ("Paraf", 36)), [(str(i), m.name, m.office, "") for i, m in enumerate(members, 1)], signed=3)
    sheet.sign(f"{SEAT}, {long_date(day)}", "Notulis,", people(1, "notulis", innovation.key)[0])
    return sheet.done()


def training(host: Unit, unit: Unit, day: date, number: str, about: str, with_attendance: bool = True) -> bytes:
    """Invitation, signed attendance and one certificate: the set that proves one training."""
    sheet = Sheet(f"Bimtek {about}", day)
    _invitation(sheet, host, day, number, about)
    if with_attendance:
        _attendance(sheet, unit, day, about)
    _certificate(sheet, host, unit, day, number, about)
    return sheet.done()


def _invitation(sheet: Sheet, host: Unit, day: date, number: str, about: str) -> None:
    sent = day - timedelta(days=8)
    sheet.letterhead(host)
    sheet.say(f"{SEAT}, {long_date(sent)}", indent=95, gap=3)
    for label, text in (("Nomor", number), ("Sifat", "Segera"), ("Lampiran", "Satu lembar"), ("Hal", f"Undangan bimbingan teknis {about}")):
        sheet.item(label, f":  {text}", hang=24, gap=0.5)
    sheet.y += 5
    sheet.say("Yth. (daftar undangan terlampir)", gap=1)
    sheet.say(f"di {SEAT}", gap=5)
    sheet.say(f"Dalam rangka meningkatkan kemampuan pelaksana, kami mengundang Saudara mengikuti bimbingan teknis {about} pada:", gap=3)
    hall = pick(("Aula Bappelitbangda", "Aula Graha Raya", "Ruang rapat lantai 2", "Balai Pertemuan Sumberrejo"), about, day)
    for label, text in (("tanggal", long_date(day)), ("pukul", "08.00 WIB sampai selesai"), ("tempat", hall), ("acara", f"Bimbingan teknis {about}")):
        sheet.item(label, f":  {text}", indent=8, hang=24, gap=0.5)
    sheet.y += 3
    sheet.say(
        "Peserta membawa laptop, dokumen bukti yang sudah ada, dan surat tugas dari pimpinan. Atas kehadirannya disampaikan terima kasih.", gap=6
    )
    head = host.signatory
    sheet.sign("", head.title, head.name, head.nip)


def _attendance(sheet: Sheet, unit: Unit, day: date, about: str) -> None:
    sheet.page()
    sheet.centre("DAFTAR HADIR", "B", 13)
    sheet.centre(f"Bimbingan Teknis {about}", "", 11)
    sheet.centre(long_date(day), "", 11, gap=4)
    names = people(22, "hadir", unit.key, day, about)
    rows = [(str(i), name, unit.short if i % 3 else REGION, "") for i, name in enumerate(names, 1)]
    sheet.table((("No", 9), ("Nama", 55), ("Instansi", 58), ("Tanda tangan", 43)), rows, signed=3)


def _certificate(sheet: Sheet, host: Unit, unit: Unit, day: date, number: str, about: str) -> None:
    sheet.pdf.add_page(orientation="landscape")
    sheet.left, sheet.right, sheet.y = 20, sheet.pdf.w - 20, 44
    sheet.pdf.set_draw_color(184, 128, 26)
    for inset, weight in ((10, 1.4), (13, 0.4)):
        sheet.pdf.set_line_width(weight)
        sheet.pdf.rect(inset, inset, sheet.pdf.w - 2 * inset, sheet.pdf.h - 2 * inset)
    sheet.pdf.set_draw_color(30, 30, 30)
    name = people(1, "sertifikat", unit.key, day, about)[0]
    for text, style, size, gap in (
        ("SERTIFIKAT", "B", 34, 3),
        (f"Nomor: {number}/S", "", 12, 10),
        ("diberikan kepada", "", 13, 6),
        (name, "B", 26, 4),
        (unit.name, "", 13, 8),
        (f"sebagai peserta bimbingan teknis {about}", "", 14, 2),
        (f"yang diselenggarakan {host.short} pada {long_date(day)} selama 8 jam pelajaran", "", 12, 10),
    ):
        sheet.centre(text, style, size, gap)
    head = host.signatory
    sheet.centre(head.title, "", 12, 16)
    scribble(sheet.pdf, sheet.pdf.w / 2 - 10, sheet.y - 8, head.name, scale=2.6)
    sheet.centre(head.name, "B", 12)


def _scan(pages: bytes, day: date) -> bytes:
    """The same pages as grey pictures, as they come from the office's scanner."""
    sheet = Sheet("Pindaian", day)
    paper = pypdfium2.PdfDocument(pages)
    for number, page in enumerate(paper):
        picture = BytesIO()
        page.render(scale=1.15, grayscale=True).to_pil().save(picture, "JPEG", quality=52)
        if number:
            sheet.pdf.add_page()
        sheet.pdf.image(picture, 0, 0, 210, 297)
    paper.close()
    return sheet.done()

"""Decrees and regulations of the regent: the team, the list of innovations, the rules behind both."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.demo.content.catalogue import Innovation
from app.demo.content.roster import Member
from app.demo.content.units import REGENT, SEAT
from app.demo.content.words import long_date
from app.demo.papers.sheet import Sheet

LAWS = (
    "Undang-Undang Nomor 12 Tahun 1950 tentang Pembentukan Daerah-Daerah Kabupaten sebagaimana telah diubah;",
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah;",
    "Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi Daerah;",
    "Peraturan Menteri Dalam Negeri Nomor 104 Tahun 2018 tentang Penilaian dan Pemberian Penghargaan dan/atau Insentif Inovasi Daerah;",
    "Peraturan Daerah Kabupaten Lumbung Raya Nomor 4 Tahun 2022 tentang Inovasi Daerah;",
)


def decree(
    innovation: Innovation,
    number: str,
    day: date,
    members: Sequence[Member],
    actors: Mapping[str, str],
    with_roles: bool = True,
    names_innovation: bool = True,
) -> bytes:
    """The team's decree with its annex. The two slips: roles left out, or the innovation not named."""
    name = f"INOVASI {innovation.name}" if names_innovation else f"INOVASI {innovation.unit.short.upper()}"
    about = f"TIM PELAKSANA {name}"
    sheet = Sheet(f"Keputusan Bupati tentang {about}", day)
    sheet.regent_head("KEPUTUSAN BUPATI LUMBUNG RAYA", f"NOMOR {number}", "TENTANG")
    for line in sheet.lines(about, 130):
        sheet.centre(line, "B", 12)
    sheet.y += 3
    sheet.centre("BUPATI LUMBUNG RAYA,", "", 11, gap=4)
    _weighing(sheet, innovation, name)
    _recalling(sheet, LAWS)
    sheet.room(130)
    sheet.centre("MEMUTUSKAN:", "B", 11, gap=3)
    sheet.font()
    offices = len(innovation.partners) + 1
    for label, text in (
        (
            "KESATU",
            f"Menetapkan Tim Pelaksana {name.replace('INOVASI', 'Inovasi')} dengan susunan sebagaimana tercantum dalam Lampiran.",
        ),
        ("KEDUA", "Tim bertugas menyusun rencana kerja, menjalankan inovasi, mengukur manfaat, dan melaporkan hasilnya setiap triwulan."),
        ("KETIGA", f"Pelaksanaannya melibatkan {offices} perangkat daerah serta {', '.join(actors.values())}."),
        ("KEEMPAT", f"Biaya dibebankan pada anggaran {innovation.unit.short} dan sumber lain yang sah dan tidak mengikat."),
        ("KELIMA", "Keputusan ini mulai berlaku pada tanggal ditetapkan."),
    ):
        sheet.item(label, f":  {text}", hang=26)
    _signed(sheet, day)
    _annex(sheet, number, day, about)
    rows = [(str(i), m.name, m.office, m.role if with_roles else "Anggota") for i, m in enumerate(members, 1)]
    sheet.table((("No", 9), ("Nama", 46), ("Unsur / Perangkat Daerah", 50), ("Peran dalam inovasi", 60)), rows)
    _signed(sheet, day)
    return sheet.done()


def list_decree(number: str, day: date, named: Sequence[tuple[str, str]]) -> bytes:
    """The yearly decree with the names of all innovations."""
    about = f"PENETAPAN INOVASI DAERAH KABUPATEN LUMBUNG RAYA TAHUN {day.year}"
    sheet = Sheet(about, day)
    sheet.regent_head("KEPUTUSAN BUPATI LUMBUNG RAYA", f"NOMOR {number}", "TENTANG", about)
    weighing = "bahwa inovasi perangkat daerah, desa, dan masyarakat yang sudah diterapkan perlu ditetapkan agar dapat dilaporkan;"
    sheet.item("Menimbang :", weighing, hang=26, gap=3)
    _recalling(sheet, LAWS)
    sheet.centre("MEMUTUSKAN:", "B", 11, gap=3)
    sheet.font()
    sheet.item("KESATU", f":  Menetapkan {len(named)} inovasi daerah sebagaimana tercantum dalam Lampiran.", hang=26)
    sheet.item("KEDUA", ":  Perangkat daerah wajib menjaga keberlanjutan inovasi dan melaporkannya setiap tahun.", hang=26)
    sheet.item("KETIGA", ":  Keputusan ini merujuk Peraturan Daerah Nomor 4 Tahun 2022 tentang Inovasi Daerah.", hang=26)
    _signed(sheet, day)
    _annex(sheet, number, day, about)
    rows = [(str(place), name, unit) for place, (name, unit) in enumerate(named, 1)]
    sheet.table((("No", 10), ("Nama inovasi", 65), ("Perangkat daerah", 90)), rows, size=8.5)
    _signed(sheet, day)
    return sheet.done()


def regulation(number: str, day: date, named: Sequence[tuple[str, str]]) -> bytes:
    """A regent's regulation whose annex names the innovations."""
    about = "DAFTAR DAN PENYELENGGARAAN INOVASI DAERAH"
    sheet = Sheet(f"Peraturan Bupati tentang {about}", day)
    sheet.regent_head("PERATURAN BUPATI LUMBUNG RAYA", number.upper(), "TENTANG", about)
    sheet.centre("DENGAN RAHMAT TUHAN YANG MAHA ESA", "", 11)
    sheet.centre("BUPATI LUMBUNG RAYA,", "", 11, gap=3)
    weighing = "bahwa untuk melaksanakan Pasal 7 Peraturan Daerah Nomor 4 Tahun 2022 perlu menetapkan daftar dan tata cara penyelenggaraan inovasi;"
    sheet.item("Menimbang :", weighing, hang=26, gap=3)
    _recalling(sheet, LAWS)
    sheet.room(150)
    _articles(
        sheet,
        (
            ("Setiap perangkat daerah, kecamatan, kelurahan, puskesmas, BUMD, dan desa mengajukan sedikitnya satu inovasi setiap tahun.",),
            ("Inovasi sebagaimana dimaksud dalam Pasal 1 tercantum dalam Lampiran Peraturan Bupati ini.",),
            ("Inovasi diuji coba, diterapkan, dan dinilai kematangannya.", "Hasil penilaian disampaikan kepada Bupati melalui Bappelitbangda."),
            ("Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.",),
        ),
    )
    _signed(sheet, day)
    _annex(sheet, number, day, about)
    rows = [(str(place), name, unit) for place, (name, unit) in enumerate(named, 1)]
    sheet.table((("No", 10), ("Nama inovasi", 65), ("Penyelenggara", 90)), rows, size=8.5)
    _signed(sheet, day)
    return sheet.done()


def bylaw(day: date) -> bytes:
    """The first pages of the regency's bylaw; it names no innovation."""
    sheet = Sheet("Peraturan Daerah Nomor 4 Tahun 2022 tentang Inovasi Daerah", day)
    sheet.regent_head("PERATURAN DAERAH KABUPATEN LUMBUNG RAYA", "NOMOR 4 TAHUN 2022", "TENTANG", "INOVASI DAERAH")
    sheet.centre("DENGAN RAHMAT TUHAN YANG MAHA ESA", "", 11)
    sheet.centre("BUPATI LUMBUNG RAYA,", "", 11, gap=3)
    weighing = "bahwa pembaharuan penyelenggaraan pemerintahan daerah memerlukan kepastian hukum, pembiayaan, dan penghargaan;"
    sheet.item("Menimbang :", weighing, hang=26, gap=3)
    _recalling(sheet, LAWS[:4])
    sheet.centre("Dengan Persetujuan Bersama DPRD Kabupaten Lumbung Raya", "", 11, gap=4)
    _articles(
        sheet,
        (
            ("Inovasi Daerah adalah semua bentuk pembaharuan dalam penyelenggaraan pemerintahan daerah.",),
            ("Inovasi Daerah berbentuk inovasi tata kelola, pelayanan publik, dan bentuk lainnya sesuai urusan pemerintahan.",),
            ("Usulan inovasi dapat berasal dari Bupati, anggota DPRD, perangkat daerah, ASN, dan masyarakat.",),
            (
                "Inovasi yang ditetapkan dengan Peraturan Bupati atau Keputusan Bupati merujuk pada Peraturan Daerah ini.",
                "Daftar inovasi diperbarui setiap tahun.",
            ),
            ("Pembiayaan inovasi bersumber dari APBD dan sumber lain yang sah dan tidak mengikat.",),
            ("Bupati memberikan penghargaan kepada perangkat daerah, ASN, dan masyarakat yang berprestasi dalam inovasi.",),
        ),
    )
    _signed(sheet, day)
    return sheet.done()


def _weighing(sheet: Sheet, innovation: Innovation, name: str) -> None:
    reasons = (
        f"bahwa dalam rangka {_lower(innovation.purpose.split('. ')[0].rstrip('.'))} diperlukan cara kerja baru;",
        f"bahwa untuk itu {innovation.unit.short} menyelenggarakan {name.replace('INOVASI', 'inovasi')} di {innovation.place};",
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b perlu menetapkan Keputusan Bupati;",
    )
    for place, reason in enumerate(reasons):
        sheet.item("Menimbang :" if place == 0 else "", "", hang=26, gap=-5.1)
        sheet.item(f"{'abc'[place]}.", reason, indent=26)


def _recalling(sheet: Sheet, laws: Sequence[str]) -> None:
    for place, law in enumerate(laws, 1):
        if place == 1:
            sheet.room(12)
            sheet.pdf.text(sheet.left, sheet.y, "Mengingat   :")
        sheet.item(f"{place}.", law, indent=26)
    sheet.y += 2


def _articles(sheet: Sheet, articles: Sequence[Sequence[str]]) -> None:
    sheet.room(30)
    sheet.centre("MEMUTUSKAN:", "B", 11, gap=3)
    for place, verses in enumerate(articles, 1):
        sheet.room(20)
        sheet.centre(f"Pasal {place}", "", 11, gap=1)
        sheet.font()
        for count, verse in enumerate(verses, 1):
            sheet.item(f"({count})" if len(verses) > 1 else "", verse, hang=9 if len(verses) > 1 else 0)
        sheet.y += 1.5


def _annex(sheet: Sheet, number: str, day: date, about: str) -> None:
    sheet.page()
    sheet.font("", 9.5)
    for line in ("LAMPIRAN", f"NOMOR : {number.removeprefix('Nomor ')}", f"TANGGAL : {long_date(day)}"):
        sheet.say(line, indent=88, gap=0)
    sheet.y += 5
    for line in sheet.lines(f"SUSUNAN DAN RINCIAN {about}", 150):
        sheet.centre(line, "B", 11)
    sheet.y += 2


def _signed(sheet: Sheet, day: date) -> None:
    sheet.room(50)
    sheet.y += 4
    sheet.font()
    sheet.say(f"Ditetapkan di {SEAT}", indent=86, gap=-4)
    sheet.sign(f"pada tanggal {long_date(day)}", "BUPATI LUMBUNG RAYA,", REGENT.upper())


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

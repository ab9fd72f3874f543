"""Papers with a known truth: what stands in them and on which pages, and what only looks like it."""
from dataclasses import dataclass, field
from random import Random

from app.demo.content.catalogue import INNOVATIONS
from tests.hints.sheets import Sheets

MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]
NAMES = [item.name for item in INNOVATIONS.values()] + [
    "SIAP", "BERSERI", "SIMANTAP", "SICANTIK", "PERISAI", "E-LAPOR", "SI-PANDU", "LAPOR PAK!", "TANI 4.0", "GEMAR (Gerakan Makan Ikan)",
    "JEMPUT BOLA", "KAMPUNG CERDAS & SEHAT", "Inovasi SENYUM PAGI", "PUSTAKA: BACA DI SAWAH", "GERAKAN SERIBU HARI PERTAMA UNTUK ANAK PESISIR"]
UNITS = ["Dinas Kesehatan", "Badan Pendapatan Daerah", "Kecamatan Sumberrejo", "Puskesmas Wringin", "RSUD Lumbung Raya", "Dinas Pendidikan"]
LAWS = ["Undang-Undang Nomor 23 Tahun {year} tentang Pemerintahan Daerah;", "Peraturan Pemerintah Nomor 38 Tahun {year} tentang Inovasi Daerah;",
        "Peraturan Daerah Kabupaten Lumbung Raya Nomor 4 Tahun {year} tentang Inovasi Daerah;"]
FILLING = [
    "Petugas siap melayani warga setiap hari kerja dan menjemput bola ke desa yang jauh dari kantor kecamatan.",
    "Belanja alat tulis kantor, makan dan minum rapat, serta perjalanan dinas dalam kota dibayar menurut ketentuan.",
    "Warga yang berseri wajahnya pulang membawa surat; antrean yang dulu panjang kini selesai sebelum siang.",
    "Kader mencatat hasil penimbangan di buku kas terbuka milik rukun tetangga dan melaporkannya ke puskesmas.",
    "Pelaksanaan kegiatan dipantau setiap triwulan oleh tim yang dibentuk kepala dinas dengan bantuan tenaga ahli.",
    "Sarana berupa timbangan, meja, dan tenda disediakan; biaya dibebankan pada anggaran perangkat daerah.",
    "Layanan sore dibuka bagi pekerja, izin sehari diurus tanpa perantara, dan perahu perpustakaan singgah di dermaga.",
]


@dataclass
class Case:
    """Pages on which each thing truly stands; a thing that is only asked for has none."""
    label: str
    name: str
    number: str
    years: list[int]
    stands: dict[str, set[int]] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)
    content: bytes = b""

    def note(self, key: str, page: int) -> None:
        self.stands.setdefault(key, set()).add(page)


class Office:
    """Writes one paper: each thing stands in it or only something like it does."""

    def __init__(self, draw: Random, label: str):
        self.draw = draw
        year = draw.choice([2023, 2024, 2025, 2026])
        series, suffix = draw.choice(["188.45", "188", "050", "800.1.3"]), draw.choice(["", "", "KEP/", "429.011/", "BUP/"])
        number, years = f"{series}/{draw.randint(11, 420)}/{suffix}{year}", sorted({year, draw.choice([2024, 2025, 2026])})
        self.case = Case(label, draw.choice(NAMES), number, years)
        self.with_name, self.with_number = draw.random() < 0.65, draw.random() < 0.65
        self.true_years = {one for one in self.case.years if draw.random() < 0.65}
        self.bare = self.case.name.removeprefix("Inovasi ")
        font, size = draw.choice(["Times", "Helvetica", "Courier"]), draw.choice([9, 10, 11, 12])
        self.sheets = Sheets(draw, font, size, justified=draw.random() < 0.5, hyphens=draw.random() < 0.5)

    def fill(self, sentences: int = 2) -> None:
        self.sheets.say(" ".join(self.draw.sample(FILLING, sentences)))

    # Things that stand in the paper, and their doubles

    def named(self) -> str:
        """The innovation as a text names it, or something that is not it."""
        name, title, words = self.bare, self.bare.title(), self.bare.split()
        small = name.lower() if len(words) > 1 else name  # a single word in small letters is a word
        if self.with_name:
            return self.draw.choice([
                f"inovasi {name}", f"Inovasi {title}", f'inovasi "{title}"', f"inovasi {small} di desa", f"program {name} pada",
                f"inovasi {name}, yaitu", f"pelaksanaan Inovasi {name} oleh", f"inovasi bernama '{name}'"])
        other = self.draw.choice([one for one in NAMES if one not in name and name not in one])
        return self.draw.choice([
            f"inovasi {name} PLUS", f"inovasi {name} TERPADU", f"inovasi SUPER {name}", f"inovasi E-{name}", f"inovasi {name}-KU",
            f"inovasi {name} 2.0", f"inovasi {name} II", f"Inovasi {title} Mandiri Desa",
            f"warga {name.lower()} bersama", f"inovasi {' '.join([*words[:-1], 'CERIA'])}",
            f"inovasi {words[0]}X {' '.join(words[1:])}", f"inovasi {''.join(words)}KU", f"inovasi {name} BARU", f"inovasi {other}"])

    def numbered(self) -> str:
        number = self.case.number
        if self.with_number:
            return self.draw.choice([number, number.lower(), number.replace("/", " / "), number.replace("/", " /"), number.replace("/", "/ "),
                                     number.replace(".", ". ")])
        series, own, rest = number.split("/", 2)
        wrong = f"{series}/{self.draw.choice([own + '3', '1' + own, own[:-1], str(int(own) + 1)])}/{rest}"
        return self.draw.choice([wrong, wrong.replace("/", " / "), f"{number}/BPD", f"{number} / II", f"7{number}", number.replace("/", "-"),
                                 f"A.{number}", f"{number}.1", f"{number}1"])

    def dated(self, page: int) -> str:
        """Sentences about the years, true or only seeming so."""
        said = []
        for year in self.case.years:
            if year in self.true_years:
                self.case.note(f"tahun-{year}", page)
            said.append(self.draw.choice(self._years(year) if year in self.true_years else self._doubles(year)))
        return "; ".join(said) + "."

    def _years(self, year: int) -> list[str]:
        day, month = self.draw.randint(1, 28), self.draw.randint(1, 12)
        return [f"pada tanggal {day} {MONTHS[month - 1]} {year}", f"tanggal {day:02}-{month:02}-{year}", f"tanggal {day}/{month}/{year}",
                f"selama {year},",
                f"Tahun Anggaran {year}", f"T.A. {year}", f"TA.{year}", f"dalam tahun {year} itu", f"(Tahun {year})", f"Triwulan 2 Tahun {year}"]

    def _doubles(self, year: int) -> list[str]:
        return [f"kode {year}{self.draw.randint(1, 9)}", f"kode 1{year} saja", f"sebanyak {year} orang", f"seharga Rp {year} per lembar",
                f"surat 005/{year}/41", f"berkas DPA/A.1/{year}/07", f"rekening 5.1.{year}.02", f"Rp{str(year)[0]}.{str(year)[1:]}.000",
                f"menurut Permendagri Nomor 104 Tahun {year}", f"sesuai UU Nomor 1 Tahun {year} tentang Hubungan Keuangan",
                f"NIP 1982{year}10 200501 1 003", "dalam tahun berjalan"]

    def laws(self) -> None:
        for law in self.draw.sample(LAWS, 2):
            self.sheets.say(law.format(year=self.draw.choice([2014, 2017, 2022, *self.case.years])))

    def name_here(self) -> int:
        if self.with_name:
            self.case.note("nama", self.sheets.number)
        return self.sheets.number

    def number_line(self) -> None:
        text = self.draw.choice(["Nomor : {}", "NOMOR {}", "No. {}", "Nomor: {}"]).format(self.numbered())
        if self.with_number:
            self.case.note("nomor", self.sheets.number)
        if self.draw.random() < 0.3 and "/" in text[8:]:  # a narrow box breaks it behind a stroke
            cut = text.rindex("/") + 1
            self.sheets.pdf.text(40, self.sheets.y, text[:cut])
            self.sheets.y += self.sheets.step
            text = text[cut:].strip()
        self.sheets.pdf.text(40, self.sheets.y, text)
        self.sheets.y += self.sheets.step + 3

    def done(self) -> Case:
        self.case.content = self.sheets.done()
        return self.case


def decree(draw: Random) -> Case:
    office = Office(draw, "decree")
    sheets, name = office.sheets, office.bare
    spaced = draw.random() < 0.25
    sheets.title("KEPUTUSAN BUPATI LUMBUNG RAYA", spaced=draw.random() < 0.3)
    office.number_line()
    sheets.title("TENTANG")
    doubles = [f"{name} PLUS", f"SUPER {name}", f"{name} TERPADU", f"{name} JILID II", f"PRA-{name}", "DAERAH"]
    about = name if office.with_name else draw.choice(doubles)
    office.name_here()
    sheets.title(f"TIM PELAKSANA INOVASI {about.upper()} {draw.choice(UNITS).upper()}", draw.choice([70, 90, 120]), spaced)
    office.laws()
    office.fill()
    sheets.page()
    office.name_here()
    sheets.say(f"Menetapkan Tim Pelaksana {office.named()} dengan susunan tercantum dalam Lampiran. {FILLING[4]}", right=draw.choice([90, 120, 190]))
    sheets.say(f"Ditetapkan di Lumbung Kota {office.dated(sheets.number)}")
    return office.done()


def budget(draw: Random) -> Case:
    office = Office(draw, "budget")
    sheets, across = office.sheets, draw.random() < 0.5
    sheets.title("DOKUMEN PELAKSANAAN ANGGARAN")
    office.number_line()
    sheets.say(f"{draw.choice(UNITS)}, {office.dated(sheets.number)}")
    office.fill()
    sheets.page()
    page = office.name_here()
    rows = [[f"5.1.02.{n:02}", text, f"{draw.randint(2, 90)} paket", "Rp8.500.000"] for n, text in enumerate(draw.sample(FILLING, 4))]
    rows.insert(draw.randint(0, 4), ["5.1.02.99", f"Belanja pendukung {office.named()}", "12 bulan", "Rp45.000.000"])
    sheets.table([30, draw.choice([48, 60, 75]), 25, 35], rows, across)
    assert sheets.number == page
    return office.done()


def plan(draw: Random) -> Case:
    office = Office(draw, "plan")
    sheets = office.sheets
    sheets.title(f"RENCANA STRATEGIS {draw.choice(UNITS).upper()}", 100)
    office.number_line()
    sheets.say(office.dated(sheets.number))
    sheets.page()
    office.name_here()
    text = f"{FILLING[draw.randrange(7)]} Kegiatan ini didukung {office.named()} sejak awal. {FILLING[draw.randrange(7)]}"
    sheets.columns(*draw.sample([text, " ".join(draw.sample(FILLING, 3))], 2), across=draw.random() < 0.5)
    office.laws()
    return office.done()


def listing(draw: Random) -> Case:
    """A decree's annex with many names; all capitals, wrapped in narrow cells."""
    office = Office(draw, "listing")
    sheets, name = office.sheets, office.bare
    sheets.hyphens = False
    sheets.title("LAMPIRAN KEPUTUSAN BUPATI LUMBUNG RAYA")
    office.number_line()
    sheets.say(office.dated(sheets.number))
    sheets.page()
    page = office.name_here()
    others = [one for one in draw.sample(NAMES, 12) if name not in one and one not in name]
    words = name.split()
    doubles = [f"{name} PLUS", f"{name} TERPADU", f"SAHABAT {name}", f"{name} CERIA", f"{words[0]}KU {' '.join(words[1:])}"]
    others.insert(draw.randrange(len(others)), name.upper() if office.with_name else draw.choice(doubles).upper())
    sheets.table([12, draw.choice([38, 50, 70]), 70], [[str(n), one, draw.choice(UNITS)] for n, one in enumerate(others, 1)], draw.random() < 0.5)
    assert sheets.number == page
    return office.done()


def mixed(draw: Random) -> Case:
    """Typed pages among scanned ones; some are nothing but a scan."""
    office = Office(draw, "scan")
    sheets = office.sheets
    if draw.random() < 0.4:
        office.with_name = office.with_number = False
        office.true_years = set()
        office.sheets = sheets = Sheets(draw, with_page=False)
        for _ in range(draw.randint(1, 3)):
            sheets.scan(draw.choice(["", "Dipindai dengan CamScanner"]))
            office.case.unread.append(sheets.number)
        return office.done()
    office.number_line()
    office.fill(3)
    sheets.scan(draw.choice(["", "Dipindai dengan CamScanner"]))
    office.case.unread.append(sheets.number)
    sheets.page()
    office.name_here()
    sheets.say(f"Surat ini mendukung {office.named()} yang berjalan baik. {office.dated(sheets.number)}")
    office.fill(3)
    return office.done()


MAKERS = (decree, budget, plan, listing, mixed)

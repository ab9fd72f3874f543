"""Pages of the budget and of the yearly plan with the innovation's line in yellow."""

from collections.abc import Sequence
from datetime import date

from app.demo.content.catalogue import Innovation
from app.demo.content.recipes.yearly import LINES_A_PAGE
from app.demo.content.units import REGION, SEAT, Unit
from app.demo.content.words import chance, long_date, rupiah
from app.demo.papers.sheet import Sheet

ORDINARY = (
    "Belanja alat tulis kantor",
    "Belanja bahan cetak dan penggandaan",
    "Belanja makanan dan minuman rapat",
    "Belanja perjalanan dinas dalam kota",
    "Belanja jasa tenaga administrasi",
    "Belanja pemeliharaan kendaraan dinas",
    "Belanja tagihan listrik dan air",
    "Belanja sewa gedung pertemuan",
    "Belanja honorarium narasumber",
    "Belanja modal peralatan komputer",
    "Belanja jasa kebersihan kantor",
)
PROGRAMMES = (
    "Program penunjang urusan pemerintahan daerah",
    "Administrasi umum perangkat daerah",
    "Peningkatan mutu pelayanan kepada masyarakat",
    "Pembinaan dan pengawasan pelaksanaan kegiatan",
    "Penyediaan data dan informasi pembangunan",
    "Pemeliharaan barang milik daerah",
    "Koordinasi lintas perangkat daerah",
)


def budget(unit: Unit, year: int, name: str, number: str, innovations: Sequence[Innovation], highlighted: bool = True) -> bytes:
    """A cover page, then three innovations' lines a page; the slip: nothing is highlighted."""
    day = date(year, 1, 5)
    sheet = Sheet(f"{name} {unit.short} {year}", day, font="Helvetica")
    sheet.centre(name.upper(), "B", 13)
    sheet.centre(f"{unit.name.upper() if len(unit.name) < 52 else unit.short.upper()}", "B", 12)
    sheet.centre(f"{REGION.upper()} - TAHUN ANGGARAN {year}", "", 11, gap=5)
    sheet.font("", 10)
    draw = chance("dpa", unit.key, year)
    for label, text in (("Nomor", number), ("Organisasi", unit.name), ("Tanggal", long_date(day)), ("Sumber dana", "APBD Kabupaten")):
        sheet.item(label, f":  {text}", hang=34)
    sheet.y += 4
    totals = [draw.randrange(180, 4200) * 1_000_000 for _ in PROGRAMMES]
    rows = [(f"{place}", text, rupiah(total)) for place, (text, total) in enumerate(zip(PROGRAMMES, totals, strict=True), 1)]
    sheet.table((("No", 10), ("Program dan kegiatan", 110), ("Jumlah", 45)), [*rows, ("", "Jumlah", rupiah(sum(totals)))])
    head = unit.signatory
    sheet.sign(f"{SEAT}, {long_date(day)}", head.title, head.name, head.nip)
    for start in range(0, max(1, len(innovations)), LINES_A_PAGE):
        _budget_lines(sheet, unit, year, innovations[start : start + LINES_A_PAGE], highlighted)
    return sheet.done()


def _budget_lines(sheet: Sheet, unit: Unit, year: int, innovations: Sequence[Innovation], highlighted: bool) -> None:
    sheet.page()
    sheet.centre(f"Rincian Belanja {unit.short} Tahun Anggaran {year}", "B", 11, gap=4)
    draw = chance("rincian", unit.key, year, *(item.key for item in innovations))
    items = draw.sample(ORDINARY, len(ORDINARY))
    for place, innovation in enumerate(innovations):
        cost = f"Belanja kegiatan pendukung inovasi {innovation.name} di {innovation.place}"
        items.insert(2 + place * 4, cost)
    rows, marked = [], set()
    for place, text in enumerate(items):
        count, price = draw.randrange(1, 60), draw.randrange(4, 240) * 25_000
        rows.append((f"5.1.02.{draw.randrange(1, 5):02}.{place:02}", text, f"{count} paket", rupiah(price), rupiah(count * price)))
        if "inovasi" in text:
            marked.add(place)
    columns = (("Kode rekening", 28), ("Uraian", 67), ("Volume", 18), ("Harga", 24), ("Jumlah", 28))
    sheet.table(columns, rows, marked if highlighted else (), size=8.5)


def workplan(unit: Unit, year: int, name: str, number: str, day: date, innovations: Sequence[Innovation], names_innovation: bool = True) -> bytes:
    """The plan's cover and the unit's pages; the slip: the page speaks of the programme only."""
    sheet = Sheet(f"{name} {year}", day)
    sheet.y = 70
    if name.startswith("RKPD"):
        sheet.regent_head(f"LAMPIRAN {number.upper()}", "RENCANA KERJA PEMERINTAH DAERAH", f"TAHUN {year}")
    else:
        sheet.centre(name.upper(), "B", 15)
        sheet.centre(f"TAHUN {year}", "B", 15, gap=8)
        sheet.centre(f"Nomor {number}", "", 11)
    sheet.y += 30
    sheet.centre(f"{REGION.upper()}", "", 12)
    sheet.centre(long_date(day), "", 11)
    for start in range(0, max(1, len(innovations)), LINES_A_PAGE):
        part = innovations[start : start + LINES_A_PAGE]
        sheet.page()
        sheet.centre(f"Tabel 5.{start // LINES_A_PAGE + 1} Rencana Program dan Kegiatan {unit.short}", "B", 11, gap=4)
        _plan_rows(sheet, unit, year, part, names_innovation)
    return sheet.done()


def _plan_rows(sheet: Sheet, unit: Unit, year: int, innovations: Sequence[Innovation], names_innovation: bool) -> None:
    draw = chance("rkpd", unit.key, year, *(item.key for item in innovations))
    rows = [[text, "Terlaksananya kegiatan", "100 persen", rupiah(draw.randrange(40, 900) * 1_000_000)] for text in PROGRAMMES]
    marked = set()
    for place, innovation in enumerate(innovations):
        what = f"Pelaksanaan inovasi {innovation.name}" if names_innovation else f"Peningkatan layanan urusan {innovation.main_affair.lower()}"
        target = f"{draw.randrange(2, 40)} lokasi"
        aim = innovation.tagline if names_innovation else "Meningkatnya mutu layanan"
        rows.insert(1 + place * 3, [what, aim, target, rupiah(draw.randrange(35, 480) * 1_000_000)])
        marked.add(1 + place * 3)
    sheet.table((("Program / kegiatan", 62), ("Indikator", 55), ("Target", 22), ("Pagu", 26)), rows, marked if names_innovation else ())
    sheet.font("I", 9)
    sheet.say("Baris berwarna kuning: program dan kegiatan yang mendukung inovasi daerah." if names_innovation else "Sumber: hasil musrenbang.")

"""Reports: how it was made, who received it, what changed, how it was judged."""

from datetime import date, timedelta

from app.demo.content.catalogue import Innovation
from app.demo.content.claims import STEPS
from app.demo.content.roster import actors, people, villages
from app.demo.content.units import SEAT
from app.demo.content.words import amount, chance, listing, long_date, month_year
from app.demo.papers.sheet import Sheet

MEASURES = {
    "b": ("Cakupan unit penerima manfaat", "% unit sasaran"),
    "c": ("Efisiensi belanja", "%"),
    "d": ("Penambahan pendapatan", "%"),
    "e": ("Produk yang dihasilkan", "barang"),
    "f": ("Tren kinerja positif", "periode pengukuran"),
}
QUESTIONS = (
    "Persyaratan",
    "Prosedur",
    "Waktu penyelesaian",
    "Biaya",
    "Kesesuaian hasil",
    "Kecakapan petugas",
    "Perilaku petugas",
    "Penanganan pengaduan",
    "Sarana",
)
NAMES_A_PAGE = 33


def creation(innovation: Innovation, number: str, day: date, months: int) -> bytes:
    """The stages of making with their dates and the months in all."""
    sheet = _report(innovation, "LAPORAN PROSES PENCIPTAAN INOVASI", number, day)
    ready = innovation.applied or day
    start = ready - timedelta(days=round(months * 30.4))
    sheet.say(f"{innovation.name} diciptakan dalam {months} bulan, sejak {month_year(start)} sampai {month_year(ready)}.", gap=3)
    sheet.say(innovation.problem, gap=4)
    span = (ready - start).days
    stages = (
        ("Penjaringan ide", "Rapat terbuka dan lembar keluhan", 0, 0.2),
        ("Pemilihan ide", "Penilaian cepat, murah, jelas penerimanya", 0.2, 0.3),
        ("Perancangan", "Prosedur, formulir, pembagian peran", 0.3, 0.5),
        ("Uji coba", f"Terbatas di {innovation.place}", 0.5, 0.8),
        ("Perbaikan", "Prosedur diubah menurut catatan", 0.8, 0.95),
        ("Penetapan", "Keputusan Bupati dan penerapan", 0.95, 1.0),
    )
    rows = [
        (str(i), stage, how, f"{_at(start, span, begin)} - {_at(start, span, end)}", f"{max(3, round(span * (end - begin)))} hari")
        for i, (stage, how, begin, end) in enumerate(stages, 1)
    ]
    rows.append(("", "Lama penciptaan", "", "", f"{months} bulan"))
    sheet.table((("No", 9), ("Tahapan", 33), ("Kegiatan", 56), ("Waktu", 43), ("Lama", 24)), rows, marked={6}, size=9)
    return _close(sheet, innovation, day)


def receivers(innovation: Innovation, number: str, day: date, count: int, signed: bool = True) -> bytes:
    """The first and last names of the list with signatures, and the total; the slip: no signatures."""
    sheet = _report(innovation, "REKAPITULASI PENERIMA MANFAAT", number, day)
    sheet.say(f"Jumlah penerima manfaat sampai {long_date(day)}: {amount(count)} {innovation.who}.", gap=3)
    shown = min(count, NAMES_A_PAGE * 3)
    rows = _received(innovation, shown)
    sheet.table((("No", 13), ("Nama", 56), ("Alamat", 54), ("Tanda tangan", 42)), rows, signed=3 if signed else None, size=8.5)
    if shown < count:
        sheet.say(f"Nomor {shown + 1} sampai {count} tersimpan pada buku daftar di {innovation.unit.short}.")
    return _close(sheet, innovation, day, signed)


def _received(innovation: Innovation, shown: int) -> list[tuple[str, str, str, str]]:
    homes = villages(6, "penerima", innovation.key)
    names = people(shown, "penerima", innovation.key)
    return [(str(i), name, f"{homes[i % 6]}, RT {i % 9 + 1:02}", "") for i, name in enumerate(names, 1)]


def comparison(innovation: Innovation, number: str, day: date, level: int) -> bytes:
    """Before and after in the unit of the chosen basis."""
    basis, unit = MEASURES[innovation.measure]
    figure = innovation.amount if innovation.amount >= STEPS[innovation.measure][level - 1] else STEPS[innovation.measure][level - 1]
    sheet = _report(innovation, f"LAPORAN PERBANDINGAN: {basis.upper()}", number, day)
    sheet.say(innovation.result, gap=4)
    sheet.say(f"Satuan ukur: {unit}, dihitung atas {innovation.who}. Capaian: {amount(figure)} {unit}.", gap=4)
    base = chance("dasar", innovation.key).randrange(40, 120)
    change = {"c": 1 - figure / 100, "d": 1 + figure / 100}.get(innovation.measure, 1.0 + level * 0.14)
    if innovation.measure in "be":
        base, change = figure * 0.28, 1 / 0.28
    years = (("Sebelum (2023)", base), ("2024", base * (1 + change) / 2), ("2025", base * change))
    sheet.table((("Tahun", 45), ("Nilai", 60), ("Keterangan", 60)), [(year, amount(round(value, 2)), "hasil pengukuran") for year, value in years])
    _bars(sheet, years)
    return _close(sheet, innovation, day)


def monitoring(innovation: Innovation, number: str, day: date) -> bytes:
    sheet = _report(innovation, "LAPORAN MONITORING DAN EVALUASI INTERNAL", number, day)
    draw = chance("monev", innovation.key)
    sheet.say(f"Pemantauan dilakukan di {innovation.place} pada {draw.randrange(3, 9)} titik oleh tim internal {innovation.unit.short}.", gap=3)
    rows = [(str(i), text, draw.choice(("Sesuai", "Sesuai", "Perlu perbaikan")), draw.choice(REMEDIES)) for i, text in enumerate(CHECKS, 1)]
    sheet.table((("No", 9), ("Hal yang diperiksa", 70), ("Keadaan", 32), ("Tindak lanjut", 54)), rows)
    sheet.say(innovation.result)
    return _close(sheet, innovation, day)


CHECKS = ("Jadwal layanan ditepati", "Petugas memahami perannya", "Catatan layanan diisi", "Aduan dijawab", "Alat kerja tersedia", "Mitra hadir")
REMEDIES = ("Dipertahankan", "Pelatihan ulang pekan depan", "Formulir dipangkas", "Dibahas dengan mitra", "Alat cadangan disiapkan")


def survey(innovation: Innovation, number: str, day: date, signed: bool = True) -> bytes:
    sheet = _report(innovation, "LAPORAN SURVEI KEPUASAN MASYARAKAT", number, day)
    draw = chance("skm", innovation.key)
    sheet.say(
        f"Responden {draw.randrange(90, 310)} {innovation.who}, disurvei pada {month_year(day)} menurut Permenpan RB Nomor 14 Tahun 2017.", gap=3
    )
    scores = [round(draw.uniform(3.2, 3.9), 2) for _ in QUESTIONS]
    mean = sum(scores) / len(scores) * 25
    rows = [(str(i), text, amount(score)) for i, (text, score) in enumerate(zip(QUESTIONS, scores, strict=True), 1)]
    sheet.table((("No", 12), ("Unsur pelayanan", 108), ("Nilai rata-rata", 45)), [*rows, ("", "Nilai SKM", amount(round(mean, 2)))], marked={9})
    _bars(sheet, [(text[:14], score * 25) for text, score in zip(QUESTIONS, scores, strict=True)][:5])
    sheet.say(f"Mutu pelayanan {'A, sangat baik' if mean > 88.3 else 'B, baik'}. Unsur terendah menjadi bahan perbaikan triwulan berikutnya.")
    return _close(sheet, innovation, day, signed)


def study(innovation: Innovation, number: str, day: date) -> bytes:
    """A study by an outside institution."""
    campus = actors(innovation)["Akademisi"]
    sheet = _report(innovation, "LAPORAN KAJIAN DAMPAK", number, day)
    sheet.centre(f"Disusun oleh {campus}", "I", 11, gap=3)
    sheet.font()
    for title, text in (
        ("Latar belakang", innovation.problem),
        ("Metode", f"Perbandingan sebelum dan sesudah di {innovation.place}; wawancara dengan {innovation.who}, petugas, dan mitra."),
        ("Temuan", innovation.result),
        ("Pembahasan", f"{innovation.novelty} Manfaat tetap terlihat setelah memperhitungkan pengaruh musim dan program lain."),
        ("Rekomendasi", f"Memperluas cakupan bersama {listing([p.short for p in innovation.partners])} dan menjaga pencatatan."),
    ):
        sheet.room(24)
        sheet.font("B", 11)
        sheet.say(title, gap=0.5)
        sheet.font()
        sheet.say(text, gap=3)
    sheet.room(104)
    _bars(sheet, (("Sebelum", 42), ("Enam bulan", 63), ("Satu tahun", 81)))
    return _close(sheet, innovation, day)


def _report(innovation: Innovation, title: str, number: str, day: date) -> Sheet:
    sheet = Sheet(f"{title} {innovation.name}", day)
    sheet.letterhead(innovation.unit)
    sheet.centre(title, "B", 13)
    sheet.centre(innovation.name, "B", 12)
    sheet.centre(f"Nomor: {number}", "", 10.5, gap=5)
    sheet.font()
    return sheet


def _close(sheet: Sheet, innovation: Innovation, day: date, signed: bool = True) -> bytes:
    head = innovation.unit.signatory
    sheet.sign(f"{SEAT}, {long_date(day)}", head.title, head.name, head.nip, signed)
    return sheet.done()


def _bars(sheet: Sheet, values: object) -> None:
    sheet.room(52)
    values = list(values)
    top, tall, wide = sheet.y + 2, 34, 150 / len(values)
    most = max(value for _, value in values)
    sheet.font("", 8)
    sheet.pdf.set_fill_color(59, 135, 115)
    for place, (label, value) in enumerate(values):
        x, height = sheet.left + 6 + place * wide, tall * value / most
        sheet.pdf.rect(x, top + tall - height, wide * 0.6, height, "F")
        sheet.pdf.text(x, top + tall + 4, label)
        sheet.pdf.text(x, top + tall - height - 1, amount(round(value, 1)))
    sheet.y = top + tall + 12
    sheet.font()


def _at(start: date, span: int, share: float) -> str:
    day = start + timedelta(days=round(span * share))
    return f"{day:%d-%m-%Y}"

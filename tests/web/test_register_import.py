"""The office's old list into the register: whatever its headings, every fault named, all of it or nothing, and taken back as a whole."""
import io
import re
import time
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.models import Entry, Event, Innovation, Notification, PastReport, RegisterImport
from app.queries import carrying
from app.rules import Refused
from app.rules.codelists import AFFAIRS, STAGES
from app.rules.register_headings import COLUMNS
from tests.exports.readers import xlsx as opened
from tests.web.reviewing import Selects, desk, text
from tests.web.test_manage_sheets import counted, lead, refusal, upload, xlsx, yes

HERE = "/kelola/impor/"
OFFICES = ("Dinas Kesehatan", "Badan Keuangan", "Bappelitbangda")
HEADINGS = ["No", "Nama OPD", "Judul Inovasi", "Tahap Inovasi", "Jenis Inovasi", "Urusan Pemerintahan", "Urusan Pendukung", "Tgl. Uji Coba",
            "Tgl. Implementasi", "Pengembangan Terakhir", "Titik Koordinat", "Tujuan", "Tahun Lapor", "No. Registrasi", "Skor", "Inisiator",
            "Bentuk Inovasi", "Kata Kunci", "Keterangan"]


@pytest.fixture
def office(open_as):
    return open_as("coordinator")


def row(n: int) -> list:
    return [n, OFFICES[n % 3], f"INOVASI {n:03}", STAGES[n % 3].upper(), "non digital" if n % 2 else "Digital", AFFAIRS[n % len(AFFAIRS)],
            "Sosial; Pangan", datetime(2023, 1 + n % 12, 5), f"{1 + n % 28} Maret 2024", "-", "-7,75, 113,2",
            "Menekan stunting.\nMenambah gizi.", "2023, 2024", f"IID-23-{n}; IID-24-{n}", "61,5; 86", "ASN", "Pelayanan publik", "gizi, Balita", "ok"]


FAULTS = {  # place in the sheet: column, what stands there, what is said of it
    6: (1, "Dinas Kesehatn", "Nama OPD: “Dinas Kesehatn” tidak ada di daftar perangkat daerah. Maksudnya Dinas Kesehatan?"),
    17: (1, None, "Nama OPD: kosong. Isi di tiap baris, juga bila selnya digabung."),
    28: (2, None, "Judul Inovasi: kosong, padahal barisnya berisi. Isi nama inovasinya, atau hapus barisnya."),
    41: (2, "INOVASI 033", "Judul Inovasi: “INOVASI 033” dari Dinas Kesehatan sudah ada di baris 38. Sisakan satu baris."),
    50: (2, "X" * 201, "Judul Inovasi: 201 huruf, paling banyak 200."),
    61: (3, "Penerpan", "Tahap Inovasi: “Penerpan” bukan tahapan; isi “Inisiatif”, “Uji Coba”, atau “Penerapan”. Maksudnya Penerapan?"),
    72: (4, "Elektronik", "Jenis Inovasi: “Elektronik” bukan jenis inovasi; isi “Digital” atau “Nondigital”."),
    83: (5, "Kesehatn", "Urusan Pemerintahan: “Kesehatn” bukan urusan yang dikenal; lihat lembar Pilihan pada templat. Maksudnya Kesehatan?"),
    94: (6, "Sosial; Sihir", "Urusan Pendukung: “Sihir” bukan urusan yang dikenal; lihat lembar Pilihan pada templat."),
    105: (7, "Maret 2024", "Tgl. Uji Coba: “Maret 2024” tanpa tanggal. Tulis lengkap, misalnya 1 Maret 2024."),
    116: (7, "05/06/2025", "Tgl. Uji Coba: sesudah tanggal penerapan. Uji coba mendahului penerapan atau pada hari yang sama."),
    127: (8, "12/03/24", "Tgl. Implementasi: “12/03/24” bertahun dua angka. Tulis 12/03/2024."),
    138: (8, "31 Februari 2024", "Tgl. Implementasi: “31 Februari 2024” tidak ada di kalender. Tulis misalnya 12/03/2024 atau 12 Maret 2024."),
    149: (8, 45363, "Tgl. Implementasi: berisi angka 45363, bukan tanggal. Ubah format selnya menjadi tanggal; maksudnya 12 Maret 2024?"),
    160: (9, "1 Januari 2024", "Pengembangan Terakhir: sebelum tanggal penerapan. Kosongkan bila belum pernah dikembangkan."),
    171: (10, "113,2, -7,75", "Titik Koordinat: lintang dan bujurnya tertukar. Tulis lintang dulu."),
    182: (10, "alun-alun", "Titik Koordinat: “alun-alun” bukan koordinat. Tulis lintang lalu bujur dalam derajat desimal, "
                           "misalnya -7.7543, 113.2160."),
    193: (11, "=A1", "Tujuan: berisi rumus. Tempel hasilnya sebagai nilai."),
    204: (12, "2032", "Tahun Lapor: “2032” bukan tahun antara 2010 dan 2026. Tulis misalnya 2023, 2024."),
    215: (13, "A; B; C", "No. Registrasi: berisi 3 nilai untuk 2 tahun. Tulis satu tiap tahun dengan tanda ; di antaranya."),
    226: (14, "61,5; 186", "Skor: “186” bukan kematangan antara 0 dan 111. Tulis misalnya 86,5."),
    237: (15, "Camat", "Inisiator: “Camat” bukan inisiator; isi “Kepala Daerah”, “Anggota DPRD”, “Perangkat Daerah”, “ASN”, atau “Masyarakat”."),
    248: (16, "Produk", "Bentuk Inovasi: “Produk” bukan bentuk inovasi; isi “Tata kelola pemerintahan daerah”, “Pelayanan publik”, atau "
                        "“Bentuk lainnya sesuai urusan pemerintahan”."),
    259: (17, "a" * 41, "Kata Kunci: Satu kata kunci paling banyak 40 huruf: “" + "a" * 41 + "” terlalu panjang."),
    270: (13, "#REF!", "No. Registrasi: berisi kesalahan Excel #REF!. Ketik nilainya."),
}


def register(rows: int = 300, faults=None) -> bytes:
    """As an office keeps it: a title, then headings of its own in an order of its own; the first row stands at place 5."""
    lines = [row(n) for n in range(rows)]
    for place, (column, value, _) in (faults or {}).items():
        lines[place - 5][column] = value
    return xlsx(["REKAPITULASI INOVASI DAERAH"], ["Kabupaten Sukamaju"], [], HEADINGS, *lines, [], [None] * 18 + ["Mengetahui"])


def matched(browser, content: bytes):
    """The report of a sheet whose guessed columns are taken as they are."""
    page = browser.get(upload(browser, f"{HERE}baru", content).location)
    assert "Cocokkan judul kolom" in page.text
    chosen = {name: picked for name, options in re.findall(r'<select [^>]*name="(kolom_\d+)"[^>]*>(.*?)</select>', page.text, re.S)
              for picked in re.findall(r'<option selected value="(\d*)"', options)}
    return browser.get(browser.post(page.request.path, chosen).location)


def brought(app, browser, content: bytes) -> int:
    yes(browser, matched(browser, content))
    with app.app_context():
        return db.session.scalar(select(func.max(RegisterImport.id)))


def all_faults(browser, report) -> list[str]:
    found, number = [], 1
    while True:
        page = browser.get(f"{report.request.path}?hanya=galat&page={number}")
        found += [re.sub(r"\s+", " ", words) for words in re.findall(r'<p class="mb-1">(.*?)</p>', page.text, re.S)]
        number += 1
        if f"page={number}" not in page.text:
            return found


def test_three_hundred_rows_with_twenty_five_faults_are_named_one_by_one_and_nothing_is_stored(office, app, capsys):
    before, begun = counted(app, Event), time.perf_counter()
    report = matched(office, register(faults=FAULTS))
    looked = time.perf_counter() - begun
    assert "25 baris perlu diperbaiki" in report.text
    assert lead(report) == "300 baris dibaca: 275 baru, 0 sudah tercatat, 25 galat. Belum ada yang disimpan."
    assert all_faults(office, report) == [f"Baris {place}, kolom {words}" for place, (_, _, words) in FAULTS.items()]
    office.post(report.request.path, {"laporan": "0" * 64}, headers={"Referer": f"http://localhost{report.request.path}"})
    assert "Masih ada baris yang salah, jadi belum ada yang disimpan." in office.get(report.request.path).text
    assert (counted(app, Event), counted(app, Innovation), counted(app, RegisterImport)) == (before, 1, 0)
    begun = time.perf_counter()
    yes(office, matched(office, register()))
    with capsys.disabled():
        print(f" laporan {looked:.2f} s, yang benar dibaca dan disimpan {time.perf_counter() - begun:.2f} s;")
    assert (counted(app, Innovation), counted(app, PastReport), counted(app, Event)) == (301, 600, before + 301)


def test_a_row_comes_with_all_that_it_says(office, app, saved):
    one = brought(app, office, register(rows=4))
    with app.app_context():
        found = db.session.scalars(select(Innovation).where(Innovation.name == "INOVASI 003")).one()
        assert (found.unit_id, found.stage, found.kind, found.initiator, found.form, found.main_affair, found.touching_affairs) == (
            saved.units["dinas"], "Inisiatif", "Nondigital", "ASN", "Pelayanan publik", AFFAIRS[3], ["Sosial", "Pangan"])
        assert (found.trial_on, found.applied_on, found.developed_on) == (date(2023, 4, 5), date(2024, 3, 4), None)
        assert (found.latitude, found.longitude, found.purpose) == (-7.75, 113.2, "Menekan stunting.\nMenambah gizi.")
        assert [(past.year, past.number, past.maturity) for past in found.past_reports] == [
            (2023, "IID-23-3", Decimal("61.5")), (2024, "IID-24-3", Decimal(86))]
        assert ([tag.word for tag in found.tags], [event.what for event in found.events]) == (["balita", "gizi"], ["innovation_brought"])
        whole = db.session.get(RegisterImport, one)
        assert (whole.file_name, whole.skipped, [event.what for event in whole.events]) == ("daftar.xlsx", 0, ["register_imported"])
    assert "Berkas daftar.xlsx diimpor ke register: 4 inovasi dibawa." in text(office.get(f"{HERE}{one}"))
    assert [line[0] for line in opened(office.get(f"{HERE}daftar.xlsx").data).iter_rows(min_row=3, values_only=True)] == ["daftar.xlsx"]
    assert opened(office.get(f"{HERE}{one}.xlsx").data).max_row == 6
    office.get(f"/inovasi/{found.id}")
    assert "daftar.xlsx" in office.get("/kelola/log/").text


def test_what_units_typed_is_never_overwritten(office, app):
    lines = [["Nama inovasi", "Perangkat daerah", "Tahapan"], ["jemput gizi", "Dinas Kesehatan", "Inisiatif"],
             ["POS BARU", "Dinas Kesehatan", "Inisiatif"]]
    page = yes(office, matched(office, xlsx(*lines)))
    assert "1 inovasi dibawa ke register. 1 baris sudah tercatat dan dilewati." in page.text
    with app.app_context():
        assert dict(db.session.execute(select(Innovation.name, Innovation.stage)).all()) == {"JEMPUT GIZI": "Penerapan", "POS BARU": "Inisiatif"}
    again = matched(office, xlsx(*lines))
    assert "Tidak ada yang baru" in again.text and 'name="laporan"' not in again.text


def test_the_faults_come_back_beside_their_rows_and_the_mended_sheet_may_be_brought(office, app):
    report = matched(office, register(rows=20, faults={6: FAULTS[6]}))
    rows = list(opened(office.get(f"{report.request.path}/galat.xlsx").data).iter_rows(min_row=2, values_only=True))
    assert rows[0][:5] == ("Baris asal", "Yang perlu diperbaiki", "No", "Nama OPD", "Judul Inovasi")
    assert rows[1][:5] == ("6", f"Baris 6, kolom {FAULTS[6][2]}", "1", "Dinas Kesehatn", "INOVASI 001")
    assert [line[1] for line in rows[2:]] == [None] * 19
    mended = [[value if value != "Dinas Kesehatn" else "Badan Keuangan" for value in line] for line in rows]
    brought(app, office, xlsx(*mended))
    assert counted(app, Innovation) == 21


def test_columns_are_matched_by_hand_where_the_guess_is_wrong(office):
    content = xlsx(["Nama inovasi", "Tahapan", "Milik siapa", "Hasil"], ["A", "Penerapan", "Dinas Kesehatan", "Baik"])
    page = office.get(upload(office, f"{HERE}baru", content).location)
    assert "Penerapan" in page.text and page.text.count("selected value") == 25
    number = {column: f"kolom_{place}" for place, column in enumerate(COLUMNS, 1)}
    refused = office.post(page.request.path, {number["Nama inovasi"]: "1", number["Hasil"]: "4", number["Manfaat"]: "4"}, expect=200)
    assert "Pilih kolomnya." in refused.text and "Kolom ini sudah dipilih untuk Manfaat." in refused.text
    good = dict.fromkeys(number.values(), "") | {number["Nama inovasi"]: "1", number["Perangkat daerah"]: "3", number["Hasil"]: "4"}
    report = office.get(office.post(page.request.path, good).location)
    assert "1 inovasi siap dibawa" in report.text and "Kolom yang tidak dibaca: Tahapan." in text(report)


def test_the_template_needs_no_matching_and_holds_nothing_but_its_example(office):
    template = office.get(f"{HERE}templat.xlsx").data
    assert openpyxl.load_workbook(io.BytesIO(template)).sheetnames == ["Daftar", "Pilihan", "Petunjuk"]
    page = office.get(upload(office, f"{HERE}baru", template).location)
    assert lead(page).startswith("0 baris dibaca") and "1 baris contoh dilewati." in page.text


@pytest.mark.parametrize(("content", "words"), [
    (b"bukan berkas", "bukan lembar kerja Excel"), (xlsx(("Umur", "Tinggi"), ("A", 1)), "Judul kolomnya tidak ditemukan"), (b"", "kosong (0 byte)")])
def test_a_file_that_is_no_list_stays_outside(office, content, words):
    assert words in refusal(upload(office, f"{HERE}baru", content, expect=200))


def test_of_two_who_bring_the_same_list_the_second_is_told(office, open_as, app):
    admin = open_as("admin")
    second = matched(admin, register(rows=5))
    brought(app, office, register(rows=5))
    stamp = re.search(r'name="laporan" value="(\w+)"', second.text)[1]
    admin.post(second.request.path, {"laporan": stamp}, headers={"Referer": f"http://localhost{second.request.path}"})
    told = admin.get(second.request.path)
    assert "Ada yang berubah sesudah laporan ini dibuat." in told.text and "5 sudah tercatat" in told.text
    assert counted(app, Innovation) == 6


def test_an_import_is_taken_back_but_for_what_somebody_went_on_with(office, open_as, app, saved):
    one = brought(app, office, register(rows=6))
    with desk(app, saved) as cast:
        kept = db.session.scalars(select(Innovation).where(Innovation.name == "INOVASI 000")).one()
        kept.edit(cast.owner, purpose="Menekan stunting sampai habis.")
        entered = db.session.scalars(select(Innovation).where(Innovation.name == "INOVASI 003")).one()
        cast.period.most_reports = 0
        db.session.add(Entry.start(entered, cast.period, cast.owner))
    page = office.get(f"{HERE}{one}/batal")
    assert "2 inovasi tetap di register" in text(page) and "INOVASI 000, Dinas Kesehatan" in text(page) and "4 inovasi diarsipkan" in text(page)
    assert "Tulis alasan pembatalannya." in office.post(f"{HERE}{one}/batal", {"reason": ""}, expect=200).text
    page = office.follow(f"{HERE}{one}/batal", {"reason": "Berkas tahun yang salah."})
    assert "Impor daftar.xlsx dibatalkan: 4 inovasi diarsipkan. 2 tetap di register karena sudah dilanjutkan." in text(page)
    with app.app_context():
        archived = dict(db.session.execute(select(Innovation.name, Innovation.archive_note).where(Innovation.archived_at.is_not(None))).all())
        assert archived == {f"INOVASI {n:03}": "Impor dibatalkan: Berkas tahun yang salah." for n in (1, 2, 4, 5)}
        assert db.session.get(RegisterImport, one).undone_by_id == saved.people["coordinator"]
    office.post(f"{HERE}{one}/batal", {"reason": "Lagi."}, headers={"Referer": f"http://localhost{HERE}"})
    assert "Impor ini sudah dibatalkan." in office.get(HERE).text
    with app.app_context():
        assert db.session.scalars(select(Notification).join(Event).where(Event.what == "innovation_archived")).all() == []  # no unit heard of it
    again = matched(office, register(rows=6))
    assert lead(again) == "6 baris dibaca: 4 baru, 2 sudah tercatat, 0 galat. Belum ada yang disimpan."


def test_years_before_this_app_count_against_the_limit_and_the_same_year_once(office, app, saved):
    with desk(app, saved) as cast:
        cast.period.edit(cast.admin, 2026, cast.period.instrument, opens_at=cast.period.opens_at, closes_at=cast.period.closes_at,
                         repairs_close_at=cast.period.repairs_close_at, minimum_maturity=86, most_reports=2)
        known = cast.entry.innovation
        for year in (2023, 2024, 2026):
            known.report_past(cast.coordinator, year)
        db.session.flush()
        assert known.years_reported_before(2026) == [2023, 2024]
        times = carrying.reported(cast.period)
        assert db.session.execute(select(times.c.times, times.c.year)).all() == [(2, None)]
        one = Innovation.add("DUA KALI", cast.units["dinas"], cast.owner)
        one.report_past(cast.coordinator, 2023)
        db.session.add(one)
        db.session.flush()
        Entry.start(one, cast.period, cast.owner)  # once before: one of two
        another = Innovation.add("TIGA KALI", cast.units["dinas"], cast.owner)
        for year in (2022, 2025):
            another.report_past(cast.coordinator, year)
        db.session.add(another)
        db.session.flush()
        spent, unit = another.id, cast.units["dinas"].id
        assert [(line.offered, line.used_up) for line in db.session.execute(carrying.by_unit(cast.period)) if line.id == unit] == [(0, 1)]
    with desk(app, saved) as cast, pytest.raises(Refused, match="TIGA KALI sudah 2 kali disetujui atau dikirim, termasuk sebelum aplikasi ini"):
        Entry.start(db.session.get(Innovation, spent), cast.period, cast.owner)


def test_the_pages_ask_the_same_for_few_and_many(office, app):
    few = matched(office, register(rows=11)).request.path
    one = brought(app, office, register(rows=10))
    with Selects() as first:
        office.get(few), office.get(f"{HERE}{one}"), office.get(f"{HERE}{one}/batal"), office.get(HERE)
    other = brought(app, office, register(rows=100))
    many = matched(office, register(rows=101)).request.path
    with Selects() as second:
        office.get(many), office.get(f"{HERE}{other}"), office.get(f"{HERE}{other}/batal"), office.get(HERE)
    assert second.number == first.number


def test_the_office_tells_of_one_year_by_hand(office, app, saved):
    where = f"/inovasi/{saved.innovation}/tahun-lalu"
    page = office.follow(where, {"year": "2023", "number": "IID-7", "maturity": "61,5"})
    assert "Laporan tahun 2023 dicatat." in page.text and "IID-7" in page.text and "61,5" in page.text
    for typed, words in (({"year": "2023"}, "Laporan tahun 2023 sudah tercatat."), ({"year": "2031"}, "Tahunnya antara 2010 dan 2026."),
                         ({"year": "2022", "maturity": "112"}, "111")):
        assert words in office.post(where, typed, expect=200).text
    assert "Laporan tahun 2023 dihapus." in office.get(office.post(f"{where}/2023").location).text
    with app.app_context():
        innovation = db.session.get(Innovation, saved.innovation)
        assert innovation.past_reports == [] and [event.what for event in innovation.events[-2:]] == ["past_report_added", "past_report_removed"]
    office.get(f"/inovasi/{saved.innovation}")


def test_only_the_office_brings_a_register(open_as):
    open_as("owner").get(HERE, expect=403)
    open_as("reviewer").get(f"{HERE}baru", expect=403)

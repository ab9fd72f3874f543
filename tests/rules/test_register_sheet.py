"""A register as an office keeps it: any headings, any order, dates and lists as people write them; a fault names row, column and what to write."""
import time
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.codelists import AFFAIRS
from app.rules.intake import FORMULA, Failed
from app.rules.register_cells import MOST_WRONG
from app.rules.register_headings import APPLIED, COLUMNS, MAIN_AFFAIR, NAME, STAGE, UNIT, YEARS, guess, is_ours, letter, table_in
from app.rules.register_sheet import KnownInnovation, Past, read
from app.rules.tables import Line
from app.rules.unit_sheet import KnownUnit

UNITS = [KnownUnit(1, "Dinas Kesehatan", "Dinas"), KnownUnit(2, "Dinas Gizi", "Dinas", is_archived=True, heir="Dinas Kesehatan"),
         KnownUnit(3, "Badan Keuangan", "Badan")]
KNOWN = [KnownInnovation("JEMPUT GIZI", 1, False), KnownInnovation("ARSIP KILAT", 1, True)]
TODAY = date(2026, 11, 22)
SOME = {NAME: "POS SEHAT", UNIT: "Dinas Kesehatan"}


def report(*rows, headings=None):
    return read([Line(place, row) for place, row in enumerate(rows, 5)], headings or {}, KNOWN, UNITS, TODAY)


def faults(*rows, **cells):
    found = report(*(rows or [SOME | {name.replace("_", " ").capitalize(): value for name, value in cells.items()}])).found
    return [fault for one in found for fault in one.faults]


def plan(**cells):
    made = report(SOME | {name.replace("_", " ").capitalize(): value for name, value in cells.items()})
    assert not [one.faults for one in made.found if one.faults], made.found
    return made.plans[0]


@pytest.mark.parametrize("written", [
    date(2024, 3, 12), datetime(2024, 3, 12), "12/03/2024", "12-3-2024", "12.03.2024", "2024-03-12", "2024-03-12 00:00:00", "12 Maret 2024",
    "12 maret 2024", "Selasa, 12 Maret 2024", "12-Mar-2024", "12 March 2024"])
def test_dates_as_offices_write_them(written):
    assert plan(tanggal_penerapan=written).facts["applied_on"] == date(2024, 3, 12)


@pytest.mark.parametrize(("written", "words"), [
    ("Maret 2024", "“Maret 2024” tanpa tanggal. Tulis lengkap, misalnya 1 Maret 2024."),
    ("2024", "“2024” baru tahunnya. Tulis tanggal lengkap, misalnya 2 Januari 2024."),
    (2024, "“2024” baru tahunnya. Tulis tanggal lengkap, misalnya 2 Januari 2024."),
    (45363, "berisi angka 45363, bukan tanggal. Ubah format selnya menjadi tanggal; maksudnya 12 Maret 2024?"),
    ("12/03/24", "“12/03/24” bertahun dua angka. Tulis 12/03/2024."),
    ("03/25/2024", "“03/25/2024”: bulan 25 tidak ada. Tulis tanggal di depan; maksudnya 25 Maret 2024?"),
    ("31/02/2024", "“31/02/2024” tidak ada di kalender. Tulis misalnya 12/03/2024 atau 12 Maret 2024."),
    ("12 Marte 2024", "“12 Marte 2024” bukan tanggal. Maksudnya 12 Maret 2024?"),
    ("awal tahun", "“awal tahun” bukan tanggal. Tulis misalnya 12/03/2024 atau 12 Maret 2024."),
    ("12/03/1924", "12 Maret 1924: periksa tahunnya, antara 1990 dan 2026."),
    (FORMULA, "berisi rumus. Tempel hasilnya sebagai nilai."), (Failed("#REF!"), "berisi kesalahan Excel #REF!. Ketik nilainya."),
    (float("inf"), "“inf” bukan tanggal. Tulis misalnya 12/03/2024 atau 12 Maret 2024."),
    (True, "berisi tanggal atau nilai logika, seharusnya teks.")])
def test_what_is_no_date_says_what_to_write(written, words):
    assert faults(tanggal_penerapan=written) == [f"Baris 5, kolom Tanggal penerapan: {words}"]


def test_the_three_dates_stand_in_order():
    assert faults(tanggal_uji_coba="1/5/2024", tanggal_penerapan="1/4/2024", tanggal_pengembangan="1/3/2024") == [
        "Baris 5, kolom Tanggal uji coba: sesudah tanggal penerapan. Uji coba mendahului penerapan atau pada hari yang sama.",
        "Baris 5, kolom Tanggal pengembangan: sebelum tanggal penerapan. Kosongkan bila belum pernah dikembangkan."]


def test_choices_are_read_with_patience_and_a_near_miss_is_asked_about():
    facts = plan(tahapan="UJI  COBA", jenis="non-digital", klasifikasi="OPD", bentuk="tata kelola", urusan_utama="1. Urusan kesehatan").facts
    assert [facts[name] for name in ("stage", "kind", "classification", "form", "main_affair")] == [
        "Uji Coba", "Nondigital", "Perangkat Daerah", "Tata kelola pemerintahan daerah", "Kesehatan"]
    assert faults(tahapan="Penerpan", urusan_utama="Kesehatn") == [
        "Baris 5, kolom Tahapan: “Penerpan” bukan tahapan; isi “Inisiatif”, “Uji Coba”, atau “Penerapan”. Maksudnya Penerapan?",
        "Baris 5, kolom Urusan utama: “Kesehatn” bukan urusan yang dikenal; lihat lembar Pilihan pada templat. Maksudnya Kesehatan?"]


@pytest.mark.parametrize("written", ["Sosial; Pangan", "Sosial, Pangan", "1. Sosial\n2. Pangan", "pangan;SOSIAL;Pangan;Kesehatan"])
def test_several_affairs_in_one_cell_without_the_main_one(written):
    assert sorted(plan(urusan_utama="Kesehatan", urusan_lain=written).facts["touching_affairs"]) == ["Pangan", "Sosial"]


@given(st.lists(st.sampled_from(AFFAIRS), min_size=1, max_size=5, unique=True), st.sampled_from([", ", "; ", "\n"]))
def test_affairs_whose_names_hold_commas_come_back_whole(affairs, between):
    assert plan(urusan_lain=between.join(affairs)).facts["touching_affairs"] == affairs


def test_a_cell_of_nothing_but_commas_costs_no_minutes():
    began = time.process_time()
    assert len(faults(urusan_lain="a," * 900)) == MOST_WRONG
    assert time.process_time() - began < 5


@pytest.mark.parametrize(("cells", "degrees"), [
    ({"koordinat": "-7.75, 113.2"}, (-7.75, 113.2)), ({"koordinat": "-7,75; 113,2"}, (-7.75, 113.2)), ({"koordinat": "−7,75, 113,2"}, (-7.75, 113.2)),
    ({"lintang": -7.75, "bujur": "113,2"}, (-7.75, 113.2)), ({"koordinat": "-"}, (None, None))])
def test_degrees_in_one_column_or_in_two(cells, degrees):
    facts = plan(**cells).facts
    assert (facts["latitude"], facts["longitude"]) == degrees


@pytest.mark.parametrize(("cells", "words"), [
    ({"koordinat": "7°45'S 113°12'E"}, "Koordinat: “7°45'S 113°12'E” bukan koordinat. Tulis lintang lalu bujur dalam derajat desimal, misalnya "
                                       "-7.7543, 113.2160."),
    ({"koordinat": "113.2, -7.75"}, "Koordinat: lintang dan bujurnya tertukar. Tulis lintang dulu."),
    ({"koordinat": "48.2, 113.2"}, "Koordinat: lintang 48,2 di luar Indonesia (−11,5 sampai 6,5)."),
    ({"lintang": -7.75, "bujur": 16.4}, "Bujur: bujur 16,4 di luar Indonesia (94,5 sampai 141,5)."),
    ({"lintang": "tujuh", "bujur": 113.2}, "Lintang: “tujuh” bukan derajat desimal. Tulis misalnya -7.7543."),
    ({"lintang": -7.75}, "Bujur: kosong, padahal lintang diisi.")])
def test_what_are_no_degrees(cells, words):
    assert faults(**cells) == [f"Baris 5, kolom {words}"]


def test_years_numbers_and_points_of_reports():
    assert plan(tahun_dilaporkan="2024, 2023 dan 2024", nomor_registrasi="IID-1; IID-2", kematangan="61,5; 86").past == [
        Past(2023, "IID-1", Decimal("61.5")), Past(2024, "IID-2", Decimal(86))]
    assert plan(tahun_dilaporkan=2023.0, kematangan=70.25).past == [Past(2023, "", Decimal("70.25"))]
    assert plan(tahun_dilaporkan="2022;2023", nomor_registrasi="IID-9", kematangan="-; 80").past == [
        Past(2022, "", None), Past(2023, "IID-9", Decimal(80))]


@pytest.mark.parametrize(("cells", "words"), [
    ({"tahun_dilaporkan": "2203"}, "Tahun dilaporkan: “2203” bukan tahun antara 2010 dan 2026. Tulis misalnya 2023, 2024."),
    ({"kematangan": 80}, "Kematangan: diisi, padahal tahun dilaporkannya kosong. Isi tahunnya."),
    ({"tahun_dilaporkan": 2023, "kematangan": "120"}, "Kematangan: “120” bukan kematangan antara 0 dan 111. Tulis misalnya 86,5."),
    ({"tahun_dilaporkan": "2022, 2023, 2024", "nomor_registrasi": "A; B"},
     "Nomor registrasi: berisi 2 nilai untuk 3 tahun. Tulis satu tiap tahun dengan tanda ; di antaranya.")])
def test_reports_that_do_not_add_up(cells, words):
    assert faults(**cells) == [f"Baris 5, kolom {words}"]


@pytest.mark.parametrize("written", ["1e30", "1e999999", "-1e30", -1e308, "9" * 40])
def test_a_figure_beyond_all_reckoning_is_a_fault_like_another(written):
    assert [fault.rsplit(" bukan ")[1] for fault in faults(tahun_dilaporkan="2024", kematangan=written)] == [
        "kematangan antara 0 dan 111. Tulis misalnya 86,5."]


def test_a_bad_year_hides_nothing_of_what_stands_beside_it():
    assert faults(tahun_dilaporkan="20X5", kematangan="abc") == [
        "Baris 5, kolom Tahun dilaporkan: “20X5” bukan tahun antara 2010 dan 2026. Tulis misalnya 2023, 2024.",
        "Baris 5, kolom Kematangan: “abc” bukan kematangan antara 0 dan 111. Tulis misalnya 86,5."]
    assert len(faults(tahun_dilaporkan="2022, 20X5, 2024", kematangan="61; 70")) == 1


def test_what_is_recorded_already_is_left_alone_whatever_else_the_row_says():
    found = report({NAME: "jemput  gizi", UNIT: "dinas kesehatan", STAGE: "???"}, {NAME: "ARSIP KILAT", UNIT: "Dinas Kesehatan"},
                   {NAME: "JEMPUT GIZI", UNIT: "Badan Keuangan"})
    assert [(one.what, *one.changes) for one in found.found] == [
        ("sama", "Sudah tercatat, dilewati."), ("sama", "Sudah tercatat dan diarsipkan, dilewati."), ("baru",)]
    assert [(one.name, one.unit) for one in found.plans] == [("JEMPUT GIZI", 3)]


def test_one_wrong_row_keeps_all_of_it_out():
    found = report(SOME, SOME, {UNIT: "Dinas Kesehatan"}, {NAME: "A", UNIT: "Dinas Kesehtan"}, {NAME: "B"}, {NAME: "C", UNIT: "Dinas Gizi"})
    assert [fault for one in found.found for fault in one.faults] == [
        "Baris 6, kolom Nama inovasi: “POS SEHAT” dari Dinas Kesehatan sudah ada di baris 5. Sisakan satu baris.",
        "Baris 7, kolom Nama inovasi: kosong, padahal barisnya berisi. Isi nama inovasinya, atau hapus barisnya.",
        "Baris 8, kolom Perangkat daerah: “Dinas Kesehtan” tidak ada di daftar perangkat daerah. Maksudnya Dinas Kesehatan?",
        "Baris 9, kolom Perangkat daerah: kosong. Isi di tiap baris, juga bila selnya digabung.",
        "Baris 10, kolom Perangkat daerah: Dinas Gizi sudah digabung ke Dinas Kesehatan. Pakai nama itu."]
    assert found.plans == []


def test_a_fault_names_the_heading_the_office_reads():
    found = report(SOME | {APPLIED: "2024"}, headings={APPLIED: "Tgl. Implementasi"}).found
    assert found[0].faults[0].startswith("Baris 5, kolom Tgl. Implementasi: ")


def test_long_texts_keep_their_lines_and_the_example_is_passed_over():
    assert plan(rancang_bangun="Dasar hukum:  \n\n  Perbup 12 ").facts["design"] == "Dasar hukum:\n\nPerbup 12"
    assert report({NAME: "Contoh: POS", UNIT: "Dinas Kesehatan"}, SOME).examples == 1


OWN = [["REKAPITULASI INOVASI DAERAH", None], ["Tahun 2024"], [],
       ["No.", "OPD", "Judul Inovasi", "Tgl. Implementasi (dd/mm/yyyy)", None, "Urusan", "Ket."],
       ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"], [1, "Dinas Kesehatan", "POS SEHAT", "12/03/2024", "Inovasi Penerapan", "Kesehatan", None],
       [2, None, None, None, None, None, None]]


def test_the_headings_are_found_below_a_title_and_mean_ours():
    table = table_in(OWN)
    assert (table.at, guess(table)) == (3, {UNIT: 1, NAME: 2, APPLIED: 3, MAIN_AFFAIR: 5})
    assert [letter(place) for place in table.headings] == ["A", "B", "C", "D", "E", "F", "G"] and letter(27) == "AB"
    assert table.samples(2) == ["(3)", "POS SEHAT"]


def test_rows_of_figures_below_the_headings_and_rows_that_say_nothing_to_us_are_left_out():
    lines = table_in(OWN).lines({UNIT: 1, NAME: 2, STAGE: 4})
    assert lines == [Line(6, {UNIT: "Dinas Kesehatan", NAME: "POS SEHAT", STAGE: "Inovasi Penerapan"})]


def test_our_own_headings_are_known_in_any_order():
    assert is_ours(table_in([list(reversed(COLUMNS))])) and guess(table_in([COLUMNS])) == {column: place for place, column in enumerate(COLUMNS)}
    assert table_in([["A", "B"], ["x", "y"]]) is None and table_in([]) is None


@given(st.dictionaries(st.sampled_from(COLUMNS), st.one_of(
    st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.just(FORMULA)), min_size=1))
def test_whatever_a_row_holds_it_is_brought_or_its_faults_are_named(cells):
    found = report(cells)
    assert all(one.what in ("baru", "sama", "galat") and bool(one.faults) == (one.what == "galat") for one in found.found)
    assert all(fault.startswith("Baris 5, kolom ") for one in found.found for fault in one.faults)
    assert all(one.past == sorted(one.past) and YEARS in cells for one in found.plans if one.past)

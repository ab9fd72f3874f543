"""What has to be right before an instrument is published: 2026 is, 2023 is not, and each mistake has its sentence."""
import pytest

from app.rules.instrument_check import check
from app.rules.instrument_years import moved
from tests.rules.instrument_cases import OF_2023, OF_2026, changed, row_of


def said(data) -> list[str]:
    return [str(fault) for fault in check(data)]


def test_the_instrument_in_use_is_clean():
    assert check(OF_2026) == []


def test_the_partial_one_says_what_it_lacks():
    found = said(OF_2023)
    assert found[0] == "Aturan, baris SPD: belum ada."
    assert found[1:4] == ["Baris 16, variabel: belum diisi.", "Baris 16, definisi: belum diisi.", "Baris 16, wajib: belum dipilih ya atau tidak."]
    assert found[-1].startswith("Baris 35, jenis berkas: “mov” tidak dikenal.") and len(found) == 62


def test_next_year_lacks_its_law_and_nothing_else():
    assert said(moved(OF_2026, 2027)) == ["Aturan, dasar hukum: belum diisi. Tulis surat atau peraturan yang menetapkan instrumen ini."]


@pytest.mark.parametrize(("data", "faults"), [
    (changed("years.T-1", 2024), ["Aturan, tahun T-1: seharusnya 2025."]),
    (changed("scoring.spd_max", 64), ["Aturan, SPD paling tinggi: tertulis 64, padahal bobot 20 baris SPD × 3 = 63.",
                                      "Aturan, jumlah paling tinggi: tertulis 250, "
                                      "padahal SPD + kematangan + poin per inovasi × paling banyak = 251."]),
    (changed("weight", 3.5, "16"), ["Aturan, kematangan paling tinggi: tertulis 111, padahal bobot 20 baris SID × 3 = 112,5."]),
    (changed("weight", 0, "1"), ["Aturan, SPD paling tinggi: tertulis 63, padahal bobot 20 baris SPD × 3 = 60.",
                                 "Baris 1, bobot: lebih dari 0, paling banyak dua desimal."]),
    (changed("scoring.minimum_basic_affairs", 7), ["Aturan, urusan wajib paling sedikit: antara 1 dan 6, atau kosong bila tanpa syarat."]),
    (changed("scoring.minimum_divisor", None), ["Aturan, pembagi paling kecil: belum diisi."]),
    (changed("bands.0.above", 39), ["Predikat, batas: dari yang tertinggi ke yang terendah."]),
    (changed("bands.3.above", 0), ["Predikat, batas: predikat terakhir tanpa batas, supaya setiap indeks punya predikat."]),
    (changed("bands.1.above", None), ["Predikat, batas: hanya predikat terakhir yang tanpa batas."]),
    (changed("bands.1.name", "Sangat Inovatif"), ["Predikat, nama: Sangat Inovatif ada dua kali."]),
    (changed("forecast.0.minimum_basic_affairs", 9), ["Perkiraan, tahun 2025: pembagi mulai 1, urusan wajib 1 sampai 6."]),
    (changed("eligibility.applied_to", "2023-01-01"), ["Aturan, diterapkan: tanggal akhirnya sebelum tanggal mulainya."]),
    (changed("eligibility.report_to", "2036-01-01"), ["Aturan, pelaporan: tanggalnya terlalu jauh dari tahun 2026."]),
    (changed("eligibility.stage", "selesai"), ["Aturan, tahapan: inisiatif, uji coba, atau penerapan."]),
    (changed("default_file_types", []), ["Aturan, jenis berkas umum: belum diisi."]),
    (changed("evidence.file_types", ["pdf", "exe"], "18"),
     ["Baris 18, jenis berkas: “exe” tidak dikenal. Pilih dari pdf, jpg, jpeg, png, mp4, dan url."]),
    (changed("levels.1.label", None, "18"), ["Baris 18, level 2: belum ada uraiannya."]),
    (changed("name", None, "18"), ["Baris 18, nama: belum diisi."]),
    (changed("mandatory", None, "18"), ["Baris 18, wajib: belum dipilih ya atau tidak."]),
    (changed("evidence.set_name", ..., "20"), ["Baris 20, nama set: belum diisi, padahal bukti dihitung per set."]),
    (changed("evidence.years", ["T-1", "T-0"], "18"), ["Baris 18, pilihan tahun: T-2 tidak ada di tahun bukti baris ini."]),
    (changed("evidence.year_sets", {"1": [["T-0"]]}, "18"), ["Baris 18, pilihan tahun: ditulis untuk level 1, 2, dan 3."]),
    (changed("evidence.substances_needed", {"1": 1, "2": 3, "3": 6}, "35"),
     ["Baris 35, substansi yang perlu: naik dari level 1 ke 3 dan paling banyak 5."]),
    (changed("evidence.substances_needed", ..., "35"), ["Baris 35, substansi yang perlu: ditulis untuk level 1, 2, dan 3."]),
    (changed("bases.1.levels.0.label", None, "33"), ["Baris 33, satuan ukur b, nama dan level: belum lengkap."]),
    (changed("formula.levels.2", ["0.02", "0.36"], "5a"), ["Baris 5a, batas level: nilai di antara 0 dan 0,02 tidak punya level."]),
    (changed("formula.levels.1", ["-9.00", "0.00"], "5a"), ["Baris 5a, batas level: nilai di bawah −9 tidak punya level."]),
    (changed("formula.levels.3", ["0.36", "9.00"], "5a"), ["Baris 5a, batas level: nilai di atas 9 tidak punya level."]),
    (changed("formula.levels.2", ["0.36", "0.01"], "5a"), ["Baris 5a, batas level 2: batas bawahnya di atas batas atasnya."]),
    (changed("formula", row_of(OF_2026, "5a")["formula"], "18"), ["Baris 18, rumus: hanya untuk baris SPD."]),
])
def test_a_mistake_has_its_sentence(data, faults):
    assert said(data) == faults

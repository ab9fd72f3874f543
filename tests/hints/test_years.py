"""A year: where it stands for itself, and not in the number of something."""
import pytest

from app.rules.hints.folding import Folded
from app.rules.hints.hit import Verdict
from app.rules.hints.years import Year


def look(text):
    verdicts = [hit.verdict for hit in Year(2025).hits(Folded(text)) if hit.verdict != Verdict.NOTHING]
    return "found" if Verdict.CERTAIN in verdicts else "uncertain" if verdicts else "nothing"


@pytest.mark.parametrize("text", [
    "Tahun Anggaran 2025", "T.A. 2025", "TA.2025", "pada tanggal 12 Februari 2025", "12-02-2025", "12/2/2025", "12.02.2025", "2025-02-12",
    "12-\n02-2025",
    "2025", "Tahun2025", "(2025)", "tahun 2025.", "2024-2025", "2025/2026", "2025–2029", "Triwulan 2 Tahun 2025", "tahun 2025 peserta bertambah",
    "Renja 2025 Dinas"])
def test_a_year_that_stands_for_itself(text):
    assert look(text) == "found"


@pytest.mark.parametrize("text", [
    "Nomor 188/45/2025", "188/2025/11", "DPA/A.1/2025", "188/2024/2025/9", "Undang-Undang Nomor 23 Tahun 2025", "Perbup Nomor 4\nTahun 2025",
    "Permendagri 104 Tahun 2025", "UU Nom-\nor 3 Tahun 2025", "Nomor 2025", "berkas-2025.pdf", "RPJMD 2024-2026",
    "periode 2023 sampai dengan 2026"])
def test_in_a_number_a_law_or_a_range_it_is_uncertain(text):
    assert look(text) == "uncertain"


@pytest.mark.parametrize("text", [
    "12025", "20251", "kode A2025", "Rp 2025", "Rp2.025.000", "2025 orang", "2025%", "2025,50", "(0351) 2025", "tahun 2024"])
def test_other_digits_are_no_year(text):
    assert look(text) == "nothing"

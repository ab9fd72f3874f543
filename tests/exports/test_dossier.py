"""One innovation on paper, read back page by page."""
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exports.dossier import Item, Sent, write
from app.exports.formal import Person
from tests.exports import dossiers
from tests.exports.readers import pdf_pages


def text_of(told) -> str:
    return " ".join(pdf_pages(write(told)))


def test_the_head_says_whose_which_and_how_far():
    first = pdf_pages(write(dossiers.dossier()))[0]

    for said in ("PEMERINTAH KABUPATEN LUMBUNG RAYA DINAS KESEHATAN Bidang Penelitian dan Pengembangan, pesawat 112",
                 "PROFIL DAN ISIAN INOVASI DAERAH 2026 JEMPUT GIZI – “dari pintu ke pintu”", "Perangkat daerah : Dinas Kesehatan",
                 "Nomor usulan : LR-26-014", "Periode penilaian : 2026", "Status : Disetujui 3 Juli 2026",
                 "Kematangan : 76 diklaim, 73,5 berbukti, 76 terverifikasi, dari 111 poin"):
        assert said in first, said


def test_the_profile_keeps_the_ministrys_order():
    told = dossiers.dossier()
    text = text_of(told)
    places = [text.index(f"{item.number}. {item.label}" if 15 <= item.number <= 18 else f"{item.number} {item.label}") for item in told.profile]

    assert places == sorted(places)
    assert "14 Tanggal pengembangan terakhir –" in text  # nothing known is a dash


@pytest.mark.parametrize("words", [300, 800, 2000])
def test_a_long_design_flows_over_pages_whole(words):
    pages = pdf_pages(write(dossiers.dossier(profile=dossiers.profile(words))))
    found = [int(number) for number in re.findall(r"kata(\d+)", " ".join(pages))]

    assert found == list(range(0, words, 50))
    assert all(heading in " ".join(pages) for heading in dossiers.HEADINGS)


def test_every_page_bears_the_number_and_its_place():
    pages = pdf_pages(write(dossiers.dossier(profile=dossiers.profile(2000))))

    assert [page.endswith(f"Usulan LR-26-014 · keadaan 4 Juli 2026 pukul 09.30 WIB · halaman {number} dari {len(pages)}")
            for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_the_sheet_names_three_depths_and_the_evidence_of_each_row():
    text = text_of(dossiers.dossier())

    assert "B. Isian 20 baris, dalam poin Baris Indikator dan level yang diklaim Diklaim Berbukti Terverifikasi Dokumen bukti" in text
    assert [code for code in range(16, 36) if f" {code} {dossiers.NAMES[code - 16].split()[0]}" in text] == list(range(16, 36))
    assert text.count("Level 2: Peraturan Kepala Daerah") == 19
    assert "35 Kualitas inovasi daerah Tidak diisi. 0 0 0 –" in text
    assert text.count("SOP 440/12, 3 Maret 2025") == 7
    assert "Jumlah poin, paling banyak 111 76 73,5 76" in text


def test_what_nobody_verified_says_so():
    text = text_of(dossiers.dossier(state="Belum diverifikasi", proven=None, rows=dossiers.rows(proven=None)))

    assert "76 diklaim, 73,5 berbukti, belum diverifikasi, dari 111 poin" in text
    assert "Jumlah poin, paling banyak 111 76 73,5 belum diverifikasi" in text
    assert "terverifikasi," not in text


def test_what_was_sent_names_its_registration():
    told = dossiers.dossier(state="Terkirim", sent=Sent("2026-3571-00231", date(2026, 7, 3)))

    assert "Nomor registrasi : 2026-3571-00231, dikirim 3 Juli 2026; sejak itu isinya tidak berubah" in text_of(told)
    assert "Nomor registrasi" not in text_of(dossiers.dossier())


def test_the_head_of_the_unit_signs_below_place_and_day():
    assert "Lumbung Kota, 4 Juli 2026 Kepala Dinas Kesehatan, dr. Ratna Widyastuti, M.Kes. NIP 197204152001122003" in text_of(dossiers.dossier())
    assert f"Kepala Dinas Kesehatan, {'.' * 40} NIP {'.' * 24}" in text_of(dossiers.dossier(signer=Person()))


def test_nobody_signs_an_empty_page():
    for words in range(300, 700, 40):
        for rows in (dossiers.rows(), dossiers.rows()[:9]):
            last = pdf_pages(write(dossiers.dossier(profile=dossiers.profile(words), rows=rows)))[-1]
            assert "Profil dan isian ini dicetak dari data yang tercatat" in last and "NIP 197204152001122003" in last


def test_a_training_paper_says_that_it_is_none():
    assert text_of(dossiers.dossier(training=True)).startswith("CONTOH UNTUK LATIHAN")
    assert "CONTOH UNTUK LATIHAN" not in text_of(dossiers.dossier())


def test_the_same_facts_give_the_same_bytes():
    assert write(dossiers.dossier()) == write(dossiers.dossier())


def test_the_sheet_begins_with_a_row_under_its_headings():
    """However much of the page the profile took."""
    for words in range(300, 900, 40):
        many = tuple(f"Dokumen pelatihan angkatan {number}, 12 Februari 2025: Bimbingan teknis pelaksana" for number in range(9))
        pages = pdf_pages(write(dossiers.dossier(profile=dossiers.profile(words), rows=dossiers.rows(documents=many))))
        assert sum("B. Isian 20 baris" in page and "16 Regulasi inovasi daerah" in page for page in pages) == 1


def test_a_row_with_many_long_documents_is_split_over_pages():
    many = tuple(f"Dokumen ke{number} " + "dengan judul yang panjang sekali " * 4 for number in range(60))
    pages = pdf_pages(write(dossiers.dossier(rows=dossiers.rows(documents=many)[:2])))

    assert [number for number in range(60) if f"Dokumen ke{number} " in " ".join(pages)] == list(range(60))
    assert all("Baris Indikator" in page for page in pages[3:-1])


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400), st.integers(0, 3))
def test_any_text_makes_a_dossier(name, text, level):
    items = tuple(Item(item.number, item.label, text) for item in dossiers.profile())
    told = dossiers.dossier(name=name, state=text, unit=name, profile=items, contact=text,
                            rows=dossiers.rows(name=name, label=text, level=level, documents=(text, name), claimed=Decimal("2.5")))

    assert "Jumlah poin" in text_of(told)

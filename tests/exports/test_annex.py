"""The draft of the decree's annex, read back from the Word file."""
import io
from datetime import date

import pytest
from docx import Document

from app.exports.annex import Annex, Named, docx
from app.exports.formal import ruler
from app.rules import Refused
from tests.exports.readers import docx_tables, docx_text

GIZI = Named("Dinas Kesehatan", "JEMPUT GIZI", "Kesehatan", "ASN")
SIGAP = Named("Kecamatan Sumber", "SIGAP", "Sosial", "Masyarakat")
IBU = Named("Dinas Kesehatan", "IBU SEHAT", "Kesehatan", "Perangkat Daerah")


def annex(*rows: Named, **changed) -> bytes:
    usual = {"region": "Kabupaten Lumbung Raya", "year": 2026, "made_on": date(2026, 7, 4), "as_of": "4 Juli 2026 pukul 09.30 WIB"}
    return docx(Annex(rows=rows, **usual | changed))


def test_it_is_a_draft_for_the_rulers_own_number_day_and_signature():
    content = annex(GIZI, SIGAP)

    assert docx_text(content).startswith(
        f"LAMPIRAN KEPUTUSAN BUPATI LUMBUNG RAYA NOMOR : {'.' * 40} TANGGAL : {'.' * 40} "
        "TENTANG : PENETAPAN INOVASI DAERAH KABUPATEN LUMBUNG RAYA TAHUN 2026 DAFTAR INOVASI DAERAH KABUPATEN LUMBUNG RAYA TAHUN 2026")
    assert docx_text(content).endswith(f"Jumlah: 2 inovasi dari 2 perangkat daerah. BUPATI LUMBUNG RAYA, {'.' * 40}")
    section = Document(io.BytesIO(content)).sections[0]
    assert section.header.paragraphs[0].text == "RANCANGAN · belum ditetapkan"  # on every page
    assert section.footer.paragraphs[0].text.startswith("Rancangan lampiran keputusan · keadaan 4 Juli 2026 pukul 09.30 WIB · halaman ")


def test_innovations_stand_under_their_unit_and_are_numbered_through():
    rows = docx_tables(annex(GIZI, SIGAP, IBU))[1]

    assert rows == [
        ["No", "Nama inovasi", "Urusan utama", "Inisiator"],
        ["Dinas Kesehatan"] * 4, ["1", "JEMPUT GIZI", "Kesehatan", "ASN"], ["2", "IBU SEHAT", "Kesehatan", "Perangkat Daerah"],
        ["Kecamatan Sumber"] * 4, ["3", "SIGAP", "Sosial", "Masyarakat"]]


@pytest.mark.parametrize(("region", "title"), [
    ("Kabupaten Lumbung Raya", "Bupati Lumbung Raya"), ("Kota Lumbung", "Wali Kota Lumbung"), ("KOTA LUMBUNG", "Wali Kota LUMBUNG"),
    ("Kotabaru", "Kepala Daerah Kotabaru"), ("Provinsi Lumbung", "Gubernur Lumbung"), ("Kabupaten Kotabaru", "Bupati Kotabaru")])
def test_a_regency_has_a_bupati_and_a_city_a_wali_kota(region, title):
    assert ruler(region) == title
    assert f"LAMPIRAN KEPUTUSAN {title.upper()} NOMOR" in docx_text(annex(GIZI, region=region))


def test_nothing_to_name_is_refused():
    with pytest.raises(Refused, match="^Belum ada inovasi untuk ditulis dalam lampiran keputusan.$"):
        annex()


def test_a_training_paper_says_that_it_is_none():
    assert docx_text(annex(GIZI, training=True)).startswith("CONTOH UNTUK LATIHAN")


@pytest.mark.parametrize("typed", ["{{ 7*7 }}", "{%tr endfor %}", "<w:p>&amp;</w:p>", "]]>", "=1+1", "100% & <lebih>"])
def test_what_a_person_typed_stays_text(typed):
    assert docx_tables(annex(Named(typed, typed, typed, typed)))[1][1:] == [[typed] * 4, ["1", typed, typed, typed]]


def test_the_same_facts_give_the_same_bytes():
    assert annex(GIZI, SIGAP) == annex(GIZI, SIGAP)

"""The integrity form, read back from the Word file."""
import zipfile
from datetime import date

import pytest

from app.exports.formal import Person
from app.exports.integrity import TEMPLATE, Pledge, docx
from app.exports.word import TEMPLATES
from tests.exports.readers import docx_tables, docx_text
from tests.exports.samples import OFFICE_HEAD


def form(**changed) -> bytes:
    usual = {"region": "Kabupaten Lumbung Raya", "office": "Bappelitbangda", "contact": "Pesawat 112", "place": "Lumbung Kota", "year": 2026,
             "count": 16, "signer": OFFICE_HEAD, "made_on": date(2026, 7, 4), "as_of": "4 Juli 2026 pukul 09.30 WIB"}
    return docx(Pledge(**usual | changed))


def test_it_says_who_stands_for_what():
    text = docx_text(form())

    for said in ("PEMERINTAH KABUPATEN LUMBUNG RAYA BAPPELITBANGDA Pesawat 112 PAKTA INTEGRITAS PELAPORAN INOVASI DAERAH TAHUN 2026",
                 "Nama : Ir. H. Bambang Suharto, M.Si. NIP : 197003121996031926 Jabatan : Kepala Bappelitbangda "
                 "Instansi : Bappelitbangda Kabupaten Lumbung Raya",
                 "pelaporan Indeks Inovasi Daerah Kabupaten Lumbung Raya tahun 2026 kepada Kementerian Dalam Negeri",
                 "data 16 (enam belas) inovasi daerah yang dilaporkan adalah benar", "bukti dukung yang disampaikan asli, sah",
                 "kami bersedia diperiksa", "data dan bukti yang sudah dikirim tidak akan diubah lagi",
                 "Yang menyatakan, Kepala Bappelitbangda, Meterai Rp10.000 Ir. H. Bambang Suharto, M.Si. NIP 197003121996031926"):
        assert said in text, said


def test_the_day_is_left_to_write_in_until_it_is_known():
    assert f"Lumbung Kota, {'.' * 24} 2026 Yang menyatakan" in docx_text(form())
    assert "Lumbung Kota, 5 Juli 2026 Yang menyatakan" in docx_text(form(signed_on=date(2026, 7, 5)))


def test_who_is_not_known_leaves_a_line_to_write_on():
    facts = docx_tables(form(signer=Person()))[0]

    assert [row[2] for row in facts] == ["." * 40, "." * 24, "Kepala Bappelitbangda", "Bappelitbangda Kabupaten Lumbung Raya"]


def test_the_statements_stand_in_the_template_for_the_office_to_change():
    with zipfile.ZipFile(TEMPLATES / TEMPLATE) as template:
        assert "data dan bukti yang sudah dikirim tidak akan diubah lagi" in template.read("word/document.xml").decode()


def test_a_training_paper_says_that_it_is_none():
    assert docx_text(form(training=True)).startswith("CONTOH UNTUK LATIHAN")


@pytest.mark.parametrize("typed", ["{{ 7*7 }}", "{% for x in y %}", "<w:p>&amp;</w:p>", "100% & <lebih>"])
def test_what_a_person_typed_stays_text(typed):
    assert docx_tables(form(signer=Person(typed, typed, typed)))[0][0][2] == typed


def test_the_same_facts_give_the_same_bytes():
    assert form() == form()

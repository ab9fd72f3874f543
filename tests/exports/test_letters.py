"""Letters from a round's facts, opened again with readers of their own."""
import io
import json
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exports import letters
from app.exports.letters import DECISION, FORMATS, KINDS, MINUTES, Facts
from tests.exports import samples
from tests.exports.readers import docx_tables, docx_text, parts, pdf_pages

LETTERS = [(kind, facts) for kind in KINDS for facts in (samples.facts(), samples.returned())]


def text_of(kind, facts, format):
    content = letters.write(kind, facts, format)
    return docx_text(content) if format == "docx" else " ".join(pdf_pages(content))


def bare(text):
    """Without spaces, page feet and repeated headings: what Word and PDF must have in common."""
    return "".join(text.split())


@pytest.mark.parametrize("format", FORMATS)
def test_the_decision_letter_says_who_what_and_how_much(format):
    text = text_of(DECISION, samples.facts(), format)

    for said in (
        "PEMERINTAH KABUPATEN LUMBUNG RAYA BAPPELITBANGDA", "Lumbung Kota, 9 Juni 2026", "400.10.11/007/LI/2026", "Yth. Kepala Dinas Kesehatan",
        "JEMPUT GIZI – “dari pintu ke pintu”", "LR-26-014/2", "2, diajukan 1 Juni 2026",
        "100 diklaim, 97,5 berbukti, 95 terverifikasi, dari 111 poin",
        "Usulan ini DISETUJUI dengan kematangan 95 poin, mencapai batas layak kirim 86 poin.", "Lanjutkan pemantauan triwulan.",
        "Kepala Bappelitbangda, Ir. H. Bambang Suharto, M.Si. NIP 197003121996031926"):
        assert said in text, said


@pytest.mark.parametrize("format", FORMATS)
def test_a_return_names_its_rows_the_profile_and_the_deadline(format):
    text = text_of(DECISION, samples.returned(), format)

    assert "Usulan ini DIKEMBALIKAN untuk diperbaiki: 2 baris dan profil, paling lambat 30 Juni 2026 pukul 23.59 WIB." in text
    assert "Catatan profil: Tujuan belum menyebut sasaran yang terukur." in text
    assert text.count(samples.REASON) == 2
    assert "Baru tiga unsur yang terbukti." not in text  # below its claim, and not returned


@pytest.mark.parametrize(("verified", "said"), [("85.5", "85,5 poin, belum mencapai batas"), ("86", "86 poin, mencapai batas")])
def test_the_line_for_sending_is_inclusive(verified, said):
    assert said in text_of(DECISION, samples.facts(verified=verified), "pdf")


def test_without_a_row_below_its_claim_the_letter_says_so():
    assert "Semua baris terbukti sesuai klaim." in text_of(DECISION, samples.facts(rows=samples.rows()), "docx")


def test_the_minutes_hold_all_twenty_rows_with_their_points():
    rows = docx_tables(letters.write(MINUTES, samples.facts(), "docx"))[2]

    assert rows[0] == ["Baris", "Indikator", "Klaim", "Terbukti", "Poin", "Alasan"]
    assert [row[0] for row in rows[1:-1]] == [str(code) for code in range(16, 36)]
    assert rows[6] == ["21", "Integrasi program dan kegiatan inovasi dalam RKPD", "2", "1", "2,5", samples.REASON]
    assert rows[7] == ["22", "Keterlibatan aktor inovasi", "2", "2", "5", "Sesuai klaim."]
    assert rows[20] == ["35", "Kualitas inovasi daerah", "–", "–", "0", "Tidak diisi."]
    assert rows[21] == ["", "Jumlah poin terverifikasi", "", "", "95", ""]


def test_a_row_nobody_judged_before_the_return_says_so():
    rows = docx_tables(letters.write(MINUTES, samples.returned(rows=samples.rows(r16={"proven": None, "points": "0"})), "docx"))[2]

    assert rows[1] == ["16", "Regulasi inovasi daerah", "2", "–", "0", "Belum diputus."]


@pytest.mark.parametrize("format", FORMATS)
def test_the_minutes_name_the_day_in_words_the_people_and_who_signs(format):
    text = text_of(MINUTES, samples.facts(), format)

    assert "Selasa tanggal sembilan bulan Juni tahun dua ribu dua puluh enam" in text
    assert "verifikasi putaran 2 (dua)" in text
    assert "Dewi Lestari, S.E. 198809172011012005 Perencana Ahli Muda Verifikator 2 Bagus Prakoso, S.T. – Peneliti Ahli Pertama" in text
    assert "Verifikasi diselesaikan oleh Dewi Lestari, S.E. dan disetujui oleh Hendra Wijaya, S.Sos., M.Si., 8 Juni 2026." in text
    assert "dr. Ratna Widyastuti, M.Kes. NIP 197204152001122003" in text


def test_who_is_not_known_leaves_a_line_to_write_on():
    text = text_of(MINUTES, samples.facts(unit_head=letters.Person(), coordinator=letters.Person(), approver=None), "docx")

    assert text.count("." * 40 + " NIP " + "." * 24) == 1  # the head of the unit; the coordinator's stands beside the verifier's
    assert text.count("NIP " + "." * 24) == 2
    assert "Kepala Dinas Kesehatan," in text


@pytest.mark.parametrize(("kind", "facts"), LETTERS)
def test_word_and_pdf_say_the_same(kind, facts):
    word, paper = text_of(kind, facts, "docx"), " ".join(pdf_pages(letters.write(kind, facts, "pdf")))
    heads = "Baris Indikator Klaim Terbukti Poin Alasan"
    for part in (word, paper):
        assert part
    paper = paper if paper.count(heads) < 2 else paper.replace(f"{heads} 27", "27")
    feet = [f"{facts['number']} · usulan {facts['register']} · halaman {n} dari {m}" for m in range(1, 4) for n in range(1, m + 1)]
    for foot in feet:
        paper = paper.replace(foot, "")
    assert sorted(bare(paper)) == sorted(bare(word))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("kind", "facts"), LETTERS)
def test_the_same_facts_give_the_same_bytes_also_after_the_database(kind, facts, format):
    assert letters.write(kind, facts, format) == letters.write(kind, json.loads(json.dumps(facts)), format)


def test_facts_come_back_from_json_as_they_went():
    facts = Facts.from_json(samples.returned())

    assert Facts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


def test_a_word_file_holds_no_time_of_its_making():
    with zipfile.ZipFile(io.BytesIO(letters.write(DECISION, samples.facts(), "docx"))) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = Document(io.BytesIO(letters.write(DECISION, samples.facts(), "docx"))).core_properties
    assert (about.created.date().isoformat(), about.title) == ("2026-06-09", "Surat hasil verifikasi 400.10.11/007/LI/2026")


def test_rows_flow_over_pages_under_their_headings():
    long = {"proven": 1, "points": "2.5", "reason": " ".join(f"kata{n}" for n in range(500))}
    facts = samples.facts(rows=samples.rows(**{f"r{code}": long for code in range(16, 36)}))
    pages = pdf_pages(letters.write(MINUTES, facts, "pdf"))

    assert all("Baris Indikator Klaim Terbukti Poin Alasan" in page for page in pages[:-1])
    assert [f"halaman {n} dari {len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)
    assert bare(" ".join(pages)).count("kata499") == 20  # nothing lost where a row is cut
    assert "16 (lanjutan)" in pages[1]
    heads = parts(letters.write(MINUTES, facts, "docx"))["word/document.xml"].count(b"<w:tblHeader/>")
    assert heads == 2  # Word repeats them by itself


def test_nobody_signs_an_empty_page():
    for rows in range(20):
        back = {f"r{16 + n}": {"proven": 0, "points": "0", "reason": samples.REASON, "returned": True} for n in range(rows)}
        last = pdf_pages(letters.write(DECISION, samples.returned(rows=samples.rows(**back)), "pdf"))[-1]
        assert "Demikian disampaikan." in last and "NIP 197003121996031926" in last


def test_a_training_letter_says_that_it_is_none():
    assert "CONTOH UNTUK LATIHAN, BUKAN SURAT RESMI" in text_of(MINUTES, samples.facts(training=True), "docx")
    assert "CONTOH UNTUK LATIHAN" not in text_of(MINUTES, samples.facts(), "pdf")


@pytest.mark.parametrize("hostile", [
    "{{ 7*7 }}", "{% for x in y %}", "{_{ number }_} {_% if %_}", "<w:p>&amp;</w:p>", "]]>", "=1+1", "C:\\new\\folder", "100% & <lebih>"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_person_typed_stays_text(kind, hostile):
    facts = samples.facts(innovation=hostile, note=hostile, office=hostile, contact=hostile)

    assert docx_tables(letters.write(kind, facts, "docx"))[1][0][2] == hostile
    assert f"Nama inovasi : {hostile}" in text_of(kind, facts, "pdf")


def test_controls_page_breaks_and_turned_writing_are_left_out():
    facts = samples.facts(note="a\x00b\x0bc\x0cd\x07e\x1bf\u202eg\ud800h\ufffei\tj\r\nk")

    assert "Catatan umum: ab c def" + "ghi j k" in text_of(DECISION, facts, "docx")
    assert b"page" not in parts(letters.write(DECISION, facts, "docx"))["word/document.xml"].split(b"Catatan umum")[1][:400]


def test_letters_the_font_lacks_are_marked_in_pdf_and_whole_in_word():
    facts = samples.facts(innovation="SEHAT 健康 ꦱꦼꦲꦠ꧀ 😀")

    assert "SEHAT 健康 ꦱꦼꦲꦠ꧀ 😀" in text_of(DECISION, facts, "docx")
    assert "SEHAT \ufffd\ufffd" in text_of(DECISION, facts, "pdf")


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_makes_a_letter(name, reason):
    back = {"proven": 0, "points": "0", "reason": reason or "x", "returned": True}
    facts = samples.returned(innovation=name, unit=name, note=reason, rows=samples.rows(r16=back))
    for kind in KINDS:
        for format in FORMATS:
            assert text_of(kind, facts, format)

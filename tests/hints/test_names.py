"""The name of an innovation: found where it stands as a name, uncertain where it may be something else."""
import pytest

from app.rules.hints.folding import Folded
from app.rules.hints.hit import Verdict
from app.rules.hints.names import Name

FOUND, UNCERTAIN, NOTHING = "found", "uncertain", "nothing"


def look(name, text, longer=()):
    verdicts = [hit.verdict for hit in Name(name, longer).hits(Folded(text))]
    return FOUND if Verdict.CERTAIN in verdicts else UNCERTAIN if verdicts else NOTHING


@pytest.mark.parametrize("text", [
    "inovasi JEMPUT GIZI di desa", "Inovasi Jemput Gizi", "inovasi jemput gizi telah berjalan", "TIM PELAKSANA INOVASI JEMPUT GIZI DINAS KESEHATAN",
    "inovasi “Jemput Gizi”", "inovasi JEMPUT\nGIZI", "inovasi JEM-\nPUT GI-\nZI, yaitu", "inovasi JEM\u00adPUT GI\u00adZI", "inovasi JEMPUT-GIZI",
    "inovasi JEMPUT  GIZI (Jemput Balita)", "1\tJEMPUT GIZI\tDinas Kesehatan", "inovasi JEMPUTGIZI.", "Nama inovasi: JEMPUT GIZI",
    "inovasi JÉMPUT GIZI",
    "program JEMPUT GIZI tahun 2025", "INOVASI JEMPUT GIZI TAHUN 2025", "SOP PELAYANAN JEMPUT GIZI"])
def test_habits_of_writing_make_no_difference(text):
    assert look("JEMPUT GIZI", text) == FOUND


@pytest.mark.parametrize("text", [
    "inovasi JEMPUT GIZI PLUS", "inovasi JEMPUT GIZI\nPLUS", "INOVASI SUPER JEMPUT GIZI DINAS KESEHATAN", "inovasi E-JEMPUT GIZI",
    "inovasi JEMPUT GIZI-KU",
    "inovasi E-\nJEMPUT GIZI", "inovasi JEMPUT GIZI 2.0", "inovasi JEMPUT GIZI II", "Inovasi Jemput Gizi Mandiri", "Inovasi Jemput Gizi di Sawah",
    "INOVASI JEMPUT GIZI DAN SIAGA BUMIL", "kader jemput gizi balita", "www.jemput-gizi.go.id", "inovasi JEMPUT GIZI & ANAK"])
def test_a_longer_name_and_plain_words_are_uncertain(text):
    assert look("JEMPUT GIZI", text) == UNCERTAIN


@pytest.mark.parametrize("text", [
    "JEMPUT ANAK GIZI", "JEMPUT\tGIZI", "Sesudah dijemput, gizi balita dihitung", "penjemput gizi", "JEMPUT. GIZI", "GIZI JEMPUT"])
def test_other_words_are_not_the_name(text):
    assert look("JEMPUT GIZI", text) == NOTHING


def test_a_longer_name_of_the_register_covers_the_shorter_one():
    text = "inovasi KLINIK di kantor kecamatan dan KLINIK DESA, inovasi KLINIK DESA di kantor"
    assert look("KLINIK DESA", "inovasi KLINIK DESA di kantor") == FOUND
    assert look("KLINIK DESA", "inovasi KLINIK DESA di kantor", ["KLINIK DESA DI KANTOR"]) == UNCERTAIN
    assert look("KLINIK DESA", text, ["KLINIK DESA DI KANTOR"]) == FOUND


@pytest.mark.parametrize(("text", "met"), [
    ("harus siap melayani", UNCERTAIN), ("aparatur yang SIAP melayani", UNCERTAIN), ("inovasi siap di desa", UNCERTAIN),
    ("KADER SIAP DINAS", UNCERTAIN),
    ("INOVASI SIAP SIAGA", UNCERTAIN), ("3. Siap melayani", UNCERTAIN), ("inovasi SIAP di desa", FOUND), ("aplikasi “Siap” milik", FOUND),
    ("Sistem Aparatur (SIAP)", FOUND), ("3\tSIAP\tDinas Sosial", FOUND), ("3 SIAP Dinas Sosial", FOUND), ("persiapan", NOTHING), ("SIAPA", NOTHING)])
def test_a_single_word_must_be_said_to_be_a_name(text, met):
    assert look("SIAP", text) == met


@pytest.mark.parametrize("text", ["aplikasi ESAKIP", "aplikasi E-SAKIP", "aplikasi E SAKIP", "aplikasi e-Sakip", "aplikasi E–SAKIP"])
def test_a_hyphen_in_a_name_may_be_left_out(text):
    assert look("e-Sakip", text) == FOUND


@pytest.mark.parametrize(("text", "met"), [
    ("inovasi GEMAR", FOUND), ("inovasi GEMAR (Gerakan Makan Ikan)", FOUND), ("inovasi GEMAR (Gerakan Membaca)", UNCERTAIN),
    ("inovasi GEMAR (Gerakan Makan Ikan) II", UNCERTAIN)])
def test_an_explanation_in_brackets_may_be_missing_but_not_differ(text, met):
    assert look("GEMAR (Gerakan Makan Ikan)", text) == met


def test_the_word_inovasi_in_front_is_no_part_of_the_name():
    assert look("Inovasi SENYUM PAGI", "program SENYUM PAGI") == FOUND


def test_nothing_is_looked_for_without_letters():
    assert list(Name(" - ").hits(Folded("apa saja - "))) == []

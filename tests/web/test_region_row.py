"""One regional row on the screen: figures in, level out; the verdict of somebody else; two people at once."""
import re

import pytest

from app.extensions import db
from app.models import Period
from tests.web.reviewing import desk, text
from tests.web.test_region_list import fill

ROW, VERDICT = "/spd/2026/3", "/spd/2026/1/putusan"
FIGURES = {"angka_T-2": "1.000", "angka_T-1": "1.090"}


def stored(app, saved, code):
    with app.app_context():
        row = db.session.get(Period, saved.period).region_row(code)
        return row.claimed_level, row.figures, row.reason


def verdict(app, saved, code="1"):
    with app.app_context():
        row = db.session.get(Period, saved.period).region_row(code)
        return row.proven_level, row.verdict_reason, row.judged_by and row.judged_by.username


def hidden(page, name, form="isian"):
    part = page.text.split(f'id="{form}"')[1] if form else page.text.split("/putusan")[1]
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', part)[1]


def chosen(page):
    return re.findall(r'id="level-(\d)" value="\d" checked', page.text)


@pytest.fixture
def filled(app, saved):
    """Row 1 at level 2 by the coordinator, with evidence."""
    with desk(app, saved) as cast:
        fill(cast)


# Figures and the formula

def test_counting_shows_value_and_level_and_stores_nothing(app, saved, open_as):
    page = open_as("coordinator").post(ROW, {**FIGURES, "hitung": "1"}, expect=200)
    assert "Naik 9,00 persen: level 3." in text(page) and chosen(page) == ["3"]
    assert 'value="1.000"' in page.text
    assert stored(app, saved, "3") == (None, {}, "")


def test_what_was_counted_stays_in_sight_of_who_may_judge_as_well(app, saved, open_as):
    """Their form lies folded below the statement of another; the answer must not be folded away."""
    with desk(app, saved) as cast:
        fill(cast, "3", 2)
    reviewer = open_as("reviewer")
    assert '<details class="mb-4"><summary' in reviewer.get(ROW).text
    assert '<details class="mb-4" open><summary' in reviewer.post(ROW, {**FIGURES, "hitung": "1"}, expect=200).text


def test_the_level_of_the_formula_is_taken_when_nobody_chose_another(app, saved, open_as):
    page = text(open_as("coordinator").follow(ROW, FIGURES))
    assert stored(app, saved, "3") == (3, {"T-2": "1000", "T-1": "1090"}, "")
    assert "Baris 3 tersimpan: level 3." in page


def test_it_follows_new_figures_until_a_person_chooses(app, saved, open_as):
    coordinator = open_as("coordinator")
    coordinator.post(ROW, FIGURES)
    page = coordinator.get(ROW)
    assert chosen(page) == ["3"]
    coordinator.post(ROW, {"angka_T-2": "1000", "angka_T-1": "1000", "level": "3", "suggested": hidden(page, "suggested")})
    assert stored(app, saved, "3")[0] == 2
    page = coordinator.post(ROW, {**FIGURES, "level": "1", "suggested": "2", "hitung": "1"}, expect=200)
    assert chosen(page) == ["1"]


def test_another_level_needs_a_reason_and_what_was_typed_stays(app, saved, open_as):
    coordinator = open_as("coordinator")
    page = coordinator.post(ROW, {**FIGURES, "level": "2", "suggested": "3"}, expect=200)
    assert "Tulis alasan Anda memilih level 2." in text(page) and chosen(page) == ["2"]
    assert stored(app, saved, "3") == (None, {}, "")
    coordinator.post(ROW, {**FIGURES, "level": "2", "suggested": "3", "reason": "402 izin dicabut."})
    assert stored(app, saved, "3") == (2, {"T-2": "1000", "T-1": "1090"}, "402 izin dicabut.")


def test_where_the_guideline_overlaps_a_person_decides_and_the_page_says_why(app, saved, open_as):
    coordinator, figures = open_as("coordinator"), {"angka_T-2": "1208", "angka_T-1": "600"}
    assert "Batas level 1 dan 2 bertumpang tindih" in text(coordinator.get(ROW))
    page = coordinator.post(ROW, {**figures, "hitung": "1"}, expect=200)
    assert chosen(page) == []
    assert ("Nilai −50,33 persen masuk level 1 dan level 2 menurut pedoman; tetapkan salah satu dan tulis alasannya. "
            "Aplikasi tidak memilihkan, karena batas level dalam pedoman resmi bertumpang tindih.") in text(page)
    assert "Pilih levelnya." in text(coordinator.post(ROW, figures, expect=200))
    assert "Tulis alasan Anda memilih level 2." in text(coordinator.post(ROW, {**figures, "level": "2"}, expect=200))
    coordinator.post(ROW, {**figures, "level": "2", "reason": "Lampiran II menulis −50,33 di level 2."})
    assert stored(app, saved, "3")[::2] == (2, "Lampiran II menulis −50,33 di level 2.")


def test_without_a_formula_the_level_is_chosen(app, saved, open_as):
    coordinator = open_as("coordinator")
    page = coordinator.get("/spd/2026/1")
    assert "Hitung" not in text(page) and 'name="reason"' not in page.text.split("</form>")[0]
    assert "Pilih levelnya." in text(coordinator.post("/spd/2026/1", {}, expect=200))
    coordinator.post("/spd/2026/1", {"level": "3"})
    assert stored(app, saved, "1") == (3, {}, "")
    assert "Baris 1 tersimpan: kosong." in text(coordinator.follow("/spd/2026/1", {"level": "0"}))


@pytest.mark.parametrize(("typed", "kept"), [
    ("1.234.567", "1234567"), ("1234567", "1234567"), ("Rp 1.234.567", "1234567"), ("12.345.678.901", "12345678901"), ("1.000,00", "1000")])
def test_rupiah_as_an_office_types_them(app, saved, open_as, typed, kept):
    open_as("coordinator").post("/spd/2026/6", {"angka_T-2": typed, "angka_T-1": typed})
    assert stored(app, saved, "6") == (2, {"T-2": kept, "T-1": kept}, "")


@pytest.mark.parametrize(("code", "typed", "words"), [
    ("6", "1.234,50", "Tulis rupiah bulat, tanpa sen."), ("6", "seribu", "“seribu” bukan bilangan."),
    ("5b", "101", "tidak boleh di bawah 0 atau di atas 100."), ("6", "9" * 30, "Angka ini terlalu besar."),
    ("5b", "5,1234567", "Paling banyak 6 angka di belakang koma."), ("3", "-5", "“-5” bukan bilangan."),
])
def test_what_is_no_figure_is_told_and_stays(app, saved, open_as, code, typed, words):
    sent = {"angka_T-1": typed, "angka_T-2": typed, "level": "2", "reason": "Sementara."}
    page = open_as("coordinator").post(f"/spd/2026/{code}", sent, expect=200)
    assert words in text(page) and f'value="{typed}"' in page.text
    assert stored(app, saved, code) == (None, {}, "")


def test_decimals_with_comma_or_point(app, saved, open_as):
    for typed in ("5,50", "5.5"):
        open_as("coordinator").post("/spd/2026/5b", {"angka_T-1": typed})
        assert stored(app, saved, "5b") == (2, {"T-1": "5.5"}, "")


def test_a_save_leads_on_when_asked(saved, open_as):
    coordinator = open_as("coordinator")
    assert coordinator.post(ROW, {**FIGURES, "go": "next"}).location == "/spd/2026/4"
    assert coordinator.post("/spd/2026/15", {"level": "1", "go": "next"}).location == "/spd/?tahun=2026"


# Who may what

@pytest.mark.parametrize("who", ["leader", "admin"])
def test_those_who_only_read_see_no_field(filled, open_as, who):
    page = open_as(who).get("/spd/2026/1")
    assert "<textarea" not in page.text and 'type="radio"' not in page.text and "Anda dapat membacanya." in text(page)
    assert "Level 2 : Inovasi ada di visi (2 poin)" in text(page) and "Menunggu putusan verifikator atau koordinator." in text(page)


def test_who_filled_the_row_last_reads_why_they_do_not_judge(app, saved, filled, open_as):
    coordinator = open_as("coordinator")
    page = coordinator.get("/spd/2026/1")
    assert "Anda ikut mengisi baris ini, jadi orang lain yang memutusnya." in text(page) and "Simpan putusan" not in text(page)
    page = coordinator.post(VERDICT, {"level": "2", "seen": "2"}, expect=200)
    assert "Anda ikut mengisi" in text(page) and verdict(app, saved) == (None, "", None)


def test_a_relaxed_period_says_so_and_lets_them(app, saved, filled, open_as):
    with desk(app, saved) as cast:
        cast.period.may_approve_own = True
    coordinator = open_as("coordinator")
    page = coordinator.get("/spd/2026/1")
    assert "Periode ini mengizinkan yang mengisi juga memutus barisnya sendiri." in text(page)
    coordinator.post(VERDICT, {"level": "2", "seen": hidden(page, "seen", "")})
    assert verdict(app, saved) == (2, "", "coordinator")


def test_somebody_else_judges_with_the_evidence_beside_it(app, saved, filled, open_as):
    reviewer = open_as("reviewer")
    page = reviewer.get("/spd/2026/1")
    assert "/berkas/" in page.text and "SPD 900" in text(page)
    assert "Sesudah Anda melampirkan dokumen, orang lain yang memutus baris ini." in text(page)
    seen = hidden(page, "seen", "")
    refused = reviewer.post(VERDICT, {"level": "1", "seen": seen}, expect=200)
    assert "Tulis alasan mengapa level terbukti di bawah klaim." in text(refused) and verdict(app, saved) == (None, "", None)
    page = text(reviewer.follow(VERDICT, {"level": "1", "reason": "Baru misi.", "seen": hidden(refused, "seen", "")}))
    assert "Putusan baris 1 tersimpan: terbukti level 1. Tidak ada lagi yang menunggu putusan Anda." in page
    assert verdict(app, saved) == (1, "Baru misi.", "reviewer")


def test_a_verdict_leads_to_the_next_row_that_waits(app, saved, filled, open_as):
    with desk(app, saved) as cast:
        fill(cast, "8", number=901)
    reviewer = open_as("reviewer")
    assert reviewer.post(VERDICT, {"level": "2", "seen": hidden(reviewer.get("/spd/2026/1"), "seen", "")}).location == "/spd/2026/8"


@pytest.mark.parametrize(("sent", "words"), [
    ({}, "Pilih level yang terbukti."), ({"level": "3"}, "Level terbukti tidak boleh di atas klaim (level 2)."),
    ({"level": "7"}, "Pilih salah satu dari daftar."), ({"level": "1", "reason": "x" * 2001}, "Paling banyak 2.000 huruf"),
])
def test_what_no_verdict_may_be(app, saved, filled, open_as, sent, words):
    reviewer = open_as("reviewer")
    page = reviewer.post(VERDICT, sent | {"seen": hidden(reviewer.get("/spd/2026/1"), "seen", "")}, expect=200)
    assert words in text(page)
    assert verdict(app, saved) == (None, "", None)


def test_an_empty_row_is_not_judged(app, saved, open_as):
    reviewer = open_as("reviewer")
    assert "Baris ini belum diisi, jadi belum ada yang diputus." in text(reviewer.get("/spd/2026/1"))
    page = reviewer.post(VERDICT, {"level": "0", "seen": "0"}, expect=200)
    assert "Baris ini belum diisi" in text(page) and verdict(app, saved) == (None, "", None)


def test_who_changes_the_row_takes_the_verdict_back(app, saved, filled, open_as):
    reviewer = open_as("reviewer")
    reviewer.post(VERDICT, {"level": "2", "seen": hidden(reviewer.get("/spd/2026/1"), "seen", "")})
    reviewer.post("/spd/2026/1", {"level": "1", "seen": hidden(reviewer.get("/spd/2026/1"), "seen")})
    assert stored(app, saved, "1")[0] == 1 and verdict(app, saved) == (None, "", None)
    assert "Anda ikut mengisi baris ini" in text(reviewer.get("/spd/2026/1"))


def test_a_locked_row_takes_nothing(app, saved, filled, open_as):
    with desk(app, saved) as cast:
        cast.period.close_region(cast.coordinator)
    coordinator = open_as("coordinator")
    page = coordinator.get("/spd/2026/1")
    assert "sudah dikunci" in text(page) and "<textarea" not in page.text and 'type="radio"' not in page.text
    assert "sudah dikunci" in text(coordinator.post("/spd/2026/1", {"level": "3"}, expect=200))
    assert "sudah dikunci" in text(open_as("reviewer").post(VERDICT, {"level": "2", "seen": "2"}, expect=200))
    assert (stored(app, saved, "1")[0], verdict(app, saved)) == (2, (None, "", None))


# Two people

def test_the_second_sees_both_and_chooses(app, saved, open_as):
    coordinator, reviewer = open_as("coordinator"), open_as("reviewer")
    mine, theirs = hidden(coordinator.get(ROW), "seen"), hidden(reviewer.get(ROW), "seen")
    reviewer.post(ROW, {"angka_T-2": "2000", "angka_T-1": "2000", "seen": theirs})
    page = coordinator.post(ROW, {**FIGURES, "seen": mine}, expect=200)
    assert "Reviewer menyimpan yang lain sesudah Anda mulai mengetik." in text(page)
    assert "Jumlah izin terbit 2024 Pakai yang tersimpan 2.000 Pakai ketikan saya 1.000" in text(page)
    assert stored(app, saved, "3")[:2] == (2, {"T-2": "2000", "T-1": "2000"})
    coordinator.post(ROW, {**FIGURES, "level": "3", "seen": hidden(page, "seen")})
    assert stored(app, saved, "3")[:2] == (3, {"T-2": "1000", "T-1": "1090"})


def test_who_says_the_same_is_not_bothered(app, saved, open_as):
    coordinator, reviewer = open_as("coordinator"), open_as("reviewer")
    mine = hidden(coordinator.get(ROW), "seen")
    reviewer.post(ROW, {**FIGURES, "seen": hidden(reviewer.get(ROW), "seen")})
    coordinator.post(ROW, {**FIGURES, "seen": mine})
    assert stored(app, saved, "3")[0] == 3


def test_ones_own_evidence_does_not_disturb_what_is_typed(app, saved, open_as):
    coordinator = open_as("coordinator")
    mine = hidden(coordinator.get("/spd/2026/1"), "seen")
    with desk(app, saved) as cast:
        fill(cast, "1", None)
    coordinator.post("/spd/2026/1", {"level": "3", "seen": mine})
    assert stored(app, saved, "1")[0] == 3


def test_a_claim_over_a_verdict_nobody_saw_is_asked_again(app, saved, filled, open_as):
    coordinator, reviewer = open_as("coordinator"), open_as("reviewer")
    mine = hidden(coordinator.get("/spd/2026/1"), "seen")
    reviewer.post(VERDICT, {"level": "2", "seen": hidden(reviewer.get("/spd/2026/1"), "seen", "")})
    page = coordinator.post("/spd/2026/1", {"level": "3", "seen": mine}, expect=200)
    assert "Reviewer menyimpan" in text(page) and verdict(app, saved) == (2, "", "reviewer")


def test_a_verdict_on_a_row_that_changed_meanwhile_is_refused_and_what_was_typed_stays(app, saved, filled, open_as):
    reviewer = open_as("reviewer")
    seen = hidden(reviewer.get("/spd/2026/1"), "seen", "")
    with desk(app, saved) as cast:
        cast.period.region_row("1").claim(cast.coordinator, 3)
    page = reviewer.post(VERDICT, {"level": "2", "reason": "Hanya di misi.", "seen": seen}, expect=200)
    assert "Coordinator menyimpan baris ini sesudah halaman ini dibuka." in text(page) and "Hanya di misi.</textarea>" in page.text
    assert verdict(app, saved) == (None, "", None)
    reviewer.post(VERDICT, {"level": "2", "reason": "Hanya di misi.", "seen": hidden(page, "seen", "")})
    assert verdict(app, saved) == (2, "Hanya di misi.", "reviewer")


def test_a_verdict_without_the_mark_of_its_page_is_refused(app, saved, filled, open_as):
    open_as("reviewer").post(VERDICT, {"level": "2"}, expect=200)
    assert verdict(app, saved) == (None, "", None)


# What was typed

def test_a_verdict_typed_and_not_saved_stands_in_its_form_again(app, saved, filled, open_as):
    reviewer = open_as("reviewer")
    page = reviewer.get("/spd/2026/1")
    kept = {"level": "1", "reason": "Hanya misi, belum visi.", "seen": hidden(page, "seen", ""), "opened": hidden(page, "opened", "")}
    reviewer.post(f"/ketikan?alamat={VERDICT}", kept, expect=200)
    page = reviewer.get("/spd/2026/1")
    assert "Hanya misi, belum visi.</textarea>" in page.text and "belum disimpan" in text(page)
    assert "Putusan indikator daerah baris 1" in text(reviewer.get("/ketikan"))
    assert "Hanya misi" not in open_as("coordinator").get("/spd/2026/1").text
    reviewer.post(VERDICT, kept)
    assert verdict(app, saved) == (1, "Hanya misi, belum visi.", "reviewer") and "Hanya misi" not in reviewer.get("/ketikan").text


def test_figures_typed_and_not_saved_are_counted_again(app, saved, open_as):
    coordinator = open_as("coordinator")
    page = coordinator.get(ROW)
    kept = {**FIGURES, "seen": hidden(page, "seen"), "suggested": "", "opened": hidden(page, "opened")}
    coordinator.post(f"/ketikan?alamat={ROW}", kept, expect=200)
    page = coordinator.get(ROW)
    assert 'value="1.000"' in page.text and "Naik 9,00 persen: level 3." in text(page)
    assert stored(app, saved, "3") == (None, {}, "")

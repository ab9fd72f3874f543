"""One row beside its evidence: reading it, judging it, and what happens when somebody else was quicker."""
import re

import pytest

from app.extensions import db
from app.models import Entry
from app.rules.access import Role
from tests.cast import fill, make_document
from tests.web.reviewing import Selects, desk, file_numbers, judge, second_round, text

ROW = "/verifikasi/1/putusan/17"


@pytest.fixture
def submitted(app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    return saved


@pytest.fixture
def came_back(app, saved):
    with desk(app, saved) as cast:
        second_round(cast)
    return saved


def verdicts(app, code="17"):
    """Level, reason, version and author of what stands on a row, newest round last."""
    with app.app_context():
        answer = db.session.get(Entry, 1).answer_on(code)
        return [(v.proven_level, v.reason, v.version, v.by and v.by.username) for v in answer.verdicts]


def test_a_verdict_at_the_claim_is_kept_and_the_next_row_opens(app, submitted, open_as):
    reviewer = open_as("reviewer")
    assert reviewer.post(ROW, {"level": "2", "reason": "", "seen": "0"}).location == "/verifikasi/1/putusan/32"
    assert verdicts(app) == [(2, "", 1, "reviewer")]
    assert "1 dari 5 baris diputus" in text(reviewer.get("/verifikasi/1/putusan/32"))


def test_below_the_claim_needs_a_reason(app, submitted, open_as):
    page = open_as("reviewer").post(ROW, {"level": "1", "reason": " ", "seen": "0"}, expect=200)
    assert "Tulis alasan mengapa level terbukti di bawah klaim." in text(page)
    assert 'value="1" checked' in page.text
    assert verdicts(app) == []


def test_without_evidence_only_level_0_can_be_chosen(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.answer_on("19").claim(cast.owner, 2)
        cast.entry.submit(cast.owner)
    page = open_as("reviewer").get("/verifikasi/1/putusan/19")
    assert re.findall(r'name="level" value="(\d)"( disabled)?', page.text) == [("0", ""), ("1", " disabled"), ("2", " disabled"), ("3", " disabled")]
    assert "wajib bila di bawah klaim Apa yang salah" in text(page)


def test_a_refusal_keeps_what_was_typed(submitted, open_as):
    page = open_as("reviewer").post(ROW, {"level": "3", "reason": "Peran <b>tidak</b> tercantum.\r\nLengkapi.", "seen": "0"}, expect=200)
    assert "Level terbukti tidak boleh di atas klaim (level 2)." in text(page)
    assert "Peran &lt;b&gt;tidak&lt;/b&gt; tercantum.\nLengkapi.</textarea>" in page.text


@pytest.mark.parametrize(("sent", "sentence"), [
    ({"reason": "Belum cukup."}, "Pilih level yang terbukti."), ({"level": "7"}, "Pilih salah satu dari daftar."),
    ({"level": "1", "reason": "x" * 4001}, "Paling banyak 4.000 huruf; sekarang 4.001."),
])
def test_what_is_not_an_answer_is_asked_again(app, submitted, open_as, sent, sentence):
    assert sentence in text(open_as("reviewer").post(ROW, sent | {"seen": "0"}, expect=200))
    assert verdicts(app) == []


def test_one_may_change_ones_own_draft(app, submitted, open_as):
    reviewer = open_as("reviewer")
    reviewer.post(ROW, {"level": "2", "seen": "0"})
    assert 'value="2" checked' in reviewer.get(ROW).text
    reviewer.post(ROW, {"level": "1", "reason": "Tanpa peran.", "seen": "1"})
    assert verdicts(app) == [(1, "Tanpa peran.", 2, "reviewer")]


def test_the_second_reviewer_of_a_row_is_told_and_may_then_decide(app, submitted, open_as):
    late = open_as("coordinator")
    late.get(ROW)
    open_as("reviewer").post(ROW, {"level": "1", "reason": "Tanpa peran.", "seen": "0"})
    page = late.post(ROW, {"level": "0", "reason": "Tidak bertanda tangan.", "seen": "0"}, expect=200)
    assert "Reviewer sudah memutus baris ini." in text(page)
    assert "Terbukti level 1 dari klaim 2: 2 poin. “Tanpa peran.”" in text(page)
    assert "Tidak bertanda tangan.</textarea>" in page.text
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', page.text)[1]
    late.post(ROW, {"level": "0", "reason": "Tidak bertanda tangan.", "seen": seen})
    assert verdicts(app) == [(0, "Tidak bertanda tangan.", 2, "coordinator")]


def test_after_the_last_row_comes_the_decision(app, submitted, open_as):
    with desk(app, submitted) as cast:
        judge(cast, cast.entry)
        db.session.delete(cast.entry.answer_on("17").verdicts[0])
    page = open_as("reviewer").get(ROW)
    assert "Simpan, lanjut ke keputusan" in page.text
    assert open_as("reviewer").post(ROW, {"level": "2", "seen": "0"}).location == "/verifikasi/1/keputusan"


def test_typed_text_survives_that_somebody_decided_meanwhile(app, submitted, open_as):
    with desk(app, submitted) as cast:
        judge(cast, cast.entry)
        cast.entry.approve(cast.coordinator)
    page = open_as("reviewer").post(ROW, {"level": "1", "reason": "Peran belum ada.", "seen": "1"}, expect=200)
    assert "Coordinator sudah menyetujui usulan ini. Keputusan Anda tidak dicatat." in text(page)
    assert "readonly>Peran belum ada.</textarea>" in page.text
    assert '<form method="post" data-verdict' not in page.text


def test_drafts_are_not_for_the_unit(app, submitted, open_as):
    open_as("reviewer").post(ROW, {"level": "1", "reason": "Rahasia sampai diputuskan.", "seen": "0"})
    owner = open_as("owner")
    for url in ("/usulan/1", "/usulan/1/indikator", "/usulan/1/indikator/17", "/usulan/1/riwayat", "/usulan/1/cetak", "/pemberitahuan", "/"):
        page = owner.get(url)
        assert ("Rahasia" in page.text, "memutus baris" in page.text) == (False, False), url
    owner.get(ROW, expect=403)


def test_somebody_of_the_unit_reads_without_drafts_and_may_not_judge(app, submitted, open_as):
    open_as("reviewer").post(ROW, {"level": "1", "reason": "Rahasia sampai diputuskan.", "seen": "0"})
    with desk(app, submitted) as cast:
        cast.coordinator.give_role(Role.OPERATOR, cast.units["dinas"], None)
    own = open_as("coordinator")
    for url in (ROW, "/verifikasi/1", "/verifikasi/1/keputusan"):
        page = own.get(url)
        assert "Anda terdaftar di Dinas Kesehatan, jadi usulan ini diputus orang lain." in text(page)
        assert ("Rahasia" in page.text, "<form method=\"post\"" in page.text, "Sementara" in page.text) == (False, False, False), url
    own.post(ROW, {"level": "2", "seen": "0"}, expect=403)
    own.post("/verifikasi/1/keputusan", {"decision": "approve"}, expect=403)


def test_the_admin_reads_but_gives_no_verdict(submitted, open_as):
    admin = open_as("admin")
    assert "putusan diberikan verifikator atau koordinator" in text(admin.get(ROW))
    admin.post(ROW, {"level": "2", "seen": "0"}, expect=403)


@pytest.mark.parametrize(("who", "status"), [("owner", 403), ("leader", 403), ("stranger", 404)])
@pytest.mark.parametrize("path", ["", "/putusan/17", "/profil", "/keputusan"])
def test_others_stay_outside(submitted, open_as, who, status, path):
    open_as(who).get(f"/verifikasi/1{path}", expect=status)


def test_a_row_the_instrument_does_not_have_is_not_found(submitted, open_as):
    open_as("reviewer").get("/verifikasi/1/putusan/99", expect=404)


def test_a_draft_proposal_has_nothing_to_judge(saved, open_as):
    reviewer = open_as("reviewer")
    assert "JEMPUT GIZI belum pernah diajukan" in text(reviewer.get(reviewer.get(ROW, expect=303).location))
    reviewer.post(ROW, {"level": "2", "seen": "0"})


def test_the_second_round_asks_only_for_what_changed(came_back, open_as):
    page = open_as("reviewer").get("/verifikasi/1/putusan/16")
    assert "Perlu diputus: 1 baris" in text(page)
    assert "Tidak berubah, putusan lama tetap: 4" in text(page)
    assert "Tidak berubah, hanya dijawab, sejak putaran 1" in text(page)
    assert "Alasan Anda Nama inovasi tidak tercantum. Jawaban “Halaman yang memuat nama sudah dilampirkan.”" in text(page)
    kept = open_as("reviewer").get("/verifikasi/1/putusan/17")
    assert "Tetap level 2 dari klaim 2, karena tidak ada yang berubah." in text(kept)


def test_differences_to_the_round_before_are_named(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"])
        row = cast.entry.answer_on("16")
        row.claim(cast.owner, 3)
        row.attach(cast.owner, make_document(cast, next(file_numbers)))
        cast.entry.submit(cast.owner)
    page = text(open_as("coordinator").get("/verifikasi/1/putusan/16"))
    assert re.search(r"Alasan Reviewer Nama inovasi tidak tercantum\. Klaim level 2 → level 3 Bukti baru bukti-\d+\.pdf", page)


def test_the_evidence_is_what_was_submitted_also_while_the_unit_repairs(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"])
        cast.entry.answer_on("16").exhibits[0].document.revise(cast.owner, title="Judul sesudah dikembalikan")
    page = open_as("reviewer").get("/verifikasi/1/putusan/16")
    assert ("Judul sesudah" in page.text, "Bukti 0" in page.text) == (False, True)


def test_the_page_of_the_document_stands_in_the_address(submitted, open_as):
    page = open_as("reviewer").get("/verifikasi/1/putusan/17?hlm=2")
    assert "halaman 2 dari 3" in text(page)
    assert re.search(r'href="(/verifikasi/1/putusan/17\?bukti=\d+&amp;hlm=3#bukti)"', page.text)


def test_a_document_opens_at_the_page_the_unit_named(app, saved, open_as):
    with desk(app, saved) as cast:
        row = cast.entry.answer_on("17")
        row.describe(cast.owner, row.exhibits[0], "2-3", 1)
        cast.entry.submit(cast.owner)
    page = text(open_as("reviewer").get(ROW))
    assert "halaman 2 dari 3" in page
    assert "Yang ditunjuk OPD: hlm. 2-3." in page


def test_hints_name_shared_files_and_wrong_years(app, saved, open_as):
    with desk(app, saved) as cast:
        shared = cast.entry.answer_on("17").exhibits[0].document
        cast.entry.answer_on("23").attach(cast.owner, shared)
        cast.entry.answer_on("17").attach(cast.owner, make_document(cast, next(file_numbers), years=[2021]))
        cast.entry.submit(cast.owner)
    page = text(open_as("reviewer").get(ROW))
    assert "Berkas ini juga membuktikan baris 23 usulan ini." in page
    assert "Tahun dokumen di luar 2024, 2025, dan 2026." in page


def test_an_empty_row_can_be_asked_for(app, submitted, open_as):
    reviewer = open_as("reviewer")
    assert "Minta OPD mengisi baris ini" in text(reviewer.get("/verifikasi/1/putusan/34"))
    reviewer.post("/verifikasi/1/putusan/34", {"level": "0", "reason": "Laporan monitoring sudah ada, lampirkan.", "seen": "1"})
    assert verdicts(app, "34") == [(0, "Laporan monitoring sudah ada, lampirkan.", 2, "reviewer")]


def test_a_verdict_is_one_private_event(app, submitted, open_as):
    open_as("reviewer").post(ROW, {"level": "2", "seen": "0"})
    with app.app_context():
        event = db.session.get(Entry, 1).events[-1]
        assert (event.what, event.is_private, event.by_id) == ("row_judged", True, submitted.people["reviewer"])


def test_as_many_selects_for_eight_documents_as_for_one(app, saved, open_as):
    reviewer = open_as("reviewer")
    with desk(app, saved) as cast:
        fill(cast, "18", 3, next(file_numbers))
        for _ in range(7):
            cast.entry.answer_on("18").attach(cast.owner, make_document(cast, next(file_numbers)))
        cast.entry.submit(cast.owner)
    reviewer.get(ROW)
    with Selects() as one:
        reviewer.get(ROW)
    with Selects() as eight:
        page = reviewer.get("/verifikasi/1/putusan/18")
    assert "7 dokumen lain pada baris ini" in page.text
    assert one.number == eight.number


def test_what_the_unit_mends_after_a_return_does_not_move_the_round_that_was_judged(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"])
    reviewer = open_as("reviewer")
    before = text(reviewer.get(f"/verifikasi/{saved.entry}"))
    with desk(app, saved) as cast:
        row = cast.entry.answer_on("16")
        row.detach(cast.owner, row.exhibits[0])
    assert text(reviewer.get(f"/verifikasi/{saved.entry}")) == before

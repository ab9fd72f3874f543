"""Returning and approving from the summary."""
import re
from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.models import Entry
from tests.web.reviewing import desk, judge, second_round, text

URL = "/verifikasi/1/keputusan"


@pytest.fixture
def judged(app, saved):
    """Rows 16 and 33 below their claim, the rest at it."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1, r33=0)
    return saved


def ticked(page):
    return re.findall(r'name="rows" value="(\w+)" checked', page.text)


def offered(page):
    return re.findall(r'name="rows" value="(\w+)"', page.text)


def entry_facts(app):
    with app.app_context():
        entry = db.session.get(Entry, 1)
        return entry.status, [a.indicator.code for a in entry.returned_rows], entry.verified


def test_rows_below_the_claim_are_proposed_for_return(judged, open_as):
    page = open_as("reviewer").get(URL)
    assert ticked(page) == offered(page) == ["16", "33"]
    assert "Terverifikasi sekarang belum ada poin" not in text(page)
    assert "Terverifikasi sekarang belum ada, sesudah keputusan 19 poin." in text(page)


def test_a_return_opens_what_was_ticked_and_leads_back_to_the_queue_as_it_was(app, judged, open_as):
    reviewer = open_as("reviewer")
    reviewer.get("/verifikasi/?round=baru&q=gizi")
    answer = reviewer.post(URL, {"rows": ["16"], "note": "Tinggal satu.", "profile_note": "", "decision": "return"})
    assert answer.location == "/verifikasi/?q=gizi&round=baru"
    assert "JEMPUT GIZI dikembalikan ke Dinas Kesehatan: 1 baris." in text(reviewer.get(answer.location))
    assert entry_facts(app) == ("returned", ["16"], 19)


def test_the_unit_reads_reasons_and_notes_only_after_the_decision(judged, open_as):
    owner = open_as("owner")
    assert "Nama inovasi tidak tercantum." not in owner.get("/usulan/1").text + owner.get("/usulan/1/indikator/16").text
    open_as("reviewer").post(URL, {"rows": ["16", "33"], "note": "Tinggal dua baris.", "decision": "return"})
    assert "Nama inovasi tidak tercantum." in owner.get("/usulan/1/indikator/16").text
    assert "Tinggal dua baris." in owner.get("/usulan/1").text


def test_approval_ends_it_at_the_proven_levels(app, judged, open_as):
    reviewer = open_as("reviewer")
    assert "Setujui dengan 19 poin" in text(reviewer.get(URL))
    page = reviewer.follow(URL, {"rows": ["16", "33"], "note": "Cukup.", "decision": "approve"})
    assert "JEMPUT GIZI disetujui dengan 19 poin." in text(page)
    assert entry_facts(app) == ("approved", [], 19)


def test_approval_waits_for_every_row(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        cast.entry.judge(cast.entry.answer_on("16"), cast.reviewer, 1, "Tanpa nama inovasi.")
    reviewer = open_as("reviewer")
    page = reviewer.get(URL)
    assert "Belum dapat disetujui. Belum diputus: baris 17 , baris 32 , baris 33 , baris 35 ." in text(page)
    assert 'value="approve"' not in page.text
    refused = reviewer.post(URL, {"decision": "approve", "note": "Sudah baik."}, expect=200)
    assert "Baris 17, 32, 33, dan 35 belum diputus." in text(refused)
    assert "Sudah baik.</textarea>" in refused.text


def test_a_refused_return_keeps_ticks_and_words(app, judged, open_as):
    page = open_as("reviewer").post(URL, {"rows": [], "note": "Perbaiki, ya.", "profile_note": " ", "decision": "return"}, expect=200)
    assert "Pilih paling sedikit satu baris yang dikembalikan, atau tulis catatan untuk profil." in text(page)
    assert (ticked(page), "Perbaiki, ya.</textarea>" in page.text) == ([], True)
    assert entry_facts(app)[0] == "submitted"


def test_a_row_without_a_reason_cannot_go_back(app, judged, open_as):
    page = open_as("reviewer").post(URL, {"rows": ["17"], "decision": "return"}, expect=200)
    assert "Baris 17 belum punya alasan." in text(page)
    assert entry_facts(app)[0] == "submitted"


def test_a_fault_of_the_profile_comes_from_the_profile_page_and_opens_it(app, judged, open_as):
    reviewer = open_as("reviewer")
    page = reviewer.follow("/verifikasi/1/profil", {"profile_note": "Sebut dasar hukumnya.", "seen": ""})
    assert "Catatan profil tersimpan sebagai draf." in text(page)
    assert "Sebut dasar hukumnya.</textarea>" in open_as("coordinator").get(URL).text
    assert "Sebut dasar hukumnya." not in open_as("owner").get("/usulan/1").text
    page = reviewer.follow(URL, {"profile_note": "Sebut dasar hukumnya.", "decision": "return"})
    assert "JEMPUT GIZI dikembalikan ke Dinas Kesehatan: profil." in text(page)
    with app.app_context():
        assert db.session.get(Entry, 1).profile_is_returned


def test_an_approval_does_not_swallow_a_fault_of_the_profile(app, judged, open_as):
    page = open_as("reviewer").post(URL, {"profile_note": "Sebut dasar hukumnya.", "decision": "approve"}, expect=200)
    assert "Kekurangan profil hanya ikut pengembalian." in text(page)
    assert ("Sebut dasar hukumnya.</textarea>" in page.text, entry_facts(app)[0]) == (True, "submitted")


def test_the_second_to_decide_is_told_who_was_first_and_keeps_the_words(app, judged, open_as):
    late = open_as("coordinator")
    late.get(URL)
    open_as("reviewer").post(URL, {"decision": "approve", "note": ""})
    page = late.post(URL, {"rows": ["16"], "note": "Kurang satu halaman.", "decision": "return"}, expect=200)
    assert "Reviewer sudah menyetujui usulan ini. Keputusan Anda tidak dicatat." in text(page)
    assert "Reviewer sudah menyetujui usulan ini. Putusannya tetap." in text(page)
    assert "readonly" in page.text and "Kurang satu halaman.</textarea>" in page.text
    assert '<form method="post"' not in page.text
    assert entry_facts(app)[0] == "approved"


def test_a_decision_is_taken_on_what_its_maker_saw(app, judged, open_as):
    late = open_as("coordinator")
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', late.get(URL).text)[1]
    open_as("reviewer").post("/verifikasi/1/putusan/33", {"level": "2", "reason": "", "seen": "1"})
    page = late.post(URL, {"note": "Baik.", "decision": "approve", "seen": seen}, expect=200)
    assert "Ada putusan baris yang berubah sejak halaman ini dibuka." in text(page)
    assert ("Setujui dengan 25 poin" in text(page), "Baik.</textarea>" in page.text, entry_facts(app)[0]) == (True, True, "submitted")
    late.post(URL, {"note": "Baik.", "decision": "approve", "seen": re.search(r'name="seen"[^>]*value="(\d+)"', page.text)[1]})
    assert entry_facts(app)[0] == "approved"


def test_after_the_repair_deadline_only_approval_is_offered(app, judged, open_as):
    with desk(app, judged) as cast:
        later = cast.period.repairs_close_at + timedelta(hours=1)
    with clock.at(later):
        reviewer = open_as("reviewer")
        page = reviewer.get(URL)
        assert "Tidak dapat dikembalikan: masa perbaikan ditutup" in text(page)
        assert re.findall(r'name="decision" value="(\w+)"', page.text) == ["approve"]
        refused = reviewer.post(URL, {"rows": ["16"], "decision": "return"}, expect=200)
    assert "Masa perbaikan sudah ditutup, jadi usulan tidak dapat dikembalikan." in text(refused)


def test_neither_button_is_neither_decision(app, judged, open_as):
    page = open_as("reviewer").post(URL, {"rows": ["16"], "note": "Kurang."}, expect=200)
    assert "Pilih kembalikan atau setujui." in text(page)
    assert entry_facts(app)[0] == "submitted"


def test_a_row_accepted_below_its_claim_earlier_is_not_proposed_again(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1, r33=1)
        cast.entry.return_(cast.reviewer, ["16"])
        cast.entry.answer_on("16").reply(cast.owner, "Sudah ada.")
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
    page = open_as("reviewer").get(URL)
    assert (ticked(page), offered(page)) == (["16"], ["16", "33"])


def test_an_empty_row_the_unit_is_asked_to_fill_goes_back(app, judged, open_as):
    reviewer = open_as("reviewer")
    reviewer.post("/verifikasi/1/putusan/34", {"level": "0", "reason": "Laporan sudah ada, lampirkan.", "seen": "1"})
    assert ticked(reviewer.get(URL)) == ["16", "33", "34"]
    reviewer.post(URL, {"rows": ["34"], "decision": "return"})
    assert entry_facts(app)[1] == ["34"]


def test_the_overview_leads_through_the_work(app, saved, open_as):
    with desk(app, saved) as cast:
        second_round(cast)
    reviewer = open_as("reviewer")
    page = reviewer.get("/verifikasi/1")
    assert "Ambil dan mulai dari baris 16" in text(page)
    assert re.findall(r"(?:putaran ini|lama tetap|diisi OPD): (\d+) baris", text(page)) == ["1", "4", "15"]
    reviewer.post("/verifikasi/1/putusan/16", {"level": "2", "seen": "0"})
    page = reviewer.get("/verifikasi/1")
    assert "Mulai dari baris" not in text(page) and 'btn-primary" href="/verifikasi/1/keputusan"' in page.text
    reviewer.post(URL, {"decision": "approve"})
    assert "Reviewer sudah menyetujui usulan ini. Putusannya tetap." in text(reviewer.get("/verifikasi/1"))

"""The second step on screen: finished by a reviewer, approved or handed back by a coordinator, every relaxation said."""
import re

import pytest

from app.extensions import db
from app.models import Entry, Notification, User
from app.rules.access import Role
from tests.cast import PASSWORD_HASH
from tests.models.test_handing import turn
from tests.web.reviewing import desk, judge, text

DECIDE, APPROVE = "/verifikasi/1/keputusan", "/verifikasi/1/persetujuan"


@pytest.fixture
def judged(app, saved):
    """Row 16 below its claim, the rest at it, in a period of two steps."""
    with desk(app, saved) as cast:
        turn(cast, two_steps=True)
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
    return saved


@pytest.fixture
def verified(app, judged):
    with desk(app, judged) as cast:
        cast.entry.finish(cast.reviewer, "Tinggal disetujui.")
    return judged


def entry_facts(app):
    with app.app_context():
        entry = db.session.get(Entry, 1)
        return entry.status, entry.verified


def told(app, what):
    with app.app_context():
        return {notice.user.username for notice in db.session.query(Notification) if notice.event.what == what}


def seen(page) -> str:
    return re.search(r'name="seen"[^>]*value="(\d+)"', page.text)[1]


def test_the_reviewer_finishes_instead_of_approving(app, judged, open_as):
    reviewer = open_as("reviewer")
    page = reviewer.get(DECIDE)
    assert re.findall(r'name="decision" value="(\w+)"', page.text) == ["return", "finish"]
    assert "Selesai, serahkan ke koordinator" in text(page) and "Pelonggaran" not in text(page)
    page = reviewer.follow(DECIDE, {"decision": "finish", "note": "Tinggal disetujui.", "seen": seen(page)})
    assert "JEMPUT GIZI selesai diperiksa dengan 25 poin dan diserahkan ke koordinator." in text(page)
    assert (entry_facts(app)[0], told(app, "finished")) == ("verified", {"coordinator"})
    assert "Reviewer selesai memeriksa usulan ini. Sekarang menunggu persetujuan koordinator." in text(reviewer.get("/verifikasi/1/putusan/16"))
    assert reviewer.get(DECIDE, expect=302).location == APPROVE


def test_an_approval_sent_to_the_first_step_is_refused(app, judged, open_as):
    page = open_as("reviewer").post(DECIDE, {"decision": "approve"}, expect=200)
    assert "Periode ini memakai dua langkah" in text(page)
    assert entry_facts(app)[0] == "submitted"


def test_the_coordinator_reads_all_verdicts_and_approves(app, verified, open_as):
    coordinator = open_as("coordinator")
    page = coordinator.get(APPROVE)
    assert "selesai diperiksa Reviewer" in text(page) and "Nama inovasi tidak tercantum." in text(page)
    assert "Pesan Reviewer untuk Dinas Kesehatan Tinggal disetujui." in text(page)
    assert len(re.findall(r'name="rows" value="(\w+)"', page.text)) == 20
    page = coordinator.follow(APPROVE, {"decision": "approve", "note": "Selamat.", "seen": seen(page)})
    assert "JEMPUT GIZI disetujui dengan 25 poin." in text(page)
    assert entry_facts(app) == ("approved", 25)
    assert "Tinggal disetujui. Selamat." in text(open_as("owner").get("/usulan/1"))


def test_the_coordinator_hands_rows_back_without_touching_a_verdict(app, verified, open_as):
    coordinator, reviewer = open_as("coordinator"), open_as("reviewer")
    page = coordinator.get(APPROVE)
    refused = coordinator.post(APPROVE, {"decision": "recheck", "rows": ["16"], "again": " ", "seen": seen(page)}, expect=200)
    assert "Tulis apa yang perlu diperiksa lagi oleh verifikator." in text(refused)
    coordinator.post(APPROVE, {"decision": "recheck", "rows": ["16"], "again": "Halaman 3 menyebut namanya.", "seen": seen(page)})
    assert (entry_facts(app)[0], told(app, "rechecked")) == ("submitted", {"reviewer"})
    assert "Halaman 3 menyebut namanya." in text(reviewer.get("/verifikasi/1/putusan/16"))
    assert "Halaman 3 menyebut namanya." not in text(open_as("owner").get("/usulan/1/riwayat")) + text(open_as("owner").get("/usulan/1"))
    with app.app_context():
        assert [v.proven_level for v in db.session.get(Entry, 1).rounds[0].verdicts if v.reason] == [1]


def test_words_for_the_reviewer_are_not_lost_in_an_approval(app, verified, open_as):
    coordinator = open_as("coordinator")
    page = coordinator.get(APPROVE)
    page = coordinator.post(APPROVE, {"decision": "approve", "again": "Cek baris 16.", "seen": seen(page)}, expect=200)
    assert "Anda menulis apa yang perlu diperiksa lagi." in text(page) and "Cek baris 16.</textarea>" in page.text
    assert entry_facts(app)[0] == "verified"


def test_the_second_coordinator_is_told_who_was_first(app, verified, open_as):
    with desk(app, verified) as cast:
        second = User.add("kedua", "Sri Hartati", PASSWORD_HASH, None)
        second.change_password(PASSWORD_HASH)
        second.give_role(Role.COORDINATOR, cast.units["office"], None)
        db.session.add(second)
        db.session.flush()
        verified.people["second"] = second.id
    late = open_as("second")
    page = late.get(APPROVE)
    open_as("coordinator").post(APPROVE, {"decision": "approve", "seen": seen(page)})
    page = late.post(APPROVE, {"decision": "recheck", "again": "Tunggu dulu.", "seen": seen(page)}, expect=200)
    assert "Coordinator sudah menyetujui usulan ini. Keputusan Anda tidak dicatat." in text(page) and "Tunggu dulu.</textarea>" in page.text


def test_who_verified_reads_why_and_who_can(app, judged, open_as):
    with desk(app, judged) as cast:
        cast.entry.judge(cast.entry.answer_on("17"), cast.coordinator, 2)
        cast.entry.finish(cast.reviewer)
    coordinator = open_as("coordinator")
    page = text(coordinator.get(APPROVE))
    assert "Anda ikut memverifikasi usulan ini, jadi koordinator lain yang menyetujuinya." in page
    assert "Belum ada koordinator lain yang dapat menyetujuinya:" in page
    refused = coordinator.post(APPROVE, {"decision": "approve", "seen": seen_of(app)}, expect=200)
    assert "Anda ikut memverifikasi usulan ini" in text(refused) and entry_facts(app)[0] == "verified"


def seen_of(app) -> int:
    with app.app_context():
        return sum(verdict.version for verdict in db.session.get(Entry, 1).rounds[-1].verdicts)


def test_the_relaxation_for_a_tiny_team_is_said_and_works(app, judged, open_as):
    with desk(app, judged) as cast:
        turn(cast, may_approve_own=True)
        cast.entry.finish(cast.coordinator)
    page = open_as("coordinator").get(APPROVE)
    assert "Pelonggaran berlaku: yang ikut memverifikasi boleh menyetujui." in text(page)
    open_as("coordinator").post(APPROVE, {"decision": "approve", "seen": seen(page)})
    assert entry_facts(app)[0] == "approved"


def test_one_step_and_the_own_unit_are_said(app, judged, open_as):
    with desk(app, judged) as cast:
        turn(cast, two_steps=False, may_judge_own_unit=True)
        cast.reviewer.give_role(Role.OPERATOR, cast.units["dinas"], None)
    page = text(open_as("reviewer").get(DECIDE))
    assert "Pelonggaran berlaku: persetujuan satu langkah, jadi yang memverifikasi juga yang menyetujui." in page
    assert "verifikator boleh memutus usulan perangkat daerahnya sendiri. Anda sendiri terdaftar di Dinas Kesehatan." in page


@pytest.mark.parametrize("who", ["reviewer", "owner", "admin", "leader"])
def test_only_a_coordinator_takes_the_second_step(app, verified, open_as, who):
    open_as(who).post(APPROVE, {"decision": "approve"}, expect=403)
    assert entry_facts(app)[0] == "verified"


def test_a_coordinator_of_the_unit_itself_does_not(app, verified, open_as):
    with desk(app, verified) as cast:
        cast.coordinator.give_role(Role.OPERATOR, cast.units["dinas"], None)
    coordinator = open_as("coordinator")
    assert "Anda terdaftar di Dinas Kesehatan, jadi usulan ini disetujui koordinator lain." in text(coordinator.get(APPROVE))
    coordinator.post(APPROVE, {"decision": "approve"}, expect=403)


def test_a_reviewer_reads_the_second_step_without_a_form(verified, open_as):
    page = open_as("reviewer").get(APPROVE)
    assert "Dapat disetujui Coordinator." in text(page) and 'name="decision"' not in page.text


def test_when_two_steps_end_any_judge_may_approve_what_waits(app, verified, open_as):
    with desk(app, verified) as cast:
        turn(cast, two_steps=False)
    reviewer = open_as("reviewer")
    page = reviewer.get(APPROVE)
    assert "Pelonggaran berlaku: persetujuan satu langkah" in text(page)
    reviewer.post(APPROVE, {"decision": "approve", "seen": seen(page)})
    assert entry_facts(app)[0] == "approved"


def test_a_note_on_the_profile_that_a_colleague_changed_is_not_overwritten(app, judged, open_as):
    late = open_as("coordinator")
    late.get("/verifikasi/1/profil")
    open_as("reviewer").post("/verifikasi/1/profil", {"profile_note": "Sebut dasar hukumnya.", "seen": ""})
    page = late.post("/verifikasi/1/profil", {"profile_note": "Tujuan terlalu umum.", "seen": ""}, expect=200)
    assert "Sekarang tersimpan: “Sebut dasar hukumnya.”." in text(page) and "Tujuan terlalu umum.</textarea>" in page.text
    late.post("/verifikasi/1/profil", {"profile_note": "Sebut dasar hukumnya. Tujuan terlalu umum.", "seen": "Sebut dasar hukumnya."})
    with app.app_context():
        assert db.session.get(Entry, 1).rounds[-1].profile_note == "Sebut dasar hukumnya. Tujuan terlalu umum."

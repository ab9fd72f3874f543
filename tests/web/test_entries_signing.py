"""The head of the unit between its operator and the reviewers, on screen: signing, handing back, nobody there to sign, taking back."""
from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.models import Entry, Notification, User
from app.rules.access import Role
from tests.models.test_handing import turn
from tests.web.reviewing import desk, judge, text

SIGN, BACK, SUBMIT, WITHDRAW, SHOW = (f"/usulan/1{more}" for more in ("/pengesahan", "/pengesahan/kembalikan", "/pengajuan", "/penarikan", ""))


@pytest.fixture
def asking(app, saved):
    """The period asks for the head's signature."""
    with desk(app, saved) as cast:
        turn(cast, needs_signature=True)
    return saved


@pytest.fixture
def signing(app, asking):
    with desk(app, asking) as cast:
        cast.entry.submit(cast.owner)
    return asking


def status(app) -> str:
    with app.app_context():
        return db.session.get(Entry, 1).status


def told(app, what) -> set[str]:
    with app.app_context():
        return {notice.user.username for notice in db.session.query(Notification) if notice.event.what == what}


def test_the_operator_hands_it_to_the_head(app, asking, open_as):
    owner = open_as("owner")
    assert "Ajukan ke Kepala OPD" in text(owner.get(SHOW))
    page = text(owner.get(SUBMIT))
    assert "Usulan ini dibaca dulu oleh Head , kepala Dinas Kesehatan" in page
    assert "Isian dan bukti ini benar sepanjang pengetahuan saya dan siap dibaca kepala perangkat daerah." in page
    page = text(owner.follow(SUBMIT, {"agreed": "y"}))
    assert "JEMPUT GIZI diajukan ke Head. Anda diberi tahu begitu usulan ini disahkan atau dikembalikan." in page
    assert (status(app), told(app, "prepared"), told(app, "submitted")) == ("signing", {"head"}, set())


def test_the_head_reads_signs_and_the_receipt_names_both(app, signing, open_as):
    head = open_as("head")
    assert "Baca dan sahkan" in text(head.get(SHOW))
    page = head.get(SIGN)
    assert "Disiapkan Owner, Jabatan" in text(page) and "5 baris yang diklaim" in text(page)
    for place in ("/inovasi/1", "/usulan/1/indikator", "/usulan/1/cetak", "/usulan/1/indikator/16"):
        assert f'href="{place}"' in page.text
    page = text(head.follow(SIGN, {"agreed": "y"}))
    assert "JEMPUT GIZI disahkan dan diajukan. Sekarang giliran verifikator." in page
    assert "Disiapkan oleh Owner, Jabatan" in page and "Disahkan oleh Head, Jabatan" in page
    assert (status(app), told(app, "signed")) == ("submitted", {"owner", "reviewer", "coordinator"})


def test_the_head_declares_before_signing(app, signing, open_as):
    assert "Centang pernyataan ini sebelum mengesahkan." in text(open_as("head").post(SIGN, expect=200))
    assert status(app) == "signing"


def test_the_head_hands_back_and_the_operator_reads_why_until_it_is_handed_in_again(app, signing, open_as):
    head, owner = open_as("head"), open_as("owner")
    page = head.post(BACK, {"note": "  "}, expect=200)
    assert "Tulis apa yang perlu diperbaiki sebelum Anda mengesahkan." in text(page)
    head.follow(BACK, {"note": "Anggaran 2025 belum benar."})
    assert (status(app), told(app, "handed_back")) == ("draft", {"owner"})
    page = text(owner.get(SHOW))
    assert "Belum disahkan kepala perangkat daerah" in page and "Anggaran 2025 belum benar." in page
    owner.post(SUBMIT, {"agreed": "y"})
    assert "Belum disahkan kepala perangkat daerah," not in text(owner.get(SHOW))


def test_signing_what_was_taken_back_meanwhile_is_refused(app, signing, open_as):
    head = open_as("head")
    head.get(SIGN)
    open_as("owner").post(WITHDRAW)
    page = head.post(SIGN, {"agreed": "y"}, expect=200)
    assert "Usulan ini sekarang tidak menunggu pengesahan Anda." in text(page)
    assert status(app) == "draft"


@pytest.mark.parametrize(("who", "code"), [("owner", 403), ("reviewer", 403), ("coordinator", 403), ("admin", 403), ("stranger", 404)])
def test_only_the_head_of_the_unit_signs(signing, open_as, who, code):
    open_as(who).get(SIGN, expect=code)
    open_as(who).post(SIGN, {"agreed": "y"}, expect=code)
    open_as(who).post(BACK, {"note": "Belum."}, expect=code)


def test_a_head_of_another_unit_sees_nothing_of_it(app, signing, open_as):
    with desk(app, signing) as cast:
        cast.stranger.give_role(Role.HEAD, cast.units["badan"], None)
    open_as("stranger").get(SIGN, expect=404)


def test_after_the_closing_handing_back_is_said_to_be_the_end(app, signing, open_as):
    with desk(app, signing) as cast:
        later = cast.period.closes_at + timedelta(hours=1)
    with clock.at(later):
        assert "Usulan yang Anda kembalikan sekarang tidak dapat diajukan lagi" in text(open_as("head").get(SIGN))


def test_a_unit_without_a_head_is_told_and_marked_for_both_sides(app, asking, open_as):
    with desk(app, asking) as cast:
        cast.head.deactivate(cast.admin)
    owner = open_as("owner")
    page = text(owner.get(SUBMIT))
    assert "Tanpa pengesahan. Dinas Kesehatan belum punya akun kepala yang aktif." in page
    assert "dan kepala perangkat daerah mengetahui pengajuannya" in page
    page = text(owner.follow(SUBMIT, {"agreed": "y"}))
    assert "JEMPUT GIZI diajukan tanpa pengesahan. Sekarang giliran verifikator." in page
    assert "Pengesahan Tanpa pengesahan" in page
    assert "Tanpa pengesahan" in text(owner.get(SHOW)) and "Tanpa pengesahan" in text(open_as("reviewer").get(SHOW))
    assert "tanpa pengesahan kepala perangkat daerah" in text(open_as("reviewer").get("/verifikasi/1"))


def test_what_waits_for_a_head_who_left_is_sent_on_by_the_operator(app, signing, open_as):
    with desk(app, signing) as cast:
        cast.head.deactivate(cast.admin)
    owner = open_as("owner")
    page = text(owner.get(SHOW))
    assert "Tidak ada yang dapat mengesahkan." in page and "Teruskan ke" in page
    assert "JEMPUT GIZI diajukan tanpa pengesahan." in text(owner.follow(SUBMIT, {"agreed": "y"}))
    assert status(app) == "submitted"


def test_what_waits_when_signatures_are_no_longer_asked_is_sent_on(app, signing, open_as):
    with desk(app, signing) as cast:
        turn(cast, needs_signature=False)
    owner = open_as("owner")
    assert "Periode 2026 tidak lagi meminta pengesahan" in text(owner.get(SUBMIT))
    assert "JEMPUT GIZI diajukan. Sekarang giliran verifikator." in text(owner.follow(SUBMIT, {"agreed": "y"}))


def test_a_head_who_is_the_operator_signs_by_handing_in(app, asking, open_as):
    with desk(app, asking) as cast:
        cast.head.give_role(Role.OPERATOR, cast.units["dinas"], None)
    head = open_as("head")
    page = text(head.get(SUBMIT))
    assert "saya mengesahkannya sebagai kepala Dinas Kesehatan" in page and "Sahkan dan ajukan ke" in page
    assert "Disahkan dan diajukan oleh Head" in text(head.follow(SUBMIT, {"agreed": "y"}))


def test_the_page_names_the_thing_and_what_happens_before_it_is_taken_back(app, saved, open_as):
    owner = open_as("owner")
    owner.post(SUBMIT, {"agreed": "y"})
    assert "Tarik usulan" in text(owner.get(SHOW))
    page = text(owner.get(WITHDRAW))
    assert "Tarik JEMPUT GIZI" in page and "LR-26-001 kembali ke Dinas Kesehatan sebagai draf dan dapat diubah lagi." in page
    page = text(owner.follow(WITHDRAW, {"note": "Satu bukti tertinggal."}))
    assert "JEMPUT GIZI ditarik." in page and "Ditarik oleh perangkat daerahnya. “Satu bukti tertinggal.”" in page
    assert status(app) == "draft"
    page = text(owner.get("/usulan/1/tanda-terima"))
    assert "Ditarik lagi oleh Owner" in page
    open_as("reviewer").get("/verifikasi/1", expect=303)


def test_once_judging_began_it_stays_and_what_was_typed_too(app, saved, open_as):
    owner = open_as("owner")
    owner.post(SUBMIT, {"agreed": "y"})
    owner.get(WITHDRAW)
    open_as("reviewer").post("/verifikasi/1/putusan/16", {"level": "2", "seen": "0"})
    page = owner.post(WITHDRAW, {"note": "Satu bukti tertinggal."}, expect=200)
    assert "Reviewer sudah mulai memutus baris usulan ini, jadi tidak dapat ditarik lagi." in text(page)
    assert "Satu bukti tertinggal.</textarea>" in page.text
    assert "Tarik usulan" not in text(owner.get(SHOW)) and status(app) == "submitted"


def test_taken_back_from_the_head(app, signing, open_as):
    open_as("owner").follow(WITHDRAW)
    assert (status(app), told(app, "withdrawn")) == ("draft", {"head"})


def test_a_resubmission_says_to_the_head_what_it_answers(app, asking, open_as):
    with desk(app, asking) as cast:
        cast.entry.submit(cast.owner)
        cast.entry.sign(cast.head)
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"])
        cast.entry.answer_on("16").reply(cast.owner, "Sudah.")
        cast.entry.submit(cast.owner)
    head = open_as("head")
    assert "Diajukan ulang: Reviewer mengembalikan baris 16" in text(head.get(SIGN))
    assert "Disahkan oleh Head" in text(head.follow(SIGN, {"agreed": "y"}))
    with app.app_context():
        assert db.session.query(User).where(User.username == "head").one() is db.session.get(Entry, 1).rounds[-1].signed_by

"""Single rows of an approved proposal, opened again: only those, with the reason, judged again alone."""
import pytest

from app import clock
from app.extensions import db
from app.models import Entry, Event
from tests.web.reviewing import desk, judge, text

PAGE = "/verifikasi/1/buka-kembali"


@pytest.fixture
def approved(app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r33=1)
        cast.entry.approve(cast.reviewer)
    return saved


def entry():
    return db.session.get(Entry, 1)


def open_rows(app):
    with app.app_context():
        return [answer.indicator.code for answer in entry().answers if answer.may_change]


def test_the_coordinator_finds_the_way_and_reads_what_happens(approved, open_as):
    coordinator = open_as("coordinator")
    assert 'href="/verifikasi/1/buka-kembali"' in coordinator.get("/verifikasi/1").text
    assert 'href="/verifikasi/1/buka-kembali"' not in open_as("reviewer").get("/verifikasi/1").text
    page = coordinator.get(PAGE)
    assert "Baris lain tetap terkunci, putusannya berlaku terus." in text(page)
    assert page.text.count('name="rows"') == 20


def test_the_unit_gets_exactly_the_rows_that_were_opened_with_the_reason(app, approved, open_as):
    page = open_as("coordinator").follow(PAGE, {"rows": ["17", "33"], "reason": "Daftar penerima ternyata dari tahun lain."})
    assert "Baris 17 dan 33 JEMPUT GIZI dibuka kembali. Dinas Kesehatan sudah diberi tahu." in text(page)
    assert open_rows(app) == ["17", "33"]
    owner = open_as("owner")
    assert "Daftar penerima ternyata dari tahun lain." in text(owner.get("/usulan/1/indikator/33"))
    assert "Dibuka kembali Coordinator" in text(owner.get("/usulan/1/indikator/33"))
    assert "Baris 16 tidak dikembalikan, jadi tetap seperti yang sudah diperiksa." in text(owner.get("/usulan/1/indikator/16"))
    with app.app_context():
        assert db.session.query(Event).filter_by(what="reopened").count() == 1


def test_after_it_came_back_only_those_rows_are_judged(app, approved, open_as):
    open_as("coordinator").post(PAGE, {"rows": ["33"], "reason": "Daftar dari tahun lain."})
    with desk(app, approved) as cast:
        cast.entry.answer_on("33").reply(cast.owner, "Daftar 2026 dilampirkan.")
        cast.entry.submit(cast.owner)
    with app.app_context():
        assert [answer.indicator.code for answer in entry().rounds[-1].unjudged] == ["33"]
        assert entry().rounds[-1].number == 3
    page = text(open_as("reviewer").get("/verifikasi/1/putusan/33"))
    assert "Daftar dari tahun lain." in page and "“Daftar 2026 dilampirkan.”" in page


@pytest.mark.parametrize(("sent", "sentence"), [
    ({"reason": "Keliru."}, "Pilih baris yang dibuka kembali"), ({"rows": ["33"], "reason": "  "}, "Tulis mengapa baris itu dibuka kembali."),
    ({"rows": ["99"], "reason": "Keliru."}, "Pilih baris yang dibuka kembali"),
    ({"rows": ["33"], "reason": "x" * 4001}, "Paling banyak 4.000 huruf; sekarang 4.001."),
])
def test_without_row_or_reason_nothing_is_opened(app, approved, open_as, sent, sentence):
    page = open_as("coordinator").post(PAGE, sent, expect=200)
    assert sentence in text(page)
    assert sent["reason"].strip() in page.text
    assert ('value="33" checked' in page.text) == (sent.get("rows") == ["33"])
    with app.app_context():
        assert entry().status == "approved" and len(entry().rounds) == 1


def test_when_repairs_are_over_the_way_out_is_said(app, approved, open_as):
    with app.app_context():
        after = entry().period.repairs_close_at.replace(year=2030)
    coordinator = open_as("coordinator")
    with clock.at(after):
        saved_session(coordinator, app)
        page = text(coordinator.get(PAGE))
    assert "Beri perangkat daerah ini perpanjangan dulu, baru buka barisnya." in page


def saved_session(browser, app):
    """Signed in at this moment: the session of the test is long over by then."""
    from app.models import Session, User
    from app.rules.tokens import hash_token, new_token
    token = new_token()
    with app.app_context():
        user = db.session.query(User).filter_by(username="coordinator").one()
        db.session.add(Session.start(user, hash_token(token), "127.0.0.1", "tests"))
        db.session.commit()
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = token


def test_the_second_coordinator_is_told_and_keeps_the_text(app, approved, open_as):
    coordinator = open_as("coordinator")
    coordinator.post(PAGE, {"rows": ["33"], "reason": "Daftar dari tahun lain."})
    page = coordinator.post(PAGE, {"rows": ["17"], "reason": "Peran belum jelas."}, expect=200)
    assert "Peran belum jelas.</textarea>" in page.text.replace("\r\n", "\n").replace("\n", "")
    assert open_rows(app) == ["33"]


def test_of_a_proposal_that_is_not_approved_nothing_is_opened(saved, open_as):
    page = open_as("coordinator").get(PAGE)
    assert "jadi langkah itu tidak berlaku lagi" in text(page) and 'name="rows"' not in page.text

"""Who was refused and who has saved goes on reading: others need not wait until their page is made (for every page: tests/guards.py)."""
from io import BytesIO
from threading import Thread

import pytest
from flask import before_render_template, has_request_context
from sqlalchemy import Engine, event, select

from app.extensions import db, is_writing
from app.models import Entry, User
from app.queries import whole
from tests.cast import submitted
from tests.storage.samples import pdf
from tests.web.reviewing import Selects, desk, judge, second_round, text

SUBMISSION, ROW, DECISION = "/usulan/1/pengajuan", "/usulan/1/indikator/16", "/verifikasi/1/keputusan"


def claim_18():
    db.session.get(Entry, 1).answer_on("18").claim(db.session.scalars(select(User).where(User.username == "owner")).one(), 1)


@pytest.mark.parametrize("filled, address, sent, reason", [
    (None, SUBMISSION, {"agreed": "y"}, "Baris 16 wajib diisi."), (2, SUBMISSION, {}, "Centang pernyataan ini sebelum mengajukan."),
    (2, ROW, {"level": "9"}, "Pilih salah satu dari daftar.")], ids=["refused", "not ticked", "no such level"])
def test_somebody_else_saves_while_the_page_of_a_refusal_is_made(app, saved, open_as, filled, address, sent, reason):
    with desk(app, saved) as cast:
        cast.entry.answer_on("16").claim(cast.owner, filled)
    waited = []

    def save():
        with app.app_context():
            claim_18()
            db.session.commit()

    def drawn(_app, **_more):
        other = Thread(target=save)
        other.start()
        other.join(5)
        waited.append(other.is_alive())

    owner = open_as("owner")
    with before_render_template.connected_to(drawn, app):
        page = owner.post(address, sent, expect=200)
    assert (reason in text(page), waited) == (True, [False])


@pytest.fixture
def lock_taken():
    """How often requests took the writers' lock."""
    begun = []

    def take(_connection):
        if has_request_context() and is_writing():
            begun.append(1)

    event.listen(Engine, "begin", take)
    yield begun
    event.remove(Engine, "begin", take)


def test_a_decision_leads_to_the_next_proposal_without_queueing_again(app, saved, open_as, lock_taken):
    with desk(app, saved) as cast:
        submitted(cast)
        judge(cast, cast.entry)
    reviewer = open_as("reviewer")
    reviewer.get(DECISION)
    lock_taken.clear()
    reviewer.client.post(DECISION, data={"decision": "approve", "note": "", "profile_note": ""})
    with app.app_context():
        assert (db.session.get(Entry, 1).status, len(lock_taken)) == ("approved", 1)


def test_a_returned_row_leads_to_the_next_without_queueing_again(app, saved, open_as, lock_taken):
    with desk(app, saved) as cast:
        submitted(cast)
        judge(cast, cast.entry, r16=1, r17=1)
        cast.entry.return_(cast.reviewer, ["16", "17"], note="Tinggal dua baris.")
    owner = open_as("owner")
    owner.get(ROW)
    lock_taken.clear()
    assert owner.post(ROW, {"level": "2", "reply": "Sudah ada.", "go": "next"}).location == "/usulan/1/indikator/17"
    assert len(lock_taken) == 1


def test_of_several_files_in_one_sending_each_reads_its_row_once(app, saved, open_as):
    owner = open_as("owner")
    with Selects() as seen:
        owner.post("/usulan/1/indikator/28/bukti", {"file": [(BytesIO(pdf(text=name)), f"{name}.pdf") for name in ("satu", "dua", "tiga")]})
    assert len([sql for sql in seen.all if "FROM answer JOIN indicator" in sql]) == 3


def test_a_row_read_alone_does_not_pass_for_the_whole_round(app, saved):
    with desk(app, saved) as cast:
        rows = len(second_round(cast).answers)
    with app.app_context():
        answer = whole.row(db.session, saved.entry, "16")
        first, second = answer.entry.rounds
        assert (first.verdict_on(answer).reason, second.verdict_on(answer)) == ("Nama inovasi tidak tercantum.", None)
        assert (len(first.verdicts), len(second.unjudged)) == (rows, 1)

"""What was taken back and handed in again counts for nothing in lists and figures, and a page of the round before decides nothing."""
import re

import pytest

from app import clock
from app.extensions import db
from app.models import Entry, Period, User
from app.queries import entries, figures, home
from app.queries.review import Counts, QueueFilter, counts, queue
from app.rules.access import Role
from tests.models.test_handing import turn
from tests.web.reviewing import desk, judge, text

ROW, DECIDE = "/verifikasi/1/putusan/16", "/verifikasi/1/keputusan"


@pytest.fixture
def submitted(app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    return saved


def again(app, saved):
    with desk(app, saved) as cast:
        cast.entry.withdraw(cast.owner)
        cast.entry.submit(cast.owner)


def hidden(page, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="(\d+)"', page.text)[1]


def test_taken_back_and_handed_in_again_it_is_new_and_nothing_is_verified(app, submitted, open_as):
    again(app, submitted)
    with app.app_context():
        reviewer, midnight = db.session.get(User, submitted.people["reviewer"]), clock.now()
        row = db.session.execute(queue(reviewer, QueueFilter(), midnight)).one()
        assert (row.round, row.again, row.left, row.verified) == (2, False, 5, None)
        found = Counts(*db.session.execute(counts(reviewer, QueueFilter(round="baru"), midnight)).one())
        assert (found.mine, found.again, found.again_rows) == (1, 0, 0)
        assert [one.verified for one in db.session.execute(entries.rows(reviewer))] == [None]
        period = db.session.get(Period, submitted.period)
        found = home.Proposal(*db.session.execute(home.proposals([submitted.units["dinas"]], period)).one(), period)
        assert found.verified is None
    reviewer = open_as("reviewer")
    assert "Diajukan ulang, ke-2" not in text(reviewer.get("/verifikasi/")) and "Putaran 2" not in text(reviewer.get("/"))


def test_a_row_page_of_the_round_before_stores_no_verdict(app, submitted, open_as):
    reviewer = open_as("reviewer")
    page = reviewer.get(ROW)
    again(app, submitted)
    sent = {"level": "1", "reason": "Peran tidak ada.", "seen": hidden(page, "seen"), "round": hidden(page, "round")}
    page = reviewer.post(ROW, sent, expect=200)
    assert "Usulan ini diajukan lagi sesudah halaman ini dibuka. Yang tampil sekarang putaran 2" in text(page)
    assert "Peran tidak ada.</textarea>" in page.text
    with app.app_context():
        assert db.session.get(Entry, 1).rounds[-1].judges == []
    reviewer.post(ROW, sent | {"round": hidden(page, "round")})
    with app.app_context():
        assert [user.username for user in db.session.get(Entry, 1).rounds[-1].judges] == ["reviewer"]


def test_a_decision_page_from_before_a_colleagues_note_on_the_profile_decides_nothing(app, submitted, open_as):
    with desk(app, submitted) as cast:
        judge(cast, cast.entry, r16=1)
    late = open_as("coordinator")
    seen = hidden(late.get(DECIDE), "seen")
    open_as("reviewer").post("/verifikasi/1/profil", {"profile_note": "Sebut dasar hukumnya.", "seen": ""})
    page = late.post(DECIDE, {"decision": "return", "rows": "16", "seen": seen, "profile_note": ""}, expect=200)
    assert "Catatan profil yang tersimpan sekarang: “Sebut dasar hukumnya.”" in text(page)
    with app.app_context():
        assert db.session.get(Entry, 1).rounds[-1].profile_note == "Sebut dasar hukumnya."


def test_who_finishes_is_told_that_nobody_can_approve(app, submitted, open_as):
    with desk(app, submitted) as cast:
        turn(cast, two_steps=True)
        judge(cast, cast.entry)
    page = open_as("coordinator").follow(DECIDE, {"decision": "finish"})
    assert "Belum ada koordinator lain yang dapat menyetujuinya" in text(page)


def test_when_two_steps_end_what_waits_is_the_turn_of_whoever_may_approve(app, submitted):
    with desk(app, submitted) as cast:
        turn(cast, two_steps=True)
        judge(cast, cast.entry)
        cast.entry.finish(cast.reviewer)
        turn(cast, two_steps=False)
    with app.app_context():
        reviewer = db.session.get(User, submitted.people["reviewer"])
        found = Counts(*db.session.execute(counts(reviewer, QueueFilter(), clock.now())).one())
        assert (found.turn, found.to_approve, found.colleagues) == (1, 1, 0)


def test_in_a_small_office_the_judges_of_the_unit_itself_hear_of_it(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.coordinator.give_role(Role.HEAD, cast.units["dinas"], cast.admin)
        cast.reviewer.give_role(Role.HEAD, cast.units["dinas"], cast.admin)
        cast.period.may_judge_own_unit = True
    open_as("owner").post("/usulan/1/pengajuan", {"agreed": "y"})
    with app.app_context():
        assert {notice.user.username for notice in db.session.get(Entry, 1).events[-1].notifications} == {"coordinator", "reviewer"}


def test_what_its_head_has_yet_to_sign_is_not_handed_in(app, saved):
    with desk(app, saved) as cast:
        turn(cast, needs_signature=True)
        cast.entry.submit(cast.owner)
    with app.app_context():
        assert figures.counted(db.session.execute(figures.units_by_stage(db.session.get(Period, saved.period))).all()) == {0: 2, 1: 1, 2: 0, 3: 0}


def test_a_message_for_the_unit_is_not_read_before_its_time_by_who_belongs_to_it(app, submitted, open_as):
    with desk(app, submitted) as cast:
        turn(cast, two_steps=True)
        judge(cast, cast.entry)
        cast.entry.finish(cast.reviewer, "Peran tim masih lemah.")
        cast.admin.give_role(Role.OPERATOR, cast.units["dinas"], cast.coordinator)
    for address in ("/verifikasi/1", "/verifikasi/1/persetujuan"):
        assert "Peran tim masih lemah." not in text(open_as("admin").get(address))
        assert "Peran tim masih lemah." in text(open_as("coordinator").get(address))

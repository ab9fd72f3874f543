"""Who writes reads before their turn comes. What somebody else wrote in between counts as if it had been there from the beginning."""
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, update

from app import checks, clock
from app.config import ROOT
from app.extensions import db
from app.models import Draft, Entry, Event, Period, Session, User
from app.queries.whole import ELSEWHERE
from app.rules.access import Role
from tests.cast import make_document, make_file, submitted
from tests.web.meanwhile import meanwhile
from tests.web.reviewing import Selects, another, desk, judge, text
from tests.web.typing import hidden, stamp

ROW = "/usulan/1/indikator/16"
READ_ONLY = "jadi isiannya hanya dapat dibaca."


def entry() -> Entry:
    return db.session.get(Entry, 1)


def user(who) -> User:
    return db.session.scalars(select(User).where(User.username == who)).one()


def claim(code, level, who="owner"):
    return lambda: entry().answer_on(code).claim(user(who), level)


def stored(app):
    """What the proposal holds, and what its rows and documents add up to."""
    with app.app_context():
        found = entry()
        numbers = found.claimed, found.evidenced, found.verified
        found.recount()
        assert numbers == (found.claimed, found.evidenced, found.verified)
        held = {code: found.answer_on(code).claimed_level for code in ("16", "17")}, found.status
        assert checks.deep("Log", checks.Things(db.session(), app.config["LUMBUNG"], None)).faults == ()
        return held


def events(app, *what):
    with app.app_context():
        return db.session.scalar(select(func.count(Event.id)).where(Event.what.in_(what)))


@pytest.fixture
def colleague(app, saved):
    """A second operator of the unit."""
    with desk(app, saved) as cast:
        cast.head.give_role(Role.OPERATOR, cast.units["dinas"], None)


def test_another_row_of_the_same_proposal_is_counted_in(app, saved, open_as):
    owner = open_as("owner")
    with meanwhile(app, claim("17", 3)):
        owner.post(ROW, {"level": "1"})
    assert stored(app) == ({"16": 1, "17": 3}, "draft")


def test_the_same_row_is_shown_beside_what_was_typed(app, saved, colleague, open_as):
    owner = open_as("owner")
    page = owner.get(ROW)
    with meanwhile(app, claim("16", 1, "head")):
        page = owner.post(ROW, stamp(page) | {"seen": hidden(page, "seen"), "level": "3"}, expect=200)
    assert "Head menyimpan yang lain sesudah Anda mulai mengetik." in text(page)
    assert "Pakai yang tersimpan Level 1 Pakai ketikan saya Level 3" in text(page)
    assert stored(app) == ({"16": 1, "17": 2}, "draft")


def test_the_same_said_by_both_is_written_once(app, saved, colleague, open_as):
    owner = open_as("owner")
    before, page = events(app, "level_claimed"), owner.get(ROW)
    with meanwhile(app, claim("16", 1, "head")):
        owner.post(ROW, stamp(page) | {"seen": hidden(page, "seen"), "level": "1"})
    assert (stored(app), events(app, "level_claimed")) == (({"16": 1, "17": 2}, "draft"), before + 1)


def test_who_did_not_see_the_row_counts_from_what_is_stored(app, saved, open_as):
    owner = open_as("owner")
    with meanwhile(app, claim("16", 3)):
        owner.post(ROW, {"level": "1"})
    assert stored(app) == ({"16": 1, "17": 2}, "draft")
    with app.app_context():
        last = db.session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
        assert (last.what, last.details) == ("level_claimed", {"row": "16", "level": 1, "before": 3})


def detach():
    answer = entry().answer_on("16")
    answer.detach(user("owner"), answer.exhibits[0])


def revise():
    document = entry().answer_on("16").exhibits[0].document
    document.revise(user("owner"), make_file(900, "mp4"), "sosialisasi.mp4")


@pytest.mark.parametrize("change", [detach, revise], ids=lambda change: change.__name__)
def test_evidence_that_was_taken_away_proves_nothing(app, saved, open_as, change):
    owner = open_as("owner")
    with meanwhile(app, change):
        owner.post(ROW, {"level": "3"})
    assert stored(app) == ({"16": 3, "17": 2}, "draft")
    with app.app_context():
        assert entry().answer_on("16").evidenced_level == 0


def close():
    period, now = db.session.get(Period, 1), clock.now()
    period.edit(user("admin"), period.year, period.instrument, opens_at=period.opens_at, closes_at=now - timedelta(seconds=5),
                repairs_close_at=period.repairs_close_at, minimum_maturity=period.minimum_maturity)


@pytest.mark.parametrize("change, refusal", [
    (lambda: entry().submit(user("owner")), READ_ONLY), (close, "Pengisian periode 2026 sudah ditutup.")],
    ids=["submitted", "closed"])
def test_what_may_no_longer_be_changed_stays_as_it_is(app, saved, open_as, change, refusal):
    owner = open_as("owner")
    with meanwhile(app, change):
        page = owner.post(ROW, {"level": "3"}, expect=200)
    assert refusal in text(page)
    assert stored(app)[0] == {"16": 2, "17": 2}


def test_more_time_that_was_ended_meanwhile_is_over(app, saved, open_as):
    def end():
        db.session.get(Period, 1).end_extension(user("admin"), entry().unit)

    with desk(app, saved) as cast:
        cast.period.extend(cast.admin, cast.units["dinas"], clock.now() + timedelta(days=50), "Banjir.")
        close()
    owner = open_as("owner")
    owner.post(ROW, {"level": "1"})
    with meanwhile(app, end):
        page = owner.post(ROW, {"level": "3"}, expect=200)
    assert "Pengisian periode 2026 sudah ditutup." in text(page)
    assert stored(app)[0] == {"16": 1, "17": 2}


def test_what_was_approved_meanwhile_stays_as_it_is(app, saved, open_as):
    """Returned when it was read."""
    with desk(app, saved) as cast:
        submitted(cast)
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"], note="Tinggal satu baris.")

    def go_on():
        found = entry()
        found.answer_on("16").reply(user("owner"), "Sudah.")
        found.submit(user("owner"))

    owner = open_as("owner")
    with meanwhile(app, go_on):
        page = owner.post(ROW, {"level": "3", "reply": "Sudah ada."}, expect=200)
    assert READ_ONLY in text(page)
    assert stored(app) == ({"16": 2, "17": 2}, "submitted")


def take_the_role():
    owner = user("owner")
    owner.take_role(owner.memberships[0], user("admin"))


def test_who_lost_the_role_meanwhile_sees_nothing(app, saved, open_as):
    owner = open_as("owner")
    with meanwhile(app, take_the_role):
        owner.post(ROW, {"level": "3"}, expect=404)
    assert stored(app)[0] == {"16": 2, "17": 2}


@pytest.mark.parametrize("change", [update(Session).values(ended_at=clock.now()), update(User).values(deactivated_at=clock.now())],
                         ids=["session ended", "account closed"])
def test_who_is_no_longer_in_writes_nothing(app, saved, open_as, change):
    owner, before = open_as("owner"), events(app, "level_claimed")
    with meanwhile(app, lambda: db.session.execute(change)):
        assert owner.post(ROW, {"level": "1"}, expect=302).location.split("?")[0] == "/masuk"
    assert events(app, "level_claimed") == before


def test_what_was_typed_in_another_window_meanwhile_stays(app, saved, open_as):
    owner = open_as("owner")
    mine = stamp(owner.get(ROW))

    def keep():
        draft = Draft.begin(user("owner"), ROW)
        draft.keep({"level": ["2"], "opened": ["another window"]})
        db.session.add(draft)

    with meanwhile(app, keep):
        owner.post(ROW, mine | {"level": "1"})
    assert stored(app)[0] == {"16": 1, "17": 2}
    with app.app_context():
        assert [draft.fields for draft in db.session.scalars(select(Draft))] == [{"level": ["2"], "opened": ["another window"]}]


def test_a_submission_counts_what_was_emptied_meanwhile(app, saved, open_as):
    """Every verb through the gate, not the save of a row alone."""
    owner = open_as("owner")
    with meanwhile(app, claim("16", None)):
        page = owner.post("/usulan/1/pengajuan", {"agreed": "y"}, expect=200)
    assert "Baris 16 wajib diisi." in text(page)
    assert stored(app) == ({"16": None, "17": 2}, "draft")


def test_a_verdict_meets_what_was_taken_back_meanwhile(app, saved, open_as):
    with desk(app, saved) as cast:
        submitted(cast)
    reviewer = open_as("reviewer")
    with meanwhile(app, lambda: entry().withdraw(user("owner"), "Tertinggal.")):
        reviewer.client.post("/verifikasi/1/putusan/16", data={"level": "1", "reason": "Belum cukup.", "seen": "0"})
    assert (stored(app)[1], events(app, "row_judged")) == ("draft", 0)


@pytest.fixture
def neighbour(app, saved):
    with desk(app, saved) as cast:
        return another(cast, "ANTAR OBAT", submit_days_ago=None).id


def a_row(id):
    db.session.get(Entry, id).answer_on("16").claim(user("owner"), 1)


def a_document(id):
    unit = db.session.get(Entry, id).unit
    db.session.add(make_document(SimpleNamespace(units={"dinas": unit}, owner=user("owner")), 900))


def a_row_here(id):
    claim("17", 3)()


@pytest.mark.parametrize("change, times", [(a_row, 1), (a_document, 1), (a_row_here, 2)], ids=lambda what: getattr(what, "__name__", ""))
def test_what_others_do_elsewhere_is_no_reason_to_read_again(app, saved, neighbour, open_as, change, times):
    """On a deadline night somebody always saves in between."""
    owner = open_as("owner")
    with meanwhile(app, lambda: change(neighbour)), Selects() as seen:
        owner.post(ROW, {"level": "3"})
    assert stored(app)[0]["16"] == 3
    assert len([sql for sql in seen.all if "FROM answer JOIN indicator" in sql]) == times


def test_what_may_be_overlooked_is_recorded_by_the_verbs_of_a_row_a_verdict_and_a_new_document_alone():
    """Another verb under one of these names might change what a save depends on."""
    recorded = [(what, path.stem) for path in (ROOT / "app").rglob("*.py") for what in re.findall(r'record\(\s*"(\w+)"', path.read_text("utf-8"))
                if what in ELSEWHERE]
    places = {"row_judged": "judging", "document_added": "document"}
    assert sorted(recorded) == sorted((what, places.get(what, "answer")) for what in ELSEWHERE)

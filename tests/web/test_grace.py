"""A page opened before a closing may be sent within the grace; the page, the person and the proposal are signed into it."""
from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.extensions import db
from app.models import Entry, Period
from app.web.stamps import signed
from tests.web.reviewing import desk, text
from tests.web.typing import JSON, end_sessions, stamp

ROW = "/usulan/1/indikator/16"
CLOSING = datetime(2026, 6, 26, 16, 59, 59, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
CLOSED = "Pengisian periode 2026 sudah ditutup."


@pytest.fixture
def closing(app, saved):
    """The period closes at CLOSING, with fifteen minutes of grace; repairs a month later."""
    with app.app_context():
        period = db.session.get(Period, saved.period)
        period.opens_at, period.closes_at, period.repairs_close_at = CLOSING - timedelta(days=60), CLOSING, CLOSING + timedelta(days=30)
        db.session.commit()


def person(open_as, who: str = "owner"):
    """Signed in at the closing; sessions here count by the pretended clock."""
    with clock.at(CLOSING - MINUTE):
        return open_as(who)


def opened(browser, at: datetime, url: str = ROW) -> dict:
    with clock.at(at):
        return stamp(browser.get(url))


def claim(browser, at: datetime, page: dict, expect: int = 303):
    with clock.at(at):
        return browser.post(ROW, page | {"level": "3"}, expect=expect)


def level(app) -> int:
    with app.app_context():
        return db.session.get(Entry, 1).answer_on("16").claimed_level


@pytest.mark.parametrize(("opened_at", "sent_at"), [
    (CLOSING - MINUTE, CLOSING), (CLOSING - MINUTE, CLOSING + SECOND), (CLOSING, CLOSING + 15 * MINUTE), (CLOSING - MINUTE, CLOSING + 15 * MINUTE)])
def test_taken_within_the_grace_to_the_second(app, closing, open_as, opened_at, sent_at):
    owner = person(open_as)
    claim(owner, sent_at, opened(owner, opened_at))
    assert level(app) == 3


@pytest.mark.parametrize(("opened_at", "sent_at"), [
    (CLOSING - MINUTE, CLOSING + 15 * MINUTE + SECOND), (CLOSING + SECOND, CLOSING + 2 * SECOND), (CLOSING, CLOSING + 20 * MINUTE)])
def test_refused_after_it_and_when_the_page_was_opened_too_late(app, closing, open_as, opened_at, sent_at):
    owner = person(open_as)
    page = claim(owner, sent_at, opened(owner, opened_at), expect=200)
    assert CLOSED in text(page) and level(app) == 2


def test_without_a_grace_the_closing_is_the_closing(app, saved, closing, open_as):
    with app.app_context():
        db.session.get(Period, saved.period).grace_minutes = 0
        db.session.commit()
    owner = person(open_as)
    page = opened(owner, CLOSING - MINUTE)
    assert CLOSED in text(claim(owner, CLOSING + SECOND, page, expect=200))
    claim(owner, CLOSING, page)
    assert level(app) == 3


@pytest.mark.parametrize("words", ["", "palsu", "WzEsMSwxNzgyNDkzMTM5MDAwXQ.AAAA", "{}", "ÿ"])
def test_a_stamp_that_is_not_ours_counts_for_nothing(app, closing, open_as, words):
    assert CLOSED in text(claim(person(open_as), CLOSING + MINUTE, {"opened": words}, expect=200))


def test_a_stamp_of_another_proposal_or_person_counts_for_nothing(app, saved, closing, open_as):
    owner = person(open_as)
    with app.app_context():
        ours, theirs, elsewhere = (signed(*who, CLOSING - MINUTE) for who in ((1, 1), (saved.people["head"], 1), (1, 2)))
    for wrong in (theirs, elsewhere):
        assert CLOSED in text(claim(owner, CLOSING + MINUTE, {"opened": wrong}, expect=200))
    claim(owner, CLOSING + MINUTE, {"opened": ours})
    assert level(app) == 3


def test_the_stamp_of_the_profile_page_is_not_one_of_the_proposal(app, closing, open_as):
    owner = person(open_as)
    assert CLOSED in text(claim(owner, CLOSING + MINUTE, opened(owner, CLOSING - MINUTE, "/inovasi/1/profil/hasil"), expect=200))


def test_it_opens_no_page_that_is_only_read(app, closing, open_as):
    owner = person(open_as)
    page = opened(owner, CLOSING - MINUTE)
    with clock.at(CLOSING + MINUTE):
        assert CLOSED in text(owner.get(f"{ROW}?opened={page['opened']}"))


def test_the_page_says_until_when(app, closing, open_as):
    owner = person(open_as)
    page = opened(owner, CLOSING - MINUTE)
    with clock.at(CLOSING + MINUTE):
        again = owner.post(ROW, page | {"level": "9"}, expect=200)
        assert "Halaman ini dibuka sebelum penutupan. Masih dapat dikirim sampai 00.14" in text(again)
        owner.post(ROW, stamp(again) | {"level": "3"})  # the page that says so is the page that was opened before
    assert level(app) == 3


def test_what_was_typed_before_the_closing_is_sent_from_the_page_opened_again(app, closing, open_as):
    owner = person(open_as)
    page = opened(owner, CLOSING - MINUTE)
    with clock.at(CLOSING):
        owner.post(f"/ketikan?alamat={ROW}", page | {"level": "3", "seen": "1"}, expect=200, headers=JSON)
    with clock.at(CLOSING + 5 * MINUTE):
        again = owner.get(ROW)
        assert "Halaman ini dibuka sebelum penutupan." in text(again) and 'value="3" checked' in again.text
        owner.post(ROW, stamp(again) | {"level": "3"})
    assert level(app) == 3


def test_what_was_held_over_the_closing_counts_as_sent_from_its_page(app, closing, open_as):
    owner = person(open_as)
    page = opened(owner, CLOSING - MINUTE)
    with clock.at(CLOSING + MINUTE):
        end_sessions(app, "idle")
        owner.post(ROW, page | {"level": "3"})
    again = person(open_as)
    with clock.at(CLOSING + 10 * MINUTE):
        assert page["opened"] in again.get("/ketikan/1").text
        again.post(ROW, page | {"level": "3"})
    assert level(app) == 3


def test_evidence_may_come_and_go_within_the_grace(app, saved, closing, open_as):
    owner = person(open_as)
    page = opened(owner, CLOSING - MINUTE)
    with clock.at(CLOSING + MINUTE):
        owner.post(f"{ROW}/bukti/{saved.exhibit}", page | {"pages": "2"})
        owner.post(f"{ROW}/bukti/{saved.exhibit}/lepas", page)
        owner.post(f"{ROW}/bukti", page | {"document": saved.document})
    with clock.at(CLOSING + 16 * MINUTE):
        said = owner.follow(f"{ROW}/bukti", page | {"document": saved.document})
    assert CLOSED in text(said)
    with app.app_context():
        assert len(db.session.get(Entry, 1).answer_on("16").exhibits) == 1


def test_a_proposal_may_be_handed_in_within_the_grace(app, closing, open_as):
    owner = person(open_as)
    page = opened(owner, CLOSING - MINUTE, "/usulan/1/pengajuan")
    with clock.at(CLOSING + MINUTE):
        owner.post("/usulan/1/pengajuan", page | {"agreed": "y"})
    with app.app_context():
        assert db.session.get(Entry, 1).status == "submitted"


def test_repairs_have_the_same_grace(app, saved, closing, open_as):
    until = CLOSING + timedelta(days=30)
    with desk(app, saved) as cast, clock.at(CLOSING - MINUTE):
        cast.entry.submit(cast.owner)
        cast.entry.judge(cast.entry.answer_on("16"), cast.reviewer, 1, "Belum cukup.")
        cast.entry.return_(cast.reviewer, ["16"])
    with clock.at(until):
        owner = open_as("owner")
        page = stamp(owner.get(ROW))
    assert "Masa perbaikan periode 2026 sudah ditutup." in text(claim(owner, until + 16 * MINUTE, page, expect=200))
    claim(owner, until + 15 * MINUTE, page)
    assert level(app) == 3


def test_an_extension_of_the_unit_has_it_too(app, saved, closing, open_as):
    until = CLOSING + timedelta(hours=2)
    with desk(app, saved) as cast, clock.at(CLOSING - MINUTE):
        cast.period.extend(cast.admin, cast.units["dinas"], until, "Listrik padam.")
    with clock.at(until):
        owner = open_as("owner")
        page = stamp(owner.get(ROW))
    assert CLOSED in text(claim(owner, until + 15 * MINUTE + SECOND, page, expect=200))
    claim(owner, until + 15 * MINUTE, page)
    assert level(app) == 3


def test_an_extension_ended_early_counts_from_its_end(app, saved, closing, open_as):
    until, ended = CLOSING + timedelta(hours=2), CLOSING + timedelta(hours=1)
    with desk(app, saved) as cast, clock.at(CLOSING - MINUTE):
        cast.period.extend(cast.admin, cast.units["dinas"], until, "Listrik padam.")
    with desk(app, saved) as cast, clock.at(ended):
        cast.period.end_extension(cast.admin, cast.units["dinas"])
    with clock.at(ended - MINUTE):
        owner = open_as("owner")
    with app.app_context():
        before, after = ({"opened": signed(1, 1, at)} for at in (ended - MINUTE, ended + MINUTE))
    assert CLOSED in text(claim(owner, ended + 2 * MINUTE, after, expect=200))
    assert CLOSED in text(claim(owner, ended + 16 * MINUTE, before, expect=200))
    claim(owner, ended + 15 * MINUTE, before)
    assert level(app) == 3


def test_the_extension_of_one_unit_is_no_grace_for_another(app, saved, closing, open_as):
    until = CLOSING + timedelta(hours=2)
    with desk(app, saved) as cast, clock.at(CLOSING - MINUTE):
        cast.period.extend(cast.admin, cast.units["badan"], until, "Listrik padam.")
    with clock.at(until):
        owner = open_as("owner")
    with app.app_context():
        page = {"opened": signed(1, 1, until - MINUTE)}
    assert CLOSED in text(claim(owner, until + MINUTE, page, expect=200))

"""How long proposals lie with whom: told from the recorded turns, night by night."""
from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

from app import clock
from app.extensions import db
from app.models import Entry
from app.queries import turnaround
from app.queries.turnaround import Stay, measured
from app.rules.turns import COORDINATOR, HEAD, REVIEWER, UNIT
from tests import midseason
from tests.past import happened
from tests.web.reviewing import desk, judge

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


def turns(*rows):
    """(entry, unit, what, day of June, by)."""
    return [SimpleNamespace(entry_id=entry, unit_id=unit, what=what, at=datetime(2026, 6, day, 8, tzinfo=UTC), by_id=by)
            for entry, unit, what, day, by in rows]


WHOLE_WAY = turns((1, 7, "entry_started", 1, 50), (1, 7, "prepared", 5, 50), (1, 7, "signed", 7, 60), (1, 7, "returned", 12, 90),
                  (1, 7, "submitted", 20, 50), (1, 7, "finished", 23, 91), (1, 7, "approved", 24, 92), (1, 7, "sent", 28, 92))


def test_the_days_with_each_holder_add_up_over_the_rounds():
    whole = measured(WHOLE_WAY, NOW, UTC).whole
    assert {holder: spell.stays for holder, spell in whole.at.items()} == {
        UNIT: [Stay(4 + 8, 1)], HEAD: [Stay(2, 1)], REVIEWER: [Stay(5 + 3, 1)], COORDINATOR: [Stay(1, 1)]}
    assert (whole.proposals, whole.rounds, whole.decided, whole.first) == (1, 2, 1, 0)


def test_a_turn_counts_for_the_reviewer_who_ended_it():
    found = measured(WHOLE_WAY, NOW, UTC).reviewers
    assert {by: spell.stays for by, spell in found.items()} == {90: [Stay(5, 1)], 91: [Stay(3, 1)]}


def test_what_was_withdrawn_is_nobodys_turn():
    rows = turns((1, 7, "submitted", 1, 50), (1, 7, "withdrawn", 9, 50))
    assert measured(rows, NOW, UTC).reviewers == {}


def test_what_lasts_counts_until_now():
    rows = turns((1, 7, "entry_started", 1, 50), (1, 7, "submitted", 10, 50), (2, 7, "entry_started", 28, 50))
    whole = measured(rows, NOW, UTC).whole
    assert whole.at[REVIEWER].stays == [Stay(20, 1)]
    assert (whole.at[UNIT].median, whole.at[UNIT].longest, len(whole.at[UNIT])) == (5.5, Stay(9, 1), 2)
    assert (whole.at[HEAD].median, whole.at[HEAD].longest, whole.first_share, whole.rounds_each) == (None, None, None, None)


def test_per_unit_and_approved_in_the_first_round():
    rows = turns((1, 7, "submitted", 1, 50), (1, 7, "approved", 3, 90), (2, 8, "submitted", 1, 51), (2, 8, "returned", 2, 90),
                 (2, 8, "submitted", 4, 51), (2, 8, "approved", 5, 90))
    found = measured(rows, NOW, UTC)
    assert (found.whole.first_share, found.whole.rounds_each) == (50.0, 1.5)
    assert [(unit, pace.first_share, pace.rounds) for unit, pace in found.units.items()] == [(7, 100.0, 1), (8, 0.0, 2)]
    assert found.units[8].office == [Stay(2, 2)]


def test_nights_are_those_of_the_regency():
    """20.00 in London is the next morning in Jakarta."""
    rows = turns((1, 7, "submitted", 1, 50))
    rows.append(SimpleNamespace(entry_id=1, unit_id=7, what="returned", at=datetime(2026, 6, 1, 20, tzinfo=UTC), by_id=90))
    assert measured(rows, NOW, UTC).reviewers[90].stays == [Stay(0, 1)]
    assert measured(rows, NOW, timezone(timedelta(hours=7))).reviewers[90].stays == [Stay(1, 1)]


def test_of_the_recorded_events(app, saved):
    with desk(app, saved) as cast:
        began = clock.now() - timedelta(days=20)
        happened(cast.entry.events[:1], began)
        for day, act in ((8, lambda: cast.entry.submit(cast.owner)), (13, lambda: decide(cast))):
            with clock.at(began + timedelta(days=day)):
                act()
        found = measured(db.session.execute(turnaround.turns(cast.period)), clock.now(), UTC)
        assert {holder: [stay.days for stay in spell.stays] for holder, spell in found.whole.at.items()} == {
            UNIT: [8 + 7], HEAD: [], REVIEWER: [5], COORDINATOR: []}
        assert list(found.reviewers) == [cast.reviewer.id]


def decide(cast):
    judge(cast, cast.entry, r16=1)
    cast.entry.return_(cast.reviewer, ["16"])


def test_where_it_stands_still(app, saved):
    with desk(app, saved) as cast:
        midseason.lay_down(cast)
        for row in db.session.execute(turnaround.standing_still(cast.period)):
            mine = db.session.query(Entry).filter_by(status=row.status).order_by(Entry.moved_at, Entry.id).all()
            assert (row.number, row.id, row.moved_at) == (len(mine), mine[0].id, mine[0].moved_at)


def test_what_is_in_each_hand(app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        cast.entry.take(cast.reviewer)
        assert db.session.execute(turnaround.in_hand(cast.period)).all() == [(cast.reviewer.id, 1, cast.entry.moved_at)]

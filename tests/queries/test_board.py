"""The board: which proposal speaks for a unit, in which lane it stands, who is below whom; and what it costs."""
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Unit
from app.queries import board
from app.queries.board import BoardFilter, Line, by_lane, counted, holder, lines, parents
from app.rules.lanes import LANES, Lane, lane_of
from tests import midseason
from tests.past import happened
from tests.web.reviewing import Selects, another, days_ago, desk, judge


def the_lines(cast) -> dict[str, Line]:
    found = lines(db.session.execute(board.units(cast.period)), db.session.execute(board.furthest(cast.period)), clock.now(), UTC)
    return {line.name: line for line in found}


@pytest.mark.parametrize(("status", "idle", "lane"), [
    (None, 0, Lane.NONE), ("draft", 6, Lane.MOVING), ("draft", 7, Lane.STUCK), ("submitted", 30, Lane.STUCK), ("returned", 0, Lane.MOVING),
    ("verified", 7, Lane.STUCK), ("approved", 200, Lane.DONE), ("sent", 200, Lane.DONE)])
def test_the_lane_of_a_unit(status, idle, lane):
    assert lane_of(status, idle) == lane


class TestFurthest:
    def test_what_came_further_speaks_for_the_unit(self, app, saved):
        with desk(app, saved) as cast:
            another(cast, "SUDAH MASUK", "dinas", submit_days_ago=3)
            line = the_lines(cast)["Dinas Kesehatan"]
            assert (line.entry.name, line.entry.status, line.number, line.lane) == ("SUDAH MASUK", "submitted", 2, Lane.MOVING)

    def test_of_two_drafts_the_one_touched_last(self, app, saved):
        with desk(app, saved) as cast:
            draft = another(cast, "MASIH DIKERJAKAN", "dinas", submit_days_ago=None)
            for entry in (cast.entry, draft):
                entry.moved_at = days_ago(20)
                happened([*entry.events, *entry.innovation.events], days_ago(20))
            happened(draft.events[-1:], days_ago(2))
            line = the_lines(cast)["Dinas Kesehatan"]
            assert (line.entry.name, line.idle, line.lane) == ("MASIH DIKERJAKAN", 2, Lane.MOVING)

    def test_work_on_the_profile_is_work(self, app, saved):
        with desk(app, saved) as cast:
            cast.entry.moved_at = days_ago(20)
            happened(cast.entry.events, days_ago(20))
            cast.entry.innovation.edit(cast.owner, benefit="Balita tertimbang.")
            assert the_lines(cast)["Dinas Kesehatan"].idle == 0

    def test_a_reminder_is_no_work_but_is_shown(self, app, saved):
        with desk(app, saved) as cast:
            happened([*cast.entry.events, *cast.entry.innovation.events], days_ago(9))
            cast.entry.moved_at = days_ago(9)
            cast.entry.remind(cast.coordinator)
            line = the_lines(cast)["Dinas Kesehatan"]
            assert (line.lane, line.idle) == (Lane.STUCK, 9)
            assert line.entry.reminded_at.date() == clock.now().date()

    def test_of_two_approved_the_best(self, app, saved):
        with desk(app, saved) as cast:
            better = another(cast, "LEBIH BAIK", "dinas")
            cast.entry.submit(cast.owner)
            for entry, levels in ((cast.entry, {"r16": 0}), (better, {})):
                judge(cast, entry, **levels)
                entry.approve(cast.coordinator)
            line = the_lines(cast)["Dinas Kesehatan"]
            assert (line.entry.name, line.entry.best, line.lane) == ("LEBIH BAIK", better.verified, Lane.DONE)

    def test_a_unit_without_a_proposal(self, app, saved):
        with desk(app, saved) as cast:
            line = the_lines(cast)["Badan Keuangan"]
            assert (line.entry, line.lane, line.number, line.operator, line.head) == (None, Lane.NONE, 0, "Stranger", None)


class TestTree:
    def test_what_belongs_to_a_unit_stands_right_below_it(self, app, saved):
        with desk(app, saved) as cast:
            kecamatan = Unit.add("Kecamatan Kota", "Kecamatan", None)
            db.session.add_all([Unit.add("Desa Awal", "Desa", None, parent=kecamatan),
                                Unit.add("Kelurahan Baru", "Kelurahan", None, parent=kecamatan),
                                Unit.add("Puskesmas Satu", "Puskesmas", None, parent=cast.units["dinas"])])
            db.session.flush()
            found = the_lines(cast)
            assert [(line.name, line.depth, line.parent) for line in found.values()] == [
                ("Dinas Kesehatan", 0, None), ("Puskesmas Satu", 1, "Dinas Kesehatan"), ("Badan Keuangan", 0, None), ("Bappelitbangda", 0, None),
                ("Kecamatan Kota", 0, None), ("Kelurahan Baru", 1, "Kecamatan Kota"), ("Desa Awal", 1, "Kecamatan Kota")]
            assert parents(list(found.values())) == [(cast.units["dinas"].id, "Dinas Kesehatan"), (kecamatan.id, "Kecamatan Kota")]
            under = BoardFilter(parent=kecamatan.id)
            assert [line.name for line in found.values() if under.covers(line)] == ["Kecamatan Kota", "Kelurahan Baru", "Desa Awal"]

    def test_an_archived_unit_that_brings_nothing_is_gone_and_what_was_below_it_stands_alone(self, app, saved):
        with desk(app, saved) as cast:
            for name, unit in (("Puskesmas Satu", cast.units["badan"]), ("Puskesmas Dua", cast.units["dinas"])):
                db.session.add(Unit.add(name, "Puskesmas", None, parent=unit))
                unit.archive(cast.admin)
            db.session.flush()
            found = the_lines(cast)
            assert "Badan Keuangan" not in found and found["Dinas Kesehatan"].number == 1  # it brought something, and that counts on
            assert [(found[name].depth, found[name].parent) for name in ("Puskesmas Satu", "Puskesmas Dua")] == [(0, None), (1, "Dinas Kesehatan")]


@pytest.mark.parametrize(("status", "who"), [
    ("draft", "Ratna"), ("returned", "Ratna"), ("signing", "dr. Hendra"), ("submitted", "Sari"), ("verified", "koordinator Litbang"),
    ("approved", "Litbang"), ("sent", "kementerian")])
def test_who_holds_it(status, who):
    entry = SimpleNamespace(status=status, reviewer="Sari", since=datetime(2026, 6, 1, tzinfo=UTC))
    line = Line(1, "Dinas", "Dinas", 0, (), None, "Ratna", "dr. Hendra", entry, 0)
    assert holder(line, True, "Litbang") == who


def test_nobody_holds_it():
    bare = Line(1, "Desa", "Desa", 0, (), None, None, None, None, 0)
    assert holder(bare, True, "Litbang") == "belum punya operator"
    waiting = Line(1, "Desa", "Desa", 0, (), None, "Ratna", None, SimpleNamespace(status="submitted", reviewer=None), 0)
    assert holder(waiting, True, "Litbang") == "Litbang, belum dibagi"


def test_a_filter_that_makes_no_sense_says_nothing():
    assert BoardFilter.read({"lane": "kosong", "parent": "x", "q": " dinas "}) == BoardFilter(q="dinas")


def test_the_worst_stand_first_in_a_lane(app, saved):
    with desk(app, saved) as cast:
        midseason.lay_down(cast)
        lanes = by_lane(the_lines(cast).values())
        assert {lane: len(mine) for lane, mine in lanes.items()} == counted(the_lines(cast).values())
        assert all(lanes[lane] for lane in LANES) and lanes[Lane.UNASKED] == []
        assert [line.idle for line in lanes[Lane.STUCK]] == sorted((line.idle for line in lanes[Lane.STUCK]), reverse=True)
        assert [line.entry.best for line in lanes[Lane.DONE]] == sorted((line.entry.best for line in lanes[Lane.DONE]), reverse=True)
        assert sum(map(len, lanes.values())) == db.session.scalar(select(db.func.count(Unit.id)))  # the archived one brings something


def test_four_hundred_units_in_two_selects_and_little_time(app, saved):
    with desk(app, saved) as cast:
        midseason.lay_down(cast, units=400, entries=800)
        spent = []
        for _ in range(3):
            with Selects() as seen:
                began = time.process_time()
                assert len(the_lines(cast)) == 403
                spent.append(time.process_time() - began)
            assert seen.number == 2
        print(f"{1000 * min(spent):.0f} ms")
        assert min(spent) < 0.15

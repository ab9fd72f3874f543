"""More time for one unit: with a reason and an end, for filling and for repairs, and nobody else's deadline moves."""
from datetime import timedelta

import pytest

from app import clock
from app.models import Entry, Innovation
from app.rules import Refused
from app.rules.workflow import Status
from tests.cast import judge_all, submitted
from tests.models.test_handing import turn

REASON = "Kantor terendam banjir sepekan."


@pytest.fixture
def late(cast):
    """A day after the repairs closed, in which everything was over."""
    with clock.at(cast.period.repairs_close_at + timedelta(days=1)):
        yield cast


def extend(cast, unit="dinas", days=5):
    return cast.period.extend(cast.admin, cast.units[unit], clock.now() + timedelta(days=days), REASON)


def test_the_unit_fills_submits_and_starts_under_its_extension_and_no_other_unit_does(late):
    extend(late)
    event = late.period.events[-1]
    assert (event.what, event.details["unit"], event.details["reason"]) == ("extended", "Dinas Kesehatan", REASON)
    assert [notice.user for notice in event.notifications] == [late.owner, late.head]
    late.entry.answer_on("18").claim(late.owner, 1)
    assert late.entry.submit(late.owner).number == 1
    assert Entry.start(Innovation.add("GEMA", late.units["dinas"], late.owner), late.period, late.owner).status == Status.DRAFT
    with pytest.raises(Refused, match="sedang tidak dibuka"):
        Entry.start(Innovation.add("LAIN", late.units["badan"], late.stranger), late.period, late.stranger)


def test_it_reaches_to_its_very_second(late):
    extension = extend(late)
    with clock.at(extension.until):
        assert late.period.accepts(Status.DRAFT, late.units["dinas"])
    with clock.at(extension.until + timedelta(seconds=1)):
        assert not late.period.accepts(Status.DRAFT, late.units["dinas"]) and late.period.running_extension(late.units["dinas"]) is None


def test_what_is_returned_under_an_extension_is_repaired_under_it(late):
    extend(late)
    submitted(late)
    judge_all(late, r16=1)
    late.entry.return_(late.reviewer, ["16"])
    late.entry.answer_on("16").reply(late.owner, "Sudah.")
    assert late.entry.submit(late.owner).number == 2


def test_a_head_signs_and_an_operator_takes_back_under_an_extension(late):
    turn(late, needs_signature=True)
    extend(late)
    late.entry.submit(late.owner)
    late.entry.withdraw(late.owner)
    late.entry.submit(late.owner)
    assert late.entry.sign(late.head).signed_by is late.head


def test_an_approved_row_is_reopened_under_an_extension_only(cast):
    submitted(cast)
    judge_all(cast)
    cast.entry.approve(cast.reviewer)
    with clock.at(cast.period.repairs_close_at + timedelta(days=1)):
        with pytest.raises(Refused, match="Beri perangkat daerah ini perpanjangan dulu"):
            cast.entry.reopen(cast.coordinator, ["16"], "Perda baru.")
        extend(cast)
        cast.entry.reopen(cast.coordinator, ["16"], "Perda baru.")


def test_a_later_extension_replaces_the_earlier_one_and_may_be_shorter(late):
    first, second = extend(late, days=9), extend(late, days=3)
    assert (first.ended_at is not None, late.period.running_extension(late.units["dinas"])) == (True, second)
    assert late.entry.deadline == second.until


def test_it_never_shortens_the_usual_time(cast):
    cast.period.extend(cast.admin, cast.units["dinas"], cast.period.closes_at + timedelta(days=1), REASON)
    assert cast.period.deadline(Status.RETURNED, cast.units["dinas"]) == cast.period.repairs_close_at


def test_it_ends_when_the_office_says_so(late):
    extend(late)
    late.period.end_extension(late.coordinator, late.units["dinas"])
    assert not late.entry.is_editable
    with pytest.raises(Refused, match="tidak sedang mendapat perpanjangan"):
        late.period.end_extension(late.coordinator, late.units["dinas"])


@pytest.mark.parametrize(("days", "reason", "sentence"), [
    (5, " ", "Tulis alasan perpanjangannya"), (0, REASON, "sesudah penutupan pengisian, dan belum lewat")])
def test_reason_and_end_are_needed(late, days, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        late.period.extend(late.admin, late.units["dinas"], clock.now() + timedelta(days=days), reason)
    assert late.period.extensions == []


def test_a_page_opened_before_its_end_has_the_grace(late):
    extension = extend(late)
    with clock.at(extension.until + timedelta(minutes=15)):
        assert late.period.accepts(Status.DRAFT, late.units["dinas"], opened_at=extension.until)
        assert not late.period.accepts(Status.DRAFT, late.units["dinas"], opened_at=extension.until + timedelta(seconds=1))
    with clock.at(extension.until + timedelta(minutes=15, seconds=1)):
        assert not late.period.accepts(Status.DRAFT, late.units["dinas"], opened_at=extension.until)

"""Who stands behind a proposal: the head signs or hands it back, it is taken back in time, and nothing waits for somebody who is gone."""
from datetime import timedelta

import pytest

from app import clock
from app.models.review import Decision
from app.rules import Refused
from app.rules.access import Role
from app.rules.workflow import Status
from tests.cast import judge_all, submitted


def turn(cast, **switches):
    period = cast.period
    dates = {name: getattr(period, name) for name in ("opens_at", "closes_at", "repairs_close_at", "minimum_maturity")}
    period.edit(cast.admin, period.year, period.instrument, **dates, **switches)


@pytest.fixture
def signing(cast):
    """With the head."""
    turn(cast, needs_signature=True)
    cast.entry.submit(cast.owner, tell=[cast.reviewer])
    return cast


def last(cast):
    return cast.entry.events[-1]


def told(cast):
    return [notice.user for notice in last(cast).notifications]


def test_where_a_signature_is_asked_it_goes_to_the_head_first(signing):
    assert (signing.entry.status, signing.entry.rounds, signing.entry.prepared_by) == (Status.SIGNING, [], signing.owner)
    assert (last(signing).what, told(signing), signing.entry.holders()) == ("prepared", [signing.head], [signing.head])


def test_the_signature_opens_the_round_and_names_both(signing):
    round_ = signing.entry.sign(signing.head, tell=[signing.reviewer])
    assert (signing.entry.status, round_.submitted_by, round_.signed_by) == (Status.SUBMITTED, signing.owner, signing.head)
    assert (last(signing).what, told(signing)) == ("signed", [signing.reviewer, signing.owner])


def test_nothing_changes_while_the_head_reads(signing):
    with pytest.raises(Refused, match="menunggu pengesahan"):
        signing.entry.answer_on("16").claim(signing.owner, 1)
    with pytest.raises(Refused, match="Tarik dulu usulannya"):
        signing.innovation.edit(signing.owner, purpose="Lain")


def test_the_head_hands_back_with_a_reason_that_stays_until_it_is_handed_in_again(signing):
    with pytest.raises(Refused, match="Tulis apa yang perlu diperbaiki"):
        signing.entry.hand_back(signing.head, "  ")
    signing.entry.hand_back(signing.head, "Anggaran 2025 belum benar.")
    assert (signing.entry.status, signing.entry.head_note, told(signing)) == (Status.DRAFT, "Anggaran 2025 belum benar.", [signing.owner])
    signing.entry.submit(signing.owner)
    assert (signing.entry.status, signing.entry.head_note) == (Status.SIGNING, "")


@pytest.mark.parametrize("who", ["owner", "stranger", "reviewer", "coordinator", "admin"])
def test_only_the_head_of_the_unit_signs_or_hands_back(signing, who):
    for move in (lambda by: signing.entry.sign(by), lambda by: signing.entry.hand_back(by, "Belum.")):
        with pytest.raises(Refused, match="Hanya kepala Dinas Kesehatan"):
            move(signing.people[who])


def test_a_unit_without_a_head_goes_on_unsigned_and_it_is_said(cast):
    turn(cast, needs_signature=True)
    cast.head.deactivate(cast.admin)
    round_ = cast.entry.submit(cast.owner)
    assert (cast.entry.status, round_.signed_by, last(cast).details["unsigned"]) == (Status.SUBMITTED, None, True)


def test_a_head_who_fills_in_too_signs_by_handing_in(cast):
    turn(cast, needs_signature=True)
    cast.head.give_role(Role.OPERATOR, cast.units["dinas"], cast.admin)
    round_ = cast.entry.submit(cast.head)
    assert (cast.entry.status, round_.signed_by, last(cast).details["unsigned"]) == (Status.SUBMITTED, cast.head, False)


def test_when_the_head_leaves_the_operator_sends_it_on(signing):
    signing.head.deactivate(signing.admin)
    assert (signing.entry.is_left_unsigned, signing.entry.holders()) == (True, [signing.owner])
    with clock.at(signing.period.closes_at + timedelta(days=1)):
        round_ = signing.entry.submit(signing.owner, tell=[signing.reviewer])
    assert (signing.entry.status, round_.signed_by, last(signing).details) == (Status.SUBMITTED, None, {"round": 1, "unsigned": True})
    assert told(signing) == [signing.reviewer]


def test_when_the_period_stops_asking_for_signatures_what_waits_is_signed_or_sent_on(signing):
    turn(signing, needs_signature=False)
    signing.entry.submit(signing.owner)
    assert (signing.entry.status, last(signing).details["unsigned"]) == (Status.SUBMITTED, False)


def test_a_head_may_still_sign_after_the_period_stopped_asking(signing):
    turn(signing, needs_signature=False)
    assert signing.entry.sign(signing.head).signed_by is signing.head


def test_what_was_handed_in_on_time_is_signed_as_long_as_repairs_are_taken(signing):
    with clock.at(signing.period.repairs_close_at + timedelta(seconds=1)), pytest.raises(Refused, match="Masa perbaikan periode 2026 sudah ditutup"):
        signing.entry.sign(signing.head)
    with clock.at(signing.period.repairs_close_at):
        assert signing.entry.sign(signing.head).number == 1


def test_an_unsigned_proposal_of_last_year_does_not_lock_the_profile_for_ever(signing):
    with clock.at(signing.period.repairs_close_at + timedelta(seconds=1)):
        signing.innovation.edit(signing.owner, purpose="")
    with pytest.raises(Refused, match="Tujuan belum diisi"):
        signing.entry.sign(signing.head)


def test_it_is_taken_back_from_the_head(signing):
    signing.entry.withdraw(signing.owner, "Satu bukti tertinggal.")
    assert (signing.entry.status, signing.entry.rounds, told(signing)) == (Status.DRAFT, [], [signing.head])


def test_it_is_taken_back_from_the_reviewers_and_the_round_counts_for_nothing(cast):
    submitted(cast)
    cast.entry.assign(cast.coordinator, cast.reviewer)
    cast.entry.withdraw(cast.owner, "Satu bukti tertinggal.")
    assert (cast.entry.status, cast.entry.standing_rounds, told(cast)) == (Status.DRAFT, [], [cast.reviewer])
    assert [(r.decision, r.decided_by, r.note) for r in cast.entry.rounds] == [(Decision.WITHDRAWN, cast.owner, "Satu bukti tertinggal.")]
    assert (cast.entry.submit(cast.owner).number, [r.number for r in cast.entry.standing_rounds]) == (2, [2])


def test_the_first_verdict_ends_the_taking_back(cast):
    answer = submitted(cast).answer_on("16")
    cast.entry.judge(answer, cast.reviewer, 2)
    assert not cast.entry.may_be_withdrawn
    with pytest.raises(Refused, match="Reviewer sudah mulai memutus baris usulan ini"):
        cast.entry.withdraw(cast.owner)


def test_what_was_returned_before_goes_back_to_returned(cast):
    submitted(cast)
    judge_all(cast, r16=1)
    cast.entry.return_(cast.reviewer, ["16"])
    cast.entry.answer_on("16").reply(cast.owner, "Sudah dilampirkan.")
    cast.entry.submit(cast.owner)
    cast.entry.withdraw(cast.owner)
    assert (cast.entry.status, [a.indicator.code for a in cast.entry.returned_rows]) == (Status.RETURNED, ["16"])
    assert cast.entry.submit(cast.owner).verdict_on(cast.entry.answer_on("17")).proven_level == 2


def test_after_the_closing_nothing_is_taken_back(cast):
    submitted(cast)
    with clock.at(cast.period.closes_at + timedelta(seconds=1)), pytest.raises(Refused, match="Batas waktu sudah lewat"):
        cast.entry.withdraw(cast.owner)


def test_the_usual_reviewer_of_the_unit_gets_it_unless_they_left_or_belong_there(cast):
    cast.units["dinas"].give_reviewer(cast.coordinator, cast.reviewer)
    assert submitted(cast).reviewer is cast.reviewer
    assert told(cast) == [cast.reviewer]
    cast.entry.withdraw(cast.owner)
    cast.reviewer.deactivate(cast.admin)
    cast.entry.submit(cast.owner, tell=[cast.coordinator])
    assert (cast.entry.reviewer, told(cast)) == (None, [cast.coordinator])


def test_handing_in_adds_up_every_row_anew(cast):
    """A save only adds what its own row changed."""
    right = cast.entry.claimed
    cast.entry.claimed += 5
    cast.entry.submit(cast.owner)
    assert cast.entry.claimed == right

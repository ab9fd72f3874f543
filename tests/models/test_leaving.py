"""Somebody leaves, loses a role or joins a unit in the middle of it: the right people are told, and nothing stays with who cannot go on."""
import pytest

from app.models import User
from app.rules import Refused
from app.rules.access import Role
from app.rules.workflow import Status
from tests.cast import PASSWORD_HASH, judge_all, submitted
from tests.models.test_handing import told, turn


def another_operator(cast) -> User:
    user = User.add("operator2", "Wahyu Nugroho", PASSWORD_HASH, None)
    user.give_role(Role.OPERATOR, cast.units["dinas"], None)
    return user


def test_a_reviewer_who_is_none_any_more_does_not_get_it_back(cast):
    submitted(cast).assign(cast.coordinator, cast.reviewer)
    judge_all(cast, r16=1)
    cast.entry.return_(cast.reviewer, ["16"])
    cast.entry.answer_on("16").reply(cast.owner, "Sudah dilampirkan.")
    cast.reviewer.take_role(cast.reviewer.memberships[0], cast.admin)
    cast.entry.submit(cast.owner, tell=[cast.coordinator])
    assert (cast.entry.reviewer, told(cast)) == (None, [cast.coordinator])


def test_a_reviewer_who_joined_the_unit_does_not_get_it_back(cast):
    submitted(cast).assign(cast.coordinator, cast.reviewer)
    cast.entry.withdraw(cast.owner)
    cast.reviewer.give_role(Role.HEAD, cast.units["dinas"], cast.admin)
    cast.entry.submit(cast.owner, tell=[cast.coordinator])
    assert (cast.entry.reviewer, told(cast)) == (None, [cast.coordinator])


def test_all_operators_of_the_unit_hear_that_the_head_does_not_sign(cast):
    second = another_operator(cast)
    turn(cast, needs_signature=True)
    cast.entry.submit(cast.owner)
    cast.owner.deactivate(cast.admin)
    cast.entry.hand_back(cast.head, "Anggaran belum benar.")
    assert told(cast) == [second]


def test_what_nobody_held_goes_back_to_who_finished_it(cast):
    turn(cast, two_steps=True)
    submitted(cast)
    judge_all(cast)
    cast.entry.finish(cast.reviewer)
    cast.entry.recheck(cast.coordinator, "Lihat lagi baris 16.")
    assert (cast.entry.status, cast.entry.reviewer, cast.entry.holders()) == (Status.SUBMITTED, cast.reviewer, [cast.reviewer])


def test_nobody_is_the_usual_reviewer_of_a_unit_they_belong_to(cast):
    cast.reviewer.give_role(Role.OPERATOR, cast.units["dinas"], cast.admin)
    with pytest.raises(Refused, match="Reviewer terdaftar di Dinas Kesehatan, jadi tidak memutus usulannya."):
        cast.units["dinas"].give_reviewer(cast.coordinator, cast.reviewer)


def test_a_reminder_says_why_it_reaches_nobody(cast):
    cast.owner.deactivate(cast.admin)
    with pytest.raises(Refused, match="Dinas Kesehatan belum punya akun operator yang aktif"):
        cast.entry.remind(cast.coordinator)
    cast.owner.reactivate(cast.admin)
    turn(cast, two_steps=True)
    submitted(cast)
    with pytest.raises(Refused, match="JEMPUT GIZI belum dipegang verifikator yang aktif. Bagikan dulu."):
        cast.entry.remind(cast.coordinator)
    cast.entry.take(cast.reviewer)
    judge_all(cast)
    cast.reviewer.deactivate(cast.admin)
    with pytest.raises(Refused, match="JEMPUT GIZI belum dipegang verifikator yang aktif"):
        cast.entry.remind(cast.coordinator)
    cast.reviewer.reactivate(cast.admin)
    cast.entry.finish(cast.reviewer)
    with pytest.raises(Refused, match="JEMPUT GIZI menunggu persetujuan koordinator"):
        cast.entry.remind(cast.coordinator)


def test_a_note_on_the_profile_is_a_beginning_too(cast):
    submitted(cast).note_profile(cast.reviewer, "Sebut dasar hukumnya.")
    assert not cast.entry.may_be_withdrawn
    with pytest.raises(Refused, match="Verifikator sudah mulai memeriksa usulan ini"):
        cast.entry.withdraw(cast.owner)
    assert cast.entry.rounds[-1].profile_note == "Sebut dasar hukumnya."


def test_a_message_written_anew_after_the_second_look_replaces_the_first(cast):
    turn(cast, two_steps=True)
    submitted(cast)
    judge_all(cast)
    cast.entry.finish(cast.reviewer, "Tinggal disetujui.")
    cast.entry.recheck(cast.coordinator, "Lihat lagi.")
    turn(cast, two_steps=False)
    cast.entry.approve(cast.reviewer, "Disetujui, terima kasih.")
    assert cast.entry.rounds[-1].note == "Disetujui, terima kasih."

"""Two steps: a reviewer finishes, a coordinator who is not among the verifiers approves or hands back; every relaxation is a switch."""
import pytest

from app.models import User
from app.models.review import Decision
from app.rules import Overtaken, Refused
from app.rules.access import Role
from app.rules.workflow import Status
from tests.cast import PASSWORD_HASH, judge_all, submitted
from tests.models.test_handing import last, told, turn


@pytest.fixture
def judged(cast):
    """Every row has its verdict, in a period of two steps."""
    turn(cast, two_steps=True)
    submitted(cast)
    judge_all(cast, r16=1)
    return cast


@pytest.fixture
def verified(judged):
    """Finished by the reviewer, with the coordinator."""
    judged.entry.finish(judged.reviewer, "Tinggal disetujui.", tell=[judged.coordinator])
    return judged


def another_coordinator(cast) -> User:
    user = User.add("koordinator2", "Sri Hartati", PASSWORD_HASH, None)
    user.give_role(Role.COORDINATOR, cast.units["office"], None)
    return user


def test_the_reviewer_finishes_and_the_coordinator_approves(verified):
    assert (verified.entry.status, told(verified)) == (Status.VERIFIED, [verified.coordinator])
    assert verified.entry.rounds[-1].finished_by is verified.reviewer
    verified.reviewer.id = 5
    verified.entry.approve(verified.coordinator, "Selamat.")
    assert (verified.entry.status, verified.entry.rounds[-1].note) == (Status.APPROVED, "Tinggal disetujui.\nSelamat.")
    assert last(verified).details["finished_by_id"] == 5


def test_finishing_needs_every_row_and_a_period_of_two_steps(cast):
    turn(cast, two_steps=True)
    submitted(cast)
    with pytest.raises(Refused, match="Baris 16, 17, 32, 33, dan 35 belum diputus"):
        cast.entry.finish(cast.reviewer)
    judge_all(cast)
    turn(cast, two_steps=False)
    with pytest.raises(Refused, match="setujui langsung"):
        cast.entry.finish(cast.reviewer)


def test_a_reviewer_does_not_approve_in_two_steps(judged):
    with pytest.raises(Refused, match="lalu koordinator yang menyetujui"):
        judged.entry.approve(judged.reviewer)
    judged.entry.finish(judged.reviewer)
    with pytest.raises(Refused, match="disetujui koordinator"):
        judged.entry.approve(judged.reviewer)


def test_who_verified_is_not_who_approves(judged):
    judged.entry.judge(judged.entry.answer_on("17"), judged.coordinator, 2)
    judged.entry.finish(judged.reviewer)
    assert judged.entry.verifiers == [judged.reviewer, judged.coordinator]
    with pytest.raises(Refused, match="Anda ikut memverifikasi usulan ini"):
        judged.entry.approve(judged.coordinator)
    judged.entry.approve(another_coordinator(judged))
    assert judged.entry.status == Status.APPROVED


def test_who_finished_is_a_verifier_too(judged):
    judged.entry.finish(judged.coordinator)
    with pytest.raises(Refused, match="Anda ikut memverifikasi"):
        judged.entry.approve(judged.coordinator)


def test_a_tiny_team_may_relax_it(judged):
    turn(judged, may_approve_own=True)
    judged.entry.finish(judged.coordinator)
    judged.entry.approve(judged.coordinator)
    assert judged.entry.status == Status.APPROVED


def test_the_second_look_overwrites_nothing(verified):
    before = [(v.proven_level, v.reason, v.by, v.version) for v in verified.entry.rounds[-1].verdicts]
    with pytest.raises(Refused, match="Tulis apa yang perlu diperiksa lagi"):
        verified.entry.recheck(verified.coordinator, " ", ["16"])
    verified.entry.recheck(verified.coordinator, "Halaman 3 menyebut namanya.", ["16", "17"])
    assert (verified.entry.status, verified.entry.rounds[-1].finished_by, told(verified)) == (Status.SUBMITTED, None, [verified.reviewer])
    assert [(v.proven_level, v.reason, v.by, v.version) for v in verified.entry.rounds[-1].verdicts] == before
    assert [(note.row, note.text, note.by) for note in verified.entry.notes] == [
        (row, "Halaman 3 menyebut namanya.", verified.coordinator) for row in ("16", "17")]
    assert last(verified).is_private


def test_only_the_coordinator_hands_back(verified):
    with pytest.raises(Refused, match="milik koordinator"):
        verified.entry.recheck(verified.reviewer, "Saya ambil lagi.")


def test_nobody_judges_returns_or_takes_back_what_waits_for_the_coordinator(verified):
    for move in (lambda: verified.entry.judge(verified.entry.answer_on("16"), verified.reviewer, 2),
                 lambda: verified.entry.return_(verified.reviewer, ["16"])):
        with pytest.raises(Refused, match="Menunggu persetujuan"):
            move()
    with pytest.raises(Refused, match="Reviewer sudah mulai memutus"):
        verified.entry.withdraw(verified.owner)


@pytest.mark.parametrize("who", ["owner", "head", "stranger", "leader", "admin"])
def test_only_judges_judge(judged, who):
    """Even where an office may judge its own unit: that is for its reviewers, not for its operators."""
    turn(judged, may_judge_own_unit=True, two_steps=False)
    for move in (lambda by: judged.entry.judge(judged.entry.answer_on("16"), by, 2), lambda by: judged.entry.approve(by),
                 lambda by: judged.entry.return_(by, ["16"])):
        with pytest.raises(Refused, match="diputus verifikator atau koordinator"):
            move(judged.people[who])


def test_a_small_office_may_judge_its_own_unit(judged):
    judged.reviewer.give_role(Role.OPERATOR, judged.units["dinas"], judged.admin)
    with pytest.raises(Refused, match="Usulan perangkat daerah sendiri diputus orang lain"):
        judged.entry.finish(judged.reviewer)
    turn(judged, may_judge_own_unit=True)
    judged.entry.finish(judged.reviewer)
    assert judged.entry.status == Status.VERIFIED


def test_what_waits_for_approval_is_not_stranded_when_two_steps_end(verified):
    """Any judge may approve it then, also who verified it."""
    turn(verified, two_steps=False)
    verified.entry.approve(verified.reviewer)
    assert verified.entry.status == Status.APPROVED


def test_what_waits_for_approval_may_go_back_to_its_reviewer_when_two_steps_end(verified):
    turn(verified, two_steps=False)
    verified.entry.recheck(verified.reviewer, "Saya periksa sekali lagi.")
    verified.entry.return_(verified.reviewer, ["16"])
    assert verified.entry.status == Status.RETURNED


def test_what_is_being_judged_needs_the_second_step_once_it_is_asked_for(cast):
    submitted(cast)
    judge_all(cast)
    turn(cast, two_steps=True)
    with pytest.raises(Refused, match="dua langkah"):
        cast.entry.approve(cast.reviewer)
    cast.entry.finish(cast.reviewer)
    cast.entry.approve(cast.coordinator)


def test_a_reopened_row_goes_back_alone(verified):
    verified.entry.approve(verified.coordinator)
    with pytest.raises(Refused, match="milik koordinator"):
        verified.entry.reopen(verified.reviewer, ["16"], "Perda baru terbit.")
    verified.entry.reopen(verified.coordinator, ["16"], "Perda baru terbit.")
    assert (verified.entry.status, [a.indicator.code for a in verified.entry.returned_rows]) == (Status.RETURNED, ["16"])
    assert [r.decision for r in verified.entry.rounds] == [Decision.APPROVED, Decision.RETURNED]
    verified.entry.answer_on("16").reply(verified.owner, "Sudah dilampirkan.")
    assert [a.indicator.code for a in verified.entry.submit(verified.owner).unjudged] == ["16"]


def test_a_profile_note_is_a_draft_until_it_is_returned(judged):
    judged.entry.note_profile(judged.reviewer, " Sebut dasar hukumnya. ")
    assert (judged.entry.rounds[-1].profile_note, last(judged).is_private, judged.entry.profile_is_returned) == ("Sebut dasar hukumnya.", True, False)


def test_the_second_reviewer_of_a_row_is_told(judged):
    with pytest.raises(Overtaken, match="Reviewer sudah memutus baris ini"):
        judged.entry.judge(judged.entry.answer_on("16"), judged.coordinator, 2, seen=0)

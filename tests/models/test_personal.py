"""A person becomes nameless: for good, only when they left, and without touching what they did."""
import pytest

from app.rules import Refused
from tests.cast import judge_all, submitted

NEW_HASH = "$argon2id$locked"


@pytest.fixture
def leaver(cast):
    """The reviewer, who judged something and left."""
    submitted(cast)
    judge_all(cast)
    cast.reviewer.id = 12
    cast.reviewer.deactivate(cast.admin)
    return cast.reviewer


def forget(user, cast, typed="reviewer", reason="Permintaan pemilik data."):
    user.anonymise(cast.admin, typed, reason, NEW_HASH)


def test_the_name_is_gone_and_the_work_stays(cast, leaver):
    forget(leaver, cast)
    assert (leaver.name, leaver.username, leaver.nip, leaver.position) == ("Orang 12", "orang-12", None, None)
    assert (leaver.password_hash, leaver.asks_code, leaver.memberships) == (NEW_HASH, False, [])
    assert {verdict.by for verdict in cast.entry.rounds[0].verdicts} - {None} == {leaver}
    assert (leaver.events[-1].what, leaver.events[-1].details) == ("person_anonymised", {"reason": "Permintaan pemilik data."})


@pytest.mark.parametrize(("typed", "reason", "words"), [
    ("Reviewer", "Diminta.", "Ketik nama pengguna reviewer persis"), ("", "Diminta.", "Ketik nama pengguna"),
    ("reviewer", " ", "Tulis alasannya"), ("reviewer", "Permintaan REVIEWER.", "Tulis tanpa nama"),
    ("reviewer", "NIP 198001012005011001", "Tulis tanpa nama"),
])
def test_it_must_be_meant_and_must_not_name_them(cast, leaver, typed, reason, words):
    with pytest.raises(Refused, match=words):
        forget(leaver, cast, typed, reason)
    assert leaver.name == "Reviewer"


def test_an_account_in_use_stays(cast):
    with pytest.raises(Refused, match="Nonaktifkan dulu akun reviewer"):
        forget(cast.reviewer, cast)


def test_there_is_no_way_back(cast, leaver):
    forget(leaver, cast)
    verbs = (lambda: leaver.reactivate(cast.admin), lambda: leaver.edit(cast.admin, "Ratna", None, None), lambda: forget(leaver, cast, "orang-12"),
             lambda: leaver.give_role("reviewer", cast.units["office"], cast.admin), lambda: leaver.give_slip(NEW_HASH, cast.admin))
    for verb in verbs:
        with pytest.raises(Refused, match="sudah disamarkan|dinonaktifkan"):
            verb()

"""A desk session: arranged, moved or called off with both sides told; its minutes kept through every correction; promises kept once."""
from datetime import date, datetime, timedelta

import pytest

from app import clock
from app.models import DeskSession
from app.models.desk import Kind, State
from app.rules import Overtaken, Refused

AGREED = [("SK tim ditandatangani", date(2027, 1, 15))]


def arranged(cast, hours: float = 24, unit="dinas", reviewer=None, **facts) -> DeskSession:
    at = facts.pop("at", None) or clock.now() + timedelta(hours=hours)
    return DeskSession.arrange(cast.coordinator, cast.units[unit], reviewer or cast.reviewer, at, 60, **facts)


@pytest.fixture
def held(cast):
    """An hour ago, with one promise."""
    session = arranged(cast, hours=-1)
    session.hold(cast.reviewer, "Baris 16 dibahas.", ["Owner", " Reviewer "], AGREED)
    return session


def told(session):
    event = session.events[-1]
    return event.what, {notice.user.name for notice in event.notifications}


def test_both_sides_hear_of_a_new_session(cast):
    session = arranged(cast, place="Ruang rapat", agenda="Baris 16")
    assert told(session) == ("session_arranged", {"Owner", "Head", "Reviewer"})
    assert (session.state, session.agenda, session.kind) == (State.COMING, "Baris 16", Kind.DESK)


def test_nobody_sits_with_their_own_unit(cast):
    with pytest.raises(Refused, match="terdaftar di Bappelitbangda"):
        arranged(cast, unit="office")


def test_only_who_judges_may_be_chosen(cast):
    with pytest.raises(Refused, match="bukan verifikator"):
        arranged(cast, reviewer=cast.leader)


@pytest.mark.parametrize(("unit", "who", "minutes", "words"), [
    ("badan", "reviewer", 30, "Reviewer sudah mendampingi Dinas Kesehatan"), ("dinas", "coordinator", -59, "sudah punya sesi dengan Reviewer"),
    ("badan", "coordinator", 0, None), ("badan", "reviewer", 60, None), ("dinas", "coordinator", -60, None)])
def test_nobody_is_in_two_places(cast, unit, who, minutes, words):
    first = arranged(cast)
    at = first.starts_at + timedelta(minutes=minutes)
    if words:
        with pytest.raises(Refused, match=words):
            arranged(cast, unit=unit, reviewer=cast.people[who], at=at, others=[first])
    else:
        assert arranged(cast, unit=unit, reviewer=cast.people[who], at=at, others=[first])


def test_a_session_is_not_in_its_own_way_and_one_called_off_in_nobodys(cast):
    first = arranged(cast)
    first.edit(cast.coordinator, cast.reviewer, first.starts_at + timedelta(minutes=10), 60, others=[first])
    first.call_off(cast.coordinator, "Banjir.")
    assert arranged(cast, at=first.starts_at, others=[first]).is_open


def test_a_move_says_from_when_to_when_and_both_reviewers_hear_of_it(cast):
    cast.reviewer.id, cast.coordinator.id = 5, 6
    session = arranged(cast)
    was, now = session.starts_at, session.starts_at + timedelta(days=1)
    session.edit(cast.admin, cast.coordinator, now, 60)
    assert told(session) == ("session_edited", {"Owner", "Head", "Reviewer", "Coordinator"})
    assert session.events[-1].details["changed"] == {"reviewer_id": [5, 6], "starts_at": [was.isoformat(), now.isoformat()]}
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        session.edit(cast.admin, cast.coordinator, now, 60)


def test_a_visit_is_about_an_innovation_of_the_unit(cast):
    with pytest.raises(Refused, match="Pilih inovasi yang dikunjungi"):
        arranged(cast, kind="monitoring")
    with pytest.raises(Refused, match="bukan inovasi Badan Keuangan"):
        arranged(cast, unit="badan", innovation=cast.innovation)
    assert arranged(cast, kind="monitoring", innovation=cast.innovation).kind == Kind.MONITORING


def test_it_is_called_off_with_a_reason(cast):
    session = arranged(cast)
    with pytest.raises(Refused, match="Tulis alasan"):
        session.call_off(cast.coordinator, " ")
    session.call_off(cast.coordinator, "Kantor banjir.")
    assert told(session) == ("session_called_off", {"Owner", "Head", "Reviewer"})
    assert (session.state, session.events[-1].details["reason"]) == (State.CANCELLED, "Kantor banjir.")
    for verb in (lambda: session.call_off(cast.admin, "Lagi."), lambda: session.hold(cast.reviewer, "A", ["B"], [])):
        with pytest.raises(Refused, match="sudah dibatalkan"):
            verb()


def test_it_is_held_once_with_minutes_and_names(cast):
    session = arranged(cast, hours=-2)
    assert session.state == State.DUE
    for notes, names, words in (("", ["Owner"], "Tulis dulu risalahnya"), ("Dibahas.", [" "], "siapa yang hadir")):
        with pytest.raises(Refused, match=words):
            session.hold(cast.reviewer, notes, names, [])
    session.hold(cast.reviewer, "Dibahas.", ["Owner", " "], [])
    assert told(session) == ("session_held", {"Owner", "Head"})
    assert (session.state, session.attendance) == (State.HELD, ["Owner"])
    with pytest.raises(Refused, match="sudah selesai"):
        session.hold(cast.reviewer, "Lagi.", ["Owner"], [])


def test_it_is_not_over_before_it_began(cast):
    with pytest.raises(Refused, match="belum mulai"):
        arranged(cast).hold(cast.reviewer, "Dibahas.", ["Owner"], [])


def test_promises_come_and_go_until_it_is_held(cast):
    session = arranged(cast, hours=-1)
    session.note(cast.reviewer, "", [], [*AGREED, ("Video", date(2027, 2, 1))])
    kept = session.promises[0]
    session.note(cast.reviewer, "", [], AGREED)
    assert session.promises == [kept]
    with pytest.raises(Refused, match="sebelum sesinya"):
        session.note(cast.reviewer, "", [], [("Video", date(2026, 1, 1))])


def test_a_correction_keeps_what_stood_there(cast, held):
    held.correct(cast.coordinator, "Baris 16 dan 17 dibahas.", ["Owner", "Reviewer"])
    event = held.events[-1]
    assert (event.what, event.details["before"]) == ("minutes_corrected", {"notes": "Baris 16 dibahas."})
    with pytest.raises(Refused, match="tidak boleh kosong"):
        held.correct(cast.coordinator, "", ["Owner"])
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        held.correct(cast.coordinator, "Baris 16 dan 17 dibahas.", ["Owner", "Reviewer"])


def test_who_comes_second_overwrites_nothing(cast):
    session = arranged(cast, hours=-1)
    session.note(cast.reviewer, "Pertama.", [], [], seen=0)
    with pytest.raises(Overtaken):
        session.note(cast.coordinator, "Kedua.", [], [], seen=0)
    assert session.notes == "Pertama."


def test_a_promise_is_kept_once_and_the_reviewer_hears_of_it(cast, held):
    promise = held.promises[0]
    assert promise.is_overdue(date(2027, 1, 16)) and not promise.is_overdue(promise.due_on)
    held.keep_promise(promise, cast.owner)
    assert told(held) == ("promise_kept", {"Reviewer"})
    assert (promise.done_by, promise.is_overdue(date(2027, 1, 16))) == (cast.owner, False)
    with pytest.raises(Refused, match="sudah ditandai selesai"):
        held.keep_promise(promise, cast.owner)


def test_a_session_lasts_from_ten_minutes_to_ten_hours(cast):
    at = datetime.fromisoformat("2027-01-04T01:30:00+00:00")
    for minutes in (9, 601):
        with pytest.raises(Refused, match="10 sampai 600"):
            DeskSession.arrange(cast.coordinator, cast.units["dinas"], cast.reviewer, at, minutes)

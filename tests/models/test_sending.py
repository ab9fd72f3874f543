"""Sending: frozen for good with its number, while the innovation lives on; the hand choices and the list before it."""
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app import clock
from app.models.choosing import Choice
from app.rules import Refused
from app.rules.workflow import Status
from tests.cast import judge_all, make_file, submitted


@pytest.fixture
def approved(cast):
    judge_all(cast) if submitted(cast) else None
    cast.entry.approve(cast.coordinator)
    return cast


def send(cast, number="IID-2026-0001", on=None):
    return cast.entry.send(cast.coordinator, number, on or clock.now().date(), make_file(990))


def test_what_is_sent_is_frozen_with_everything_that_was_verified(approved):
    sending = send(approved)
    entry, kept = approved.entry, sending.snapshot
    assert (entry.status, entry.sending, sending.maturity, sending.name) == (Status.SENT, sending, entry.verified, "JEMPUT GIZI")
    assert kept["profile"] == entry.rounds[-1].snapshot["profile"]
    assert {code: (row["level"], row["evidenced"], row["proven"]) for code, row in kept["rows"].items()} == {
        answer.indicator.code: (answer.claimed_level or 0, answer.evidenced_level, answer.proven_level) for answer in entry.answers}
    assert [one["sha256"] for one in kept["rows"]["16"]["exhibits"]] == [x.version.file.sha256 for x in entry.answer_on("16").exhibits]
    assert (kept["claimed"], kept["evidenced"], kept["verified"]) == (str(entry.claimed), str(entry.evidenced), str(entry.verified))
    assert sending.is_whole


def test_the_innovation_lives_on_and_the_snapshot_does_not_follow(approved):
    sending = send(approved)
    approved.innovation.edit(approved.owner, purpose="Dikembangkan tahun depan.", main_affair="Sosial", touching_affairs=[])
    assert sending.snapshot["profile"]["purpose"] == "Menekan stunting."
    assert (approved.entry.main_affair, sending.main_affair) == ("Kesehatan", "Kesehatan") and sending.is_whole


@pytest.mark.parametrize("move", [
    lambda cast: cast.entry.reopen(cast.coordinator, ["16"], "Salah"), lambda cast: cast.entry.submit(cast.owner), lambda cast: send(cast, "IID-2"),
    lambda cast: cast.entry.answer_on("16").claim(cast.owner, 1), lambda cast: cast.entry.choose(cast.coordinator, Choice.HOLD, "Jangan"),
    lambda cast: cast.entry.withdraw(cast.owner), lambda cast: cast.entry.assign(cast.coordinator, cast.reviewer),
])
def test_nothing_leads_back_from_what_was_sent(approved, move):
    send(approved)
    with pytest.raises(Refused):
        move(approved)
    assert approved.entry.status == Status.SENT


@pytest.mark.parametrize(("number", "day", "words"), [
    ("  ", 0, "Isi nomor registrasi"), ("x" * 61, 0, "paling banyak 60 huruf"), ("IID-1", 2, "tidak boleh sesudah hari ini"),
])
def test_a_number_and_a_day_that_has_come_are_needed(approved, number, day, words):
    with pytest.raises(Refused, match=words):
        send(approved, number, clock.now().date() + timedelta(days=day))
    assert approved.entry.status == Status.APPROVED and approved.entry.sending is None


def test_only_the_coordinator_sends_and_only_what_is_approved(cast):
    with pytest.raises(Refused, match="berstatus “Draf”"):
        send(cast)
    submitted(cast)
    judge_all(cast)
    cast.entry.approve(cast.coordinator)
    with pytest.raises(Refused, match="milik koordinator"):
        cast.entry.send(cast.reviewer, "IID-1", clock.now().date(), make_file(990))


def test_a_number_typed_wrong_is_corrected_with_a_reason_and_nothing_else_moves(approved):
    sending = send(approved)
    before = sending.checksum
    with pytest.raises(Refused, match="Tulis mengapa"):
        sending.correct(approved.coordinator, "IID-9", date(2026, 7, 1), "")
    sending.correct(approved.coordinator, "IID-9", date(2026, 7, 1), "Salah ketik.")
    assert (sending.number, sending.sent_on, sending.checksum) == ("IID-9", date(2026, 7, 1), before)
    assert approved.entry.events[-1].what == "sending_corrected"


def test_a_held_one_is_not_sent_until_the_choice_is_taken_back(approved):
    approved.entry.choose(approved.coordinator, Choice.HOLD, "Menunggu sertifikat.")
    with pytest.raises(Refused, match="ditahan"):
        send(approved)
    approved.entry.choose(approved.coordinator, None)
    assert send(approved)


def test_taking_a_set_puts_it_on_the_list_and_the_others_off_it(approved):
    entry, period = approved.entry, approved.period
    period.take_set(approved.coordinator, [entry], [entry])
    assert entry.chosen_at
    period.take_set(approved.coordinator, [], [entry])
    assert entry.chosen_at is None
    entry.choose(approved.coordinator, Choice.HOLD, "Jangan dulu.")
    with pytest.raises(Refused, match="JEMPUT GIZI ditahan"):
        period.take_set(approved.coordinator, [entry], [entry])


def test_the_ministrys_levels_add_up_or_are_refused(approved):
    sending, entry = send(approved), approved.entry
    levels = {answer: answer.proven_level for answer in entry.answers}
    with pytest.raises(Refused, match="Periksa levelnya"):
        sending.give_result(approved.coordinator, Decimal(1), levels)
    sending.give_result(approved.coordinator, None, levels)
    assert sending.official_maturity == entry.verified


def test_a_part_of_the_levels_leaves_the_sum_to_what_was_published(approved):
    sending = send(approved)
    sending.give_result(approved.coordinator, Decimal("60.5"), {approved.entry.answer_on("16"): 1}, "Dari surat Desember.")
    assert (sending.official_maturity, approved.entry.answer_on("16").official.level) == (Decimal("60.5"), 1)
    sending.give_result(approved.coordinator, None, {approved.entry.answer_on("16"): None})
    assert (sending.official_maturity, approved.entry.answer_on("16").official) == (None, None)


def test_ticks_survive_and_say_who_and_are_no_events(approved):
    entry, events = approved.entry, len(approved.entry.events)
    entry.tick(approved.reviewer, "name", "a" * 64)
    entry.tick(approved.coordinator, "name", "a" * 64)
    assert entry.tick_on("name").by is approved.reviewer
    entry.tick(approved.coordinator, "name", "b" * 64)
    assert entry.tick_on("name").by is approved.coordinator
    entry.untick(approved.coordinator, "name")
    assert entry.tick_on("name") is None and len(entry.events) == events
    with pytest.raises(Refused, match="milik kantor"):
        entry.tick(approved.owner, "name", "a" * 64)

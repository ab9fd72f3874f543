"""The main job in memory: draft, submit, judge, return, answer, resubmit, approve."""
from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.models import Entry, Innovation
from app.models.review import Decision, Origin
from app.rules import Refused
from app.rules.workflow import Status
from tests.cast import fill, judge_all, make_document, submitted


def test_submit_opens_a_round_with_a_snapshot_and_tells_the_reviewers(cast):
    submitted(cast)

    assert cast.entry.status == Status.SUBMITTED
    assert [r.number for r in cast.entry.rounds] == [1]
    assert cast.entry.rounds[0].snapshot["rows"]["16"]["level"] == 2
    event = cast.entry.events[-1]
    assert (event.what, event.by) == ("submitted", cast.owner)
    assert [notice.user for notice in event.notifications] == [cast.reviewer, cast.coordinator]


def test_rows_nobody_filled_need_no_reviewer(cast):
    submitted(cast)
    assert [a.indicator.code for a in cast.entry.rounds[0].unjudged] == ["16", "17", "32", "33", "35"]
    assert {v.origin for v in cast.entry.rounds[0].verdicts} == {Origin.EMPTY}


def test_stored_numbers_follow_the_verbs(cast):
    assert (cast.entry.claimed, cast.entry.evidenced, cast.entry.verified) == (Decimal(28), Decimal(28), Decimal(0))
    cast.entry.answer_on("31").claim(cast.owner, 3)
    assert (cast.entry.claimed, cast.entry.evidenced) == (Decimal(37), Decimal(28))


def test_submit_says_everything_that_is_missing(cast):
    cast.entry.answer_on("16").claim(cast.owner, None)
    cast.entry.answer_on("17").detach(cast.owner, cast.entry.answer_on("17").exhibits[0])
    cast.innovation.edit(cast.owner, purpose="", design="Terlalu pendek.")
    with pytest.raises(Refused) as refusal:
        cast.entry.submit(cast.owner)
    assert str(refusal.value) == (
        "Tujuan belum diisi. Rancang bangun baru 2 kata; paling sedikit 300 kata. Baris 16 wajib diisi. "
        "Lampirkan minimal satu bukti untuk baris 17: belum ada dokumen yang dilampirkan.")


def test_submit_after_closing_is_refused(cast):
    with clock.at(cast.period.closes_at + timedelta(seconds=1)), pytest.raises(Refused, match="sudah ditutup"):
        cast.entry.submit(cast.owner)


def test_return_opens_only_the_named_rows(cast):
    submitted(cast)
    judge_all(cast, r16=1, r33=0)
    cast.entry.return_(cast.reviewer, ["16", "33"], note="Tinggal sedikit.")

    assert cast.entry.status == Status.RETURNED
    assert [a.indicator.code for a in cast.entry.returned_rows] == ["16", "33"]
    assert cast.entry.verified == Decimal(3 * 1 + 2 * 2 + 2 * 2 + 0 + 4 * 2)
    with pytest.raises(Refused, match="Baris 17 tidak dikembalikan"):
        cast.entry.answer_on("17").claim(cast.owner, 3)
    assert [n.user for n in cast.entry.events[-1].notifications] == [cast.owner, cast.head]


def test_return_needs_a_reason_on_each_named_row(cast):
    submitted(cast)
    judge_all(cast)
    with pytest.raises(Refused, match="Baris 16 belum punya alasan"):
        cast.entry.return_(cast.reviewer, ["16"])


def test_verdict_below_the_claim_needs_a_reason_and_above_is_refused(cast):
    answer = submitted(cast).answer_on("16")
    with pytest.raises(Refused, match="Tulis alasan"):
        cast.entry.judge(answer, cast.reviewer, 1, "  ")
    with pytest.raises(Refused, match="di atas klaim"):
        cast.entry.judge(answer, cast.reviewer, 3, "Perda ada.")


def test_drafts_of_verdicts_change_nothing_the_unit_sees(cast):
    submitted(cast)
    judge_all(cast, r16=0)
    assert cast.entry.verified == 0 and all(a.proven_level is None for a in cast.entry.answers)
    assert all(event.is_private for event in cast.entry.events if event.what == "row_judged")


def test_a_returned_row_must_be_answered_or_changed(cast):
    submitted(cast)
    judge_all(cast, r16=1, r33=1)
    cast.entry.return_(cast.reviewer, ["16", "33"])
    with pytest.raises(Refused, match="jawab dulu baris 16 yang dikembalikan. Perbaiki atau jawab dulu baris 33"):
        cast.entry.submit(cast.owner)
    cast.entry.answer_on("16").reply(cast.owner, "Halaman yang memuat nama inovasi sudah dilampirkan.")
    cast.entry.answer_on("33").claim(cast.owner, 1, basis=cast.entry.answer_on("33").basis)
    assert cast.entry.submit(cast.owner).number == 2


def test_resubmission_keeps_accepted_verdicts_and_asks_only_for_what_changed(cast):
    submitted(cast)
    judge_all(cast, r16=1)
    cast.entry.return_(cast.reviewer, ["16"])
    row = cast.entry.answer_on("16")
    row.attach(cast.owner, make_document(cast, 99))
    cast.entry.submit(cast.owner)

    second = cast.entry.rounds[1]
    assert [a.indicator.code for a in second.unjudged] == ["16"]
    assert [v.proven_level for v in second.verdicts if v.origin == Origin.CARRIED] == [2, 2, 2, 2]
    assert cast.entry.rounds[0].verdict_on(row).reason == "Belum cukup."


def test_approve_needs_every_row(cast):
    submitted(cast)
    with pytest.raises(Refused, match="Baris 16, 17, 32, 33, dan 35 belum diputus"):
        cast.entry.approve(cast.reviewer)
    judge_all(cast)
    cast.entry.approve(cast.reviewer, "Lengkap.")
    assert cast.entry.rounds[-1].decision == Decision.APPROVED
    assert (cast.entry.status, cast.entry.verified) == (Status.APPROVED, Decimal(28))


def test_the_second_decision_is_told_who_was_first(cast):
    submitted(cast)
    judge_all(cast)
    cast.entry.approve(cast.reviewer)
    with pytest.raises(Refused, match="Reviewer sudah menyetujui usulan ini"):
        cast.entry.return_(cast.coordinator, ["16"])


def test_nobody_judges_their_own_unit(cast):
    cast.reviewer.give_role("operator", cast.units["dinas"], None)
    answer = submitted(cast).answer_on("16")
    with pytest.raises(Refused, match="perangkat daerah sendiri"):
        cast.entry.judge(answer, cast.reviewer, 2)


def test_two_reviewers_on_one_row_notice_each_other(cast):
    answer = submitted(cast).answer_on("16")
    cast.entry.judge(answer, cast.reviewer, 2, seen=0)
    with pytest.raises(Refused, match="Reviewer sudah memutus baris ini"):
        cast.entry.judge(answer, cast.coordinator, 1, "Tidak memuat nama.", seen=0)


def test_return_after_the_repair_deadline_is_refused(cast):
    submitted(cast)
    judge_all(cast, r16=1)
    with clock.at(cast.period.repairs_close_at + timedelta(seconds=1)), pytest.raises(Refused, match="Masa perbaikan sudah ditutup"):
        cast.entry.return_(cast.reviewer, ["16"])


def test_the_profile_is_locked_while_it_is_judged_and_after_approval(cast):
    submitted(cast)
    with pytest.raises(Refused, match="selama usulan diperiksa"):
        cast.innovation.edit(cast.owner, purpose="Lain")
    judge_all(cast, r16=1)
    cast.entry.return_(cast.reviewer, ["16"])
    with pytest.raises(Refused, match="bukan profil"):
        cast.innovation.edit(cast.owner, purpose="Lain")


def test_a_returned_profile_opens_and_must_be_dealt_with(cast):
    submitted(cast)
    cast.entry.return_(cast.reviewer, [], profile_note="Rancang bangun belum menyebut dasar hukum.")
    with pytest.raises(Refused, match="catatan verifikator tentang profil"):
        cast.entry.submit(cast.owner)
    cast.entry.reply_on_profile(cast.owner, "Dasar hukum ada pada paragraf pertama.")
    cast.entry.submit(cast.owner)
    assert cast.entry.status == Status.SUBMITTED


def test_a_full_proposal_is_worth_all_points_of_the_instrument(cast):
    number = 100
    for answer in cast.entry.answers:
        for exhibit in list(answer.exhibits):
            answer.detach(cast.owner, exhibit)
        fill(cast, answer.indicator.code, 3, number)
        for extra in (1, 2):
            kind = answer.exhibits[0].version.file.kind
            answer.attach(cast.owner, make_document(cast, number + extra, kind), set_number=extra + 1)
        number += 3
    assert cast.entry.claimed == cast.entry.evidenced == cast.instrument.maturity_max == Decimal(111)


def test_a_row_the_last_decision_left_unjudged_counts_nothing(cast):
    """Row 33 was changed after it had been proven; a round that ends without a verdict on it proves nothing about it."""
    submitted(cast)
    judge_all(cast, r16=1, r33=1)
    cast.entry.return_(cast.reviewer, ["16", "33"])
    cast.entry.answer_on("16").reply(cast.owner, "Sudah dilampirkan.")
    cast.entry.answer_on("33").claim(cast.owner, 3, basis=cast.entry.answer_on("33").basis)
    cast.entry.submit(cast.owner)
    cast.entry.judge(cast.entry.answer_on("16"), cast.reviewer, 0, "Bukan keputusan.")
    cast.entry.return_(cast.reviewer, ["16"])

    assert cast.entry.answer_on("33").proven_level is None
    assert cast.entry.verified == Decimal(2 * 2 + 2 * 2 + 4 * 2)


def test_what_last_year_left_returned_does_not_lock_the_profile_for_ever(cast):
    submitted(cast)
    judge_all(cast, r16=1)
    cast.entry.return_(cast.reviewer, ["16"])
    with clock.at(cast.period.repairs_close_at):
        assert "bukan profil" in cast.innovation.lock
    with clock.at(cast.period.repairs_close_at + timedelta(seconds=1)):
        assert cast.innovation.lock == ""


def test_an_archived_unit_starts_nothing_new(cast):
    innovation = Innovation.add("SEHAT BERSAMA", cast.units["dinas"], cast.owner)
    cast.units["dinas"].archive(cast.admin)
    with pytest.raises(Refused, match="Dinas Kesehatan sudah diarsipkan"):
        Entry.start(innovation, cast.period, cast.owner)


def test_a_row_that_opens_again_can_take_the_version_that_came_while_it_was_judged(cast):
    row, document = cast.entry.answer_on("16"), cast.entry.answer_on("16").exhibits[0].document
    judged = row.exhibits[0].version
    submitted(cast)
    document.revise(cast.owner, file=make_document(cast, 77).current.file, file_name="lengkap.pdf")
    judge_all(cast, r16=1)
    cast.entry.return_(cast.reviewer, ["16"])
    assert row.exhibits[0].version is judged and not row.is_answered

    row.attach(cast.owner, document)
    assert [exhibit.version for exhibit in row.exhibits] == [document.current] and row.is_answered
    with pytest.raises(Refused, match="sudah dilampirkan"):
        row.attach(cast.owner, document)


def test_more_than_the_evidence_carries_needs_a_reason(cast):
    cast.entry.answer_on("18").claim(cast.owner, 3)
    cast.entry.answer_on("18").attach(cast.owner, make_document(cast, 50, years=[2025]))
    answer = submitted(cast).answer_on("18")
    with pytest.raises(Refused, match="hanya mendukung level 1"):
        cast.entry.judge(answer, cast.reviewer, 3)
    assert cast.entry.judge(answer, cast.reviewer, 3, "Satu berkas memuat DPA tiga tahun.").proven_level == 3


def test_an_approved_proposal_keeps_the_profile_it_was_approved_with(cast):
    submitted(cast)
    judge_all(cast)
    cast.entry.approve(cast.reviewer)
    with clock.at(cast.period.repairs_close_at + timedelta(days=100)):
        cast.innovation.edit(cast.owner, purpose="Tujuan tahun berikutnya.")
    assert cast.entry.profile_facts()["purpose"] == "Menekan stunting."
    assert cast.entry.profile_facts()["applied_on"] == cast.innovation.applied_on

"""An innovation in the catalogue and in the archive: what may be said of it, who may want it, and when it may go."""
from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.models import Entry, Innovation, PastReport, Period
from app.rules import Refused
from app.rules.workflow import Status
from tests.cast import judge_all, submitted


def last(cast):
    return cast.innovation.events[-1]


def told(cast) -> list:
    return [notification.user for notification in last(cast).notifications]


def over(cast):
    """After the repairs of the period."""
    return clock.at(cast.period.repairs_close_at + timedelta(days=1))


# Described

def test_it_is_described_with_one_event_that_says_what_changed(cast):
    cast.innovation.describe(cast.owner, "Kader menjemput balita.", ["Gizi", "balita"], False)
    assert (cast.innovation.summary, [tag.word for tag in cast.innovation.tags]) == ("Kader menjemput balita.", ["balita", "gizi"])
    assert (last(cast).what, last(cast).details) == ("innovation_described", {"changed": ["summary", "tags"], "shown": None})
    kept = cast.innovation.tags[0]
    cast.innovation.describe(cast.owner, "Kader menjemput balita.", ["balita", "posyandu"], True)
    assert cast.innovation.tags[0] is kept and [tag.word for tag in cast.innovation.tags] == ["balita", "posyandu"]
    assert last(cast).details == {"changed": ["tags"], "shown": True}


def test_nothing_changed_is_nothing_done(cast):
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        cast.innovation.describe(cast.owner, " ", [], False)


def test_it_may_be_described_while_its_profile_is_locked_and_no_snapshot_knows_of_it(cast):
    entry = submitted(cast)
    frozen = dict(entry.rounds[-1].snapshot["profile"])
    cast.innovation.describe(cast.owner, "Kader menjemput balita.", ["gizi"], True)
    assert cast.innovation.lock and "summary" not in frozen and entry.rounds[-1].snapshot["profile"] == frozen
    assert not set(cast.innovation.profile()) & {"summary", "tags", "is_shown"}


# In the catalogue

def test_it_is_in_the_catalogue_when_shown_approved_or_reported_before(cast):
    assert not cast.innovation.is_in_catalogue
    cast.innovation.describe(cast.owner, "", [], True)
    assert cast.innovation.is_in_catalogue
    cast.innovation.describe(cast.owner, "", [], False)
    submitted(cast)
    judge_all(cast)
    assert not cast.innovation.is_in_catalogue
    cast.entry.approve(cast.coordinator)
    assert cast.innovation.is_in_catalogue
    other = Innovation.add("PAJAK MUDAH", cast.units["badan"], cast.stranger)
    other.past_reports.append(PastReport(year=2023, number="IID-7", maturity=Decimal(71)))
    assert other.is_in_catalogue


def test_approved_in_training_is_not_in_the_catalogue(cast):
    cast.period.is_training = True
    submitted(cast)
    judge_all(cast)
    cast.entry.approve(cast.coordinator)
    assert not cast.innovation.is_in_catalogue


# Archived

def test_it_is_archived_with_a_reason_and_its_people_hear_of_it(cast):
    with over(cast):
        cast.innovation.archive(cast.coordinator, "  Tercatat dua kali. ")
        assert (cast.innovation.archive_note, last(cast).what, told(cast)) == ("Tercatat dua kali.", "innovation_archived", [cast.owner, cast.head])
        assert (cast.innovation.lock, cast.innovation.is_in_catalogue) == ("Profil dikunci: inovasi ini diarsipkan.", False)
        with pytest.raises(Refused, match="sudah diarsipkan"):
            cast.innovation.archive(cast.coordinator, "Lagi.")
        cast.innovation.restore(cast.owner)
        assert (cast.innovation.archived_at, cast.innovation.archive_note, last(cast).what) == (None, "", "innovation_restored")
        with pytest.raises(Refused, match="tidak sedang diarsipkan"):
            cast.innovation.restore(cast.owner)


def test_without_a_reason_it_stays(cast):
    with over(cast), pytest.raises(Refused, match="Tulis mengapa inovasi ini diarsipkan."):
        cast.innovation.archive(cast.owner, "  ")


def test_under_way_it_stays_and_the_sentence_says_what_to_do(cast):
    with pytest.raises(Refused, match=r"masih diusulkan pada periode 2026 \(draf\)\. Biarkan usulannya tidak diajukan.*sesudah masa perbaikan"):
        cast.innovation.archive(cast.owner, "Keliru.")
    submitted(cast)
    with pytest.raises(Refused, match=r"\(menunggu verifikasi\)\. Tarik dulu usulannya atau tunggu putusan verifikator\."):
        cast.innovation.archive(cast.owner, "Keliru.")
    with over(cast), pytest.raises(Refused, match="tunggu putusan"):  # the office still has it
        cast.innovation.archive(cast.owner, "Keliru.")
    judge_all(cast)
    cast.entry.approve(cast.coordinator)
    with pytest.raises(Refused, match=r"\(disetujui\)\. Inovasi ini dapat diarsipkan sesudah terkirim"):
        cast.innovation.archive(cast.owner, "Keliru.")
    cast.entry.status = Status.SENT
    cast.innovation.archive(cast.owner, "Tidak dijalankan lagi.")


def test_training_does_not_keep_it(cast):
    cast.period.is_training = True
    cast.innovation.archive(cast.owner, "Hanya untuk berlatih.")
    assert not cast.entry.is_editable


def test_an_archived_one_is_neither_edited_nor_proposed_nor_opened_again(cast):
    submitted(cast)
    judge_all(cast)
    cast.entry.approve(cast.coordinator)
    now = clock.now()
    with over(cast):
        cast.innovation.archive(cast.owner, "Tidak dijalankan lagi.")
        later = Period.add(2027, cast.instrument, cast.admin, opens_at=now, closes_at=now + timedelta(days=90),
                           repairs_close_at=now + timedelta(days=90), minimum_maturity=86)
        for verb in (lambda: Entry.start(cast.innovation, later, cast.owner), lambda: Entry.carry_over(cast.entry, later, cast.owner),
                     lambda: cast.entry.reopen(cast.coordinator, ["16"], "Keliru.")):
            with pytest.raises(Refused, match="JEMPUT GIZI diarsipkan. Pulihkan dulu"):
                verb()
        with pytest.raises(Refused, match="Profil dikunci"):
            cast.innovation.edit(cast.owner, name="LAIN")
        cast.innovation.restore(cast.owner)
        assert Entry.start(cast.innovation, later, cast.owner).status == Status.DRAFT


def test_a_draft_of_an_archived_one_stays_closed_when_its_period_is_opened_again(cast):
    with over(cast):
        cast.innovation.archive(cast.owner, "Keliru.")
    assert not cast.entry.is_editable
    with pytest.raises(Refused, match="diarsipkan"):
        cast.entry.must_be_editable()


# Interest

def test_interest_is_noted_once_a_unit_and_its_owners_hear_of_it(cast):
    interest = cast.innovation.note_interest(cast.stranger, cast.units["badan"], " Untuk wajib pajak lansia. ")
    assert (interest.note, interest.stands, last(cast).what, told(cast)) == (
        "Untuk wajib pajak lansia.", True, "interest_noted", [cast.owner, cast.head])
    with pytest.raises(Refused, match="Minat Badan Keuangan sudah tercatat."):
        cast.innovation.note_interest(cast.stranger, cast.units["badan"])
    cast.innovation.end_interest(cast.stranger, interest)
    assert (interest.stands, last(cast).what) == (False, "interest_ended")
    with pytest.raises(Refused, match="sudah ditarik"):
        cast.innovation.end_interest(cast.stranger, interest)
    cast.innovation.note_interest(cast.stranger, cast.units["badan"])
    assert [one.stands for one in cast.innovation.interests] == [False, True]


def test_interest_is_of_another_unit_in_use_by_its_own_people_and_short(cast):
    with pytest.raises(Refused, match="milik Dinas Kesehatan sendiri"):
        cast.innovation.note_interest(cast.owner, cast.units["dinas"])
    with pytest.raises(Refused, match="bukan untuk Badan Keuangan"):
        cast.innovation.note_interest(cast.owner, cast.units["badan"])
    with pytest.raises(Refused, match="paling banyak 500 huruf; sekarang 501"):
        cast.innovation.note_interest(cast.stranger, cast.units["badan"], "a" * 501)
    cast.units["badan"].archive(cast.admin)
    with pytest.raises(Refused, match="bukan untuk Badan Keuangan"):
        cast.innovation.note_interest(cast.stranger, cast.units["badan"])
    with over(cast):
        cast.innovation.archive(cast.owner, "Keliru.")
    with pytest.raises(Refused, match="sudah diarsipkan"):
        cast.innovation.note_interest(cast.stranger, cast.units["badan"])

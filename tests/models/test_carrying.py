"""Bringing a proposal into the next year: what comes along, what does not, and that the earlier one stays as it was."""
from datetime import date, timedelta

import pytest

from app import clock
from app.models import Entry, Innovation
from app.rules import Refused
from tests.cast import fill, make_file
from tests.next_year import approve, changed_data, is_over, open_next, standing_for, turn_the_year

STORY = "Kader kini mencatat lewat ponsel."


@pytest.fixture
def later(cast):
    return turn_the_year(cast)


def bring(cast, later, *args, **kwargs) -> Entry:
    return Entry.carry_over(cast.entry, later, cast.owner, *args, **kwargs)


def facts(entry: Entry) -> tuple:
    return (entry.status, entry.claimed, entry.evidenced, entry.verified, len(entry.events), len(entry.rounds),
            [(answer.facts(), answer.evidenced_level, answer.proven_level, answer.version) for answer in entry.answers])


def titles(entry: Entry, code: str) -> list[str]:
    return [exhibit.version.title for exhibit in entry.answer_on(code).exhibits]


def test_claims_bases_and_substances_come_along(cast, later):
    entry = bring(cast, later)
    assert [(answer.indicator.code, answer.claimed_level, answer.basis and answer.basis.code, answer.substances) for answer in entry.answers] == [
        (answer.indicator.code, answer.claimed_level, answer.basis and answer.basis.code, answer.substances) for answer in cast.entry.answers]
    assert entry.answer_on("33").basis in entry.answer_on("33").indicator.bases
    assert (entry.status, entry.carried_from, entry.period, entry.number) == ("draft", cast.entry, later, 1)


def test_documents_that_still_count_are_linked_and_stay_one(cast, later):
    entry = bring(cast, later)
    assert (titles(entry, "18"), titles(entry, "22"), titles(entry, "17")) == (["Bukti 201", "Bukti 202"], [], ["Bukti 1"])
    mine, earlier = ([exhibit.document for exhibit in one.answer_on("18").exhibits] for one in (entry, cast.entry))
    assert mine == earlier[1:]
    assert (entry.answer_on("18").evidenced_level, entry.answer_on("18").lacks) == (2, "belum ada berkas untuk tahun 2027")
    assert (entry.answer_on("22").evidenced_level, entry.answer_on("22").claimed_level) == (0, 2)
    assert entry.claimed == cast.entry.claimed and entry.evidenced == cast.entry.evidenced - 2 - 2


def test_pages_and_sets_come_along(cast, later):
    exhibit = cast.entry.answer_on("16").exhibits[0]
    exhibit.pages, exhibit.set_number = "2", 3
    mine = bring(cast, later).answer_on("16").exhibits[0]
    assert (mine.pages, mine.set_number, mine.document) == ("2", 3, exhibit.document)


def test_it_is_one_event_with_its_counts(cast, later):
    entry = bring(cast, later, STORY)
    assert [(event.what, event.by, event.details) for event in entry.events] == [
        ("carried_over", cast.owner, {"year": 2026, "rows": 10, "linked": 10, "left": 2})]
    assert entry.development == STORY


def test_the_earlier_one_never_moves(cast, later):
    before = facts(cast.entry)
    entry = bring(cast, later, STORY, developed_on=date(2026, 5, 4))
    assert facts(cast.entry) == before
    with standing_for(cast, entry):
        fill(cast, "18", 3, file_number=300, years=(2027,))
    entry.answer_on("17").detach(cast.owner, entry.answer_on("17").exhibits[0])
    cast.entry.answer_on("18").exhibits[1].document.revise(cast.owner, make_file(301), "baru.pdf", years=[2025, 2027])
    assert facts(cast.entry) == before


def test_a_newer_version_counts_as_it_is_now(cast, later):
    old = cast.entry.answer_on("22").exhibits[0]
    old.pages = "2"
    old.document.revise(cast.owner, make_file(310), "baru.pdf", years=[2026])
    mine = bring(cast, later).answer_on("22").exhibits[0]
    assert (mine.version, mine.pages) == (old.document.current, "") and old.version is not mine.version


def test_an_archived_document_and_one_of_another_unit_stay(cast, later):
    cast.entry.answer_on("16").exhibits[0].document.archived_at = clock.now()
    cast.entry.answer_on("32").exhibits[0].document.unit = cast.units["badan"]
    entry = bring(cast, later)
    assert (titles(entry, "16"), titles(entry, "32"), entry.events[0].details["left"]) == ([], [], 4)


def test_another_instrument_takes_what_it_knows(cast):
    later = turn_the_year(cast, changed_data())
    entry = bring(cast, later)
    assert entry.answer_on("34") is None and entry.answer_on("36").claimed_level is None
    assert (entry.answer_on("24").claimed_level, entry.answer_on("24").evidenced_level) == (2, 2)
    assert (entry.answer_on("26").claimed_level, entry.answer_on("26").evidenced_level, titles(entry, "26")) == (1, 0, [])


def test_a_row_that_got_another_code_is_found_by_its_name(cast):
    data = changed_data()
    row = next(one for one in data["indicators"] if one["name"] == "Dukungan anggaran")
    row["code"] = "40"
    later = turn_the_year(cast, data)
    assert bring(cast, later).answer_on("40").claimed_level == 3


def test_the_day_of_development_goes_to_the_profile(cast, later):
    assert not cast.innovation.eligibility(later.instrument.window).ok
    bring(cast, later, STORY, developed_on=date(2026, 5, 4))
    assert cast.innovation.developed_on == date(2026, 5, 4) and cast.innovation.eligibility(later.instrument.window).ok
    assert cast.innovation.events[-1].what == "profile_edited"


def test_what_was_developed_must_be_told_before_it_is_handed_in(cast, later):
    entry = bring(cast, later, developed_on=date(2026, 5, 4))
    assert [str(one) for one in entry.obstacles()] == ["Tulis apa yang dikembangkan sejak usulan 2026."]
    entry.tell_development(cast.owner, STORY)
    assert entry.obstacles() == [] and entry.events[-1].what == "development_told"
    entry.submit(cast.owner)
    assert entry.status == "submitted"


def test_who_was_applied_within_the_window_need_not_tell(cast, later):
    cast.innovation.edit(cast.owner, applied_on=date(2025, 2, 3))
    assert bring(cast, later).obstacles() == []


def test_telling_nothing_the_same_or_too_late_is_refused(cast, later):
    entry = bring(cast, later, STORY, developed_on=date(2026, 5, 4))
    for text, sentence in (("  ", "Tulis apa yang dikembangkan sejak usulan sebelumnya."), (STORY, "Tidak ada yang berubah.")):
        with pytest.raises(Refused, match=sentence):
            entry.tell_development(cast.owner, text)
    with pytest.raises(Refused, match="tidak dibawa dari tahun lain"):
        other = Entry.start(Innovation.add("BARU", cast.units["dinas"], cast.owner), later, cast.owner)
        other.tell_development(cast.owner, STORY)
    entry.submit(cast.owner)
    with pytest.raises(Refused, match="hanya dapat dibaca"):
        entry.tell_development(cast.owner, "Lain lagi.")


def test_only_what_was_approved_in_an_earlier_year(cast):
    with pytest.raises(Refused, match="Hanya usulan tahun sebelumnya yang disetujui atau terkirim"):
        Entry.carry_over(cast.entry, open_next(cast), cast.owner)
    approve(cast)
    with pytest.raises(Refused, match="Hanya usulan tahun sebelumnya yang disetujui atau terkirim"):
        Entry.carry_over(cast.entry, cast.period, cast.owner)


def test_once_a_year_and_only_while_it_is_open(cast, later):
    bring(cast, later)
    with pytest.raises(Refused, match="JEMPUT GIZI sudah diusulkan pada periode 2027"):
        bring(cast, later)
    with clock.at(later.closes_at + timedelta(days=1)), pytest.raises(Refused, match="sedang tidak dibuka"):
        bring(cast, later)


def test_reported_twice_is_enough_unless_the_period_says_otherwise(cast, later):
    second = bring(cast, later, STORY, developed_on=date(2026, 5, 4))
    approve(cast, second)
    is_over(later, days=100)
    third = open_next(cast, year=2028)
    words = "JEMPUT GIZI sudah 2 kali disetujui atau dikirim, sedangkan periode 2028 menerima satu inovasi paling banyak 2 kali"
    with pytest.raises(Refused, match=words):
        Entry.carry_over(second, third, cast.owner)
    with pytest.raises(Refused, match=words):
        Entry.start(cast.innovation, third, cast.owner)
    third.most_reports = 0
    assert Entry.carry_over(second, third, cast.owner).carried_from is second


def test_the_setting_is_bounded_and_on_record(cast, later):
    plan = {name: getattr(later, name) for name in ("opens_at", "closes_at", "repairs_close_at", "minimum_maturity")}
    later.edit(cast.admin, 2027, later.instrument, **plan, most_reports=3)
    assert later.events[-1].details["changed"] == {"most_reports": ["2", "3"]}
    with pytest.raises(Refused, match="diisi 0 sampai 20"):
        later.edit(cast.admin, 2027, later.instrument, **plan, most_reports=21)

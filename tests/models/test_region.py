"""The regional indicators: claimed, proven by documents of the office, verified by somebody else."""
from decimal import Decimal

import pytest

from app.models import Document
from app.rules import Overtaken, Refused
from tests.cast import make_file


def office_document(cast, number=900, **facts):
    return Document.add(cast.units["office"], cast.coordinator, make_file(number), f"spd-{number}.pdf", **facts)


def filled(cast, code="1", level=3):
    row = cast.period.region_row(code)
    row.claim(cast.coordinator, level)
    row.attach(cast.coordinator, office_document(cast))
    return row


def points(period):
    return period.region_claimed, period.region_evidenced, period.region_verified


def test_a_period_has_one_row_for_each_of_the_twenty_regional_indicators(cast):
    assert [row.code for row in cast.period.region_rows] == [
        "1", "2a", "2b", "3", "4", "5a", "5b", "6", "7", "8", "9", "10a", "10b", "11a", "11b", "12", "13a", "13b", "14", "15"]
    assert sum(row.indicator.weight * 3 for row in cast.period.region_rows) == cast.instrument.index_rules.spd_max == 63


def test_the_three_depths_of_a_row_add_up_in_the_period(cast):
    row = cast.period.region_row("8")
    row.claim(cast.coordinator, 3)
    assert points(cast.period) == (Decimal("4.5"), 0, 0)
    row.attach(cast.coordinator, office_document(cast))
    assert points(cast.period) == (Decimal("4.5"), Decimal("4.5"), 0)
    row.judge(cast.reviewer, 2, "Opini WDP, bukan WTP.")
    assert points(cast.period) == (Decimal("4.5"), Decimal("4.5"), Decimal("3.0"))


def test_whoever_filled_a_row_last_does_not_judge_it_unless_the_period_says_so(cast):
    row = filled(cast)
    with pytest.raises(Refused, match="Anda ikut mengisi baris ini, jadi orang lain yang memutusnya."):
        row.judge(cast.coordinator, 3)
    cast.period.may_approve_own = True
    row.judge(cast.coordinator, 3)
    assert (row.proven_level, row.judged_by) == (3, cast.coordinator)


def test_a_colleague_who_tidied_up_since_does_not_open_the_verdict_to_the_one_who_claimed(cast):
    row = filled(cast)
    row.describe(cast.reviewer, row.exhibits[0], pages="1", set_number=1)
    for person in (cast.coordinator, cast.reviewer):
        with pytest.raises(Refused, match="Anda ikut mengisi baris ini"):
            row.judge(person, 3)


@pytest.mark.parametrize("change", [
    lambda cast, row: row.claim(cast.coordinator, 2), lambda cast, row: row.detach(cast.coordinator, row.exhibits[0]),
    lambda cast, row: row.attach(cast.coordinator, office_document(cast, 901)),
    lambda cast, row: row.exhibits[0].document.revise(cast.coordinator, make_file(902), "baru.pdf"),
])
def test_a_change_of_claim_or_evidence_takes_the_verdict_back(cast, change):
    row = filled(cast)
    row.judge(cast.reviewer, 3)
    change(cast, row)
    assert (row.proven_level, row.judged_by, row.verdict_reason, cast.period.region_verified) == (None, None, "", 0)


def test_the_same_claim_again_changes_nothing(cast):
    row = filled(cast)
    row.judge(cast.reviewer, 3)
    events = len(cast.period.events)
    row.claim(cast.coordinator, 3)
    assert row.proven_level == 3 and len(cast.period.events) == events


def test_every_verb_writes_one_event(cast):
    events = len(cast.period.events)
    row = filled(cast)
    row.judge(cast.reviewer, 1, "Baru misi.")
    row.detach(cast.coordinator, row.exhibits[0])
    assert [event.what for event in cast.period.events[events:]] == ["region_claimed", "region_attached", "region_judged", "region_detached"]


@pytest.mark.parametrize(("by", "level", "reason", "words"), [
    ("reviewer", 3, "", "Level terbukti tidak boleh di atas klaim"), ("reviewer", 1, "", "Tulis alasan mengapa level terbukti di bawah klaim."),
    ("owner", 2, "", "Indikator daerah diputus verifikator atau koordinator."),
])
def test_what_no_verdict_may_be(cast, by, level, reason, words):
    row = filled(cast, level=2)
    with pytest.raises(Refused, match=words):
        row.judge(getattr(cast, by), level, reason)


def test_a_row_without_documents_is_proven_at_nothing(cast):
    row = cast.period.region_row("1")
    row.claim(cast.coordinator, 1)
    with pytest.raises(Refused, match="level terbuktinya 0"):
        row.judge(cast.reviewer, 1, "Saya tahu.")


def test_only_documents_of_the_office_prove_a_regional_row(cast):
    row = cast.period.region_row("1")
    with pytest.raises(Refused, match="dokumen kantor pengelola"):
        row.attach(cast.coordinator, cast.entry.answers[0].exhibits[0].document)


def test_units_do_not_fill_them(cast):
    with pytest.raises(Refused, match="Indikator daerah diisi verifikator atau koordinator."):
        cast.period.region_row("1").claim(cast.owner, 1)


def test_a_locked_region_stays_as_it_is_until_it_is_opened_with_a_reason(cast):
    row = filled(cast)
    cast.period.close_region(cast.coordinator)
    for change in (lambda: row.claim(cast.coordinator, 1), lambda: row.judge(cast.reviewer, 3)):
        with pytest.raises(Refused, match="sudah dikunci"):
            change()
    row.exhibits[0].document.revise(cast.coordinator, make_file(903), "baru.pdf")
    assert row.exhibits[0].version.number == 1
    with pytest.raises(Refused, match="Tulis mengapa"):
        cast.period.reopen_region(cast.coordinator, " ")
    cast.period.reopen_region(cast.coordinator, "LHP BPK baru terbit.")
    row.claim(cast.coordinator, 2)
    assert row.claimed_level == 2


def test_two_people_in_one_row_notice_each_other(cast):
    row = filled(cast)
    with pytest.raises(Overtaken, match="Coordinator menyimpan baris ini"):
        row.claim(cast.reviewer, 1, seen=0)


def test_a_document_that_proves_a_regional_row_is_not_archived(cast):
    row = filled(cast)
    with pytest.raises(Refused, match="masih melampiri 1 baris"):
        row.exhibits[0].document.archive(cast.coordinator)


# Rows with a formula

def licences(before, now):
    return {"T-2": str(before), "T-1": str(now)}


def test_the_level_of_the_formula_needs_no_reason(cast):
    row = cast.period.region_row("3")
    row.claim(cast.coordinator, 3, licences(1000, 1090))
    assert (row.claimed_level, row.figures, row.reason) == (3, {"T-2": "1000", "T-1": "1090"}, "")


@pytest.mark.parametrize(("level", "figures", "words"), [
    (2, licences(1000, 1090), "Menurut rumus, angka ini masuk level 3. Tulis alasan Anda memilih level 2."),
    (2, licences("1208", 600), "Angka ini masuk level 1 dan level 2. Tulis alasan Anda memilih level 2."),
    (2, {}, "Isi “Jumlah izin terbit 2024” dan “Jumlah izin terbit 2025”; levelnya terhitung sendiri. "
            "Tanpa angka, tulis alasan Anda memilih level 2."),
    (2, {"T-1": "7"}, "Isi “Jumlah izin terbit 2024”; levelnya terhitung sendiri. Tanpa angka, tulis alasan Anda memilih level 2."),
    (2, licences(0, 7), "“Jumlah izin terbit 2024” nol, jadi pertumbuhan tidak dapat dihitung. Pilih levelnya dan tulis alasannya."),
])
def test_another_level_than_the_formulas_needs_a_reason(cast, level, figures, words):
    row = cast.period.region_row("3")
    with pytest.raises(Refused) as refused:
        row.claim(cast.coordinator, level, figures)
    assert str(refused.value) == words
    row.claim(cast.coordinator, level, figures, "Ditetapkan dalam rapat tim SPD.")
    assert (row.claimed_level, row.reason) == (level, "Ditetapkan dalam rapat tim SPD.")


def test_an_emptied_row_needs_none(cast):
    row = cast.period.region_row("3")
    row.claim(cast.coordinator, 3, licences(1000, 1090))
    row.claim(cast.coordinator, None, licences(1000, 1090))
    assert (row.claimed_level, cast.period.region_claimed) == (None, 0)


@pytest.mark.parametrize(("code", "figures", "words"), [
    ("3", {"T-3": "7"}, "Angka itu tidak dipakai rumus baris ini."), ("1", {"T-1": "7"}, "Baris 1 tidak dihitung dari angka."),
    ("3", {"T-1": "tujuh"}, "“Jumlah izin terbit 2025” harus berupa bilangan."),
    ("5b", {"T-1": "101"}, "“Tingkat pengangguran terbuka 2025” tidak boleh di bawah 0 atau di atas 100."),
])
def test_figures_the_row_cannot_be_fed_with_are_refused(cast, code, figures, words):
    row = cast.period.region_row(code)
    with pytest.raises(Refused, match=words):
        row.claim(cast.coordinator, 1, figures, "Tetap saja.")
    assert (row.claimed_level, row.figures) == (None, {})


def test_other_figures_are_another_claim(cast):
    row = cast.period.region_row("3")
    row.claim(cast.coordinator, 3, licences(1000, 1090))
    row.attach(cast.coordinator, office_document(cast))
    row.judge(cast.reviewer, 3)
    row.claim(cast.coordinator, 3, licences(1000, 1091))
    assert row.proven_level is None


def test_describing_a_document_anew_takes_the_verdict_back_and_is_written_once(cast):
    row = filled(cast)
    row.judge(cast.reviewer, 3)
    row.describe(cast.coordinator, row.exhibits[0], "", 1)
    assert row.proven_level == 3
    row.describe(cast.coordinator, row.exhibits[0], "2–3", 1)
    assert (row.proven_level, row.exhibits[0].pages, cast.period.events[-1].what) == (None, "2–3", "region_described")
    with pytest.raises(Refused, match="tidak ada halaman 9"):
        row.describe(cast.coordinator, row.exhibits[0], "9", 1)

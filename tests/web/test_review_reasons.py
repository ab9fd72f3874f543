"""The bank of reasons beside a verdict: offered, taken over, counted only while it is still said."""
import html
import re

import pytest

from app.extensions import db
from app.models import Entry, Reason
from tests.web.reviewing import Selects, another, desk, text

ROLES, TWICE, UNSIGNED = ("Peran tiap orang tidak tercantum. Tambahkan lampirannya.", "Nama yang sama tertulis dua kali.",
                          "Surat tahun T-1 belum ditandatangani.")


@pytest.fixture
def bank(app, saved):
    """Three reasons of row 17 and one of row 16; the second of row 17 was given before."""
    with desk(app, saved) as cast:
        reasons = [Reason.add("17", "peran", ROLES, None), Reason.add("17", "sama", TWICE, None), Reason.add("17", "tanda-tangan", UNSIGNED, None),
                   Reason.add("16", "nama", "SK tidak memuat nama inovasi.", None)]
        db.session.add_all(reasons)
        earlier = another(cast, "SURAT TUNTAS")
        earlier.judge(earlier.answer_on("17"), cast.reviewer, 1, TWICE, cited=[reasons[1]])
        earlier.return_(cast.reviewer, ["17"])
        cast.entry.submit(cast.owner)
        db.session.flush()
        saved.reasons = [reason.id for reason in reasons]
        saved.row = f"/verifikasi/{saved.entry}/putusan/17"
    return saved


def stands(app, bank):
    """The text of the verdict on row 17, and the reasons it counts for."""
    with app.app_context():
        verdict = db.session.get(Entry, bank.entry).answer_on("17").verdicts[-1]
        return verdict.reason, [bank.reasons.index(reason.id) for reason in verdict.cited]


def offered(page) -> list[tuple[str, bool]]:
    found = re.findall(r'name="cited" value="\d+" data-text="([^"]*)"( checked)?', page.text)
    return [(html.unescape(words), bool(checked)) for words, checked in found]


def test_the_rows_own_reasons_are_offered_most_used_first_with_their_years(bank, open_as):
    page = open_as("reviewer").get(bank.row)
    assert offered(page) == [(TWICE, False), (ROLES, False), ("Surat tahun 2025 belum ditandatangani.", False)]


def test_a_ticked_reason_is_added_to_the_text_when_no_script_did(app, bank, open_as):
    open_as("reviewer").post(bank.row, {"level": "1", "reason": "Halaman 3.", "seen": "0", "cited": [str(bank.reasons[0]), str(bank.reasons[2])]})
    assert stands(app, bank) == (f"Halaman 3.\n{ROLES}\nSurat tahun 2025 belum ditandatangani.", [0, 2])


def test_a_ticked_reason_that_is_already_there_is_not_said_twice(app, bank, open_as):
    edited = "Peran tiap anggota tidak tercantum. Tambahkan lampirannya, halaman 3."
    open_as("reviewer").post(bank.row, {"level": "1", "reason": edited, "seen": "0", "cited": [str(bank.reasons[0])]})
    assert stands(app, bank) == (edited, [0])


def test_what_was_typed_word_for_word_counts_without_a_tick(app, bank, open_as):
    open_as("reviewer").post(bank.row, {"level": "1", "reason": f"1. {TWICE} 2. Tanpa cap.", "seen": "0"})
    assert stands(app, bank) == (f"1. {TWICE} 2. Tanpa cap.", [1])


def test_a_reason_deleted_from_the_text_again_is_not_counted(app, bank, open_as):
    reviewer = open_as("reviewer")
    reviewer.post(bank.row, {"level": "1", "reason": "", "seen": "0", "cited": [str(bank.reasons[0])]})
    assert offered(reviewer.get(bank.row))[1] == (ROLES, True)
    reviewer.post(bank.row, {"level": "1", "reason": "Hanya 18 nama.", "seen": "1", "cited": [str(bank.reasons[0])]})
    assert stands(app, bank) == ("Hanya 18 nama.", [])


def test_reasons_of_other_rows_and_unknown_ones_are_nobodys(app, bank, open_as):
    open_as("reviewer").post(bank.row, {"level": "1", "reason": "Tanpa peran.", "seen": "0", "cited": [str(bank.reasons[3]), "999999", "x"]})
    assert stands(app, bank) == ("Tanpa peran.", [])


def test_a_refusal_keeps_text_and_ticks(bank, open_as):
    page = open_as("reviewer").post(bank.row, {"level": "3", "reason": "Halaman 3.", "seen": "0", "cited": [str(bank.reasons[0])]}, expect=200)
    assert "Level terbukti tidak boleh di atas klaim" in text(page)
    assert f"Halaman 3.\n{ROLES}</textarea>" in html.unescape(page.text)
    assert offered(page)[1] == (ROLES, True)


def test_an_archived_reason_is_offered_no_more_but_stays_with_the_verdict_that_took_it(app, bank, open_as):
    reviewer = open_as("reviewer")
    reviewer.post(bank.row, {"level": "1", "reason": "", "seen": "0", "cited": [str(bank.reasons[0])]})
    with app.app_context():
        for id in bank.reasons[:2]:
            db.session.get(Reason, id).archive(None)
        db.session.commit()
    assert offered(reviewer.get(bank.row)) == [(ROLES, True), ("Surat tahun 2025 belum ditandatangani.", False)]
    reviewer.post(bank.row, {"level": "1", "reason": ROLES, "seen": "1", "cited": [str(bank.reasons[0])]})
    assert stands(app, bank) == (ROLES, [0])


def test_who_does_not_judge_is_offered_nothing(bank, open_as):
    assert offered(open_as("admin").get(bank.row)) == []


def test_a_long_bank_costs_as_many_selects_as_a_short_one(app, bank, open_as):
    reviewer = open_as("reviewer")
    reviewer.get(bank.row)
    with Selects() as few:
        reviewer.get(bank.row)
    with app.app_context():
        db.session.add_all(Reason.add("17", "peran", f"Peran orang ke-{n} tidak tercantum.", None) for n in range(20))
        db.session.commit()
    with Selects() as many:
        reviewer.get(bank.row)
    assert many.number == few.number

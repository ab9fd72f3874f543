"""Two submissions beside each other, for the office and for the unit."""
import html
import re

import pytest

from app.extensions import db
from app.rules.codelists import ASTA_CITA
from tests.cast import make_document
from tests.web.reviewing import Selects, desk, file_numbers, judge, text

OFFICE, UNIT = "/verifikasi/1/banding", "/usulan/1/banding"


@pytest.fixture
def twice(app, saved):
    """Returned with row 16 and the profile, mended (another document, other words), handed in again."""
    with desk(app, saved) as cast:
        entry = cast.entry
        cast.innovation = entry.innovation
        entry.submit(cast.owner)
        judge(cast, entry, r16=1)
        entry.return_(cast.reviewer, ["16"], profile_note="Manfaat masih berupa rencana.")
        cast.innovation.edit(cast.owner, benefit="Balita tertimbang setiap dua bulan.", asta_cita=5)
        row = entry.answer_on("16")
        row.describe(cast.owner, row.exhibits[0], "2", 1)
        document = make_document(cast, next(file_numbers))
        document.unit = entry.unit
        row.attach(cast.owner, document)
        row.reply(cast.owner, "Lampiran sudah ditambahkan.")
        db.session.flush()  # a snapshot names documents by id
        entry.submit(cast.owner)
        entry.judge(row, cast.reviewer, 2, "Rahasia sebelum diputuskan.")
    return saved


def marked(page, tag) -> list[str]:
    """What is struck through or underlined, without what is said for the ear only."""
    found = re.findall(rf"<{tag} [^>]*>(.*?)</{tag}>", page.text, re.S)
    return [html.unescape(re.sub(r"<span.*?</span>", "", one)).strip() for one in found]


@pytest.mark.parametrize(("who", "url"), [("reviewer", OFFICE), ("owner", UNIT), ("head", UNIT)])
def test_words_pages_and_documents_that_changed_are_marked(twice, open_as, who, url):
    page = open_as(who).get(url)
    assert marked(page, "del") == [f"4. {ASTA_CITA[4]}", "–"]
    assert marked(page, "ins") == [f"5. {ASTA_CITA[5]}", "dua", "2"]
    assert "dihapus:" in page.text and "ditambahkan:" in page.text
    assert "2 isian profil dan 1 baris berubah." in text(page)


def test_the_earlier_verdict_and_the_answer_to_it_stand_between(twice, open_as):
    page = text(open_as("owner").get(UNIT))
    assert "terbukti level 1 “Nama inovasi tidak tercantum.”" in page
    assert "Jawaban Owner: “Lampiran sudah ditambahkan.”" in page


@pytest.mark.parametrize(("who", "url"), [("reviewer", OFFICE), ("owner", UNIT)])
def test_drafts_of_verdicts_are_not_compared(twice, open_as, who, url):
    assert "Rahasia sebelum diputuskan." not in text(open_as(who).get(url))


def test_rows_that_did_not_change_are_folded_away_after_those_that_did(twice, open_as):
    page = open_as("reviewer").get(OFFICE)
    before, folded = page.text.split("<details", 1)
    assert "Regulasi Inovasi Daerah" in before and "Ketersediaan dan peran SDM" not in before
    assert "19 baris tidak berubah" in text(page) and "Ketersediaan dan peran SDM" in folded


@pytest.mark.parametrize("query", ["", "?dari=1&ke=2", "?dari=2&ke=1", "?dari=9&ke=9", "?dari=x", "?ke=2"])
def test_the_address_says_which_and_the_last_two_are_meant_otherwise(twice, open_as, query):
    assert "Putaran 1 dan 2 berdampingan" in text(open_as("reviewer").get(OFFICE + query))


def test_any_two_of_three_can_be_chosen(app, twice, open_as):
    with desk(app, twice) as cast:
        judge(cast, cast.entry)
        cast.entry.return_(cast.reviewer, ["16"])
        cast.entry.answer_on("16").reply(cast.owner, "Sudah benar.")
        cast.entry.submit(cast.owner)
    reviewer = open_as("reviewer")
    assert "Putaran 2 dan 3 berdampingan" in text(reviewer.get(OFFICE))
    assert "Putaran 1 dan 3 berdampingan" in text(reviewer.get(f"{OFFICE}?dari=1&ke=3"))
    assert "Belum ada yang berubah di antara keduanya." in text(reviewer.get(OFFICE))


def test_what_was_withdrawn_is_not_offered(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        cast.entry.withdraw(cast.owner)
        cast.entry.submit(cast.owner)
    assert "Belum ada yang dapat dibandingkan" in text(open_as("owner").get(UNIT))


def test_one_submission_has_nothing_beside_it(app, saved, open_as):
    assert "Belum ada yang dapat dibandingkan" in text(open_as("owner").get(UNIT))
    assert "Bandingkan putaran" not in text(open_as("owner").get("/usulan/1"))


def test_both_sides_find_the_way(twice, open_as):
    assert f'href="{OFFICE}"' in open_as("reviewer").get("/verifikasi/1").text
    assert f'href="{UNIT}"' in open_as("owner").get("/usulan/1").text


def test_a_third_round_costs_no_more_selects(app, twice, open_as):
    reviewer = open_as("reviewer")
    reviewer.get(OFFICE)
    with Selects() as two:
        reviewer.get(OFFICE)
    with desk(app, twice) as cast:
        judge(cast, cast.entry)
        cast.entry.return_(cast.reviewer, ["16"])
        cast.entry.answer_on("16").reply(cast.owner, "Sudah benar.")
        cast.entry.submit(cast.owner)
    with Selects() as three:
        reviewer.get(OFFICE)
    assert three.number == two.number

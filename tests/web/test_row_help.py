"""The office's own words about a row: written, shown to both sides as its own, changed on record, taken away."""
import re

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Event, RowHelp
from tests.exports.readers import xlsx
from tests.web.reviewing import Selects, desk, text

ROOM, WORDS = "/kelola/bantuan-baris/", "Mintalah salinan SK di Bagian Hukum.\nLantai 2, setiap Rabu."


@pytest.fixture
def coordinator(open_as):
    return open_as("coordinator")


def seen(browser, row="16") -> str:
    found = re.search(r'name="seen"[^>]*value="(\d+)"', browser.get(f"{ROOM}{row}").text)
    return found[1] if found else ""


def write(browser, words=WORDS, row="16", **more):
    return browser.post(f"{ROOM}{row}", {"text": words, "seen": seen(browser, row)}, **more)


def own_words(page) -> str:
    found = re.search(r'<aside class="own-words".*?</aside>', page.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def told(app) -> list[tuple]:
    with app.app_context():
        return [(one.what, one.details["text"]) for one in db.session.scalars(select(Event).where(Event.row_help_id.is_not(None)).order_by(Event.id))]


def test_both_sides_read_it_beside_the_guideline_as_the_words_of_the_office(app, saved, coordinator, open_as):
    write(coordinator)
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    for who, address in (("owner", "/usulan/1/indikator/16"), ("head", "/usulan/1/indikator/16"), ("reviewer", "/verifikasi/1/putusan/16")):
        assert re.fullmatch(r"Dari Bappelitbangda , di luar pedoman · Coordinator, \d+ \w+ \d{4} Mintalah salinan SK di Bagian Hukum. "
                            r"Lantai 2, setiap Rabu.", own_words(open_as(who).get(address)))
    assert own_words(open_as("owner").get("/usulan/1/indikator/17")) == ""


def test_what_it_said_before_is_on_record(app, coordinator, open_as):
    write(coordinator)
    write(open_as("admin"), "Ada di JDIH.")
    coordinator.post(f"{ROOM}16/kosongkan")
    assert told(app) == [("row_help_written", WORDS), ("row_help_written", "Ada di JDIH."), ("row_help_cleared", "Ada di JDIH.")]
    assert "Bantuan baris 16 dikosongkan. Sebelumnya: “Ada di JDIH.”" in text(coordinator.get(f"{ROOM}16"))
    assert own_words(open_as("owner").get("/usulan/1/indikator/16")) == ""
    write(coordinator)
    assert own_words(open_as("owner").get("/usulan/1/indikator/16"))


@pytest.mark.parametrize(("words", "sentence"), [
    ("  \n ", "Tulis bantuannya."), ("a" * 1001, "Paling banyak 1.000 huruf; sekarang 1.001."), (WORDS, "Tidak ada yang berubah.")])
def test_a_refused_text_changes_nothing(app, coordinator, words, sentence):
    write(coordinator)
    assert sentence in text(write(coordinator, words, expect=200))
    assert told(app) == [("row_help_written", WORDS)]


def test_not_over_a_colleagues_words(app, coordinator, open_as):
    before = seen(coordinator)
    write(open_as("admin"), "Ada di JDIH.")
    page = coordinator.post(f"{ROOM}16", {"text": WORDS, "seen": before}, expect=200)
    assert "Teks ini diubah sesudah halaman ini dibuka" in text(page) and "Lantai 2, setiap Rabu." in page.text
    assert told(app) == [("row_help_written", "Ada di JDIH.")]


def test_only_rows_that_are_filled_in_by_units(coordinator):
    for row in ("1", "99", "x"):
        coordinator.get(f"{ROOM}{row}", expect=404)
        coordinator.post(f"{ROOM}{row}", {"text": WORDS}, expect=404)


def test_nothing_becomes_markup(coordinator, open_as):
    write(coordinator, "<b>tebal</b>")
    assert "<p>&lt;b&gt;tebal&lt;/b&gt;</p>" in open_as("owner").get("/usulan/1/indikator/16").text


def test_the_file_is_the_list(coordinator):
    write(coordinator)
    rows = [tuple(cell.value for cell in row) for row in xlsx(coordinator.get(f"{ROOM}daftar.xlsx").data).iter_rows()][2:]
    page = coordinator.get(ROOM)
    assert [f"{row[0]} {row[1]}" for row in rows] == re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)', page.text)
    assert rows[0][2:4] == (WORDS, "Coordinator") and "20 baris, satu dengan bantuan" in text(page)


def test_one_select_more_on_the_row_and_none_a_row_in_the_list(app, saved, coordinator, open_as):
    owner, counted = open_as("owner"), {}
    for rows in ((), ("16", "17"), ("18", "19", "20", "21")):
        for row in rows:
            write(coordinator, row=row)
        for browser, address in ((owner, "/usulan/1/indikator/16"), (coordinator, ROOM)):
            with Selects() as asked:
                browser.get(address)
            counted.setdefault(address, set()).add(asked.number)
    assert {len(numbers) for numbers in counted.values()} == {1}
    with app.app_context():
        assert db.session.query(RowHelp).count() == 6

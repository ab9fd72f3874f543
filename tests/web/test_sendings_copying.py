"""Siap salin: what is shown is what was approved, and a tick says who carried over what, and whether it is still the same."""
import re

import pytest

from app.extensions import db
from app.models import ProfileFile, StoredFile, Tick
from app.rules.profile import MINISTRY_LIMIT
from tests.web.outgoing import approve, approved, send
from tests.web.reviewing import Selects, another, desk, judge, text


@pytest.fixture
def ready(app, saved):
    approved(app, saved)
    return saved


def page_of(browser, saved):
    return browser.get(f"/usulan/{saved.entry}/salin")


def button(page, key, name="centang"):
    return re.search(rf'name="{name}" value="({key}[^"]*)"', page.text)[1]


def ticks(app):
    with app.app_context():
        return {tick.field: tick.by.username for tick in db.session.query(Tick)}


def test_all_fields_stand_in_the_ministrys_order(ready, open_as):
    page = page_of(open_as("reviewer"), ready)
    heads = re.findall(r'<h3 id="judul-[^"]*">(\d+)\. ', page.text)

    assert heads == [str(n) for n in (1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 10, 10, 11, 11, *range(12, 23), *range(16, 36))]
    assert "0 dari 24 disalin" in page.text  # 19 items of the profile and the five rows that were proven
    assert "Level 2 : " in text(page) and "188/0/2025" in page.text and "12/02/2025" in page.text


def test_a_tick_survives_and_says_who(app, ready, open_as):
    browser = open_as("reviewer")
    page = browser.follow(f"/usulan/{ready.entry}/salin", {"centang": button(page_of(browser, ready), "name")})

    assert "1 dari 24 disalin" in page.text
    assert "Disalin Reviewer, " in text(page_of(open_as("admin"), ready))
    assert ticks(app) == {"name": "reviewer"}


def test_a_tick_is_taken_back(app, ready, open_as):
    browser = open_as("coordinator")
    browser.post(f"/usulan/{ready.entry}/salin", {"centang": button(page_of(browser, ready), "baris-16")})
    page = browser.follow(f"/usulan/{ready.entry}/salin", {"lepas": button(page_of(browser, ready), "baris-16", "lepas")})
    assert "0 dari 24 disalin" in page.text and ticks(app) == {}


def test_the_script_gets_the_mark_and_the_progress_drawn(app, ready, open_as):
    browser = open_as("reviewer")
    sent = {"centang": button(page_of(browser, ready), "name")}
    answer = browser.client.post(f"/usulan/{ready.entry}/salin", data=sent, headers={"Accept": "application/json"})

    assert answer.status_code == 200
    assert 'id="tanda-name"' in answer.json["mark"] and "Disalin" in answer.json["mark"]
    assert "1 dari 24 disalin" in answer.json["progress"]


@pytest.mark.parametrize("data", [{}, {"centang": ""}, {"centang": "name"}, {"centang": "name " + "0" * 64}, {"centang": "hantu x"}])
def test_a_tick_of_something_else_than_what_is_there_is_refused(app, ready, open_as, data):
    browser = open_as("reviewer")
    assert "Isi butir ini berubah sejak halaman dibuka." in browser.follow(f"/usulan/{ready.entry}/salin", data).text
    assert ticks(app) == {}


def test_what_changed_after_it_was_copied_is_said(app, ready, open_as):
    browser = open_as("reviewer")
    page = page_of(browser, ready)
    for key in ("baris-16", "baris-17"):
        browser.post(f"/usulan/{ready.entry}/salin", {"centang": button(page, key)})
    with desk(app, ready) as cast:
        cast.entry.reopen(cast.coordinator, ["16"], "Levelnya salah.")
        cast.entry.answer_on("16").reply(cast.owner, "Benar, satu saja.")
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.approve(cast.reviewer)
    page = page_of(browser, ready)

    assert "1 dari 24 disalin" in page.text and "1 berubah sesudah disalin" in page.text
    browser.post(f"/usulan/{ready.entry}/salin", {"centang": button(page, "baris-16")})
    assert "2 dari 24 disalin" in page_of(browser, ready).text


def test_what_is_not_approved_yet_is_not_copied(saved, open_as):
    page = page_of(open_as("reviewer"), saved)
    assert "Usulan ini siap disalin begitu koordinator menyetujuinya." in page.text
    assert "Tandai disalin" not in page.text


def test_what_was_sent_is_copied_from_the_snapshot(app, ready, open_as):
    send(open_as("coordinator"), ready.entry, "IID-1")
    with desk(app, ready) as cast:
        cast.entry.innovation.edit(cast.owner, purpose="Tujuan tahun depan.")
    page = page_of(open_as("reviewer"), ready)
    assert "Menekan stunting." in page.text and "Tujuan tahun depan." not in page.text


@pytest.mark.parametrize(("size", "warned"), [(MINISTRY_LIMIT, False), (MINISTRY_LIMIT + 1, True)])
def test_a_file_larger_than_the_ministry_takes_is_warned_of(app, saved, open_as, size, warned):
    with desk(app, saved) as cast:
        cast.entry.innovation.attach(cast.owner, "budget", StoredFile(sha256="d" * 64, size=size, kind="pdf", pages=1, active=[]), "dpa.pdf")
    approved(app, saved)
    page = page_of(open_as("reviewer"), saved)
    assert "dpa.pdf" in page.text
    assert ("Siapkan versi yang lebih kecil." in page.text) == warned


def test_a_file_of_the_profile_is_handed_out_as_it_was_sent(app, saved, open_as):
    with desk(app, saved) as cast:
        kept = app.extensions["storage"].keep(b"%PDF-1.7 lama", "pdf")
        cast.entry.innovation.attach(cast.owner, "budget", StoredFile(sha256=kept.sha256, size=kept.size, kind="pdf", pages=1, active=[]), "dpa.pdf")
    approved(app, saved)
    send(open_as("coordinator"), saved.entry, "IID-1")
    with desk(app, saved) as cast:
        cast.entry.innovation.attach(cast.owner, "budget", StoredFile(sha256="e" * 64, size=9, kind="pdf", pages=1, active=[]), "baru.pdf")
        assert db.session.query(ProfileFile).one().file_name == "baru.pdf"
    with open_as("owner").client.get(f"/usulan/{saved.entry}/berkas/budget") as response:
        assert (response.status_code, response.data) == (200, b"%PDF-1.7 lama")
        assert "dpa.pdf" in response.headers["Content-Disposition"]
    page = open_as("owner").get("/kirim/1").text
    assert "dpa.pdf" in page and "baru.pdf" not in page
    open_as("owner").get(f"/usulan/{saved.entry}/berkas/award", expect=404)


def test_the_page_asks_as_often_for_many_ticks_as_for_none(app, ready, open_as):
    browser = open_as("reviewer")
    with Selects() as few:
        page = page_of(browser, ready)
    keys = re.findall(r'name="centang" value="([^"]*)"', page.text)
    with desk(app, ready) as cast:
        for place, key in enumerate(keys):
            cast.entry.tick([cast.reviewer, cast.coordinator, cast.admin][place % 3], *key.split())
    with Selects() as many:
        assert "24 dari 24 disalin" in page_of(browser, ready).text
    assert many.number == few.number


def test_another_approved_one_has_ticks_of_its_own(app, ready, open_as):
    with desk(app, ready) as cast:
        other = approve(cast, another(cast, "LAPOR CEPAT")).id
    browser = open_as("reviewer")
    browser.post(f"/usulan/{ready.entry}/salin", {"centang": button(page_of(browser, ready), "kind")})
    assert "0 dari 24 disalin" in browser.get(f"/usulan/{other}/salin").text

"""Send or hold by hand: with a reason, told to the leadership, never over what another has just chosen."""
import re

import pytest

from app.extensions import db
from app.models import Entry
from app.rules.workflow import Status
from tests.portfolios import Brought, bring, region, worked_example
from tests.web.reviewing import text

URL, TAKE = "/dasbor/kirim-atau-tahan", "/dasbor/kirim-atau-tahan/susunan"


@pytest.fixture
def lay(app, saved):
    """`lay(portfolio)` brings it into the period with 45 points of the region; the ids."""
    def laid(portfolio):
        with app.app_context():
            region("45", "45", "45")
            ids = bring(saved, portfolio)
            db.session.commit()
        return ids
    return laid


@pytest.fixture
def entry(app):
    """`entry(id)` as it is stored."""
    def loaded(id):
        with app.app_context():
            found = db.session.get(Entry, id)
            return found.status, found.choice, found.choice_note, found.chosen_at is not None
    return loaded


def mark(browser) -> str:
    return re.search(r'name="susunan" value="([0-9a-f]{64})"', browser.get(TAKE).text)[1]


def test_a_hand_choice_needs_its_reason_and_is_told_on_the_list(lay, open_as, entry):
    *_, weak = lay(worked_example())
    coordinator = open_as("coordinator")
    page = coordinator.get(f"/usulan/{weak}/pilihan")
    assert re.findall(r"([\d,]+) indeks", text(page)) == ["59,17", "60,43", "60,43"]
    page = coordinator.post(f"/usulan/{weak}/pilihan", {"choice": "send", "reason": ""}, expect=200)
    assert "Tulis alasan pilihan tangan ini; pimpinan membacanya." in text(page)
    assert 'value="send" checked' in page.text
    assert entry(weak)[1] is None
    page = coordinator.follow(f"/usulan/{weak}/pilihan?putusan=tangan", {"choice": "send", "reason": "Janji Bupati."})
    assert "wajib kirim, pilihan tangan: “Janji Bupati.”" in text(page)
    assert entry(weak)[1:3] == ("send", "Janji Bupati.")


def test_a_held_one_leaves_the_list_and_may_be_freed_again(lay, open_as, entry):
    ids = lay(worked_example())
    coordinator = open_as("coordinator")
    coordinator.post(TAKE, {"susunan": mark(coordinator)})
    coordinator.post(f"/usulan/{ids[0]}/pilihan", {"choice": "hold", "reason": "Sedang disengketakan."})
    assert entry(ids[0]) == ("approved", "hold", "Sedang disengketakan.", False)
    assert "Ikut dikirim bila pilihan tangannya dicabut." in text(coordinator.get(URL + "?putusan=tangan"))
    coordinator.post(f"/usulan/{ids[0]}/pilihan", {"choice": "free", "reason": ""})
    assert entry(ids[0])[1:3] == (None, "")


@pytest.mark.parametrize("status", [Status.SENT, Status.SUBMITTED])
def test_what_is_not_approved_or_already_sent_is_not_chosen(lay, open_as, entry, status):
    [id] = lay([Brought(80, status=status)])
    coordinator = open_as("coordinator")
    assert "sudah disetujui dan belum terkirim" in text(coordinator.get(f"/usulan/{id}/pilihan"))
    page = coordinator.post(f"/usulan/{id}/pilihan", {"choice": "send", "reason": "x"}, expect=200)
    assert "sudah disetujui dan belum terkirim" in text(page)
    assert entry(id)[1] is None


@pytest.mark.parametrize("choice", ["", "kirim"])
def test_a_choice_that_does_not_exist_changes_nothing(lay, open_as, entry, choice):
    [id] = lay([Brought(80)])
    open_as("coordinator").post(f"/usulan/{id}/pilihan", {"choice": choice, "reason": "x"}, expect=200)
    assert entry(id)[1] is None


def test_the_way_back_keeps_the_filter_and_the_page(lay, open_as):
    ids = lay(worked_example())
    coordinator = open_as("coordinator")
    listed = coordinator.get(URL + "?putusan=tahan&sort=name&tahun=2026").text
    there = re.search(rf'href="(/usulan/{ids[-1]}/pilihan[^"]*)"', listed)[1].replace("&amp;", "&")
    assert coordinator.post(there, {"choice": "send", "reason": "Janji Bupati."}).location == URL + "?tahun=2026&sort=name&putusan=tahan"


def test_what_another_has_just_chosen_is_shown_before_it_is_replaced(lay, open_as, entry):
    ids = lay(worked_example())
    one, other = open_as("coordinator"), open_as("coordinator")
    address = f"/usulan/{ids[0]}/pilihan"
    seen = re.search(r'name="seen" type="hidden" value="([^"]*)"', one.get(address).text)[1]
    other.post(address, {"choice": "hold", "reason": "Sedang disengketakan.", "seen": seen})
    page = one.post(address, {"choice": "send", "reason": "Janji Bupati.", "seen": seen}, expect=200)
    assert "menjadi: Tahan (“Sedang disengketakan.”). Periksa lagi, lalu simpan bila tetap." in text(page)
    assert 'value="Janji Bupati."' in page.text and entry(ids[0])[1:3] == ("hold", "Sedang disengketakan.")
    seen = re.search(r'name="seen" type="hidden" value="([^"]*)"', page.text)[1]
    one.post(address, {"choice": "send", "reason": "Janji Bupati.", "seen": seen})
    assert entry(ids[0])[1:3] == ("send", "Janji Bupati.")

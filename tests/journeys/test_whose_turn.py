"""Whose turn it is, in Chromium on the real server: the first visit of the day brings the reminder, a day is read at once, a text goes into
WhatsApp, and the countdown is right on a computer whose clock is years off. Every page is looked at in both widths."""
import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Instrument, Period, ReminderRun, User
from app.rules.access import Role
from tests.cast import make_cast
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running

PEOPLE = {"operator": (Role.OPERATOR, "dinas"), "kepala": (Role.HEAD, "dinas"), "verifikator": (Role.REVIEWER, "office"),
          "koordinator": (Role.COORDINATOR, "office")}


@pytest.fixture
def folder(tmp_path):
    """A draft that closes in seven days, untouched for 23; its unit has an operator and a head of its own, another unit brings nothing."""
    with prepared(tmp_path / "data"):
        with clock.at(clock.now() - timedelta(days=23)):
            cast = make_cast(db.session.scalars(select(Instrument)).first())
        for username, (role, unit) in PEOPLE.items():
            user = User.add(username, username.title(), PASSWORD_HASH, None, position="Penata")
            user.change_password(PASSWORD_HASH)
            user.give_role(role, cast.units[unit], None)
            db.session.add(user)
        db.session.add_all([*cast.people.values(), cast.entry])
    return tmp_path / "data"


def test_the_first_visit_reminds_and_the_day_is_read_at_once(browser, shots, folder):
    with running(folder) as address:
        operator = Visitor(browser, address, shots).sign_in("operator")
        page = operator.page
        bell = page.get_by_role("link", name="Pemberitahuan")
        assert bell.inner_text().strip() == "2"  # the role they got, and the reminder this very visit made
        operator.look("beranda-operator-giliran")
        bell.click()
        operator.look("pemberitahuan")
        assert "Batas waktu mendekat, belum diajukan: JEMPUT GIZI (ditutup 7 hari lagi, diam 23 hari)." in operator.text()
        page.get_by_role("button", name="Pengingat").click()
        page.wait_for_url("**/usulan/1")
        operator.look("usulan-perjalanan")
        assert page.get_by_role("link", name="Pemberitahuan").inner_text().strip() == "1"
        operator.open("/pemberitahuan/hari")
        operator.look("ringkasan-hari")
        page.get_by_role("button", name="Tandai hari ini sudah dibaca").click()
        assert "Pemberitahuan hari ini ditandai sudah dibaca." in operator.text()
        faults = operator.faults
    assert not faults, "\n".join(faults)
    with prepared(folder):
        assert db.session.scalar(select(ReminderRun.told)) == 3  # two operators of the draft, one of the unit that brings nothing


def test_a_coordinator_copies_the_text_and_nudges(browser, shots, folder):
    with running(folder) as address:
        coordinator = Visitor(browser, address, shots).sign_in("koordinator")
        page = coordinator.page
        coordinator.context.grant_permissions(["clipboard-read", "clipboard-write"])
        coordinator.look("beranda-koordinator-giliran")
        page.get_by_role("link", name="Ingatkan", exact=True).click()
        coordinator.look("papan-terlambat")
        page.get_by_role("link", name="Teks untuk Dinas Kesehatan").click()
        page.get_by_role("button", name="Salin teks").wait_for()
        coordinator.look("teks-pengingat")
        page.get_by_role("button", name="Salin teks").click()
        page.get_by_role("button", name="Tersalin").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("Yth. Bapak/Ibu di Dinas Kesehatan,") and "1. JEMPUT GIZI: masih draf, 23 hari tidak disentuh." in copied
        assert f"{address}/" in copied
        page.go_back()
        page.get_by_role("button", name="Ingatkan semua di aplikasi").click()
        assert "Pengingat untuk 1 usulan sampai di 2 orang." in coordinator.text()
        faults = coordinator.faults
    assert not faults, "\n".join(faults)


def test_the_countdown_trusts_the_server_and_says_what_is_left_to_do(browser, shots, folder):
    with running(folder) as address:
        operator = Visitor(browser, address, shots)
        operator.page.clock.set_fixed_time(datetime(2019, 1, 1))
        operator.sign_in("operator")
        page, strip, big = operator.page, operator.page.locator(".deadline [data-left]"), operator.page.locator(".big[data-left]")
        assert (strip.inner_text(), big.inner_text()) in {("6 hari lagi",) * 2, ("7 hari lagi",) * 2}
        closing_in(folder, minutes=90)
        page.reload()
        assert re.fullmatch(r"1 jam (29|30) menit lagi", strip.inner_text())
        closing_in(folder, minutes=10)
        page.reload()
        first = seconds(strip.inner_text())
        page.wait_for_timeout(2100)
        assert 590 <= first <= 600 and 1 <= first - seconds(strip.inner_text()) <= 4
        assert big.get_attribute("aria-live") is None and strip.get_attribute("aria-live") is None
        closing_in(folder, minutes=4 / 60)
        page.reload()
        page.get_by_text("sudah ditutup").wait_for()
        assert (strip.inner_text(), big.inner_text()) == ("Ditutup", "Ditutup")
        assert "Usulan yang dikembalikan masih dapat diperbaiki sampai" in page.locator("[data-once-closed]").inner_text()
        operator.look("beranda-ditutup")
        faults = operator.faults
    assert not faults, "\n".join(faults)


def test_without_a_script_the_days_left_stand_there(browser, folder):
    with running(folder) as address:
        operator = Visitor(browser, address)
        operator.context.close()
        operator.context = browser.new_context(java_script_enabled=False)
        operator.page = operator.context.new_page()
        operator.sign_in("operator")
        assert operator.page.locator(".big[data-left]").inner_text() == "7 hari lagi"
        assert operator.page.locator("[data-once-closed]").is_hidden()


def closing_in(folder, minutes: float) -> None:
    """Move the end of filling, beside the running server."""
    with prepared(folder):
        period = db.session.scalars(select(Period)).one()
        period.closes_at = clock.now() + timedelta(minutes=minutes)
        period.record("period_edited", None, changed={})


def seconds(words: str) -> int:
    minutes, rest = map(int, re.fullmatch(r"(\d+) menit (\d+) detik lagi", words).groups())
    return 60 * minutes + rest

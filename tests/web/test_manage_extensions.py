"""More time for one unit, on screen: given, seen by both sides, ended; and how a period works."""
from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.models import Entry, Innovation, Period
from tests.browser import Browser
from tests.web.reviewing import Selects, desk, text
from tests.web.test_manage_periods import facts

REASON = "Kantor terendam banjir sepekan."
ZONE = 7


@pytest.fixture
def url(saved):
    return f"/kelola/periode/{saved.period}/perpanjangan"


@pytest.fixture
def late(app, saved):
    """The day after everything closed."""
    with app.app_context():
        instant = db.session.get(Period, saved.period).repairs_close_at + timedelta(days=1)
    with clock.at(instant):
        yield saved


def someone(app, saved, who):
    """Signed in at the pretended time."""
    return Browser(app, saved.people[who])


def give(browser, url, saved, days_more=3, **more):
    until = (clock.now() + timedelta(hours=ZONE, days=days_more)).date().isoformat()
    return browser.post(url, {"unit": saved.units["dinas"], "until_on": until, "reason": REASON, **more}, expect=more.pop("expect", 303))


def test_both_sides_read_until_when_and_why(app, late, url):
    coordinator, owner = someone(app, late, "coordinator"), someone(app, late, "owner")
    page = text(coordinator.get(give(coordinator, url, late).location))
    assert "Dinas Kesehatan mendapat perpanjangan sampai" in page and "pukul 23.59 WIB. Operator dan kepalanya diberi tahu." in page
    assert "Berlaku" in page and REASON in page
    for reader in (owner, coordinator):
        assert f"Perpanjangan untuk Dinas Kesehatan sampai {until(app)}. {REASON}" in text(reader.get("/usulan/1"))
    assert f"Perpanjangan untuk Dinas Kesehatan sampai {until(app)}. {REASON}" in text(owner.get("/"))
    owner.post("/usulan/1/pengajuan", {"agreed": "y"})
    assert f"Perpanjangan untuk Dinas Kesehatan sampai {until(app)}. {REASON}" in text(someone(app, late, "reviewer").get("/verifikasi/1"))


def until(app) -> str:
    with app.test_request_context():
        return app.jinja_env.filters["waktu"](db.session.get(Period, 1).extensions[-1].until)


def test_the_unit_works_on_and_starts_anew_while_others_stay_closed(app, late, url):
    with desk(app, late) as cast:
        for name, unit in (("GEMA CUCI TANGAN", "dinas"), ("ARSIP KILAT", "badan")):
            db.session.add(Innovation.add(name, cast.units[unit], cast.owner))
    give(someone(app, late, "admin"), url, late)
    owner, stranger = someone(app, late, "owner"), someone(app, late, "stranger")
    assert "Usulkan pada periode 2026" in text(owner.get("/inovasi/2"))
    assert "Usulkan pada periode 2026" not in text(stranger.get("/inovasi/3"))
    assert owner.post("/usulan/", {"innovation": 2}).location == "/usulan/2"
    assert stranger.post("/usulan/", {"innovation": 3}).location == "/"
    owner.post("/usulan/1/pengajuan", {"agreed": "y"})
    with app.app_context():
        assert [entry.status for entry in db.session.query(Entry).order_by(Entry.id)] == ["submitted", "draft"]


def test_the_head_of_every_page_counts_to_the_extended_end(app, late, url):
    owner, stranger = someone(app, late, "owner"), someone(app, late, "stranger")
    assert 'class="deadline"' not in owner.get("/").text
    give(someone(app, late, "admin"), url, late)
    page = text(owner.get("/bantuan"))
    assert "perpanjangan Dinas Kesehatan ditutup" in page and "3 hari lagi" in page
    assert 'class="deadline"' not in stranger.get("/").text


def test_it_ends_early_and_the_unit_hears_of_it(app, late, url):
    admin = someone(app, late, "admin")
    give(admin, url, late)
    page = text(admin.follow(f"{url}/{late.units['dinas']}/akhiri"))
    assert "Perpanjangan Dinas Kesehatan diakhiri." in page and "Diakhiri" in page
    assert "Perpanjangan untuk" not in text(someone(app, late, "owner").get("/usulan/1"))
    assert "Perpanjangan Dinas Kesehatan diakhiri." in text(someone(app, late, "head").get("/pemberitahuan"))


def test_a_second_one_replaces_the_first(app, late, url):
    admin = someone(app, late, "admin")
    give(admin, url, late, 3)
    give(admin, url, late, 5)
    with app.app_context():
        assert [one.is_running for one in db.session.get(Period, late.period).extensions] == [False, True]


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"reason": " "}, "Tulis alasan perpanjangannya. Alasan ini dibaca kedua pihak."), ({"unit": ""}, "Pilih perangkat daerahnya."),
    ({"until_on": "2020-01-01"}, "Perpanjangan harus berakhir sesudah penutupan pengisian, dan belum lewat."),
    ({"until_on": "besok"}, "Tanggal ini tidak dapat dibaca.")])
def test_a_refused_extension_keeps_what_was_typed(app, late, url, wrong, sentence):
    typed = {"unit": late.units["dinas"], "until_on": "2030-01-01", "reason": REASON} | wrong
    page = someone(app, late, "admin").post(url, typed, expect=200)
    assert sentence in text(page) and (REASON in page.text or "reason" in wrong)
    with app.app_context():
        assert db.session.get(Period, late.period).extensions == []


@pytest.mark.parametrize("who", ["owner", "head", "reviewer", "leader"])
def test_only_coordinators_and_administrators_give_it(saved, open_as, url, who):
    open_as(who).post(url, expect=403)


def test_the_list_asks_the_same_for_one_and_many(app, late, url):
    admin = someone(app, late, "admin")
    give(admin, url, late)
    with Selects() as few:
        admin.get(url)
    for number in range(4):
        give(admin, url, late, number + 4)
    with Selects() as many:
        admin.get(url)
    assert many.number == few.number


def test_the_switches_and_the_grace_are_saved_and_on_record(app, saved, open_as):
    coordinator, url = open_as("coordinator"), f"/kelola/periode/{saved.period}"
    page = coordinator.follow(url, facts(app, saved, grace_minutes="30", needs_signature="y", two_steps="y"))
    with app.app_context():
        period = db.session.get(Period, saved.period)
        assert (period.grace_minutes, period.needs_signature, period.two_steps, period.may_approve_own, period.may_judge_own_unit) == (
            30, True, True, False, False)
    said = text(page)
    assert "Pengesahan kepala perangkat daerah diubah dari tidak menjadi ya." in said
    assert "Tenggang halaman terbuka (menit) diubah dari 15 menjadi 30." in said
    coordinator.follow(url, facts(app, saved, grace_minutes="30", two_steps="y"))
    with app.app_context():
        assert not db.session.get(Period, saved.period).needs_signature


@pytest.mark.parametrize(("typed", "sentence"), [("", "Isi dengan bilangan bulat, misalnya 12."), ("121", "antara 0 dan 120 menit")])
def test_a_grace_that_makes_no_sense_is_refused(app, saved, open_as, typed, sentence):
    page = open_as("coordinator").post(f"/kelola/periode/{saved.period}", facts(app, saved, grace_minutes=typed), expect=200)
    assert sentence in text(page)


def test_the_period_counts_what_a_switch_would_touch(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.period.needs_signature = True
        cast.entry.submit(cast.owner)
    page = text(open_as("admin").get(f"/kelola/periode/{saved.period}"))
    assert "1 usulan yang menunggu pengesahan dapat diteruskan operatornya." in page
    assert "1 perangkat daerah belum punya akun kepala; usulannya maju tanpa pengesahan" in page

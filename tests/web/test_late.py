"""Units to be nudged: who holds what since when, a text for WhatsApp, a notice inside the app; the filter stays."""
import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import or_, update

from app import clock
from app.extensions import db
from app.models import Entry, Event, Unit
from app.rules.access import Role
from tests.browser import Browser
from tests.past import rewritten
from tests.web.reviewing import Selects, another, days_ago, desk, judge, text

BOARD = "/papan-terlambat/"


@pytest.fixture
def season(app, saved):
    """A draft untouched for 20 days, one sent back 4 days ago, one with its head, one with the reviewers; the office brings nothing."""
    with desk(app, saved) as cast:
        cast.period.needs_signature = True
        with clock.at(days_ago(10)):
            back = another(cast, "PAJAK MUDAH", submit_days_ago=10)
        with clock.at(days_ago(4)):
            judge(cast, back, r16=1)
            back.return_(cast.reviewer, ["16"])
            signing = another(cast, "SEHAT JIWA", unit="dinas", submit_days_ago=None)
            signing.submit(cast.owner)
        another(cast, "ADA DI KANTOR")
        with rewritten(db.session):
            of_both = or_(Event.entry_id == saved.entry, Event.innovation_id == saved.innovation)
            db.session.execute(update(Event).where(of_both).values(at=days_ago(20)))
        cast.entry.moved_at = days_ago(20)
    return saved


def names(page) -> list[str]:
    return re.findall(r'<th scope="row" class="full"><a href="[^"]*">([^<]*)</a>', page.text)


def words(page) -> str:
    return html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.S)[1])


def test_what_lies_with_its_unit_stands_there_the_longest_untouched_first(open_as, season):
    page = open_as("coordinator").get(BOARD)
    assert names(page) == ["Bappelitbangda", "JEMPUT GIZI", "PAJAK MUDAH", "SEHAT JIWA"]
    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", page.text, re.S)
    found = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in rows]
    assert "Draf ada di Owner Jabatan 20 hari" in found[1] and "baris 16 dikembalikan ada di Stranger Jabatan 4 hari" in found[2]
    assert "Menunggu pengesahan ada di Head Jabatan 4 hari" in found[3] and "Belum mengusulkan ada di belum ada operator 30 hari" in found[0]


def test_parts_and_filters_have_the_length_they_say(open_as, season):
    coordinator = open_as("coordinator")
    page = coordinator.get(BOARD)
    tabs = re.findall(r'<li><a href="(/papan-terlambat/[^"]*)"[^>]*>[^<]*?(\d+)</a></li>', page.text)
    assert [int(count) for _, count in tabs] == [4, 1, 1, 1, 1]
    for url, count in tabs:
        assert len(names(coordinator.get(html.unescape(url)))) == int(count)
    assert names(coordinator.get(f"{BOARD}?idle=7")) == ["Bappelitbangda", "JEMPUT GIZI"]
    assert names(coordinator.get(f"{BOARD}?q=keuangan")) == ["PAJAK MUDAH"]
    assert "Tidak ada yang cocok" in coordinator.get(f"{BOARD}?q=tidakada").text


def test_a_unit_that_left_the_list_is_not_nudged(app, season, open_as):
    with app.app_context():
        db.session.get(Unit, season.units["office"]).is_office = False
        db.session.get(Unit, season.units["office"]).archive(None)
        db.session.commit()
    assert names(open_as("coordinator").get(BOARD))[0] == "JEMPUT GIZI"


def test_the_text_for_one_unit_names_what_is_missing_and_until_when(open_as, season):
    page = open_as("coordinator").get(f"{BOARD}teks?unit={season.units['badan']}")
    first, empty, asks, one, *end = words(page).splitlines()
    assert (first, empty, asks) == ("Yth. Bapak/Ibu di Badan Keuangan,", "", "Mohon dilanjutkan di Lumbung Inovasi, periode 2026:")
    assert end == ["", "http://localhost/", "Bila ada kesulitan, hubungi Bidang Penelitian dan Pengembangan, pesawat 112. Terima kasih.",
                   "Bappelitbangda Kabupaten Lumbung Raya"]
    assert re.fullmatch(r"1\. PAJAK MUDAH: dikembalikan untuk diperbaiki, 4 hari tidak disentuh\. Yang kurang: baris 16 dikembalikan\. "
                     r"Batas \w+, \d+ \w+ \d{4} pukul \d\d\.\d\d WIB \(4\d hari lagi\)\.", one)
    assert "Akun yang aktif: Stranger." in text(page)


def test_a_unit_that_brings_nothing_is_asked_for_a_first_one(open_as, season):
    found = words(open_as("admin").get(f"{BOARD}teks?unit={season.units['office']}"))
    assert "Bappelitbangda belum mengusulkan inovasi untuk periode 2026." in found and "Cukup namanya dulu" in found


def test_the_text_for_all_is_one_line_a_unit(open_as, season):
    found = words(open_as("coordinator").get(f"{BOARD}teks"))
    assert re.findall(r"^\d\. .*$", found, re.M) == [
        "1. Badan Keuangan: PAJAK MUDAH (perlu diperbaiki, 4 hari diam)", "2. Bappelitbangda: belum ada usulan",
        "3. Dinas Kesehatan: JEMPUT GIZI (draf, 20 hari diam); SEHAT JIWA (menunggu pengesahan, 4 hari diam)"]


def test_the_text_carries_the_address_of_the_settings(app, open_as, season):
    from dataclasses import replace
    usual = app.config["LUMBUNG"]
    app.config["LUMBUNG"] = replace(usual, address="http://inovasi.lumbungraya.go.id")
    try:
        assert "\nhttp://inovasi.lumbungraya.go.id\n" in words(open_as("coordinator").get(f"{BOARD}teks"))
    finally:
        app.config["LUMBUNG"] = usual


def test_a_name_is_text_and_nothing_else(app, season, open_as):
    with desk(app, season) as cast:
        cast.entry.innovation.name = "</textarea><b>{{ 7*7 }}"
    page = open_as("coordinator").get(f"{BOARD}teks")
    assert "</textarea><b>{{ 7*7 }} (draf" in words(page) and page.text.count("</textarea>") == 1


def test_all_of_the_list_are_reminded_once_a_day(app, season, open_as):
    coordinator = open_as("coordinator")
    page = coordinator.follow(f"{BOARD}ingatkan")
    assert "Pengingat untuk 3 usulan sampai di 3 orang." in page.text
    assert "Pemberitahuan, " in open_as("head").get("/").text
    again = coordinator.follow(f"{BOARD}ingatkan")
    assert "3 usulan tidak diingatkan lagi" in again.text
    with app.app_context():
        assert db.session.query(Event).filter(Event.what == "reminded").count() == 3


def test_one_is_reminded_and_the_filter_stays(app, season, open_as):
    answer = open_as("admin").post(f"{BOARD}ingatkan", {"usulan": season.entry, "idle": "7", "state": "draft"})
    assert answer.location == f"{BOARD}?state=draft&idle=7"
    with app.app_context():
        assert db.session.scalars(db.select(Event.entry_id).where(Event.what == "reminded")).all() == [season.entry]


def test_only_what_the_filter_shows_is_reminded(app, season, open_as):
    open_as("coordinator").post(f"{BOARD}ingatkan", {"q": "keuangan"})
    with app.app_context():
        reminded = db.session.scalars(db.select(Event.entry_id).where(Event.what == "reminded"))
        assert [db.session.get(Entry, id).innovation.name for id in reminded] == ["PAJAK MUDAH"]


def test_who_brings_nothing_cannot_be_reminded_here_and_it_says_what_can_be_done(open_as, season):
    page = open_as("coordinator").follow(f"{BOARD}ingatkan", {"state": "belum"})
    assert "Untuk yang belum mengusulkan, salin teks WhatsApp-nya." in page.text


def test_after_the_closing_it_is_late_unless_extended(app, season, open_as):
    with desk(app, season) as cast:
        cast.period.extend(cast.admin, cast.units["dinas"], clock.now() + timedelta(days=50), "Banjir.")
    with clock.at(clock.now() + timedelta(days=46)):
        page = Browser(app, season.people["coordinator"]).get(BOARD)
        late = re.findall(r'<a href="/usulan/\d+">([^<]*)</a>(?:(?!</tr>).)*?Lewat batas', page.text, re.S)
        assert late == ["PAJAK MUDAH"]


def test_before_the_first_period_there_is_nothing_to_be_late_for(app, saved):
    with clock.at(clock.now() - timedelta(days=40)):
        coordinator = Browser(app, saved.people["coordinator"])
        page = coordinator.get(coordinator.get(BOARD, expect=303).location)
    assert "Belum ada periode penilaian yang dibuka" in page.text


@pytest.mark.parametrize("url", [BOARD, f"{BOARD}teks"])
def test_the_pages_ask_the_same_for_few_and_many(app, season, open_as, url):
    coordinator = open_as("coordinator")
    with Selects() as few:
        coordinator.get(url)
    with desk(app, season) as cast:
        for n in range(8):
            unit = Unit.add(f"Desa {n}", "Desa", None)
            cast.units[f"desa{n}"] = unit
            db.session.add(unit)
            another(cast, f"INOVASI {n}", unit=f"desa{n}", submit_days_ago=None)
            cast.owner.give_role(Role.OPERATOR, unit, None)
    with Selects() as many:
        coordinator.get(url)
    assert many.number == few.number <= 16

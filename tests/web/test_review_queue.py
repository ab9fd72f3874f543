"""The queue as the office sees it."""
import re

import pytest

from app.extensions import db
from app.models import Entry
from app.rules.access import Role
from tests.web.reviewing import Selects, another, desk, judge, second_round, text


@pytest.fixture
def full(app, saved):
    with desk(app, saved) as cast:
        second_round(cast)
        another(cast, "SURAT TUNTAS", submit_days_ago=8)
        returned = another(cast, "TIRTA JEMPUT")
        judge(cast, returned, r17=1)
        returned.return_(cast.reviewer, ["17"])
    return saved


def h1(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)[1].strip()


def listed(page):
    return re.findall(r'<th scope="row" class="full"><a href="/verifikasi/\d+">(.*?)</a>', page.text)


def test_the_heading_is_the_answer(full, open_as):
    page = open_as("reviewer").get("/verifikasi/")
    assert h1(page) == "2 usulan menunggu putusan Anda"
    assert "2 belum dibagi. 1 diajukan ulang: hanya baris yang berubah yang perlu diputus, seluruhnya 1 baris." in text(page)
    assert listed(page) == ["SURAT TUNTAS", "JEMPUT GIZI"]


@pytest.mark.parametrize(("address", "expected"), [
    ("", ["SURAT TUNTAS", "JEMPUT GIZI"]), ("?tab=opd", ["TIRTA JEMPUT"]), ("?tab=selesai", []), ("?q=surat", ["SURAT TUNTAS"]),
    ("?q=LR-26-001", ["JEMPUT GIZI"]), ("?round=ulang", ["JEMPUT GIZI"]), ("?idle=7", ["SURAT TUNTAS"]),
    ("?page=99", ["SURAT TUNTAS", "JEMPUT GIZI"]),
])
def test_tabs_and_filters_stand_in_the_address(full, open_as, address, expected):
    assert listed(open_as("reviewer").get(f"/verifikasi/{address}")) == expected


def test_the_tabs_keep_the_filter_and_count_under_it(full, open_as):
    page = open_as("reviewer").get("/verifikasi/?q=jemput")
    assert re.findall(r'<li><a href="([^"]*)"[^>]*>([^<]*)</a></li>', page.text.split('class="tabs"')[1].split("</ul>")[0]) == [
        ("/verifikasi/?q=jemput", "Giliran saya 1"), ("/verifikasi/?tab=rekan&amp;q=jemput", "Di rekan 0"),
        ("/verifikasi/?tab=opd&amp;q=jemput", "Menunggu OPD 1"),
        ("/verifikasi/?tab=selesai&amp;q=jemput", "Selesai 0")]


@pytest.mark.parametrize(("address", "sentence"), [
    ("?tab=selesai", "Belum ada yang disetujui"), ("?q=tidak-ada", "Tidak ada yang cocok dengan saringan ini."),
])
def test_an_empty_part_says_what_it_is_for(full, open_as, address, sentence):
    assert sentence in text(open_as("reviewer").get(f"/verifikasi/{address}"))


def test_with_nothing_to_do_there_is_nothing_to_begin(saved, open_as):
    page = open_as("reviewer").get("/verifikasi/")
    assert (h1(page), "Ambil berikutnya" in page.text) == ("Tidak ada usulan yang menunggu putusan Anda", False)
    assert "Semua sudah diputus" in text(page)


def test_a_unit_of_ones_own_is_left_out_and_the_foot_says_so(app, full, open_as):
    with desk(app, full) as cast:
        cast.reviewer.give_role(Role.HEAD, cast.units["badan"], None)
    page = open_as("reviewer").get("/verifikasi/")
    assert listed(page) == ["JEMPUT GIZI"]
    assert ("1 usulan dari perangkat daerah tempat Anda terdaftar (Bappelitbangda, Badan Keuangan) diputus orang lain; tampil di tab Di rekan."
            in text(page))


def test_who_only_reads_sees_what_waits_but_no_button(full, open_as):
    page = open_as("admin").get("/verifikasi/")
    assert (h1(page), "Ambil berikutnya" in page.text) == ("2 usulan menunggu putusan verifikator", False)
    assert "Di rekan" not in page.text


@pytest.mark.parametrize("who", ["owner", "head", "stranger", "leader"])
def test_the_queue_is_the_offices(saved, open_as, who):
    open_as(who).get("/verifikasi/", expect=403)


def test_as_many_selects_for_thirty_as_for_three(app, saved, open_as):
    browser = open_as("reviewer")
    with desk(app, saved) as cast:
        for number in range(3):
            another(cast, f"INOVASI {number}")
    browser.get("/verifikasi/")
    with Selects() as few:
        browser.get("/verifikasi/")
    with desk(app, saved) as cast:
        for number in range(3, 30):
            another(cast, f"INOVASI {number}")
    with Selects() as many:
        page = browser.get("/verifikasi/")
    assert (len(listed(page)), h1(page)) == (25, "30 usulan menunggu putusan Anda")
    assert few.number == many.number


def test_each_row_says_who_has_it(app, full, open_as):
    with desk(app, full) as cast:
        named(cast, "SURAT TUNTAS").assign(cast.coordinator, cast.coordinator)
        named(cast, "TIRTA JEMPUT").assign(cast.coordinator, cast.reviewer)
    reviewer = open_as("reviewer")
    assert "belum dibagi Ambil JEMPUT GIZI" in text(reviewer.get("/verifikasi/"))
    assert "Coordinator" in text(reviewer.get("/verifikasi/?tab=rekan"))
    assert "perangkat daerah kembali ke Anda" in text(reviewer.get("/verifikasi/?tab=opd"))


def named(cast, name):
    return next(entry for entry in db.session.scalars(db.select(Entry)) if entry.innovation.name == name)


def test_the_filter_by_reviewer_is_kept_and_offers_nobody(app, full, open_as):
    with desk(app, full) as cast:
        named(cast, "SURAT TUNTAS").assign(cast.coordinator, cast.reviewer)
    page = open_as("reviewer").get("/verifikasi/?verifikator=belum")
    assert listed(page) == ["JEMPUT GIZI"]
    assert re.findall(r'<option value="(\w*)"( selected)?>', page.text.split('id="verifikator"')[1].split("</select>")[0]) == [
        ("", ""), ("belum", " selected"), (str(full.people["coordinator"]), ""), (str(full.people["reviewer"]), "")]


def test_the_day_is_counted(app, full, open_as):
    with desk(app, full) as cast:
        entry = named(cast, "SURAT TUNTAS")
        entry.judge(entry.answer_on("16"), cast.reviewer, 2)
    assert "Hari ini 11 baris, 2 usulan selesai" in text(open_as("reviewer").get("/verifikasi/"))
    assert "Hari ini 0 baris, 0 usulan selesai" in text(open_as("coordinator").get("/verifikasi/"))
    assert "Hari ini" not in text(open_as("admin").get("/verifikasi/"))

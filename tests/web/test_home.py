"""The front page: what waits for whom, in words, the most urgent first; few SELECTs however much there is."""
import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Entry, Innovation, Membership, Period, Session, Unit, User
from app.rules.access import Role
from tests.browser import Browser
from tests.cast import make_file
from tests.web.reviewing import Selects, another, days_ago, desk, judge, text
from tests.web.sent import three_sent
from tests.web.test_region_list import fill


def heading(page) -> str:
    return re.search(r"<h1[^>]*>([^<]*)</h1>", page.text)[1]


def todo(page) -> list[str]:
    """The heads of what is to be done, in order."""
    return re.findall(r"<h3><a [^>]*>([^<]*)</a></h3>", page.text)


def returned(cast, profile_note=""):
    with clock.at(days_ago(4)):
        cast.entry.submit(cast.owner)
    with clock.at(days_ago(2)):
        judge(cast, cast.entry, r16=0, r33=1)
        cast.entry.return_(cast.reviewer, ["16", "33"], profile_note=profile_note)


class TestUnit:
    def test_a_draft_that_lacks_nothing_is_to_be_submitted(self, open_as, saved):
        page = open_as("owner").get("/")
        assert heading(page) == "Satu hal menunggu Anda"
        assert todo(page) == ["Ajukan JEMPUT GIZI"]
        assert f'<a class="btn btn-primary" href="/usulan/{saved.entry}/pengajuan">Ajukan</a>' in page.text

    def test_an_unfinished_draft_says_what_is_missing(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.entry.innovation.edit(cast.owner, design="Baru lima kata saja dulu.", purpose="")
            cast.entry.answer_on("17").detach(cast.owner, cast.entry.answer_on("17").exhibits[0])
        page = open_as("owner").get("/")
        assert todo(page) == ["Lengkapi JEMPUT GIZI"]
        assert "Profil 16 dari 22 butir; rancang bangun 5 dari 300 kata; 1 baris wajib belum berbukti; 15 baris belum diisi." in text(page)

    def test_what_came_back_comes_first_and_says_what_it_is_worth(self, app, saved, open_as):
        with desk(app, saved) as cast:
            another(cast, "ANTAR OBAT", unit="dinas", submit_days_ago=None)
            returned(cast)
        page = open_as("owner").get("/")
        assert heading(page) == "Dua hal menunggu Anda"
        assert todo(page) == ["Perbaiki 2 baris JEMPUT GIZI", "Ajukan ANTAR OBAT"]
        assert "Reviewer mengembalikan 2 baris 2 hari lalu. Nilainya +9 poin." in text(page)

    def test_a_returned_profile_is_named(self, app, saved, open_as):
        with desk(app, saved) as cast:
            returned(cast, profile_note="Tujuan belum terukur.")
        assert todo(open_as("owner").get("/")) == ["Perbaiki 2 baris dan profil JEMPUT GIZI"]

    def test_what_is_being_judged_does_not_wait_for_the_unit(self, app, saved, open_as):
        with desk(app, saved) as cast, clock.at(days_ago(3)):
            cast.entry.submit(cast.owner)
        page = open_as("owner").get("/")
        assert heading(page) == "Tidak ada yang menunggu Anda"
        assert "ada di verifikator Bappelitbangda 3 hari" in text(page) and "JEMPUT GIZI sudah diajukan." in text(page)

    def test_one_approved_proposal_fulfils_the_promise(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry)
            cast.entry.approve(cast.reviewer)
        page = text(open_as("owner").get("/"))
        assert "Terpenuhi JEMPUT GIZI disetujui." in page and "satu sudah disetujui" in page

    def test_an_innovation_outside_the_period_is_to_be_brought_in(self, app, saved, open_as):
        with app.app_context():
            db.session.add(Innovation.add("SEHAT JIWA", db.session.get(Unit, saved.units["dinas"]), db.session.get(User, saved.people["owner"])))
            db.session.commit()
        page = open_as("owner").get("/")
        assert (heading(page), todo(page)) == ("Dua hal menunggu Anda", ["Ajukan JEMPUT GIZI", "Usulkan SEHAT JIWA pada periode 2026"])

    def test_a_unit_without_innovations_is_helped_to_its_first(self, open_as):
        page = open_as("stranger").get("/")
        assert heading(page) == "Belum ada inovasi yang dicatat"
        assert re.findall(r'<a class="btn [^"]*" href="([^"]*)"', page.text) == ["/inovasi/baru"]

    def test_a_head_reads_what_the_operators_have_to_do(self, open_as):
        page = open_as("head").get("/")
        assert heading(page) == "Satu usulan menunggu operator"
        assert todo(page) == ["JEMPUT GIZI"] and "/pengajuan" not in page.text and "Catat inovasi" not in page.text

    def test_a_head_sees_what_is_recorded_but_not_brought(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            db.session.add(Innovation.add("SEHAT JIWA", cast.units["dinas"], cast.owner))
        page = open_as("head").get("/")
        assert (heading(page), todo(page)) == ("Satu inovasi belum diusulkan", ["SEHAT JIWA pada periode 2026"])

    def test_a_head_signs_first_and_sees_until_when(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.period.needs_signature = True
            with clock.at(days_ago(2)):
                cast.entry.submit(cast.owner)
        page = open_as("head").get("/")
        assert (heading(page), todo(page)) == ("Satu usulan menunggu pengesahan Anda", ["Sahkan JEMPUT GIZI"])
        assert "Disiapkan operator 2 hari lalu" in text(page) and "ada di Head (kepala Dinas Kesehatan) 2 hari" in text(page)
        assert re.findall(r'class="btn btn-primary" href="([^"]*)"', page.text) == [f"/usulan/{saved.entry}/pengesahan"]
        owner = open_as("owner").get("/")
        assert (heading(owner), todo(owner)) == ("Tidak ada yang menunggu Anda", [])

    def test_what_waits_for_a_head_who_is_gone_is_the_operators_again(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.period.needs_signature = True
            cast.entry.submit(cast.owner)
            cast.head.deactivate(cast.admin)
        assert todo(open_as("owner").get("/")) == ["Teruskan JEMPUT GIZI"]

    def test_what_closes_within_days_goes_before_what_came_back(self, app, saved):
        with desk(app, saved) as cast:
            returned(cast)
            another(cast, "SEHAT JIWA", unit="dinas", submit_days_ago=None)
        assert todo(Browser(app, saved.people["owner"]).get("/"))[0] == "Perbaiki 2 baris JEMPUT GIZI"
        with clock.at(clock.now() + timedelta(days=28)):
            assert todo(Browser(app, saved.people["owner"]).get("/"))[0] == "Ajukan SEHAT JIWA"

    def test_after_the_closing_a_draft_is_late_and_waits_for_nobody(self, app, saved, open_as):
        with clock.at(clock.now() + timedelta(days=31)):
            page = Browser(app, saved.people["owner"]).get("/")
        assert (heading(page), todo(page)) == ("Tidak ada yang menunggu Anda", [])
        assert "Lewat batas" in page.text

    def test_other_units_stay_unseen(self, app, saved, open_as):
        with desk(app, saved) as cast:
            another(cast, "PAJAK MUDAH", submit_days_ago=None)
        assert "PAJAK MUDAH" not in open_as("owner").get("/").text
        assert "JEMPUT GIZI" not in open_as("stranger").get("/").text

    def test_the_news_name_the_innovation_once_with_its_latest_turn(self, app, saved, open_as):
        with desk(app, saved) as cast:
            returned(cast)
        news = re.search(r'id="h-kabar".*?</section>', open_as("owner").get("/").text, re.S)[0]
        assert news.count("<li>") == 1 and ">JEMPUT GIZI</a>. Dikembalikan, 2 baris (16, 33)." in news


class TestOffice:
    def test_the_answer_is_how_many_wait_for_my_verdict(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            for n in range(6):
                another(cast, f"INOVASI {n}", submit_days_ago=n)
        page = open_as("reviewer").get("/")
        assert heading(page) == "7 usulan menunggu putusan Anda"
        assert "Yang terlama sudah 5 hari." in page.text
        assert re.findall(r'href="/verifikasi/\d+">([^<]*)<', page.text)[:5] == [f"INOVASI {n}" for n in (5, 4, 3, 2, 1)]

    def test_figures_lead_to_the_queue(self, app, saved, open_as):
        with desk(app, saved) as cast:
            returned(cast)
            cast.entry.answer_on("16").reply(cast.owner, "Sudah.")
            cast.entry.answer_on("33").reply(cast.owner, "Sudah.")
            cast.entry.submit(cast.owner)
            another(cast, "PAJAK MUDAH")
        figures = re.findall(r'href="(/verifikasi/\?[^"]*)">[^<]*</a><b class="num">(\d+)</b>', open_as("coordinator").get("/").text)
        me = saved.people["coordinator"]
        assert figures == [
            (f"/verifikasi/?verifikator={me}", "0"), ("/verifikasi/?verifikator=belum", "2"), ("/verifikasi/?round=ulang", "1"),
            ("/verifikasi/?tab=opd", "0"), ("/verifikasi/?tab=selesai", "0"),  # what waits, then who holds how much of it
            (f"/verifikasi/?verifikator={me}", "0"), (f"/verifikasi/?tab=rekan&amp;verifikator={saved.people['reviewer']}", "0")]

    def test_each_figure_is_the_length_of_its_list(self, app, saved, open_as):
        with desk(app, saved) as cast:
            returned(cast)
            for n in range(4):
                another(cast, f"INOVASI {n}", submit_days_ago=n)
            mine = another(cast, "PUNYA SAYA")
            mine.assign(cast.coordinator, cast.coordinator)
            another(cast, "DIAM", unit="dinas", submit_days_ago=None).moved_at = days_ago(20)
        coordinator = open_as("coordinator")
        page = coordinator.get("/")
        for url, number in re.findall(r'href="(/verifikasi/\?[^"]*)">[^<]*</a><b class="num">(\d+)</b>', page.text):
            assert f"{number} usulan" in text(coordinator.get(url.replace("&amp;", "&"))) or number == "0", url
        number = re.search(r"Ingatkan (\d+) yang masih ada", page.text)[1]
        assert f"{number} baris" in text(coordinator.get("/papan-terlambat/?idle=7"))

    def test_a_coordinator_shares_out_approves_and_nudges(self, app, saved, open_as):
        with desk(app, saved) as cast, clock.at(days_ago(9)):
            cast.period.two_steps = True
            another(cast, "PAJAK MUDAH", submit_days_ago=2)
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry)
            cast.entry.finish(cast.reviewer)
        page = open_as("coordinator").get("/")
        assert heading(page) == "2 usulan menunggu putusan Anda"
        assert todo(page) == ["JEMPUT GIZI", "Bagikan 1 usulan", "Ingatkan 1 yang masih ada di perangkat daerah"]
        assert "Dinas Kesehatan. Selesai diperiksa Reviewer," in text(page) and page.text.count("btn-primary") == 1
        assert todo(open_as("reviewer").get("/")) == []

    def test_who_holds_much_more_than_the_others_is_named(self, app, saved, open_as):
        with desk(app, saved) as cast:
            for n in range(11):
                another(cast, f"INOVASI {n}").assign(cast.coordinator, cast.reviewer)
        assert "Reviewer memegang 11 usulan" in todo(open_as("coordinator").get("/"))

    def test_proposals_of_ones_own_unit_wait_for_others(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            cast.reviewer.give_role(Role.HEAD, cast.units["dinas"], None)
        page = open_as("reviewer").get("/")
        assert "Tidak ada usulan yang menunggu putusan Anda" in page.text
        assert "Satu usulan perangkat daerah Anda sendiri diputus orang lain." in text(page)

    def test_a_leader_sees_who_brings_nothing(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
        page = open_as("leader").get("/")
        assert heading(page) == "2 dari 3 perangkat daerah belum mengusulkan inovasi"
        assert re.findall(r'<b class="num">(\d+)</b>', page.text) == ["2", "0", "1", "0"]
        assert re.findall(r'href="/usulan/\?unit=(\d+)">', page.text) == [str(saved.units["badan"]), str(saved.units["office"])]
        assert "Diklaim 28" in text(page) and "Terverifikasi 0" in text(page)

    def test_everybody_brought_something(self, app, saved, open_as):
        with desk(app, saved) as cast:
            another(cast, "PAJAK MUDAH")
            another(cast, "DATA SATU", unit="office")
        assert heading(open_as("leader").get("/")) == "Semua 3 perangkat daerah sudah mengusulkan inovasi"

    def test_the_expected_index_is_that_of_the_dashboard(self, app, saved, open_as):
        leader = open_as("leader")
        assert "Perkiraan indeks" not in text(leader.get("/"))
        with desk(app, saved) as cast:
            three_sent(cast)
        said = re.search(r'<div class="headline">([\d,]+)</div><p[^>]*>([^<]+)<', leader.get("/dasbor/").text)
        assert f"Perkiraan indeks {said[1]} , {said[2]}." in text(leader.get("/"))

    def test_a_coordinator_sees_what_lies_between_the_approved_and_the_ministry(self, app, saved, open_as):
        coordinator, nudge = open_as("coordinator"), "Ingatkan 2 yang masih ada di perangkat daerah"
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry)
            cast.entry.approve(cast.coordinator)
            fill(cast, by=cast.reviewer)
        assert todo(coordinator.get("/")) == [nudge, "Pilih yang dikirim dari 1 inovasi", "Putus 1 baris indikator daerah"]
        with desk(app, saved) as cast:
            cast.period.take_set(cast.coordinator, [cast.entry], [cast.entry])
        page = coordinator.get("/")
        assert todo(page) == [nudge, "Kirim 1 inovasi", "Putus 1 baris indikator daerah"]
        assert "1 inovasi dalam daftar kirim belum terkirim" in page.text and page.text.count("btn-primary") == 1
        with desk(app, saved) as cast:
            cast.entry.send(cast.coordinator, "IID-1", clock.now().date(), make_file(70_000))
            cast.period.region_row("1").judge(cast.coordinator, 2)
        assert todo(coordinator.get("/")) == [nudge]

    def test_who_filled_a_regional_row_is_not_asked_to_judge_it(self, app, saved, open_as):
        with desk(app, saved) as cast:
            fill(cast, by=cast.coordinator)
            fill(cast, "12", by=cast.coordinator, prove=False)
        assert "indikator daerah" not in " ".join(todo(open_as("coordinator").get("/")))
        assert heading(open_as("reviewer").get("/")) == "1 baris indikator daerah menunggu putusan Anda"
        with desk(app, saved) as cast:
            cast.period.close_region(cast.coordinator)
        assert heading(open_as("reviewer").get("/")) == "Tidak ada usulan yang menunggu putusan Anda"

    def test_several_roles_see_the_parts_of_each(self, app, saved, open_as):
        with desk(app, saved) as cast:
            another(cast, "PAJAK MUDAH")
            cast.owner.give_role(Role.REVIEWER, cast.units["office"], None)
        page = open_as("owner").get("/")
        assert heading(page) == "Satu hal menunggu Anda"
        assert "<h2 class=\"mb-1\">1 usulan menunggu putusan Anda</h2>" in page.text
        assert page.text.count("btn-primary") == 1

    def test_the_part_with_work_comes_first(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            another(cast, "PAJAK MUDAH")
            cast.owner.give_role(Role.REVIEWER, cast.units["office"], None)
        assert heading(open_as("owner").get("/")) == "1 usulan menunggu putusan Anda"

    def test_without_a_role_one_learns_whom_to_ask(self, app, saved):
        with app.app_context():
            user = User.add("tanpa", "Tanpa Peran", "x", None)
            user.change_password("x")
            db.session.add(user)
            db.session.commit()
            id = user.id
        assert heading(Browser(app, id).get("/")) == "Akun Anda belum punya peran"


class TestAdmin:
    @pytest.fixture
    def empty(self, app):
        """A fresh installation: one office, one administrator."""
        with app.app_context():
            office = Unit.add("Bappelitbangda", "Badan", None, is_office=True)
            admin = User.add("admin", "Administrator", "x", None)
            admin.change_password("x")
            admin.give_role(Role.ADMIN, office, None)
            db.session.add_all([office, admin])
            db.session.commit()
            return admin.id

    def test_an_empty_installation_is_led_through_the_steps(self, app, empty):
        browser = Browser(app, empty)
        page = browser.get("/")
        assert heading(page) == "Lima langkah sampai siap dipakai"
        assert todo(page) == ["1. Daerah dan kantor", "2. Perangkat daerah", "3. Orang", "4. Instrumen", "5. Periode", "6. Cadangan"]
        browser.post("/kelola/unit/baru", {"name": "Dinas Kesehatan", "kind": "Dinas", "parent": ""})
        page = browser.get("/")
        assert heading(page) == "Empat langkah sampai siap dipakai"
        assert page.text.count("Selesai") == 2 and '<a class="btn btn-primary" href="/kelola/daerah/">Isi data daerah</a>' in page.text

    @pytest.mark.parametrize(("content", "days", "state", "says"), [
        (None, 0, "Belum", "Basis data ini PostgreSQL: minta pengelola server menjadwalkan pg_dump tiap malam ke {}"),
        (b"", 0, "Perlu dilihat", "malam.dump bukan dump yang utuh; pg_dump mungkin terhenti"),
        (b"PGDMP", 3, "Perlu dilihat", "Dump PostgreSQL terakhir 6 Juni 2026, 3 hari yang lalu"),
        (b"PGDMP", 1, "Selesai", "Dump PostgreSQL terakhir 8 Juni 2026"),
    ])
    def test_on_postgresql_the_step_of_the_backups_speaks_of_its_dumps(self, app, empty, monkeypatch, tmp_path, content, days, state, says):
        noon = datetime(2026, 6, 9, 5, tzinfo=UTC)
        if content is not None:
            (tmp_path / "malam.dump").write_bytes(content)
            os.utime(tmp_path / "malam.dump", ((noon - timedelta(days=days)).timestamp(),) * 2)
        monkeypatch.setitem(app.config, "LUMBUNG", replace(app.config["LUMBUNG"], database_url="postgresql://server/lumbung", backup_folder=tmp_path))
        with clock.at(noon):
            page = Browser(app, empty).get("/kelola/")
        step = re.search(r'</svg>([^<]+)</span><h3><a href="/kelola/cadangan/">6\. Cadangan</a></h3><p class="quiet">(.*?)</p>.*?(<a .*?)</li>',
                         page.text, re.S)
        assert (step[1], step[2]) == (state, says.format(tmp_path))
        assert ("Baca caranya" in step[3], 'href="/bantuan/panduan/postgresql"' in step[3]) == (state != "Selesai",) * 2

    def test_units_without_operator_and_unused_slips_are_named(self, app, saved, open_as):
        with app.app_context():
            db.session.add(Session.start(db.session.get(User, saved.people["owner"]), "0" * 64, "", ""))
            db.session.delete(db.session.scalar(select(Membership).where(Membership.user_id == saved.people["stranger"])))
            with clock.at(days_ago(4)):
                db.session.get(User, saved.people["head"]).give_slip("x", None)
            db.session.commit()
        page = open_as("admin").get("/")
        assert heading(page) == "1 perangkat daerah belum punya operator"
        assert "<h2 class=\"mb-1\">2 hal perlu diingatkan</h2>" in page.text
        assert f'href="/kelola/orang/baru?unit={saved.units["badan"]}"' in page.text
        assert re.search(r"Head</a>.*?Lewat \d+", page.text, re.S)

    def test_nothing_to_do_is_said_so(self, app, saved, open_as):
        with desk(app, saved) as cast:
            another(cast, "PAJAK MUDAH")
            another(cast, "DATA SATU", unit="office")
        open_as("owner")
        assert heading(open_as("admin").get("/")) == "Tidak ada akun yang menunggu Anda"


@pytest.mark.parametrize("who", ["owner", "coordinator", "leader", "admin"])
def test_the_front_page_asks_the_same_for_few_and_many(app, saved, open_as, who):
    """Between one proposal with every kind of row and twelve of each."""
    with desk(app, saved) as cast:
        many_more(cast, 1)
    browser = open_as(who)
    with Selects() as few:
        browser.get("/")
    with desk(app, saved) as cast:
        many_more(cast, 11)
    with Selects() as many:
        browser.get("/")
    assert many.number == few.number <= 20


def many_more(cast, times: int) -> None:
    for n in range(times):
        for unit in ("dinas", "badan"):
            another(cast, f"DRAF {unit} {times} {n}", unit=unit, submit_days_ago=None)
            another(cast, f"AJUAN {unit} {times} {n}", unit=unit, submit_days_ago=n)
            back = another(cast, f"BALIK {unit} {times} {n}", unit=unit, submit_days_ago=5)
            judge(cast, back, r16=1)
            back.return_(cast.reviewer, ["16"])
        unit = Unit.add(f"Desa {times} {n}", "Desa", None)
        db.session.add_all([unit, User.add(f"u{times}.{n}", f"Orang {n}", "x", None), Innovation.add(f"LAMA {n}", cast.units["dinas"], cast.owner)])
        db.session.flush()


def test_the_instruments_own_file_is_not_read_for_a_page(app, open_as):
    with Selects() as seen:
        open_as("owner").get("/")
    assert not [sql for sql in seen.all if "instrument.source" in sql]


def test_a_period_that_has_not_begun_is_not_the_present_one(app, saved):
    with app.app_context():
        period = db.session.get(Period, saved.period)
        assert db.session.scalar(select(Entry.period_id)) == period.id
    with clock.at(clock.now() - timedelta(days=31)):
        page = Browser(app, saved.people["owner"]).get("/")
    assert "Belum ada periode" in page.text and heading(page) == "Tidak ada yang menunggu Anda"

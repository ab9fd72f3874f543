"""Desk sessions on the screen: seen by both sides, tried before they are kept, minutes nobody loses, promises nobody forgets."""
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import DeskSession, Event, Promise, Unit, User
from app.queries import desk as queries
from app.queries import reminders
from app.rules import access
from app.rules.desk_plan import working_days
from tests.exports.readers import xlsx
from tests.web.reviewing import Selects, another, desk, text
from tests.web.typing import JSON, hidden, stamp

ZONE = ZoneInfo("Asia/Jakarta")
PLACE = "/pendampingan/"


def today():
    return clock.now().astimezone(ZONE).date()


def arrange(app, saved, hours: float = 48, unit="dinas", who="reviewer", **facts) -> int:
    with desk(app, saved) as cast:
        session = DeskSession.arrange(cast.coordinator, cast.units[unit], cast.people[who], clock.now() + timedelta(hours=hours), 60, **facts)
        db.session.add(session)
        db.session.flush()
        return session.id


def hold(app, saved, id: int, notes="Baris 16 dibahas.", days: int = 7) -> None:
    with desk(app, saved) as cast:
        session = db.session.get(DeskSession, id)
        session.hold(cast.reviewer, notes, ["Owner"], [("SK tim ditandatangani", today() + timedelta(days=7))])
        session.promises[0].due_on = today() + timedelta(days=days)


@pytest.fixture
def coming(app, saved):
    return arrange(app, saved, place="Ruang rapat")


@pytest.fixture
def held(app, saved):
    id = arrange(app, saved, hours=-2)
    hold(app, saved, id)
    return id


def stored(app, id: int, *names):
    with app.app_context():
        return tuple(getattr(db.session.get(DeskSession, id), name) for name in names)


def told(app, what: str) -> set[str]:
    with app.app_context():
        event = db.session.scalars(select(Event).where(Event.what == what).order_by(Event.id.desc())).first()
        return {notice.user.name for notice in event.notifications}


class TestList:
    def test_a_unit_sees_its_own_sessions_only(self, app, saved, open_as, coming):
        arrange(app, saved, unit="badan")
        assert re.findall(r'href="/pendampingan/\d+">([^<]*)<', open_as("owner").get(PLACE).text) == ["Dinas Kesehatan"]
        assert sorted(re.findall(r'href="/pendampingan/\d+">([^<]*)<', open_as("leader").get(PLACE).text)) == ["Badan Keuangan", "Dinas Kesehatan"]

    def test_what_was_held_is_still_found_when_nothing_is_scheduled(self, open_as, held):
        page = open_as("coordinator").get(PLACE)
        assert "Tidak ada sesi yang terjadwal sekarang." in text(page) and "Susun jadwal pertama" not in page.text
        assert f'href="{PLACE}?state=selesai"' in page.text and page.text.count("btn-primary") == 1

    def test_the_first_schedule_is_offered_once(self, open_as, saved):
        page = open_as("coordinator").get(PLACE)
        assert "Susun jadwal pertama" in page.text and page.text.count("btn-primary") == 1

    def test_the_list_and_the_rule_agree(self, app, saved, coming):
        arrange(app, saved, unit="badan")
        with app.app_context():
            for user in db.session.scalars(select(User)):
                shown = set(db.session.scalars(queries.visible_to(user)).unique())
                assert all((one in shown) == access.can(user, "desk.view", one) for one in db.session.scalars(select(DeskSession)))

    def test_ones_own_come_first_within_a_day(self, app, saved, open_as):
        with clock.at(datetime(2026, 11, 23, 1, tzinfo=ZONE)):
            arrange(app, saved, hours=8, unit="badan", who="coordinator")
            arrange(app, saved, hours=10)
            arrange(app, saved, hours=32, unit="badan", who="coordinator")
            page = open_as("reviewer").get(PLACE)
        shown = re.findall(r'scope="rowgroup"[^>]*>([^<]*) <|href="/pendampingan/\d+">([^<]*)<', page.text)
        assert [day or unit for day, unit in shown] == [
            "Senin, 23 November 2026", "Dinas Kesehatan", "Badan Keuangan", "Selasa, 24 November 2026", "Badan Keuangan"]

    @pytest.mark.parametrize(("query", "shown"), [("", 1), ("state=selesai", 1), ("state=semua", 2), ("state=batal", 0), ("kind=monitoring", 0),
                                                  ("first=2020-01-01&last=2020-01-02", 0), ("first=kemarin", 1), ("siapa=99999", 0)])
    def test_it_is_filtered_and_the_file_is_the_list(self, saved, open_as, coming, held, query, shown):
        reviewer = open_as("reviewer")
        assert len(re.findall(r'href="/pendampingan/\d+">', reviewer.get(f"{PLACE}?{query}").text)) == shown
        rows = list(xlsx(reviewer.get(f"{PLACE}daftar.xlsx?{query}").data).iter_rows(values_only=True))[2:]
        assert len(rows) == shown

    def test_minutes_that_are_not_final_are_in_no_file(self, app, saved, open_as):
        id = arrange(app, saved, hours=-2)
        open_as("reviewer").post(f"{PLACE}{id}/risalah", {"notes": "Masih mentah.", "attendance": "", "seen": "0"})
        assert "Masih mentah." not in str(list(xlsx(open_as("owner").get(f"{PLACE}daftar.xlsx").data).iter_rows(values_only=True)))
        assert "Masih mentah." not in open_as("owner").get(f"{PLACE}{id}").text
        assert "Masih mentah." in open_as("reviewer").get(f"{PLACE}{id}").text

    def test_the_same_selects_for_few_and_for_many(self, app, saved, open_as, held):
        people, counted = {who: open_as(who) for who in ("owner", "reviewer", "coordinator")}, []
        urls = (PLACE, f"{PLACE}?state=semua", f"{PLACE}janji", f"{PLACE}cetak?state=semua", f"{PLACE}daftar.xlsx", f"{PLACE}janji.xlsx", "/")
        for _ in range(2):
            counted.append(selects(people, urls))
            with desk(app, saved) as cast:
                for hours in range(3, 33):
                    at = clock.now() + timedelta(hours=hours)
                    db.session.add(DeskSession.arrange(cast.admin, cast.units["badan" if hours % 2 else "dinas"], cast.reviewer, at, 60))
                    past = DeskSession.arrange(cast.admin, cast.units["dinas"], cast.reviewer, clock.now() - timedelta(hours=hours), 60)
                    past.hold(cast.reviewer, "Dibahas.", ["Owner"], [("SK", today())])
                    past.promises[0].due_on -= timedelta(days=2)
                    db.session.add(past)
        assert counted[1] == selects(people, urls)

    def test_the_calendar_has_ones_own_and_takes_out_what_was_called_off(self, app, saved, open_as, coming):
        gone = arrange(app, saved, hours=72)
        arrange(app, saved, unit="badan", who="coordinator")
        with desk(app, saved) as cast:
            db.session.get(DeskSession, gone).call_off(cast.admin, "Banjir.")
        for who in ("owner", "reviewer"):
            events = Calendar.from_ical(open_as(who).get(f"{PLACE}sesi.ics").data).walk("VEVENT")
            assert [(str(event["uid"]).split("@")[0], str(event["status"])) for event in events] == [
                (f"sesi-{coming}", "CONFIRMED"), (f"sesi-{gone}", "CANCELLED")]
            assert (events[0]["dtend"].dt - events[0]["dtstart"].dt, str(events[0]["location"])) == (timedelta(hours=1), "Ruang rapat")


def selects(people, urls) -> dict:
    found = {}
    for who, browser in people.items():
        for url in urls:
            browser.get(url)
            with Selects() as seen:
                browser.get(url)
            found[who, url] = seen.number
    return found


class TestPlan:
    @pytest.fixture
    def asked(self, saved):
        units = "&".join(f"unit={saved.units[name]}" for name in ("dinas", "badan"))
        first = working_days(today() + timedelta(days=3), 1)[0]
        return (f"{units}&reviewer={saved.people['reviewer']}&reviewer={saved.people['coordinator']}&first={first}&days=2&slots=5&at=08:30&minutes=60"
                "&place=Aula")

    def test_a_plan_is_shown_before_it_is_kept_and_kept_as_a_whole(self, app, saved, open_as, asked):
        coordinator = open_as("coordinator")
        page = coordinator.get(f"{PLACE}susun/rencana?{asked}")
        assert "<h1>2 sesi dalam satu hari</h1>" in page.text and "Reviewer 1 sesi" in text(page)
        with app.app_context():
            assert db.session.scalars(select(DeskSession)).all() == []
        coordinator.post(f"{PLACE}susun/rencana", sent(page))
        with app.app_context():
            made = db.session.scalars(select(DeskSession)).all()
            assert {(one.unit.name, f"{one.starts_at.astimezone(ZONE):%H.%M}", one.place) for one in made} == {
                ("Dinas Kesehatan", "08.30", "Aula"), ("Badan Keuangan", "08.30", "Aula")}
            assert len({one.reviewer_id for one in made}) == 2
        assert told(app, "session_arranged") & {"Owner", "Stranger"}

    def test_a_plan_that_changed_meanwhile_is_shown_anew(self, app, saved, open_as, asked):
        coordinator = open_as("coordinator")
        page = coordinator.get(f"{PLACE}susun/rencana?{asked}")
        day = re.search(r"first=([\d-]+)", asked)[1]
        at = datetime.fromisoformat(f"{day}T08:30").replace(tzinfo=ZONE)
        arrange(app, saved, hours=(at - clock.now()).total_seconds() / 3600)
        page = coordinator.post(f"{PLACE}susun/rencana", sent(page), expect=200)
        assert "berubah sesudah rencana ini dibuat" in text(page)
        with app.app_context():
            assert len(db.session.scalars(select(DeskSession)).all()) == 1
        coordinator.post(f"{PLACE}susun/rencana", sent(page))

    def test_what_does_not_fit_is_named(self, saved, open_as, asked):
        asked = asked.replace(f"&reviewer={saved.people['coordinator']}", "").replace("days=2", "days=1").replace("slots=5", "slots=1")
        assert "Satu perangkat daerah belum mendapat waktu: Dinas Kesehatan" in text(open_as("admin").get(f"{PLACE}susun/rencana?{asked}"))

    @pytest.mark.parametrize(("old", "new", "words"), [
        ("&place=Aula", "&free=besok", "Bukan tanggal: besok"), ("at=08:30", "at=17:00", "sesudah pukul 18.00"), ("minutes=60", "minutes=x", "Lama"),
        ("unit=", "u=", "Centang paling sedikit satu perangkat daerah"), ("reviewer=", "r=", "Centang paling sedikit satu verifikator")])
    def test_nonsense_is_refused_in_words(self, open_as, asked, old, new, words):
        assert words in text(open_as("coordinator").get(f"{PLACE}susun/rencana?{asked.replace(old, new)}"))

    def test_a_holiday_is_left_out(self, open_as, asked):
        day = datetime.fromisoformat(re.search(r"first=([\d-]+)", asked)[1])
        page = open_as("coordinator").get(f"{PLACE}susun/rencana?{asked}&free={day:%d-%m-%Y}")
        shown = re.findall(r'scope="row" class="full">\w+, (\d+)', page.text)
        assert len(shown) == 1 and str(day.day) not in shown

    def test_units_are_found_by_what_they_bring_and_ticks_stay(self, app, saved, open_as):
        coordinator = open_as("coordinator")
        names = lambda query: re.findall(r'<th scope="row" class="full">([^<]*)<', coordinator.get(f"{PLACE}susun?{query}").text)  # noqa: E731
        assert names("") == ["Badan Keuangan", "Bappelitbangda", "Dinas Kesehatan"]
        assert (names("state=berjalan"), names("state=belum&kind=Badan")) == (["Dinas Kesehatan"], ["Badan Keuangan", "Bappelitbangda"])
        assert names(f"state=kembali&unit={saved.units['badan']}") == ["Badan Keuangan"]


def sent(page) -> list[tuple]:
    """The fields of the button that keeps a plan."""
    form = re.search(r'<form method="post" action="/pendampingan/susun/rencana">.*?</form>', page.text, re.S)[0]
    found: dict = {}
    for name, value in re.findall(r'name="([^"]*)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return found


class TestOneSession:
    def typed(self, saved, **changes):
        return {"kind": "desk", "innovation": "", "reviewer": saved.people["reviewer"], "day": today() + timedelta(days=2), "at": "09:00",
                "minutes": "45", "place": "Ruang 2", "agenda": "Bawa SK."} | changes

    def test_it_is_arranged_for_a_unit(self, app, saved, open_as):
        coordinator = open_as("coordinator")
        page = coordinator.follow(f"{PLACE}baru?unit={saved.units['dinas']}", self.typed(saved))
        assert "<h1>Pendampingan Dinas Kesehatan</h1>" in page.text and "09.00–09.45 WIB" in text(page)
        assert told(app, "session_arranged") == {"Owner", "Head", "Reviewer"}

    def test_a_visit_belongs_to_an_innovation_and_its_proposal(self, app, saved, open_as):
        typed = self.typed(saved, kind="monitoring", innovation=saved.innovation)
        open_as("admin").post(f"{PLACE}baru?unit={saved.units['dinas']}", typed)
        assert stored(app, 1, "innovation_id", "entry_id") == (saved.innovation, saved.entry)
        assert "Kunjungan monitoring" in text(open_as("owner").get(f"/inovasi/{saved.innovation}"))

    def test_an_overlap_is_refused_and_what_was_typed_stays(self, app, saved, open_as):
        coordinator = open_as("coordinator")
        coordinator.post(f"{PLACE}baru?unit={saved.units['dinas']}", self.typed(saved))
        page = coordinator.post(f"{PLACE}baru?unit={saved.units['badan']}", self.typed(saved, at="09:30"), expect=200)
        assert "Reviewer sudah mendampingi Dinas Kesehatan" in text(page) and "Bawa SK.</textarea>" in page.text

    def test_it_moves_and_an_old_page_does_not_move_it_back(self, app, saved, open_as, coming):
        coordinator, url = open_as("coordinator"), f"{PLACE}{coming}/ubah"
        old = hidden(coordinator.get(url), "seen")
        coordinator.post(url, self.typed(saved) | {"seen": old})
        assert told(app, "session_edited") == {"Owner", "Head", "Reviewer"}
        assert "diubah sesudah halaman ini dibuka" in text(coordinator.post(url, self.typed(saved, at="10:00") | {"seen": old}, expect=200))
        assert "dipindah dari" in text(open_as("owner").get("/pemberitahuan"))

    def test_it_is_called_off_and_both_sides_read_why(self, app, open_as, coming):
        page = open_as("coordinator").follow(f"{PLACE}{coming}/batal", {"reason": "Kantor banjir."})
        assert "Kantor banjir." in text(page)
        assert told(app, "session_called_off") == {"Owner", "Head", "Reviewer"}
        assert "Kantor banjir." in text(open_as("owner").get("/pemberitahuan"))

    def test_the_agenda_comes_from_the_records(self, app, saved, open_as, coming):
        with desk(app, saved) as cast:
            cast.entry.answer_on("18").claim(cast.owner, 1)
            another(cast, "ANTAR OBAT", unit="dinas", submit_days_ago=None)
        page = text(open_as("owner").get(f"{PLACE}{coming}"))
        assert "JEMPUT GIZI" in page and "ANTAR OBAT" in page
        assert "Belum ada bukti yang cocok Baris 18" in page and "Yang paling menambah nilai Baris" in page
        paper = text(open_as("reviewer").get(f"{PLACE}{coming}/cetak"))
        assert "Agenda pendampingan Dinas Kesehatan" in paper and "Tanda tangan" in paper and "Baris 18" in paper

    def test_rows_that_came_back_are_on_the_agenda_with_the_reason(self, app, saved, open_as, coming):
        from tests.web.reviewing import judge
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry, r16=1)
            cast.entry.return_(cast.reviewer, ["16"])
        assert re.search(r"Baris yang dikembalikan Baris 16 [^:]*: Nama inovasi tidak tercantum", text(open_as("owner").get(f"{PLACE}{coming}")))


class TestMinutes:
    @pytest.fixture
    def going_on(self, app, saved):
        return arrange(app, saved, hours=-1)

    def said(self, page, **changes):
        return stamp(page) | {"seen": hidden(page, "seen"), "notes": "Baris 16 dibahas.", "attendance": "Owner\nReviewer\n",
                              "promise_1": "SK tim ditandatangani", "until_1": today() + timedelta(days=7)} | changes

    def test_it_is_written_closed_and_read_by_both_sides(self, app, saved, open_as, going_on):
        reviewer, url = open_as("reviewer"), f"{PLACE}{going_on}/risalah"
        page = reviewer.follow(url, self.said(reviewer.get(url)))
        assert stored(app, going_on, "notes", "held_at") == ("Baris 16 dibahas.", None)
        page = reviewer.follow(url, self.said(page, selesai="1"))
        assert "Baris 16 dibahas." in text(page) and "SK tim ditandatangani" in text(page)
        assert told(app, "session_held") == {"Owner", "Head"}
        for where in (f"/usulan/{saved.entry}", f"/inovasi/{saved.innovation}", f"{PLACE}{going_on}", f"{PLACE}{going_on}/cetak"):
            assert "Baris 16 dibahas." in text(open_as("owner").get(where))

    def test_a_promise_needs_a_day_and_leaves_with_its_text(self, app, saved, open_as, going_on):
        reviewer, url = open_as("reviewer"), f"{PLACE}{going_on}/risalah"
        page = reviewer.post(url, self.said(reviewer.get(url), until_1=""), expect=200)
        assert "Isi sampai kapan." in text(page) and 'value="SK tim ditandatangani"' in page.text
        reviewer.post(url, self.said(page))
        reviewer.post(url, self.said(reviewer.get(url), promise_1="", until_1=""))
        with app.app_context():
            assert db.session.scalars(select(Promise)).all() == []

    def test_no_promise_ends_before_the_regencys_day_of_the_session(self, app, saved, open_as, going_on):
        reviewer, url = open_as("reviewer"), f"{PLACE}{going_on}/risalah"
        page = reviewer.post(url, self.said(reviewer.get(url), until_1=today() - timedelta(days=2)), expect=200)
        assert "Tidak dapat sebelum hari sesinya." in text(page)

    def test_two_people_see_both_texts(self, app, saved, open_as, going_on):
        reviewer, coordinator, url = open_as("reviewer"), open_as("coordinator"), f"{PLACE}{going_on}/risalah"
        mine, theirs = reviewer.get(url), coordinator.get(url)
        coordinator.post(url, self.said(theirs, notes="Dari koordinator."))
        page = reviewer.post(url, self.said(mine, notes="Dari verifikator."), expect=200)
        assert "Coordinator menyimpan yang lain" in text(page) and "Dari koordinator." in text(page)
        assert stored(app, going_on, "notes") == ("Dari koordinator.",)
        reviewer.post(url, self.said(page, notes="Dari verifikator.") | {"pakai-notes": "ketikan"})
        assert stored(app, going_on, "notes") == ("Dari verifikator.",)

    def test_what_is_typed_is_kept_while_it_is_typed(self, open_as, going_on):
        reviewer, url = open_as("reviewer"), f"{PLACE}{going_on}/risalah"
        reviewer.post(f"/ketikan?alamat={url}", self.said(reviewer.get(url), notes="Belum disimpan sama sekali."), expect=200, headers=JSON)
        page = reviewer.get(url)
        assert "Belum disimpan sama sekali.</textarea>" in page.text and "Ketikan Anda belum disimpan" in page.text
        assert "Risalah pendampingan" in text(reviewer.get("/ketikan"))
        assert reviewer.client.post("/ketikan?alamat=/pendampingan/99999/risalah", data=self.said(page), headers=JSON).status_code == 404

    def test_a_correction_keeps_the_old_text_in_the_history(self, app, open_as, held):
        reviewer, url = open_as("reviewer"), f"{PLACE}{held}/risalah"
        page = reviewer.get(url)
        assert 'name="promise_1"' not in page.text
        page = reviewer.follow(url, {"seen": hidden(page, "seen"), "notes": "Baris 16 dan 17 dibahas.", "attendance": "Owner"})
        assert "Semula: “Baris 16 dibahas.”" in text(page)
        assert stored(app, held, "notes") == ("Baris 16 dan 17 dibahas.",)


class TestPromises:
    def test_the_unit_marks_it_done_and_the_reviewer_hears_of_it(self, app, open_as, held):
        owner = open_as("owner")
        assert "Tandai selesai" in text(owner.get(f"{PLACE}janji")) and "Tandai selesai" not in text(open_as("reviewer").get(f"{PLACE}janji"))
        owner.follow(f"{PLACE}janji/1/selesai", {"dari": "daftar"})
        assert told(app, "promise_kept") == {"Reviewer"}
        assert "Belum selesai 0" in text(owner.get(f"{PLACE}janji?state=selesai")) and "Owner" in text(owner.get(f"{PLACE}janji?state=selesai"))

    def test_one_of_a_merged_unit_is_its_heirs(self, app, saved, open_as, held):
        with app.app_context():
            db.session.get(Unit, saved.units["dinas"]).merged_into_id = saved.units["badan"]
            db.session.commit()
        open_as("stranger").post(f"{PLACE}janji/1/selesai")

    def test_what_is_late_stands_on_both_front_pages_and_in_the_list(self, app, saved, open_as):
        hold(app, saved, arrange(app, saved, hours=-2), days=-3)
        for who in ("owner", "reviewer"):
            page = text(open_as(who).get("/"))
            assert "Janji yang lewat waktu Lewat 3 hari SK tim ditandatangani" in page
        assert "Janji" not in text(open_as("stranger").get("/"))
        rows = list(xlsx(open_as("leader").get(f"{PLACE}janji.xlsx?state=lewat").data).iter_rows(values_only=True))[2:]
        assert [row[:2] + row[3:4] for row in rows] == [("SK tim ditandatangani", "Dinas Kesehatan", "lewat waktu")]

    def test_the_next_session_stands_on_the_front_page(self, open_as, coming):
        for who in ("owner", "head", "reviewer"):
            assert "Sesi berikutnya Pendampingan Dinas Kesehatan" in text(open_as(who).get("/"))

    def test_reminders_name_what_is_late_to_the_unit_and_the_reviewer(self, app, saved, open_as):
        hold(app, saved, arrange(app, saved, hours=-2), days=-1)
        with app.test_request_context():
            made = reminders.for_today(db.session(), clock.now(), ZONE)
        told = {user.name: items for user, kind, items in made if kind == "promise"}
        assert {who: [item.name for item in items] for who, items in told.items()} == dict.fromkeys(
            ("Owner", "Reviewer"), ["SK tim ditandatangani, Dinas Kesehatan"])
        with desk(app, saved) as cast:
            cast.owner.be_reminded("promise", told["Owner"])
        said = "Janji pendampingan lewat waktu: SK tim ditandatangani, Dinas Kesehatan (lewat 1 hari)."
        assert said in text(open_as("owner").get("/pemberitahuan"))


def test_the_log_names_sessions(app, saved, open_as, held):
    page = text(open_as("admin").get("/kelola/log/?kind=pendampingan"))
    assert "Sesi pendampingan Dinas Kesehatan dengan Reviewer selesai; risalahnya dapat dibaca, dengan satu janji." in page

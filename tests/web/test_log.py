"""The log: everything, newest first, to the one who may read it; found by person, unit, innovation, kind and day; the same as a file."""
import re
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from app import clock
from app.extensions import db
from app.models import (
    Announcement,
    Event,
    FailedSignIn,
    Instrument,
    Membership,
    Period,
    Reason,
    RowHelp,
    Session,
    Unit,
    User,
    YearResult,
)
from app.queries import log
from app.rules import access
from app.rules.access import Role
from app.rules.reminders import Item, Kind
from tests.exports.readers import xlsx
from tests.live import PASSWORD, PASSWORD_HASH
from tests.past import UNCHAINED
from tests.web.reviewing import Selects, another, desk, second_round, text

PAGE, FILE = "/kelola/log/", "/kelola/log/daftar.xlsx"


@pytest.fixture
def season(app, saved, once):
    return once("log", lambda: lay_down(app, saved))


def lay_down(app, saved):
    """Something about each thing there is, and proposals of two units in a second round."""
    with desk(app, saved) as cast:
        entry = second_round(cast)
        entry.annotate(cast.reviewer, "Hanya untuk kita.", "16")
        other = another(cast, "SURAT CEPAT", unit="badan")
        other.annotate(cast.reviewer, "Juga ini.")
        told = Announcement.add(cast.admin, text="Klinik hari Rabu.", audience="semua", shows_from=clock.now(), at_door=False,
                                shows_until=clock.now() + timedelta(days=2))
        help = RowHelp.begin("16", cast.admin)
        help.write(cast.coordinator, "Mintalah salinan SK di Bagian Hukum.")
        reason = Reason.add("16", "nama", "SK tidak memuat nama.", cast.coordinator)
        cast.period.extend(cast.coordinator, cast.units["badan"], cast.period.closes_at + timedelta(days=3), "Banjir.")
        cast.units["badan"].give_reviewer(cast.coordinator, cast.reviewer)
        draft = Instrument.clone(cast.admin, cast.period.instrument.source, 2027, {"iid-2026"})
        cast.period.region_row("1").claim(cast.coordinator, 1)
        cast.reviewer.be_reminded(Kind.JUDGING, [Item(entry.id, "JEMPUT GIZI", None, 9)])
        db.session.add_all([told, help, reason, draft, YearResult.add(cast.admin, 2025, index=50, band="Inovatif")])
    return saved


def events_of(page) -> list[str]:
    """The rows of the page, as read."""
    rows = re.findall(r"<tr><td.*?</tr>", page.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def everything(browser, query="") -> list[str]:
    """All pages, from the newest to the oldest."""
    page, found = browser.get(f"{PAGE}?{query}"), []
    while True:
        found += events_of(page)
        older = re.search(r'href="([^"]+)">Lebih lama', page.text)
        if not older:
            return found
        page = browser.get(older[1].replace("&amp;", "&"))


def lines(browser, query="") -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in xlsx(browser.get(f"{FILE}?{query}").data).iter_rows()][2:]


def stored(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Event.id)))


def test_everything_is_there_newest_first_by_whom_and_about_what(app, season, open_as):
    admin = open_as("admin")
    found, file = everything(admin), lines(admin)
    assert len(found) == len(file) == stored(app) > 50
    assert [row[0] for row in file] == sorted((row[0] for row in file), reverse=True)
    for shown, (_, who, kind, what, about, of) in zip(found, file, strict=True):
        assert kind and all(" ".join((words or "").split()) in shown for words in (who, what, about, of)), (shown, what)


def test_the_words_are_those_of_the_other_pages(season, open_as):
    said = text(open_as("admin").get(f"{PAGE}?kind=verifikasi&unit={season.units['dinas']}"))
    assert "Dikembalikan, 1 baris (16)." in said and "Catatan internal ditulis pada baris 16." in said
    assert "LR-26-001 JEMPUT GIZI Dinas Kesehatan" in said


def test_back_and_forth_is_the_same_way(season, open_as):
    admin = open_as("admin")
    first = admin.get(PAGE)
    assert "Lebih baru</a>" not in first.text
    older = admin.get(re.search(r'href="([^"]+)">Lebih lama', first.text)[1])
    newer = admin.get(re.search(r'href="([^"]+)"><svg[^>]*>.*?</svg> Lebih baru</a>', older.text)[1])
    assert events_of(newer) == events_of(first) and len(events_of(first)) == 25 and events_of(older) != events_of(first)


@pytest.mark.parametrize("who", ["admin", "coordinator"])
def test_every_link_leads_where_this_person_may_go(season, open_as, who):
    browser = open_as(who)
    places = set()
    page = browser.get(PAGE)
    while True:
        places |= set(re.findall(r'data-l="Tentang"><a href="([^"]+)"', page.text))
        older = re.search(r'href="([^"]+)">Lebih lama', page.text)
        if not older:
            break
        page = browser.get(older[1])
    assert {place.strip("/").split("/")[0] for place in places} >= {"usulan", "inovasi", "dokumen", "kelola", "verifikasi"}
    for place in places:
        browser.get(place)


@pytest.mark.parametrize("query", ["before=999999", "after=999999", "person=x", "first=kemarin&last=2026-02-30", "kind=apa", "page=9&sort=zzz"])
def test_what_makes_no_sense_in_the_address_counts_as_not_said(season, open_as, query):
    admin = open_as("admin")
    assert events_of(admin.get(f"{PAGE}?{query}")) == events_of(admin.get(PAGE))


class TestFound:
    """By person, unit, innovation, kind and day, on the page and in the file."""

    @pytest.fixture
    def asked(self, season, open_as):
        admin = open_as("admin")

        def ask(query):
            file = lines(admin, query)
            assert len(everything(admin, query)) == len(file)
            return file
        return ask

    def test_by_person_who_did_it_or_whom_it_was_done_to(self, app, season, asked):
        found = asked(f"person={season.people['reviewer']}")
        assert {row[1] for row in found if row[4] != "Reviewer"} == {"Reviewer"}
        assert {row[3] for row in found if row[1] != "Reviewer"} == {
            "Akun Reviewer dibuat.", "Peran Verifikator di Bappelitbangda diberikan.", "Menunggu putusan Anda: JEMPUT GIZI (diam 9 hari)."}

    def test_by_unit_of_the_thing_and_of_the_account(self, season, asked):
        found = asked(f"unit={season.units['badan']}")
        assert {row[5] for row in found} == {"Badan Keuangan", "stranger", None}
        assert {row[4] for row in found if row[5] is None} == {"Badan Keuangan"}

    def test_by_innovation_in_the_register_and_proposed(self, asked):
        assert {row[4] for row in asked("q=cepat")} == {"SURAT CEPAT", "LR-26-002 SURAT CEPAT"}
        assert asked("q=100%25") == []

    @pytest.mark.parametrize("kind", log.KINDS)
    def test_by_kind(self, asked, kind):
        assert {row[2] for row in asked(f"kind={kind}")} <= {log.KINDS[kind].label}

    def test_without_the_reminders(self, app, asked):
        assert len(asked("kind=tanpa-pengingat")) == stored(app) - len(asked("kind=pengingat")) < stored(app)

    def test_by_day_of_the_regency(self, app, asked):
        """00.30 in the west of Indonesia is still the day before in UTC."""
        night = clock.now().replace(hour=17, minute=30) - timedelta(days=9)
        with app.app_context():
            db.session.execute(insert(Event).values(what="reminded", at=night, details={}, is_private=False, hash=UNCHAINED))
            db.session.commit()
        day, before = (night + timedelta(days=1)).date(), night.date()
        assert len(asked(f"first={day}&last={day}")) == 1
        assert asked(f"first={before}&last={before}") == []
        assert len(asked(f"last={before}")) + len(asked(f"first={day}")) == stored(app)

    def test_the_file_says_what_was_asked(self, season, open_as):
        query = f"person={season.people['admin']}&unit={season.units['dinas']}&q=GIZI&kind=akun&first=2026-11-01&last=2026-11-02"
        first = xlsx(open_as("admin").get(f"{FILE}?{query}").data)["A1"].value
        assert first.split(" · ")[1] == "Admin (admin), Dinas Kesehatan, “GIZI”, akun dan peran, sejak 1 November 2026 sampai 2 November 2026"


class TestAmongTheOffice:
    def sees(self, app, who: int) -> set[int]:
        with app.app_context():
            return set(db.session.scalars(log.seen_by(db.session.get(User, who))))

    def test_private_is_what_may_be_annotated(self, app, season):
        """For everybody who reads the log, in whatever unit they serve besides."""
        with app.app_context():
            admin, coordinator = (db.session.get(User, season.people[who]) for who in ("admin", "coordinator"))
            coordinator.give_role(Role.HEAD, db.session.get(Unit, season.units["dinas"]), None)
            admin.give_role(Role.OPERATOR, db.session.get(Unit, season.units["badan"]), None)
            db.session.commit()
        for may in (False, True):
            with app.app_context():
                db.session.get(Period, season.period).may_judge_own_unit = may
                db.session.commit()
            for who in ("admin", "coordinator"):
                seen = self.sees(app, season.people[who])
                with app.app_context():
                    user = db.session.get(User, season.people[who])
                    private = db.session.scalars(select(Event).where(Event.is_private, Event.entry_id.is_not(None))).all()
                    assert {event.entry.unit.name for event in private} == {"Dinas Kesehatan", "Badan Keuangan"}
                    for event in private:
                        assert (event.id in seen) == access.can(user, "entry.annotate", event.entry), (who, may, event.what)

    def test_nor_does_the_reminder_say_who_judges_ones_own_unit(self, app, season, open_as):
        coordinator = open_as("coordinator")
        assert "Menunggu putusan Anda: JEMPUT GIZI" in text(coordinator.get(PAGE))
        with app.app_context():
            db.session.add(Membership(user_id=season.people["coordinator"], unit_id=season.units["dinas"], role=Role.HEAD))
            db.session.commit()
        assert "Menunggu putusan Anda" not in text(coordinator.get(PAGE))
        assert [row for row in lines(coordinator) if "Catatan internal" in row[3]] != []  # of the other unit

    def test_the_unit_has_no_log(self, season, open_as):
        for who in ("owner", "head", "reviewer", "leader"):
            open_as(who).get(PAGE, expect=403)


def test_as_many_selects_for_two_thousand_as_for_sixty_and_a_file_that_is_quick(app, season, open_as):
    admin, counted = open_as("admin"), {}
    for many in (0, 2000):
        with app.app_context():
            rows = db.session.execute(select(Event.__table__)).mappings().all()
            copied = [{name: value for name, value in rows[n % len(rows)].items() if name != "id"} for n in range(many)]
            if copied:
                db.session.execute(insert(Event), copied)
                db.session.commit()
        for address in (PAGE, f"{PAGE}?before=40", f"{PAGE}?unit={season.units['dinas']}", f"{PAGE}?q=GIZI", FILE):
            admin.get(address)
            with Selects() as seen:
                began = time.process_time()
                admin.get(address)
                spent = time.process_time() - began
            counted.setdefault(address, []).append(seen.number)
            assert spent < 2, (address, spent)  # 50,000 in a file: 7 s
    assert {address for address, (few, many) in counted.items() if many > few} == set()


def test_the_same_long_file_twice_is_the_same(season, open_as):
    with clock.at(clock.now()):
        admin = open_as("admin")
        assert admin.get(FILE).data == admin.get(FILE).data


class TestAtTheDoor:
    @pytest.fixture
    def tried(self, app, saved, open_as):
        """The owner fails twice and then gets in; somebody types a password into the field of the name."""
        with app.app_context():
            db.session.get(User, saved.people["owner"]).password_hash = PASSWORD_HASH
            db.session.commit()
        door = open_as(None)
        for name, word in (("owner", "salah1"), ("owner", "salah2"), ("rahasia-saya", "owner")):
            door.post("/masuk", {"username": name, "password": word}, expect=200)
        door.post("/masuk", {"username": "owner", "password": PASSWORD})
        door.post("/keluar")

    def test_who_came_and_left(self, tried, saved, open_as):
        page = text(open_as("admin").get(f"/kelola/log/masuk?person={saved.people['owner']}"))
        assert re.search(r"Owner owner 127\.0\.0\.1 Peramban lain \w+, \d+ \w+ \d{4} \d\d\.\d\d 1 kali masuk", page)

    def test_who_was_turned_away_and_came_in_after_all(self, tried, open_as):
        admin = open_as("admin")
        page = admin.get("/kelola/log/gagal")
        assert text(page).count("Owner owner 127.0.0.1 berhasil masuk") == 2 and "3 percobaan" in text(page)
        assert "bukan nama pengguna di sini 127.0.0.1 tidak berhasil dari alamat ini" in text(page)
        rows = [tuple(cell.value for cell in row)[1:] for row in xlsx(admin.get("/kelola/log/gagal.xlsx").data).iter_rows()][2:]
        assert sorted(rows, key=str) == sorted([("Owner", "owner", "127.0.0.1", "berhasil masuk")] * 2
                                               + [(None, "bukan nama pengguna di sini", "127.0.0.1", None)], key=str)
        for secret in ("rahasia-saya", "salah1", PASSWORD):
            assert secret not in page.text

    def test_a_password_in_the_field_of_the_name_is_not_kept(self, app, tried):
        with app.app_context():
            assert sorted(len(name) for name in db.session.scalars(select(FailedSignIn.username))) == [5, 5, 41]
            assert "rahasia" not in "".join(db.session.scalars(select(FailedSignIn.username)))

    def test_it_is_kept_for_ninety_days(self, app, tried, saved, open_as):
        with app.app_context():
            db.session.add_all([FailedSignIn(username="owner", address="x", at=clock.now() - timedelta(days=days)) for days in (89, 91)])
            db.session.commit()
        open_as(None).post("/masuk", {"username": "owner", "password": PASSWORD})
        with app.app_context():
            assert db.session.scalar(select(func.count(FailedSignIn.id)).where(FailedSignIn.address == "x")) == 1

    def test_the_coordinator_does_not_see_the_door(self, tried, open_as):
        assert "Gagal masuk" not in open_as("coordinator").get(PAGE).text

    def test_as_many_selects_for_many(self, app, tried, saved, open_as):
        admin, counted = open_as("admin"), {}
        for many in (0, 60):
            with app.app_context():
                now = clock.now()
                db.session.add_all([Session.start(db.session.get(User, saved.people["head"]), f"{n:064d}", "1", "x") for n in range(many)])
                db.session.add_all([FailedSignIn(username="head", address="1", at=now - timedelta(minutes=n)) for n in range(many)])
                db.session.commit()
            for address in ("/kelola/log/masuk", "/kelola/log/gagal", "/kelola/log/masuk.xlsx", "/kelola/log/gagal.xlsx"):
                with Selects() as seen:
                    admin.get(address)
                counted.setdefault(address, []).append(seen.number)
        assert {address for address, (few, more) in counted.items() if few != more} == set()

"""Kelola: the rooms of each role in groups, and the administrator's way from an empty server to a season."""
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app import backups, clock
from app.extensions import db
from app.models import Period, Session, Unit, User
from app.rules.access import Role
from tests.browser import Browser
from tests.web.reviewing import Selects, desk, text
from tests.web.test_manage_regency import save

STEPS = ["Daerah dan kantor", "Perangkat daerah", "Orang", "Instrumen", "Periode", "Cadangan"]


def states(page) -> list[tuple[str, str]]:
    return re.findall(r"</svg>(Selesai|Belum|Perlu dilihat)</span><h3><a[^>]*>\d\. ([^<]+)</a>", page.text)


def rooms(page) -> list[str]:
    return re.findall(r'<a class="fw-semibold" href="/[^"]*">([^<]+)</a>', page.text)


@pytest.fixture
def empty(app):
    """A fresh installation: one office, one administrator."""
    with app.app_context():
        office = Unit.add("Bappelitbangda", "Badan", None, is_office=True)
        admin = User.add("admin", "Administrator", "x", None)
        admin.change_password("x")
        admin.give_role(Role.ADMIN, office, None)
        db.session.add_all([office, admin])
        db.session.commit()
        return Browser(app, admin.id)


def test_an_empty_installation_begins_with_the_regency(empty):
    page = empty.get("/kelola/")
    assert "<h1>Persiapan: lima langkah lagi</h1>" in page.text
    assert states(page) == [("Selesai" if step == "Instrumen" else "Belum", step) for step in STEPS]
    assert '<a class="btn btn-primary" href="/kelola/daerah/">Isi data daerah</a>' in page.text


def test_the_front_page_of_an_empty_installation_says_the_same(empty):
    assert states(empty.get("/")) == states(empty.get("/kelola/"))


def test_a_step_is_done_when_its_thing_is_there(empty):
    save(empty)
    empty.post("/kelola/unit/baru", {"name": "Dinas Kesehatan", "kind": "Dinas", "parent": ""})
    page = empty.get("/kelola/")
    assert [state for state, _ in states(page)] == ["Selesai", "Selesai", "Belum", "Selesai", "Belum", "Belum"]
    assert "Kabupaten Sumber Rejo · Bapperida · WIB" in page.text and "<h1>Persiapan: tiga langkah lagi</h1>" in page.text


@pytest.mark.sqlite("a backup is of SQLite's file; on PostgreSQL it is a dump")
def test_a_backup_is_asked_for_until_there_is_a_fresh_one(app, open_as, saved):
    admin, settings = open_as("admin"), app.config["LUMBUNG"]
    assert states(admin.get("/kelola/"))[-1] == ("Belum", "Cadangan")
    backups.make(settings.data, settings.backups, ZoneInfo("Asia/Jakarta"))
    assert states(admin.get("/kelola/"))[-1] == ("Selesai", "Cadangan")
    with clock.at(clock.now() + timedelta(days=3)):
        assert states(Browser(app, saved.people["admin"]).get("/kelola/"))[-1] == ("Perlu dilihat", "Cadangan")


def test_units_without_operator_and_people_who_never_came_are_to_be_looked_at(app, open_as, saved):
    admin = open_as("admin")
    assert ("Perlu dilihat", "Orang") in states(admin.get("/kelola/"))  # nobody else has signed in
    with app.app_context():
        db.session.add(Session.start(db.session.get(User, saved.people["owner"]), "0" * 64, "", ""))
        db.session.commit()
    assert ("Selesai", "Orang") in states(admin.get("/kelola/"))
    with app.app_context():
        db.session.add(Unit.add("Dinas Sosial", "Dinas", None))
        db.session.commit()
    assert "1 perangkat daerah belum punya operator" in text(admin.get("/kelola/"))


def test_nobody_to_judge_what_comes_in_is_to_be_looked_at(app, open_as, saved):
    admin = open_as("admin")
    with app.app_context():
        db.session.add(Session.start(db.session.get(User, saved.people["owner"]), "0" * 64, "", ""))
        for who in ("reviewer", "coordinator"):
            db.session.get(User, saved.people[who]).deactivate(db.session.get(User, saved.people["admin"]))
        db.session.commit()
    page = admin.get("/kelola/")
    assert ("Perlu dilihat", "Orang") in states(page) and "belum ada verifikator" in text(page)


def test_a_year_that_is_over_asks_for_the_next_period(app, open_as, saved):
    with desk(app, saved) as cast:
        period: Period = cast.period
        long_ago = period.opens_at - timedelta(days=900)
        period.opens_at, period.closes_at, period.repairs_close_at = (long_ago + timedelta(days=day) for day in (0, 1, 2))
    with clock.at(clock.now() + timedelta(days=70)):
        page = Browser(app, saved.people["admin"]).get("/kelola/")
    assert ("Perlu dilihat", "Periode") in states(page) and "2027 belum dibuka" in text(page)
    assert ("Perlu dilihat", "Instrumen") in states(page) and "untuk 2027 belum ada" in text(page)


def test_each_role_sees_its_own_rooms(open_as):
    admin, coordinator, reviewer = (rooms(open_as(who).get("/kelola/")) for who in ("admin", "coordinator", "reviewer"))
    assert admin[:3] == ["Daerah dan kantor", "Perangkat daerah", "Orang"] and {"Periode", "Instrumen", "Cadangan", "Log"} <= set(admin)
    assert "Daerah dan kantor" not in coordinator and "Orang" not in coordinator and "Periode" in coordinator
    assert reviewer == ["Instrumen", "Dokumen bukti"]
    assert "langkah" not in open_as("coordinator").get("/kelola/").text
    for who in ("owner", "head", "leader"):
        open_as(who).get("/kelola/", expect=403)


def test_a_room_names_its_group_and_its_neighbours(open_as):
    page = open_as("admin").get("/kelola/orang/")
    assert '<a href="/kelola/">Kelola</a> / Kantor' in page.text
    strip = re.search(r'<nav aria-label="Kantor">.*?</nav>', page.text, re.S)[0]
    assert re.findall(r">([^<>]+)</a>", strip) == ["Daerah dan kantor", "Perangkat daerah", "Orang"]
    assert re.search(r'<a href="/kelola/" aria-current="page">Kelola</a>', page.text)


def test_the_page_asks_the_same_for_few_and_many(app, open_as, saved):
    admin = open_as("admin")
    with Selects() as few:
        admin.get("/kelola/")
    with app.app_context():
        db.session.add_all([Unit.add(f"Desa {n}", "Desa", None) for n in range(30)])
        db.session.commit()
    with Selects() as many:
        admin.get("/kelola/")
    assert many.number == few.number <= 14

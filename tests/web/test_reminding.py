"""Reminders in the database: once a day and person, by a timer or by the first visit; two at once make them once; a failure breaks no page."""
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models import Event, Instrument, Notification, ReminderRun, User
from app.queries import reminders
from app.queries.spoken import day_of
from app.rules.access import Role
from app.web import reminding
from tests.browser import Browser
from tests.cast import make_cast
from tests.live import PASSWORD_HASH, Person, prepared, running
from tests.web.reviewing import Selects, another, days_ago, desk, judge, text

ZONE = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def ingatkan(app):
    """The command, on a day so many days from now."""
    def run(day: float = 0) -> str:
        with clock.at(clock.now() + timedelta(days=day)):
            done = app.test_cli_runner().invoke(args=["ingatkan"])
        assert done.exit_code == 0, done.output
        return done.output
    return run


@pytest.fixture
def visits(app):
    """The app as it runs without a timer: the first visit makes the reminders."""
    if "reminders" not in app.extensions:
        app.extensions["reminders"] = reminding.Memory()
        app.before_request_funcs[None].insert(1, lambda: app.extensions["reminders"] and reminding.on_first_visit())
    app.extensions["reminders"] = reminding.Memory()
    yield
    app.extensions["reminders"] = None


def heard(app, who: int) -> list[tuple[str, list[str]]]:
    """Kind and names of every reminder a person got, oldest first."""
    with app.app_context():
        found = db.session.scalars(select(Event).join(Notification).order_by(Event.id)
                                   .where(Notification.user_id == who, Event.what == "reminded_of"))
        return [(event.details["kind"], [item["name"] for item in event.details["items"]]) for event in found]


def test_the_command_says_whom_it_told_and_does_nothing_twice(app, saved, ingatkan):
    today = (clock.now() + timedelta(days=23)).astimezone(ZONE).date()
    assert ingatkan(23) == (f"Pengingat {today.day} {reminders_month(today)} {today.year}: 2 orang diberi tahu.\n"
                            "     1 orang  batas waktu mendekat\n     1 orang  belum mengusulkan inovasi\n")
    assert ingatkan(23).endswith(", 2 orang. Tidak ada yang diulang.\n")
    assert heard(app, saved.people["owner"]) == [("deadline", ["JEMPUT GIZI"])]
    assert heard(app, saved.people["stranger"]) == [("unstarted", ["Badan Keuangan"])]


def reminders_month(day: date) -> str:
    from app.rules.words import on_date
    return on_date(day).split()[1]


def test_the_notice_names_what_waits_and_leads_there(app, saved, ingatkan):
    ingatkan(23)
    with clock.at(clock.now() + timedelta(days=23)):
        owner = Browser(app, saved.people["owner"])
        page = owner.get("/pemberitahuan?unread=1")
        assert "Batas waktu mendekat, belum diajukan: JEMPUT GIZI (ditutup 7 hari lagi, diam 23 hari)." in text(page)
        assert owner.post(re.search(r"/pemberitahuan/\d+/buka", page.text)[0]).location == f"/usulan/{saved.entry}"


def test_an_extension_moves_the_marks_of_its_unit_alone(app, saved, ingatkan):
    with desk(app, saved) as cast:
        another(cast, "PAJAK MUDAH", submit_days_ago=None)
        cast.period.extend(cast.admin, cast.units["dinas"], clock.now() + timedelta(days=60), "Kantor pindah.")
    ingatkan(27)
    ingatkan(28)
    assert ("deadline", ["PAJAK MUDAH"]) in heard(app, saved.people["stranger"])
    assert [kind for kind, _ in heard(app, saved.people["owner"])] == ["idle"]


def test_the_day_is_the_regencys(app, saved):
    """At 23.30 UTC it is already tomorrow in Jakarta."""
    with app.app_context(), clock.at(datetime(2026, 3, 1, 23, 30, tzinfo=ZoneInfo("UTC"))):
        app.test_cli_runner().invoke(args=["ingatkan"])
    with app.app_context():
        assert db.session.scalars(select(ReminderRun.on)).all() == [date(2026, 3, 2)]


def test_who_left_hears_nothing_and_two_units_are_one_notice(app, saved, ingatkan):
    with desk(app, saved) as cast:
        another(cast, "PAJAK MUDAH", submit_days_ago=None)
        cast.owner.give_role(Role.OPERATOR, cast.units["badan"], None)
        cast.stranger.deactivate(cast.admin)
    ingatkan(23)
    assert heard(app, saved.people["owner"]) == [("deadline", ["JEMPUT GIZI", "PAJAK MUDAH"])]
    assert heard(app, saved.people["stranger"]) == []


def test_the_office_hears_of_what_lies_there(app, saved, ingatkan):
    with desk(app, saved) as cast:
        cast.period.two_steps = True
        cast.entry.submit(cast.owner)
        cast.entry.assign(cast.coordinator, cast.reviewer)
        another(cast, "PAJAK MUDAH", submit_days_ago=0)
        done = another(cast, "DATA CEPAT", submit_days_ago=0)
        judge(cast, done)
        done.finish(cast.reviewer)
    ingatkan(5)
    assert heard(app, saved.people["reviewer"]) == [("judging", ["JEMPUT GIZI"])]
    assert heard(app, saved.people["coordinator"]) == []
    ingatkan(6)
    assert sorted(heard(app, saved.people["coordinator"])) == [("approving", ["DATA CEPAT"]), ("unshared", ["PAJAK MUDAH"])]


def test_who_judged_a_row_is_not_asked_for_the_approval(app, saved, ingatkan):
    with desk(app, saved) as cast:
        cast.period.two_steps = True
        cast.entry.submit(cast.owner)
        cast.entry.judge(cast.entry.answer_on("16"), cast.coordinator, 2)
        judge(cast, cast.entry)
        cast.entry.finish(cast.reviewer)
    ingatkan(4)
    assert heard(app, saved.people["coordinator"]) == []
    with desk(app, saved) as cast:
        cast.period.two_steps = False
    ingatkan(8)
    assert heard(app, saved.people["coordinator"]) == [("approving", ["JEMPUT GIZI"])]


def test_what_the_office_does_beside_the_unit_is_no_work_of_the_unit(app, saved, ingatkan):
    with clock.at(clock.now() + timedelta(days=5)), desk(app, saved) as cast:
        cast.entry.assign(cast.coordinator, cast.reviewer)
    ingatkan(7)
    assert heard(app, saved.people["owner"]) == [("idle", ["JEMPUT GIZI"])]


def test_judging_is_a_touch(app, saved, ingatkan):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        cast.entry.assign(cast.coordinator, cast.reviewer)
    with clock.at(clock.now() + timedelta(days=3)), desk(app, saved) as cast:
        judge(cast, cast.entry)
    ingatkan(5)
    assert heard(app, saved.people["reviewer"]) == []
    ingatkan(8)
    assert heard(app, saved.people["reviewer"]) == [("judging", ["JEMPUT GIZI"])]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(0, 50), min_size=1, max_size=8))
def test_whatever_days_it_runs_on_nobody_hears_a_kind_twice_a_day(app, saved, ingatkan, days):
    for day in days:
        ingatkan(day)
    with app.app_context():
        told = db.session.execute(select(Notification.user_id, day_of(Event.at, timedelta(hours=7)), Event.details["kind"].as_string())
                                  .join(Event).where(Event.what == "reminded_of")).all()
        assert len(told) == len(set(told))
        assert db.session.scalar(select(func.count(ReminderRun.id))) == len(set(db.session.scalars(select(ReminderRun.on))))


def test_more_proposals_cost_no_more_selects(app, saved):
    def selects() -> int:
        with app.app_context(), Selects() as seen, clock.at(clock.now() + timedelta(days=23)):
            reminders.for_today(db.session(), clock.now(), ZONE)
        return seen.number

    with desk(app, saved) as cast:
        another(cast, "PAJAK MUDAH", submit_days_ago=None)
    few = selects()
    with desk(app, saved) as cast:
        for n in range(8):
            another(cast, f"INOVASI {n}", submit_days_ago=n if n % 2 else None)
    assert selects() == few <= 8


def test_the_first_visit_of_the_day_makes_them_and_shows_them(app, saved, visits):
    with clock.at(clock.now() + timedelta(days=23)):
        page = Browser(app, saved.people["leader"]).get("/")
        assert "Pemberitahuan, 1 belum dibaca" in page.text
        assert "Pemberitahuan, 2 belum dibaca" in Browser(app, saved.people["owner"]).get("/").text
    assert heard(app, saved.people["owner"]) == [("deadline", ["JEMPUT GIZI"])]


def test_later_visits_ask_nothing(app, saved, visits, open_as):
    browser = open_as("leader")
    browser.get("/akun")
    with Selects() as seen:
        browser.get("/akun")
    assert not [sql for sql in seen.all if "reminder_run" in sql]


def test_the_visitor_who_saves_something_saves_it(app, saved, visits, open_as):
    open_as("owner").post("/pemberitahuan/dibaca")
    with app.app_context():
        assert db.session.scalar(select(func.count(ReminderRun.id))) == 1
        unread = select(func.count(Notification.id)).join(Event).where(Notification.read_at.is_(None), Event.what != "reminded_of")
        assert db.session.scalar(unread.where(Notification.user_id == saved.people["owner"])) == 0


def test_nobody_signed_in_makes_nothing(app, saved, visits, open_as):
    open_as(None).get("/masuk")
    open_as(None).get("/sehat")
    with app.app_context():
        assert db.session.scalar(select(func.count(ReminderRun.id))) == 0


def test_a_failure_is_written_down_and_tried_again_later(app, saved, visits, open_as, monkeypatch, caplog):
    monkeypatch.setattr(reminders, "for_today", lambda *_: 1 / 0)
    assert open_as("owner").get("/").status_code == 200
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.undo()
    open_as("owner").get("/")
    with app.app_context():
        assert db.session.scalar(select(func.count(ReminderRun.id))) == 0
    with clock.at(clock.now() + reminding.AGAIN_AFTER):
        open_as("owner").get("/")
    with app.app_context():
        assert db.session.scalar(select(func.count(ReminderRun.id))) == 1


VISITORS = [f"operator{n}" for n in range(1, 7)]


@pytest.fixture
def folder(tmp_path):
    """A proposal that closes in seven days, and six operators of its unit."""
    with prepared(tmp_path / "data"):
        with clock.at(days_ago(23)):
            cast = make_cast(db.session.scalars(select(Instrument)).first())
        for username in VISITORS:
            user = User.add(username, username.title(), PASSWORD_HASH, None)
            user.change_password(PASSWORD_HASH)
            user.give_role(Role.OPERATOR, cast.units["dinas"], None)
            db.session.add(user)
        db.session.add_all([*cast.people.values(), cast.entry])
    return tmp_path / "data"


def test_two_processes_and_six_first_visitors_make_them_once(folder):
    with running(folder, LUMBUNG_PROCESSES="2") as address:
        start = Barrier(len(VISITORS))

        def visit(username):
            start.wait()
            return Person(address, username).open("/pemberitahuan")

        with ThreadPoolExecutor(len(VISITORS)) as pool:
            pages = list(pool.map(visit, VISITORS))
    assert all("Batas waktu mendekat" in page for page in pages)
    with prepared(folder):
        assert [run.told for run in db.session.scalars(select(ReminderRun))] == [len(VISITORS) + 2]  # the owner, and the stranger's unit has nothing
        kinds = db.session.execute(select(Event.person_id, func.count()).where(Event.what == "reminded_of").group_by(Event.person_id)).all()
        assert {number for _, number in kinds} == {1}

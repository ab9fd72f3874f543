"""The clock is wrong while what was written is dated later, until a person who looked says that it is right now."""
from datetime import UTC, datetime, timedelta

import pytest

from app import checks, clock
from app.checks import Examination, State, Things, server_clock
from app.checks.running import _note
from app.extensions import db
from app.models import Unit

NOON = datetime(2031, 6, 9, 5, 0, tzinfo=UTC)  # after all that the tests wrote
BACK = "Jam komputer mundur: sekarang 9 Juni 2031 pukul 12.00 WIB, padahal sudah ada yang tercatat pada 10 Juni 2031 pukul 12.00 WIB."
NEVER = "Jam server tidak pernah mundur."
MENDED = "Jam server dinyatakan benar. {} catatan di Log bertanggal sesudah sekarang, dari saat jam itu terlalu maju."


@pytest.fixture
def settings(app, saved):
    return app.config["LUMBUNG"]


@pytest.fixture
def found(app, settings):
    """What the health page says, and what the line on the first page, which asks no database."""
    def say(at=NOON):
        with app.app_context(), clock.at(at):
            things = Things(db.session(), settings, None)
            told = server_clock.time(settings, server_clock.ahead(things))
            return told.state, told.says, server_clock.time(settings).state
    return say


def written(app, at):
    with app.app_context(), clock.at(at):
        db.session.add(Unit.add(f"Dinas {at:%d%H%M%S}", "Dinas", by=None))
        db.session.commit()


def tomorrow():
    return NOON + timedelta(days=1)


def test_a_clock_that_went_on_is_good(app, found):
    written(app, NOON - timedelta(days=1))
    assert found() == (State.GOOD, NEVER, State.GOOD)


def test_behind_an_event_it_is_broken_until_it_is_put_right(app, found):
    written(app, tomorrow())
    written(app, NOON - timedelta(seconds=1))  # somebody works on
    assert found() == (State.BAD, BACK, State.GOOD)
    assert found(tomorrow() + timedelta(minutes=1)) == (State.GOOD, NEVER, State.GOOD)


@pytest.mark.parametrize("note", [lambda data: checks.note(data, [], None), lambda data: _note(data, Examination(clock.now()))])
def test_behind_what_was_noted_it_is_broken_too(settings, found, note):
    with clock.at(tomorrow()):
        note(settings.data)
    assert found() == (State.BAD, BACK, State.BAD)


def test_two_clocks_of_one_network_may_differ_a_little(app, found):
    written(app, NOON + timedelta(minutes=1))
    assert found() == (State.GOOD, NEVER, State.GOOD)


class TestSettled:
    @pytest.fixture(autouse=True)
    def ahead(self, app, settings, open_as):
        """The clock was a day ahead while two things were written and the night was noted; now it is right."""
        with clock.at(tomorrow()):
            checks.note(settings.data, [], None)
        written(app, tomorrow() - timedelta(hours=1))
        written(app, tomorrow())
        with clock.at(NOON):
            self.admin = open_as("admin")

    def settle(self, expect=303):
        with clock.at(NOON):
            return self.admin.post("/kelola/kesehatan/jam", {}, expect)

    def test_the_admin_says_so_on_the_health_page_and_the_log_keeps_who(self, app, found):
        assert found() == (State.BAD, BACK, State.BAD)
        with clock.at(NOON):
            assert BACK in self.admin.get("/kelola/kesehatan/").text
        self.settle()
        assert found() == (State.GOOD, MENDED.format(2), State.GOOD)
        with clock.at(NOON):
            page = self.admin.get("/kelola/kesehatan/").text
            assert (MENDED.format(2) in page, "Jam server sudah benar</button>" in page) == (True, False)
            assert "Jam server dinyatakan benar; catatan yang bertanggal sesudah ini" in self.admin.get("/kelola/log/").text

    def test_when_the_day_has_come_nothing_is_left_of_it(self, found):
        self.settle()
        assert found(tomorrow() + timedelta(days=1)) == (State.GOOD, NEVER, State.GOOD)

    def test_a_clock_that_goes_back_later_is_broken_again(self, app, found):
        self.settle()
        written(app, NOON + timedelta(hours=5))
        assert found()[:2] == (State.BAD, BACK.replace("10 Juni 2031 pukul 12.00", "9 Juni 2031 pukul 17.00"))

    def test_there_is_nothing_to_say_while_the_clock_is_right(self):
        self.settle()
        self.settle()
        with clock.at(NOON):
            assert server_clock.NEEDLESS in self.admin.get("/kelola/kesehatan/").text

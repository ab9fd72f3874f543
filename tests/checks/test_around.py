"""What is around the data: each thing good, to be looked at, or broken, by its own rule."""
import json
import shutil
from collections import namedtuple
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app import backups, checks, clock
from app.checks import Check, Examination, State, Step, Things, around
from app.extensions import db
from app.models import ReminderRun, StoredFile
from app.rules import days
from tests.backed import give_bytes

Usage = namedtuple("Usage", "total used free")
GIGABYTE = 1024**3
OF_ITS_FILE = pytest.mark.sqlite("about its file and backups of it")


@pytest.fixture
def settings(app, saved):
    give_bytes(app)
    return app.config["LUMBUNG"]


def ago(**span):
    return clock.at(clock.now() - timedelta(**span))


def made(settings, **span) -> Check:
    with ago(**span):
        backups.make(settings.data, settings.backups, clock.now().tzinfo)
    return around.backup(settings)


@pytest.mark.parametrize(("free", "total", "state"), [
    (50 * GIGABYTE, 100 * GIGABYTE, State.GOOD), (4 * GIGABYTE, 100 * GIGABYTE, State.LOOK), (GIGABYTE - 1, 8 * GIGABYTE, State.LOOK),
    (GIGABYTE // 10 - 1, 8 * GIGABYTE, State.BAD),
])
def test_room_on_the_disk(settings, monkeypatch, free, total, state):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(total, total - free, free))
    assert around.disk(settings).state is state


class TestRights:
    def test_a_closed_folder_is_good(self, settings):
        assert around.rights(settings).state is State.GOOD

    @pytest.mark.parametrize(("name", "mode", "shut"), [("secret", 0o644, 0o600), ("", 0o755, 0o700), pytest.param(
        "lumbung.sqlite", 0o640, 0o600, marks=OF_ITS_FILE)])
    def test_an_open_one_is_named(self, settings, name, mode, shut):
        path = settings.data / name
        path.chmod(mode)
        assert around.rights(settings)[4] == (str(path),)
        path.chmod(shut)


@OF_ITS_FILE
class TestBackup:
    def test_none(self, settings):
        assert around.backup(settings).state is State.LOOK

    @pytest.mark.parametrize(("age", "state"), [(0, State.GOOD), (1, State.GOOD), (3, State.LOOK)])
    def test_by_age(self, settings, age, state):
        assert made(settings, days=age).state is state

    def test_with_a_hole_in_it(self, app, settings):
        with app.app_context():
            app.extensions["storage"].path(db.session.scalar(select(StoredFile.sha256))).unlink()
        assert made(settings)[1:3] == (State.BAD, "Cadangan terakhir tidak lengkap: 1 berkas hilang atau berubah.")


class TestNight:
    def test_never(self, settings):
        assert around.nightly(settings)[1:3] == (State.LOOK, "Pemeriksaan malam belum pernah berjalan.")

    def test_all_done(self, settings):
        checks.note(settings.data, [Step("Cadangkan", "x.")], None)
        assert around.nightly(settings)[1:3] == (State.GOOD, "Semua pekerjaan malam selesai baru saja.")

    def test_one_failed(self, settings):
        checks.note(settings.data, [Step("Sapu berkas", "x."), Step("Cadangkan", "", "Disk penuh.")], None)
        assert around.nightly(settings)[1:] == (
            State.LOOK, "1 pekerjaan malam terakhir gagal.", "Kerjakan petunjuk di samping setiap hal; malam berikutnya dicoba lagi.",
            ("Cadangkan: Disk penuh.",))

    def test_long_ago(self, settings):
        with ago(days=4):
            checks.note(settings.data, [], None)
        assert around.nightly(settings)[1:3] == (State.LOOK, "Pemeriksaan malam terakhir berjalan 4 hari yang lalu.")

    @pytest.mark.parametrize("written", ["", "{", "[]", '{"at": 1}', json.dumps({"at": "kemarin", "steps": [], "head": None, "head_at": None})])
    def test_a_note_that_cannot_be_read_is_none(self, settings, written):
        (settings.data / "malam.json").write_text(written)
        assert checks.last_night(settings.data) is None


@pytest.mark.parametrize(("last", "now", "state"), [
    (None, "2026-11-23T08:00", State.LOOK),
    ("2026-11-20T07:00", "2026-11-22T09:00", State.GOOD),  # a Friday and the Sunday after it: the timer rests
    ("2026-11-20T07:00", "2026-11-23T06:59", State.GOOD),
    ("2026-11-20T07:00", "2026-11-24T09:00", State.GOOD),  # Tuesday, and the computer was off on Monday
    ("2026-11-20T07:00", "2026-11-25T00:01", State.LOOK),
    ("2026-11-23T07:00", "2026-11-26T07:00", State.LOOK),
])
def test_reminders_are_late_by_working_days(app, settings, last, now, state):
    with app.app_context():
        if last:
            with clock.at(datetime.fromisoformat(f"{last}+07:00")):
                db.session.add(ReminderRun.make(days.of(clock.now(), clock.now().tzinfo), []))
                db.session.flush()
        with clock.at(datetime.fromisoformat(f"{now}+07:00")):
            assert around.reminders(Things(db.session(), settings, None)).state is state


class TestThorough:
    @pytest.mark.parametrize(("age", "state"), [(None, State.LOOK), (1, State.GOOD), (9, State.LOOK)])
    def test_by_age(self, age, state):
        assert checks.thorough(Examination(age and clock.now() - timedelta(days=age))).state is state

    def test_one_thing_that_cannot_be_looked_at_is_broken_and_stops_no_other(self, app, settings):
        with app.app_context():
            things = Things(db.session(), settings, None)  # no store to read files from
            found = {check.name: check for check in checks.examine(things)}
        assert [name for name, check in found.items() if check.state is not State.GOOD] == ["Berkas bukti"]
        assert found["Berkas bukti"].says == "Tidak dapat diperiksa: datanya tidak terbaca."
        assert checks.last(settings.data).checks == tuple(found.values())


@OF_ITS_FILE
def test_the_worst_comes_first_and_a_second_place_nobody_wants_is_no_news(settings):
    (settings.data / "files").rename(settings.data / "lain")
    made(settings)
    (settings.data / "lain").rename(settings.data / "files")
    assert [(check.name, check.state) for check in checks.wrong(settings)] == [
        ("Cadangan", State.BAD), ("Latihan pemulihan", State.LOOK), ("Pekerjaan malam", State.LOOK)]


@OF_ITS_FILE
class TestAClockThatWasYearsAhead:
    """What was noted then is no news of today, though its date has not come."""

    def test_no_backup_no_rehearsal_no_night_and_no_reminder_of_then_counts(self, app, settings):
        with ago(days=-4000), app.app_context():
            made(settings)
            backups.rehearse(settings)
            checks.note(settings.data, [], None)
            db.session.add(ReminderRun.make(days.of(clock.now(), clock.now().tzinfo), []))
            db.session.flush()
            then = [around.backup(settings), around.drill(settings), around.nightly(settings)]
            with clock.at(clock.now() - timedelta(days=4000)):
                now = [around.backup(settings), around.drill(settings), around.nightly(settings),
                       around.reminders(Things(db.session(), settings, None))]
        assert ([check.state for check in then], [check.state for check in now]) == ([State.GOOD] * 3, [State.LOOK] * 4)
        assert now[0].says == "Cadangan terakhir dibuat pada tanggal yang belum tiba (jam server pernah salah)."

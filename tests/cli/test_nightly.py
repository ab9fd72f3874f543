"""`malam`: all of it in its order, one failure stops nothing, and everything is told and noted."""
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from app import backups, checks, clock, locks
from app.checks import State
from app.extensions import db
from app.models import Draft, Event, FailedSignIn, Session, User
from tests.backed import give_bytes
from tests.past import rewritten

pytestmark = pytest.mark.sqlite("a backup is of SQLite's file; on PostgreSQL it is a dump")


@pytest.fixture
def data(app, saved):
    return give_bytes(app)


def night(app):
    return app.test_cli_runner().invoke(args=["malam"])


def marks(result) -> list[str]:
    return [line.split(":")[0] for line in result.output.splitlines() if line[0] in "✓✗"]


NAMES = ["Sapu berkas", "Rapikan catatan masuk dan ketikan", "Periksa semuanya", "Cadangkan", "Salin ke tempat kedua", "Latih pemulihan"]


def test_a_night_leaves_everything_checked_copied_and_rehearsed(app, data):
    result = night(app)
    assert (result.exit_code, marks(result)) == (0, [f"✓ {name}" for name in NAMES]), result.output
    settings, done = app.config["LUMBUNG"], checks.last_night(data)
    assert [step.name for step in done.steps] == NAMES and done.failed == []
    assert (backups.latest(settings.backups).is_old, backups.last_drill(data).ok) == (False, True)
    with app.app_context():
        assert done.head == checks.head_of(db.session()) == backups.latest(settings.backups).events
    assert {check.state for check in checks.last(data).checks} == {State.GOOD}
    assert night(app).exit_code == 0 and len(backups.all_in(settings.backups)) == 2


def test_one_failure_stops_no_other_and_the_exit_code_says_so(app, data):
    for path in data.glob("files/*/*"):
        path.unlink()
    result = night(app)
    assert (result.exit_code, marks(result)) == (1, ["✓ Sapu berkas", "✓ Rapikan catatan masuk dan ketikan", "✗ Periksa semuanya", "✗ Cadangkan",
                                                     "✓ Salin ke tempat kedua", "✗ Latih pemulihan"])
    assert result.output.splitlines()[-1] == "Error: 3 dari 6 pekerjaan malam gagal."
    assert [step.name for step in checks.last_night(data).failed] == ["Periksa semuanya", "Cadangkan", "Latih pemulihan"]


def test_a_log_that_does_not_link_up_leaves_the_end_that_was_known(app, data):
    night(app)
    known = checks.last_night(data).head
    with app.app_context():
        with rewritten(db.session()):
            db.session.execute(delete(Event).where(Event.id == 1))
        db.session.commit()
    result = night(app)
    assert "✗ Periksa semuanya: ada yang rusak: log. Lihat halaman Kesehatan." in result.output.splitlines()
    assert checks.last_night(data).head == known


def test_two_at_once_are_one(app, data):
    with locks.take(data / "malam.kunci"):
        result = night(app)
    assert (result.exit_code, result.output) == (1, "Error: Pekerjaan malam lain sedang berjalan. Tunggu sampai selesai.\n")
    assert checks.last_night(data) is None


def test_what_is_old_is_forgotten_and_what_is_not_stays(app, saved, data):
    with app.app_context():
        owner = db.session.get(User, saved.people["owner"])
        for days in (10, 40, 100, 400):
            with clock.at(clock.now() - timedelta(days=days)):
                draft = Draft.begin(owner, f"/usulan/{days}")
                db.session.add_all([Session.start(owner, f"{days:064}", "1", "x"), FailedSignIn(username="a", address="1", at=clock.now()), draft])
        db.session.commit()
    assert "✓ Rapikan catatan masuk dan ketikan: 1 sesi, 2 percobaan masuk, dan 3 ketikan lama dihapus." in night(app).output.splitlines()
    with app.app_context():
        assert [db.session.scalar(select(func.count(model.id))) for model in (Session, FailedSignIn, Draft)] == [3, 2, 1]

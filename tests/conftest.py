"""The ground every test stands on: a migrated database per test, a named cast, and a browser that checks each page."""
import os
import shutil
from copy import deepcopy
from types import SimpleNamespace

import pytest

KEPT = {"LUMBUNG_CHROMIUM", "LUMBUNG_TEST_DATABASE_URL", "LUMBUNG_TEST_WHOLE"}  # workers inherit them
STAYS = {"files", "previews", "incoming", "statis", "secret", "lumbung.sqlite", "lumbung.sqlite-wal", "lumbung.sqlite-shm"}  # of a data folder
for name in [name for name in os.environ if name.startswith("LUMBUNG_") and name not in KEPT or name == "DATABASE_URL"]:
    del os.environ[name]

from app import clock, create_app  # noqa: E402
from app.cli.setup import migrate_database, publish_instruments  # noqa: E402
from app.config import Settings  # noqa: E402
from app.extensions import db  # noqa: E402
from tests import alone, ground, guards  # noqa: E402
from tests.browser import Browser  # noqa: E402
from tests.cast import make_cast, save  # noqa: E402

alone.stay()
from tests.web.reviewing import Selects  # noqa: E402


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """The longest first, so that one worker does not sit over a season while the other has nothing left. On PostgreSQL only what its database
    answers: not the rest of the house, and not what is about SQLite itself (marker `sqlite`)."""
    left = {item for item in items if not (ground.is_for_postgresql(item) if ground.SERVER else ground.is_for_sqlite(item))}
    config.hook.pytest_deselected(items=list(left))
    items[:] = [item for item in items if item not in left]
    long = ("tests/season/", "tests/journeys/", "tests/test_access.py")
    items.sort(key=lambda item: next((place for place, folder in enumerate(long) if item.nodeid.startswith(folder)), len(long)))


def pytest_sessionfinish():
    ground.take_back()


@pytest.fixture(scope="session")
def master(tmp_path_factory):
    """One app per worker, and what its database may start from: `empty` is migrated and holds the 2026 instrument."""
    folder = tmp_path_factory.mktemp("lumbung")
    below = ground.OnPostgresql() if ground.SERVER else ground.OnSqlite(folder)
    settings = Settings.load({"LUMBUNG_DATA": str(folder / "data"), "DATABASE_URL": below.url})
    app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, REMINDERS=False)
    with app.app_context():
        migrate_database()
        publish_instruments()
        db.session.commit()
        below.keep("empty")
    yield SimpleNamespace(app=app, ground=below, copies={})
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    below.clear()


@pytest.fixture
def app(master):
    """The app on a fresh copy of the migrated database: real rows, real transactions."""
    with master.app.app_context():
        master.ground.start_from("empty")
    Selects.memory = master.app.extensions["known"]
    Selects.memory.forget()  # two tests may begin with the same last event
    _tidy(master.app.config["LUMBUNG"].data)
    with guards.watch(master.app):
        yield master.app


def _tidy(data):
    """Nothing that another test left beside the database: no backup, note, journal or file on its way. Stored files may be left."""
    for left in {*data.iterdir(), *(data / "incoming").glob("*")} - {data / name for name in STAYS}:
        shutil.rmtree(left) if left.is_dir() else left.unlink()


@pytest.fixture
def cast():
    """The people every test knows, with one proposal, in memory; nothing is saved."""
    return make_cast()


@pytest.fixture
def once(app, master):
    """`once("cast", build)` is what `build()` lays down on the database as it stands, laid down the first time and copied afterwards. Its days
    are counted from now, so an hour later it is laid down anew."""
    def laid_down(name, build):
        key = f"{name}-{clock.now():%d%H}"
        with app.app_context():
            if key not in master.copies:
                master.copies[key] = build()
                db.session.remove()
                master.ground.keep(key)
            master.ground.start_from(key)
        app.extensions["known"].forget()
        return deepcopy(master.copies[key])
    return laid_down


@pytest.fixture
def saved(once):
    """The cast in the database. Ids only: each request loads its own objects."""
    return once("cast", lambda: save(db.session))


@pytest.fixture
def open_as(app, saved):
    """`open_as("owner")` is that person's browser; `open_as(None)` is somebody not signed in."""
    return lambda who=None: Browser(app, who and saved.people[who])

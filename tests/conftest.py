"""The ground every test stands on: a migrated database per test, a named cast, and a browser that checks each page."""
import os
import shutil
import sqlite3
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace

import pytest

for name in [name for name in os.environ if name.startswith("LUMBUNG_") and name != "LUMBUNG_CHROMIUM"]:
    del os.environ[name]

from app import clock, create_app  # noqa: E402
from app.cli.setup import migrate_database, publish_instruments  # noqa: E402
from app.config import Settings  # noqa: E402
from app.extensions import db  # noqa: E402
from tests import guards  # noqa: E402
from tests.browser import Browser  # noqa: E402
from tests.cast import make_cast, save  # noqa: E402


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest first, so that one worker does not sit over a season while the other has nothing left."""
    long = ("tests/season/", "tests/journeys/")
    items.sort(key=lambda item: next((place for place, folder in enumerate(long) if item.nodeid.startswith(folder)), len(long)))


@pytest.fixture(scope="session")
def master(tmp_path_factory):
    """One app per worker and a master copy of its migrated database with the 2026 instrument."""
    folder = tmp_path_factory.mktemp("lumbung")
    app = create_app(Settings.load({"LUMBUNG_DATA": str(folder / "data")}), TESTING=True, WTF_CSRF_ENABLED=False, REMINDERS=False)
    with app.app_context():
        migrate_database()
        publish_instruments()
        db.session.commit()
        db.engine.dispose()
    database = Path(app.config["LUMBUNG"].data) / "lumbung.sqlite"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(database, folder / "master.sqlite")
    return SimpleNamespace(app=app, database=database, copy=folder / "master.sqlite", copies={})


def start_from(master, copy: Path) -> None:
    with master.app.app_context():
        db.engine.dispose()
    for ending in ("-wal", "-shm"):
        Path(f"{master.database}{ending}").unlink(missing_ok=True)
    shutil.copy(copy, master.database)


@pytest.fixture
def app(master):
    """The app on a fresh copy of the migrated database: real files, real transactions."""
    start_from(master, master.copy)
    with guards.watch(master.app):
        yield master.app


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
        if key not in master.copies:
            with app.app_context():
                ids = build()
                db.session.remove()
                db.engine.dispose()
            with closing(sqlite3.connect(master.database)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(master.database, master.copy.with_name(f"{key}.sqlite"))
            master.copies[key] = ids
        start_from(master, master.copy.with_name(f"{key}.sqlite"))
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

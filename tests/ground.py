"""The database under a test, as it was laid down: a file that is copied, or, with LUMBUNG_TEST_DATABASE_URL, a database of PostgreSQL."""
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine, event, make_url

from app.extensions import db

SERVER = os.environ.get("LUMBUNG_TEST_DATABASE_URL")  # a superuser's: what needs the database runs on PostgreSQL then, nothing else runs
WHOLE = "LUMBUNG_TEST_WHOLE" in os.environ
SQL_OF_ITS_OWN = ("concurrency", "at_once", "two_people", "meanwhile", "taking", "known", "log", "home", "_board", "desk", "catalogue", "reminding",
                  "queue", "list", "own_data", "register", "years", "notices", "drafts", "merging", "training", "targets")
WORKER = f"uji_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
LIKE_SQLITE = "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"  # names sort the same
EMPTY = f"{WORKER}_kosong"
_given: dict[Path, str] = {}  # databases of data folders that a server runs on
_empty: list[bytes] = []  # what every one of them begins with, once it is there


class OnSqlite:
    """Every state is a file beside the data folder."""
    url = ""

    def __init__(self, folder: Path):
        self.folder, self.database = folder, folder / "data" / "lumbung.sqlite"

    def keep(self, name: str) -> None:
        """The database as it stands now, to start from later."""
        db.engine.dispose()
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.database, self.folder / f"{name}.sqlite")

    def clear(self) -> None:
        """pytest throws the folder away."""

    def start_from(self, name: str) -> None:
        db.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.database}{ending}").unlink(missing_ok=True)
        shutil.copy(self.folder / f"{name}.sqlite", self.folder / "next.sqlite")
        os.replace(self.folder / "next.sqlite", self.database)  # whole at any moment, and another file for who still has the one before open


class OnPostgresql:
    """Every state is a database to copy from; that is done when a test first asks for it, since some never do and some want another. Where the last
    test began with the same state, only what it wrote is taken back."""

    def __init__(self):
        self.name, self.url = WORKER, _url_of(WORKER)
        self.wanted: str | None = None
        self.laid = ("", None)  # the state it was last laid down as, and what tells what was written since
        self.kept: set[str] = set()
        self.one_maker = Lock()
        _say(f'CREATE DATABASE "{self.name}" {LIKE_SQLITE}')
        event.listen(Engine, "do_connect", self._make)

    def keep(self, name: str) -> None:
        db.engine.dispose()
        _say(f'CREATE DATABASE "{self.name}_{name}" TEMPLATE "{self.name}"')
        self.kept.add(f"{self.name}_{name}")

    def start_from(self, name: str) -> None:
        db.engine.dispose()
        self.wanted = name

    def _make(self, dialect, _record, _words, parameters) -> None:
        if self.wanted is None or parameters.get("dbname") != self.name:
            return
        with self.one_maker:
            if self.wanted is not None:
                name, self.wanted = self.wanted, None
                if self.laid[0] != name or not self.laid[1].mend():
                    _say(f'DROP DATABASE "{self.name}" WITH (FORCE)', f'CREATE DATABASE "{self.name}" TEMPLATE "{self.name}_{name}"')
                    self.laid = name, _laid(self.url, _url_of(f"{self.name}_{name}"))

    def clear(self) -> None:
        _say(*(f'DROP DATABASE "{name}" WITH (FORCE)' for name in (self.name, *self.kept)))


def _laid(*urls: str):
    from tests.mended import Laid  # an office on SQLite has no driver for it
    return Laid(*urls)


def is_for_sqlite(item) -> bool:
    return not item.get_closest_marker("postgresql")


def is_for_postgresql(item) -> bool:
    """What asks its database, in this process or through a server of its own: not the rest of the house, and nothing about SQLite itself (each such
    test says why). Journeys ask through a browser what the pages ask. Of the pages those whose SQL is more than rows by their key, and those where
    people meet, since every door is tried once by test_access; with LUMBUNG_TEST_WHOLE all of them, and the whole season, which takes minutes."""
    is_quick = item.path.name != "test_season.py" and (item.path.parent.name != "web" or any(word in item.path.stem for word in SQL_OF_ITS_OWN))
    if not (WHOLE or is_quick):
        return False
    asks = "app" in item.fixturenames or item.path.parent.name in ("web", "season") and hasattr(item.module, "prepared")
    return item.get_closest_marker("postgresql") or asks and not item.get_closest_marker("sqlite")


def give_empty(folder: Path) -> bool:
    """For a data folder that a server is to run on: what `keep_empty` kept, in a file of its own or in a database that its settings name. True
    where the first of this worker is to be made."""
    file = folder / "lumbung.sqlite"
    if folder in _given or not SERVER and file.exists():
        return False
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if SERVER:
        give_database(folder, f'TEMPLATE "{EMPTY}"' if _empty else LIKE_SQLITE)
    elif _empty:
        file.write_bytes(_empty[0])
    return not _empty


def give_database(folder: Path, made: str = LIKE_SQLITE) -> None:
    """One of its own for this data folder, named in its settings; nothing is in it."""
    _given[folder] = f"{WORKER}_{len(_given)}"
    _say(f'CREATE DATABASE "{_given[folder]}" {made}')
    file = folder / "lumbung.toml"
    file.write_text(f'database_url = "{_url_of(_given[folder])}"\n')
    file.chmod(0o600)  # as the guide says, for a password stands in it


def keep_empty(folder: Path) -> None:
    """What this folder's database holds now, migrated and nothing else; nobody may be connected to it."""
    if SERVER:
        _say(f'CREATE DATABASE "{EMPTY}" TEMPLATE "{_given[folder]}"')
        _empty.append(b"")
    else:
        with closing(sqlite3.connect(folder / "lumbung.sqlite")) as connection:
            _empty.append(connection.serialize())


def take_back() -> None:
    if _given:
        _say(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in (*_given.values(), EMPTY)))


def _url_of(name: str) -> str:
    return make_url(SERVER).set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def _say(*commands: str) -> None:
    import psycopg
    with psycopg.connect(make_url(SERVER).set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True) as server:
        for command in commands:
            server.execute(command)


def outside_of(file, sql: str, *values) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(sql, values)


def from_outside(app, sql: str, *values) -> None:
    """As another program would, in a transaction of its own; with `?` for each value."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.drivername == "sqlite":
        outside_of(url.database, sql, *values)
        return
    import psycopg
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        connection.execute(sql.replace("?", "%s"), values)

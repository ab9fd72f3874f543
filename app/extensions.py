"""Extensions, unbound, and how this app talks to its database: readers cannot write, writers queue.

Measured on SQLite: SQLAlchemy's default settings lose about a fifth of contended updates without a word; a deferred BEGIN fails most of them
with "database is locked". BEGIN IMMEDIATE for writers, WAL and a busy timeout lose none. FULL: an office has no UPS.
Readers have connections of their own: to allow or forbid writing on one makes SQLite forget every statement it has prepared there, which cost half
of a small page. Writers wait for each other before they ask SQLite, which would let them sleep for up to 100 ms at a time.

On PostgreSQL the same promise in its words: a reader sees one instant of the database (REPEATABLE READ, READ ONLY); a writer is READ COMMITTED
and waits for the writers' lock before it asks whether what it read still stands. SERIALIZABLE with a retry would not do: everybody adds to one
chain of events, so that any two writers would collide, and a request with an uploaded file is not run twice. Locks on single rows would not do
either: the chain's end is one for all, so whoever writes waits there anyhow, and two that lock rows in different order would kill each other.
"""
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock

from flask import g, has_app_context, has_request_context
from flask_babel import Babel
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool

from app import locks
from app.config import READING
from app.models.base import Base


class OnItsSide(Session):
    """Asks over the connections of those who only read, until somebody says that this transaction writes."""

    def __init__(self, db: SQLAlchemy, **how):
        super().__init__(db, **how)
        self.writers = db.engines[None]
        self.readers = db.engines.get(READING, self.writers)

    def get_bind(self, *what, **how):
        return self.writers if is_writing() else self.readers


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False, "class_": OnItsSide})
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()

PRAGMAS = ["journal_mode=WAL", "busy_timeout=15000", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000", "temp_store=MEMORY"]
if sys.platform == "linux":
    PRAGMAS.append("mmap_size=268435456")

POSTGRESQL = ["timezone=UTC", "jit=off", "lock_timeout=15s"]
OF_A_REQUEST = ["statement_timeout=60s", "idle_in_transaction_session_timeout=60s"]  # a command may take its time: it reads files in between
WRITERS = 7200  # the lock that whoever writes on PostgreSQL holds until the end; it reaches over all processes and hosts

PATIENCE = 15  # seconds a writer waits for the others, and then again in SQLite's own way
WRITING = "tulis.kunci"  # in the data folder: held by the process that writes

_one_writer = Lock()  # threads of one process wait here, processes at the file: longest wait of 16 writers 786 -> 254 ms
_bell = locks.Bell()  # strict turns between processes were tried: a change of process for every save, a quarter of the saves


def is_writing() -> bool:
    """A request writes only after it said so; outside of requests (CLI, tests) everything may write that did not say it only reads."""
    return g.get("writing", False) if has_request_context() else not (has_app_context() and g.get("reading", False))


@contextmanager
def only_reading() -> Iterator[None]:
    """For a command that looks through everything: no transaction of its holds up whoever saves meanwhile."""
    db.session.rollback()
    before, g.reading = g.get("reading", False), True
    try:
        yield
    finally:
        db.session.rollback()
        g.reading = before


def begin_writing() -> None:
    """From here on this request's transactions are writing ones; what was read before is read again."""
    db.session.rollback()
    db.session.expire_all()  # a rollback right after a commit forgets nothing
    g.writing = True


def begin_reading() -> None:
    """From here on this request only reads, and holds up nobody who writes; what was read or half done before is forgotten."""
    db.session.rollback()
    db.session.expire_all()
    g.writing = False


@contextmanager
def short_write() -> Iterator[Connection]:
    """A small writing transaction of its own, beside whatever the request is reading."""
    before, g.writing = g.get("writing", False), True
    try:
        with db.engine.begin() as connection:
            yield connection
    finally:
        g.writing = before


@event.listens_for(Engine, "connect")
def _connect(connection, record):
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # SQLAlchemy, not sqlite3, says BEGIN
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "do_connect")
def _settings(dialect, record, words, parameters):
    """PostgreSQL takes them with the greeting."""
    if dialect.name == "postgresql":
        own = [*POSTGRESQL, *(OF_A_REQUEST if has_request_context() else [])]
        parameters["options"] = " ".join([parameters.get("options", ""), *(f"-c {setting}" for setting in own)]).strip()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        _begin_on_postgresql(connection)
    else:
        if writing := is_writing():
            _wait_for_turn(connection)
        if connection.info.get("writes") is not writing:
            connection.exec_driver_sql(f"PRAGMA query_only={int(not writing)}")
            connection.info["writes"] = writing
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _wait_for_turn(connection: Connection) -> None:
    """Until nobody else writes, in this process or another; after fifteen seconds SQLite has the word."""
    if "turn" in connection.info:  # kept until the connection goes back to the pool
        return
    connection.info["turn"] = turn = ExitStack()
    until = time.monotonic() + PATIENCE
    if _one_writer.acquire(timeout=PATIENCE):
        turn.callback(_one_writer.release)
    with suppress(OSError):  # the disk takes no file
        path = Path(connection.engine.url.database or ".").parent / WRITING
        if lock := locks.take(path, max(0.0, until - time.monotonic()), bell=_bell):
            turn.callback(_bell.ring)
            turn.enter_context(lock)


def _begin_on_postgresql(connection: Connection) -> None:
    """psycopg says BEGIN with these words before the first statement."""
    from psycopg import IsolationLevel  # an office on SQLite has it not

    driver, writing = connection.connection.driver_connection, is_writing()
    driver.read_only = not writing
    driver.isolation_level = IsolationLevel.READ_COMMITTED if writing else IsolationLevel.REPEATABLE_READ
    if writing:
        driver.execute(f"SELECT pg_advisory_xact_lock({WRITERS})")


@event.listens_for(Pool, "checkin")
def _checkin(connection, record):
    if turn := record.info.pop("turn", None):
        turn.close()


@event.listens_for(Engine, "engine_disposed")
def _dispose_both(engine: Engine) -> None:
    """What is said of the database's engine holds for that of its readers."""
    if has_app_context() and (engines := db.engines).get(None) is engine and READING in engines:
        engines[READING].dispose()

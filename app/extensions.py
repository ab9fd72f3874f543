"""Extensions, unbound, and how this app talks to its database: readers cannot write, writers queue.

Measured on SQLite: SQLAlchemy's default settings lose about a fifth of contended updates without a word; a deferred BEGIN fails most of them
with "database is locked". BEGIN IMMEDIATE for writers, WAL and a busy timeout lose none. FULL: an office has no UPS.

On PostgreSQL the same promise in its words: a reader sees one instant of the database (REPEATABLE READ, READ ONLY); a writer is READ COMMITTED
and waits for the writers' lock before it reads what it will change. SERIALIZABLE with a retry would not do: everybody adds to one chain of events,
so that any two writers would collide, and a request with an uploaded file is not run twice. Locks on single rows would not do either: the chain's
end is one for all, so whoever writes waits there anyhow, and two that lock rows in different order would kill each other.
"""
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from flask import g, has_app_context, has_request_context
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool

from app.models.base import Base

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
migrate = Migrate(render_as_batch=True)
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()

PRAGMAS = ["journal_mode=WAL", "busy_timeout=15000", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000", "temp_store=MEMORY"]
if sys.platform == "linux":
    PRAGMAS.append("mmap_size=268435456")

POSTGRESQL = ["timezone=UTC", "jit=off", "lock_timeout=15s"]
OF_A_REQUEST = ["statement_timeout=60s", "idle_in_transaction_session_timeout=60s"]  # a command may take its time: it reads files in between
WRITERS = 7200  # the lock that whoever writes on PostgreSQL holds until the end; it reaches over all processes and hosts

_one_writer = Lock()  # threads of one process wait here rather than in SQLite's busy loop: longest wait 1,238 -> 217 ms


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
    elif is_writing():
        if not connection.info.get("holds_lock"):  # kept until the connection goes back to the pool
            connection.info["holds_lock"] = _one_writer.acquire(timeout=15)
        connection.exec_driver_sql("PRAGMA query_only=0")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("PRAGMA query_only=1")
        connection.exec_driver_sql("BEGIN")


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
    if record.info.pop("holds_lock", False):
        _one_writer.release()

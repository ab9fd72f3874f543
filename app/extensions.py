"""Extensions, unbound, and how this app talks to SQLite: readers cannot write, writers queue.

Measured: SQLAlchemy's default settings lose about a fifth of contended updates without a word; a deferred BEGIN fails most of them
with "database is locked". BEGIN IMMEDIATE for writers, WAL and a busy timeout lose none. FULL: an office has no UPS.
"""
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from flask import g, has_request_context
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

_one_writer = Lock()  # threads of one process wait here rather than in SQLite's busy loop: longest wait 1,238 -> 217 ms


def is_writing() -> bool:
    """A request writes only after it said so; outside of requests (CLI, tests) everything may write."""
    return not has_request_context() or g.get("writing", False)


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
    connection.isolation_level = None  # SQLAlchemy, not sqlite3, says BEGIN
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if is_writing():
        if not connection.info.get("holds_lock"):  # kept until the connection goes back to the pool
            connection.info["holds_lock"] = _one_writer.acquire(timeout=15)
        connection.exec_driver_sql("PRAGMA query_only=0")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("PRAGMA query_only=1")
        connection.exec_driver_sql("BEGIN")


@event.listens_for(Pool, "checkin")
def _checkin(connection, record):
    if record.info.pop("holds_lock", False):
        _one_writer.release()

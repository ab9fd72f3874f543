"""Faults of the machine, brought about for real: a lock, a full disk, a file that spoiled."""
import resource
import sqlite3
import subprocess
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from app.extensions import db


def database(app) -> Path:
    return app.config["LUMBUNG"].data / "lumbung.sqlite"


def content(path: Path) -> list[str]:
    """Everything a database holds, to compare before and after."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def fresh_connections(app) -> None:
    with app.app_context():
        db.engine.dispose()


@contextmanager
def locked(path: Path):
    """By another program, which does not let go."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def no_page_left(app):
    """SQLite itself says that the disk is full as soon as the database has to grow; needs no rights."""
    def limit(connection, record):
        connection.execute(f"PRAGMA max_page_count={connection.execute('PRAGMA page_count').fetchone()[0]}")

    fresh_connections(app)
    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)
        fresh_connections(app)


@contextmanager
def files_no_longer_than(size: int):
    """The system refuses to let any file of this process grow beyond `size` bytes; needs no rights."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def disk_of(folder: Path, megabytes: int):
    """A disk of its own, in memory; where this account may not mount one, the test is left to those that need no rights."""
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this account may not mount a small disk; SQLITE_FULL and the limit of file sizes are tested instead")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill_up(folder: Path) -> Path:
    """A file that takes all the room there is."""
    ballast = folder / "penuh"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(65536))
    with ballast.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0")
    return ballast


def spoil(path: Path, first_page: int = 2, page_size: int = 4096) -> None:
    """Overwritten from this page on, as a dying disk does; the first page holds the header."""
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(first_page * page_size)
        file.write(b"\xa5" * max(0, size - first_page * page_size))

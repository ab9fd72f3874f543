"""Is it what it says it is? A backup against its manifest, a database against itself and against what it held before."""
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from app.backups import disk
from app.backups.making import Say
from app.backups.shelf import DATABASE, Backup, manifest, place
from app.rules import Refused


def must_be_whole(backup: Backup, say: Say) -> dict[str, Any]:
    """Every byte read again; gives its manifest. Refused with the first thing that is not as it was written."""
    told = manifest(backup)
    pieces = [(one["path"], one["sha256"], one["size"]) for one in told["whole"]]
    pieces += [(place(sha256), sha256, size) for sha256, size in told["files"].items()]
    total, done = sum(size for _, _, size in pieces), 0
    for path, sha256, size in pieces:
        say("Cadangan dibaca ulang", done, total)
        if fault := disk.fault_of(backup.path / path, sha256, size):
            what = {DATABASE: "basis datanya"}.get(path, f"berkas {sha256[:12]}")
            raise Refused(f"Cadangan {backup.name} tidak utuh: {what} {fault}. Pilih cadangan lain. {disk.SAME}")
        done += size
    return told


def fault_in(database: Path, tables: dict[str, int], exactly: bool, events: dict[str, Any] | None = None) -> str:
    """What is wrong with a database, in words; empty when nothing is. `tables` are the rows it has to hold (`exactly`, or at least), `events` the
    last one of its log."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            return _integrity(connection) or _counts(connection, tables, exactly) or (_log(connection, events) if events else "")
    except sqlite3.DatabaseError as trouble:
        return f"basis data rusak ({trouble})"


def counts(database: Path) -> dict[str, int]:
    """The rows of every table but those of the index of words (migration 0008), which holds the same in fewer or more of them."""
    with closing(sqlite3.connect(database)) as connection:
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in _tables(connection)
                if not name.startswith("innovation_search")}


def scores(database: Path) -> list[tuple[Any, ...]]:
    """The stored sums of every proposal; nothing where there are none yet."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            return connection.execute("SELECT id, claimed, evidenced, verified FROM entry ORDER BY id").fetchall()
    except sqlite3.OperationalError:
        return []


def stored(database: Path) -> dict[str, int]:
    """SHA-256 and size of every file it names."""
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT sha256, size FROM stored_file ORDER BY sha256"))


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]


def _integrity(connection: sqlite3.Connection) -> str:
    found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        return f"basis data rusak ({found})"
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    return f"rujukan putus di tabel {broken[0]}" if broken else ""


def _counts(connection: sqlite3.Connection, tables: dict[str, int], exactly: bool) -> str:
    present = set(_tables(connection))
    for name, number in tables.items():
        found = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] if name in present else 0
        if found < number or (exactly and found != number):
            return f"tabel {name} berisi {found} baris, seharusnya {number}"
    return ""


def _log(connection: sqlite3.Connection, events: dict[str, Any]) -> str:
    row = connection.execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return "" if row == (events["last"], events["head"]) else "akhir log tidak cocok"

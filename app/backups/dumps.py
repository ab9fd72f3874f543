"""Backups of a database on PostgreSQL: `pg_dump` writes them, the app looks how old the newest is."""
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app import clock
from app.backups.shelf import OLD

HEAD = b"PGDMP"  # how a dump in the custom format begins; one that failed is empty


@dataclass(frozen=True)
class Dump:
    path: Path
    made_at: datetime
    size: int
    is_whole: bool

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_old(self) -> bool:
        return abs(clock.now() - self.made_at) > OLD


def newest_dump(folder: Path) -> Dump | None:
    """By the time it was written; None where there is none or the folder cannot be read."""
    try:
        return max(map(_read, folder.glob("*.dump")), key=lambda dump: dump.made_at, default=None)
    except OSError:
        return None


def dump_called(folder: Path, which: str) -> Dump | None:
    """By its name in the folder of backups, or by its path; None where there is no such file."""
    found = next((path for path in (folder / which, Path(which).expanduser()) if path.is_file()), None)
    return _read(found) if found else None


def _read(path: Path) -> Dump:
    with path.open("rb") as file:
        whole = file.read(len(HEAD)) == HEAD
    told = path.stat()
    return Dump(path, datetime.fromtimestamp(told.st_mtime, UTC), told.st_size, whole)

"""From one database to another in a single rename. What is prepared stands in a folder beside the data; a power cut at any moment leaves the old
database or the new one, whole, and `settle` clears away what it left: nothing has to be finished before the app may open the data."""
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app import clock, locks, state_file
from app.backups import disk
from app.backups.running import LOCK, hold
from app.backups.shelf import DATABASE
from app.rules import Refused
from app.storage.incoming import settle_folder

WORK, KEPT, DYING, NOTE = "pemulihan.sebagian", "sebelum-pulih", "pemulihan.buang", "keterangan.json"
KEPT_ALWAYS, KEPT_FOR = 2, timedelta(days=14)
RUNS = ("Server masih berjalan dengan folder data {}. Hentikan dulu (Ctrl+C di jendelanya, atau sudo systemctl stop lumbung), lalu ulangi. "
        "Data Anda tidak berubah.")
OPENED = "Basis data di {} sedang dibuka atau diubah program lain. Tutup program itu, lalu ulangi. Data Anda tidak berubah."


@contextmanager
def exclusively(data: Path) -> Iterator[None]:
    """Nobody serves this folder and nobody makes a backup of it, until the end; Refused otherwise."""
    try:
        server = locks.take(data / locks.SERVER, patience=1)
    except OSError as trouble:
        raise disk.data_refusal(data, trouble) from trouble
    if server is None:
        raise Refused(RUNS.format(data))
    with server, hold(data):
        yield


def must_be_stopped(data: Path) -> None:
    """To be asked before a person is: `exclusively` makes sure of it."""
    if locks.is_held(data / locks.SERVER):
        raise Refused(RUNS.format(data))


def settle(data: Path) -> None:
    """Clear away what a change left that was cut off; quiet, and nothing while somebody is at it. Asked at every start, so it costs a look."""
    if not any((data / name).exists() for name in (WORK, DYING)):
        return
    with suppress(OSError):
        file = locks.take(data / LOCK, patience=5)
        if file is None:
            return
        with file:
            clear(data)


def clear(data: Path) -> None:
    """The same, by who holds the lock."""
    work = data / WORK
    shutil.rmtree(data / DYING, ignore_errors=True)
    if (work / "lama" / NOTE).exists() and not (work / "baru" / DATABASE).exists():  # the rename was done: the old one is what is kept
        _finish(data)
    elif work.exists():
        _away(work, data)


def note_of(folder: Path) -> dict[str, Any] | None:
    """What is said of a database that was put aside."""
    return state_file.read(folder / NOTE) or None


class Change:
    """`new` and `old` are folders with a database each: what will be in use, and what is now. Used inside `changing`."""

    def __init__(self, data: Path):
        self.data, self.work = data, data / WORK
        self.new, self.old = self.work / "baru", self.work / "lama"
        self.present = data / DATABASE
        self.is_whole = True  # can the present one be read?
        self.switched = False
        self._watch: sqlite3.Connection | None = None

    def begin(self) -> None:
        clear(self.data)
        for folder in (self.work, self.new, self.old):
            folder.mkdir(mode=0o700)

    def keep_old(self) -> None:
        """A copy of what is in use; of a damaged one its bytes. From here on a change by anybody else is noticed."""
        if not self.present.exists():
            return
        target = self.old / DATABASE
        try:
            self._watch = sqlite3.connect(self.present, timeout=5, isolation_level=None)
            self.version = self._watch.execute("PRAGMA data_version").fetchone()[0]
            copy_whole(self._watch, target)
            with closing(sqlite3.connect(target)) as copy:
                self.is_whole = copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        except sqlite3.DatabaseError as trouble:
            if getattr(trouble, "sqlite_errorcode", None) not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise
            self.is_whole = False
        if not self.is_whole:
            self._let_go()
            target.unlink(missing_ok=True)
            for ending in ("", "-wal"):
                source = Path(f"{self.present}{ending}")
                if source.exists():
                    disk.copy(source, Path(f"{target}{ending}"))

    def switch(self, note: dict[str, Any], keep: bool) -> None:
        """The new one takes the place of the old one. Before the rename nothing has happened, after it everything has. `keep`: at the end the old
        one is put aside for whoever wants it back; the one put aside before gets a name of its own."""
        single_file(self.new / DATABASE)
        (self.new / DATABASE).chmod(0o600)
        for path in self.new.iterdir():  # what opening it left there
            if path.name != DATABASE:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        state_file.write(self.old / NOTE, note | {"whole": self.is_whole, "keep": keep})
        for folder in (self.new, self.old, self.work, self.data):
            settle_folder(folder)
        self._close_old()
        os.replace(self.new / DATABASE, self.present)
        self.switched = True
        settle_folder(self.data)

    def back(self) -> None:
        """The old one again, after all."""
        _without_log(self.present)
        os.replace(self.old / DATABASE, self.present)
        self.switched = False
        settle_folder(self.data)

    def end(self) -> None:
        """Whether or not it came to the switch: nothing half stays."""
        self._let_go()
        with suppress(OSError):
            _finish(self.data) if self.switched else _away(self.work, self.data)

    def _close_old(self) -> None:
        """Into one file, without a log beside it that would be taken for the new one's; and nobody has it open."""
        if self._watch:
            try:
                mode = self._watch.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
                self._watch.execute("BEGIN EXCLUSIVE")
                if mode != "delete" or self._watch.execute("PRAGMA data_version").fetchone()[0] != self.version:
                    raise Refused(OPENED.format(self.data))
                self._watch.execute("ROLLBACK")
            except sqlite3.OperationalError as trouble:
                raise Refused(OPENED.format(self.data)) from trouble
        self._let_go()
        _without_log(self.present)

    def _let_go(self) -> None:
        if self._watch:
            self._watch.close()
            self._watch = None


@contextmanager
def changing(data: Path) -> Iterator[Change]:
    """All or nothing: what stops the work inside, stops it as a sentence, and the data are as before."""
    change = Change(data)
    try:
        change.begin()
        yield change
    except (OSError, sqlite3.Error) as trouble:
        raise disk.data_refusal(data, trouble) from trouble
    finally:
        change.end()


def copy_whole(source: sqlite3.Connection, target: Path) -> None:
    """By SQLite's own backup, in one step, as one file that is on the disk when this returns."""
    with closing(sqlite3.connect(target)) as kept:
        source.backup(kept)
        kept.execute("PRAGMA journal_mode=DELETE")
    with target.open("rb+") as file:
        disk.settle(file.fileno())


def single_file(database: Path) -> None:
    with closing(sqlite3.connect(database, timeout=5)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    with database.open("rb+") as file:
        disk.settle(file.fileno())


def _without_log(database: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        Path(f"{database}{ending}").unlink(missing_ok=True)


def _finish(data: Path) -> None:
    work = data / WORK
    if not work.exists():
        return
    told = note_of(work / "lama")
    if told and told.get("keep") and (work / "lama" / DATABASE).exists():
        if (data / KEPT).exists():
            (data / KEPT).rename(_name_of_its_own(data))
        (work / "lama").rename(data / KEPT)
        settle_folder(data)
    _away(work, data)
    prune_kept(data)


def prune_kept(data: Path) -> int:
    """Of what was put aside the last two stay, and whatever is younger than two weeks; gives how many went."""
    earlier = sorted(data.glob(f"{KEPT}-*"), key=_put_aside_at, reverse=True)
    old = [folder for folder in earlier[KEPT_ALWAYS - 1:] if _put_aside_at(folder) < clock.now() - KEPT_FOR]
    for folder in old:
        _away(folder, data)
    return len(old)


def _put_aside_at(folder: Path) -> datetime:
    try:
        return datetime.fromisoformat((note_of(folder) or {})["at"])
    except (KeyError, ValueError, TypeError):
        return datetime.fromtimestamp(folder.stat().st_mtime, UTC)


def _name_of_its_own(data: Path) -> Path:
    """By the day and the second it was put aside; only the last one has the plain name, and is what `undo` takes."""
    at = _put_aside_at(data / KEPT).astimezone(UTC)
    while (folder := data / f"{KEPT}-{at:%Y%m%d-%H%M%S}").exists():
        at += timedelta(seconds=1)
    return folder


def _away(folder: Path, data: Path) -> None:
    """First under a name that means nothing, then gone: half of it is never taken for all of it."""
    shutil.rmtree(data / DYING, ignore_errors=True)
    if folder.exists():
        folder.rename(data / DYING)
        shutil.rmtree(data / DYING, ignore_errors=True)

"""The rehearsal: the newest backup restored into a folder of its own and proved there, so that the day it is needed is not the first time."""
import os
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from app import clock, state_file
from app.backups import disk, proving, revisions
from app.backups.making import SPARE, Say
from app.backups.running import alone
from app.backups.shelf import DATABASE, Backup, latest, place
from app.called import called
from app.config import Settings
from app.rules import Refused
from app.rules.words import on_hour

PLACE = "latihan-pulih.sebagian"  # in the data folder
NONE_YET = f"Belum ada cadangan untuk dilatih. Buat dulu: {called('backup')}."
RARE = timedelta(days=8)  # weekly, and a day for a computer that was off


class Drill(NamedTuple):
    """`words` is what the administrator reads; `name` the backup that was tried."""
    at: datetime
    ok: bool
    words: str
    name: str

    @property
    def is_old(self) -> bool:
        return abs(clock.now() - self.at) > RARE


def rehearse(settings: Settings) -> Drill:
    """Restore the newest backup beside the data, prove it, remember the outcome and clear up. Takes the lock of the backups itself. Refused when
    there is none to try or no room to try it."""
    with alone(settings.data, "drill") as diary:
        folder = settings.data / PLACE
        shutil.rmtree(folder, ignore_errors=True)  # of a rehearsal that was cut off
        backup = latest(settings.backups) or (latest(settings.backup_second) if settings.backup_second else None)
        if backup is None:
            raise Refused(NONE_YET)
        begun = time.monotonic()
        try:
            folder.mkdir(mode=0o700)
            innovations, files = _try(backup, folder, diary.say)
        except Refused as reason:
            drill = Drill(clock.now(), False, f"Cadangan {on_hour(backup.made_at)} tidak dapat dipulihkan: {reason}", backup.name)
        except (OSError, sqlite3.Error) as trouble:
            raise disk.data_refusal(settings.data, trouble) from trouble
        else:
            seconds = max(1, round(time.monotonic() - begun))
            drill = Drill(clock.now(), True, f"Cadangan {on_hour(backup.made_at)} dipulihkan ke folder sementara: {_number(innovations)} inovasi, "
                                             f"{_number(files)} berkas, semua cocok ({seconds} detik).", backup.name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        state_file.note(settings.data / state_file.DRILL, drill._asdict() | {"at": drill.at.isoformat()})
        return drill


def last_drill(data: Path) -> Drill | None:
    told = state_file.read(data / state_file.DRILL)
    try:
        return Drill(datetime.fromisoformat(told["at"]), told["ok"], told["words"], told["name"])
    except (ValueError, KeyError, TypeError):
        return None


def _try(backup: Backup, folder: Path, say: Say) -> tuple[int, int]:
    """As `restore` does it, only elsewhere: the files under the names the app asks for, the database migrated, the app opened on it."""
    told = proving.must_be_whole(backup, say)
    revisions.must_be_known(told["revision"], "Cadangan itu")
    database = folder / DATABASE
    disk.data_must_have_room(folder.parent, 3 * (backup.path / DATABASE).stat().st_size + SPARE)
    disk.copy(backup.path / DATABASE, database)
    if fault := proving.fault_in(database, told["tables"], exactly=True, events=told.get("events")):
        raise Refused(f"{fault}.")
    wanted = proving.stored(database)
    if lost := [sha256 for sha256 in wanted if sha256 not in told["files"]]:
        raise Refused(f"{len(lost)} berkas tidak ada di dalamnya.")
    _place(backup, folder, wanted, say)
    if told["revision"] != revisions.known()[0]:
        revisions.bring_up(folder)
    say("Aplikasi dicoba dibuka", 0, 0)
    if fault := revisions.answers(folder):
        raise Refused(f"aplikasi tidak dapat dibuka dengannya ({fault}).")
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT count(*) FROM innovation").fetchone()[0], len(wanted)


def _place(backup: Backup, folder: Path, wanted: dict[str, int], say: Say) -> None:
    """By a second name where the disk knows one, else copied; read where the app will look for it in either case."""
    total, done = sum(wanted.values()), 0
    for sha256, size in wanted.items():
        say("Berkas dipulihkan ke folder sementara", done, total)
        source, target = backup.path / place(sha256), folder / place(sha256)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:
            disk.data_must_have_room(folder.parent, size + SPARE)
            disk.copy(source, target)
        if fault := disk.fault_of(target, sha256, size):
            raise Refused(f"berkas {sha256[:12]} {fault}.")
        done += size


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")

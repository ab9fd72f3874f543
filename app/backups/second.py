"""The second place: a USB disk or a share that may be away. There the newest backup stands once more, read again after it was written."""
import os
import shutil
import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app import clock, state_file
from app.backups import disk, proving
from app.backups.making import SPARE, Say
from app.backups.running import alone
from app.backups.shelf import HALF, MANIFEST, Backup, all_in, latest, manifest, place, prune, remove
from app.called import called
from app.config import Settings
from app.rules import Refused
from app.rules.words import file_size
from app.storage.incoming import settle_folder

UNSET = "Tempat kedua belum diatur. Isi pengaturan backup_second dengan folder di flashdisk atau di komputer lain."
AWAY = "Tempat kedua {} sedang tidak terpasang. Pasang flashdisknya atau sambungkan foldernya, lalu ulangi."
NONE_YET = f"Belum ada cadangan untuk disalin. Buat dulu: {called('backup')}."


class Copied(NamedTuple):
    """`anew` is false when it stood there already; `removed` older ones made room; `is_beside`: no second place at all, see below."""
    backup: Backup
    anew: bool
    removed: int
    is_beside: bool = False


class Second(NamedTuple):
    """`kind` is unset, away, empty or there; `newest` the moment of the newest backup known to stand there, even while it is away.
    `is_beside`: on the disk of the data, where it may be the bare mount point of a disk that was never plugged in."""
    kind: str
    folder: Path | None = None
    newest: datetime | None = None
    is_old: bool = False
    days: int = 0
    is_beside: bool = False


def second_state(settings: Settings) -> Second:
    """How it stands; looking changes nothing. An unset place is no fault, an old copy is one (`is_old`)."""
    folder = settings.backup_second
    if folder is None:
        return Second("unset")
    newest, told = latest(folder), _noted(settings.data)
    kind = "there" if newest else "away" if _is_away(settings, told) else "empty"
    moment = newest.made_at if newest else told if kind == "away" else None
    limit = timedelta(days=settings.backup_second_days)
    return Second(kind, folder, moment, moment is None or abs(clock.now() - moment) > limit, settings.backup_second_days,
                  kind != "away" and disk.is_beside(settings.data, folder))


def copy_to_second(settings: Settings) -> Copied:
    """The newest backup to the second place, and older ones there removed by the same rule as at home. Takes the lock of the backups itself.
    Refused with a sentence when there is no such place now."""
    with alone(settings.data, "salin") as diary:
        folder, newest = settings.backup_second, latest(settings.backups)
        if folder is None:
            raise Refused(UNSET)
        if _is_away(settings, _noted(settings.data)):
            raise Refused(AWAY.format(folder))
        if newest is None:
            raise Refused(NONE_YET)
        try:
            copied = _copy(newest, folder, diary.say)
            gone = prune(folder, ZoneInfo(settings.timezone), settings.backup_keep)
        except (OSError, sqlite3.Error) as trouble:
            raise disk.refusal(folder, trouble) from trouble
        _note(settings.data, copied.backup)
        return copied._replace(removed=copied.removed + len(gone), is_beside=disk.is_beside(settings.data, folder))


def _copy(backup: Backup, folder: Path, say: Say) -> Copied:
    folder.mkdir(mode=0o700, exist_ok=True)  # not its parents: a disk that is not plugged in is no place
    for left in folder.glob(f".lumbung-*{HALF}"):
        shutil.rmtree(left, ignore_errors=True)
    there = next((one for one in all_in(folder) if one.name == backup.name and one.made_at == backup.made_at), None)
    if there:
        return Copied(there, False, 0)
    told, earlier = manifest(backup), latest(folder)
    linked = {sha256: earlier.path / place(sha256) for sha256 in told["files"]
              if earlier and _links(earlier, folder) and (earlier.path / place(sha256)).is_file()}
    removed = _make_room(folder, sum(one["size"] for one in told["whole"]) + SPARE +
                         sum(size for sha256, size in told["files"].items() if sha256 not in linked), earlier)
    draft = folder / f".{backup.name}{HALF}"
    draft.mkdir(mode=0o700)
    try:
        _write(backup, draft, told, linked, say)
        proving.must_be_whole(_at(draft, backup), say)  # what the disk gives back
        draft.rename(folder / backup.name)
        settle_folder(folder)
    except Refused:
        proving.must_be_whole(backup, say)  # or was it the one at home?
        raise Refused(f"Yang tertulis di {folder} tidak sama dengan aslinya; disk itu mungkin rusak atau tidak menerima nama panjang. "
                      "Salinan ini dibatalkan. Pakai disk lain.") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Copied(_at(folder / backup.name, backup), True, removed)


def _write(backup: Backup, draft: Path, told: dict[str, Any], linked: dict[str, Path], say: Say) -> None:
    done, total = 0, backup.size
    for one in told["whole"]:
        disk.copy(backup.path / one["path"], draft / one["path"])
    for sha256, size in told["files"].items():
        say("Cadangan disalin ke tempat kedua", done, total)
        target = draft / place(sha256)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        earlier = linked.get(sha256)
        if earlier and not disk.fault_of(earlier, sha256, size):
            os.link(earlier, target)
        else:
            disk.copy(backup.path / place(sha256), target)
        done += size
    disk.copy(backup.path / MANIFEST, draft / MANIFEST)
    for path in {target.parent for target in draft.glob("files/*/*")} | {draft}:
        settle_folder(path)


def _make_room(folder: Path, needed: int, newest: Backup | None) -> int:
    """A disk without second names holds each backup in full: the oldest go first, never the newest."""
    removed = 0
    for old in reversed(all_in(folder)):
        if shutil.disk_usage(folder).free >= needed or (newest and old.path == newest.path):
            break
        remove(old.path)
        removed += 1
    if (free := shutil.disk_usage(folder).free) < needed:
        raise Refused(f"Tempat kedua {folder} penuh: perlu {file_size(needed)}, tersisa {file_size(free)}. Kosongkan sebagian, atau pakai disk "
                      "yang lebih besar.")
    return removed


def _links(earlier: Backup, folder: Path) -> bool:
    """May this disk hold one file under two names?"""
    probe = folder / ".coba"
    try:
        probe.unlink(missing_ok=True)
        os.link(earlier.path / MANIFEST, probe)
        return True
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def _at(path: Path, backup: Backup) -> Backup:
    return Backup(path, backup.made_at, backup.revision, backup.files, backup.size, backup.gaps, backup.events)


def _is_away(settings: Settings, told: datetime | None) -> bool:
    """No such folder and none to make it in; or the bare mount point of a disk that was there before."""
    folder = settings.backup_second
    assert folder
    try:
        if not folder.exists():
            return not folder.parent.exists() or bool(told and disk.is_beside(settings.data, folder))
        return bool(told and latest(folder) is None and disk.is_beside(settings.data, folder))
    except OSError:
        return True


def _noted(data: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(state_file.read(data / state_file.SECOND)["made_at"])
    except (ValueError, KeyError, TypeError):
        return None


def _note(data: Path, backup: Backup) -> None:
    """What was last brought there, for the days it is away."""
    state_file.note(data / state_file.SECOND, {"name": backup.name, "made_at": backup.made_at.isoformat(), "copied_at": clock.now().isoformat()})

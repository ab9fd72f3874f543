"""Where backups stand: `lumbung-20261122-130500/` with the database, the files and the manifest that says what belongs there."""
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from app import clock
from app.rules import Refused
from app.rules.keeping import worth_keeping

NAME = re.compile(r"lumbung-\d{8}-\d{6}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MANIFEST, DATABASE, SETTINGS = "manifest.json", "lumbung.sqlite", "lumbung.toml"
OLD = timedelta(days=2)
HALF = ".sebagian"  # how the name of what is still written, or being removed, ends


class Gap(NamedTuple):
    """A file that was not as it should be: `name` says which in words; `rescued` when an earlier backup still had it whole."""
    name: str
    fault: str
    sha256: str
    rescued: bool


@dataclass(frozen=True)
class Backup:
    """`files` are the stored files in it, `size` the bytes of all of it together, `revision` that of the database."""
    path: Path
    made_at: datetime
    revision: str
    files: int
    size: int
    gaps: tuple[Gap, ...]
    events: tuple[int, str] | None = None  # number and hash of the last event in it

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_old(self) -> bool:
        return abs(clock.now() - self.made_at) > OLD

    @property
    def is_ahead(self) -> bool:
        """Made while the clock was wrong: of a day that has not come."""
        return self.made_at - clock.now() > OLD

    @property
    def missing(self) -> list[Gap]:
        return [gap for gap in self.gaps if not gap.rescued]


def all_in(target: Path) -> list[Backup]:
    """The newest first, and last those of days that have not come: what is made now is newer. What cannot be read is none."""
    return sorted(_found(target), key=lambda backup: (not backup.is_ahead, backup.made_at, backup.name), reverse=True)


def latest(target: Path) -> Backup | None:
    return next(iter(all_in(target)), None)


def prune(target: Path, zone: tzinfo, daily: int) -> list[str]:
    """Remove those not worth keeping; gives their names. Never the newest."""
    backups = all_in(target)
    kept = worth_keeping([backup.made_at for backup in backups], clock.now(), zone, daily)
    gone = [backup for backup in backups if backup.made_at not in kept]
    for backup in gone:
        remove(backup.path)
    for left in target.glob(f".lumbung-*{HALF}"):
        shutil.rmtree(left, ignore_errors=True)
    return [backup.name for backup in gone]


def place(sha256: str) -> str:
    """Where a stored file stands in a backup."""
    return f"files/{sha256[:2]}/{sha256}"


def read(path: Path) -> Backup | None:
    """None where the manifest is not there or not to be read."""
    try:
        return _read(path, (path / MANIFEST).stat().st_mtime_ns)
    except OSError:
        return None


def manifest(backup: Backup) -> dict[str, Any]:
    """All that is said of it; Refused when that is not to be read or not what `making` writes."""
    try:
        told: dict[str, Any] = json.loads((backup.path / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        raise Refused(f"Cadangan {backup.path} tidak terbaca. Pilih cadangan lain.") from None
    if fault := _fault_in(told):
        raise Refused(f"Cadangan {backup.name} tidak dapat dipakai: {MANIFEST} rusak atau diubah orang ({fault}). Pilih cadangan lain. "
                      "Data Anda tidak berubah.")
    return told


def remove(path: Path) -> None:
    """First it is no backup any more, then it is gone: a power cut in between leaves nothing that looks like one."""
    dying = path.with_name(f".{path.name}{HALF}")
    path.rename(dying)
    shutil.rmtree(dying, ignore_errors=True)


def _found(target: Path) -> Iterator[Backup]:
    try:
        for path in target.iterdir():
            if NAME.fullmatch(path.name) and (backup := read(path)):
                yield backup
    except OSError:  # not there yet, not plugged in
        return


def _fault_in(told: dict[str, Any]) -> str:
    """Whoever holds the disk can write it: no word of it is a path and none a number before it was looked at. Empty when all is well."""
    try:
        whole = {one["path"]: one for one in told["whole"]}
        if strange := next((name for name in told["files"] if not SHA256.fullmatch(name)), None):
            return f"nama berkas “{strange[:80]}” bukan sidik berkas"
        if strange := next((name for name in whole if name not in (DATABASE, SETTINGS)), None):
            return f"“{strange[:80]}” tidak termasuk cadangan"
        numbers = [*told["files"].values(), *told["tables"].values(), *(one["size"] for one in whole.values())]
        if not all(type(number) is int and number >= 0 for number in numbers):
            return "ada ukuran yang bukan bilangan"
        sound = all(SHA256.fullmatch(one["sha256"]) for one in whole.values()) and isinstance(told["revision"], str) and DATABASE in whole
        if events := told.get("events"):
            events["last"], events["head"]
    except (KeyError, TypeError, AttributeError):
        sound = False
    return "" if sound else "isinya tidak lengkap"


@lru_cache(maxsize=500)
def _read(path: Path, written: int) -> Backup | None:
    """A backup never changes: its manifest is read once in the life of a process."""
    try:
        told = json.loads((path / MANIFEST).read_text("utf-8"))
        made_at, numbers = datetime.fromisoformat(told["made_at"]), (told["count"], told["bytes"])
        if made_at.tzinfo is None or not all(type(number) is int for number in numbers):
            return None
        return Backup(path, made_at, told["revision"], *numbers,
                      tuple(Gap(**gap) for gap in told["gaps"]), (end["last"], end["head"]) if (end := told.get("events")) else None)
    except (OSError, ValueError, KeyError, TypeError):
        return None

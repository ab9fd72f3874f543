"""One backup: first the database at one moment, then every file it names, then all of it read again; the name it is found by comes last."""
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from app import clock
from app.backups import disk
from app.backups.shelf import DATABASE, HALF, MANIFEST, SETTINGS, Backup, Gap, latest, place, read
from app.rules import Refused
from app.storage import Storage
from app.storage.incoming import settle_folder

Say = Callable[[str, int, int], None]  # what is being done, and how many bytes of how many
SPARE = 1024 * 1024
NAMES = """
    SELECT '“' || v.title || '” (' || u.name || ')' FROM stored_file f JOIN document_version v ON v.file_id = f.id
        JOIN document d ON d.id = v.document_id JOIN unit u ON u.id = d.unit_id WHERE f.sha256 = :sha256
    UNION ALL SELECT 'berkas profil “' || p.file_name || '” (' || i.name || ')' FROM stored_file f JOIN profile_file p ON p.file_id = f.id
        JOIN innovation i ON i.id = p.innovation_id WHERE f.sha256 = :sha256
    UNION ALL SELECT 'surat nomor ' || l.number || ' tahun ' || l.year FROM stored_file f
        JOIN letter l ON f.id IN (l.docx_id, l.pdf_id) WHERE f.sha256 = :sha256
    LIMIT 1"""


def make(data: Path, target: Path, zone: tzinfo, say: Say = lambda *_: None) -> Backup:
    """Write a backup of the data folder into `target`; Refused with a sentence when there is none now. Call it alone (see `alone`).
    Files that are missing or altered do not stop it: they are its `gaps`."""
    ours = f"{HALF}-{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:8]}"
    try:
        target.mkdir(mode=0o700, exist_ok=True)  # not its parents: a disk that is not plugged in is no place
        for left in target.glob(f".lumbung-*{ours}"):  # of a try that a power cut ended
            shutil.rmtree(left, ignore_errors=True)
        moment = _free_moment(target, zone)
        draft = target / f".lumbung-{moment:%Y%m%d-%H%M%S}{ours}"
        draft.mkdir(mode=0o700)
        try:
            _Draft(data, draft, target, say).write(moment)
            finished = target / f"lumbung-{moment:%Y%m%d-%H%M%S}"
            draft.rename(finished)
            settle_folder(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except (OSError, sqlite3.Error) as trouble:
        raise disk.refusal(target, trouble) from trouble
    made = read(finished)
    assert made, "what was just written can be read"
    return made


def _free_moment(target: Path, zone: tzinfo) -> datetime:
    """Now on the regency's clock, or the first second after it that has no backup."""
    moment = clock.now().astimezone(zone).replace(microsecond=0)
    while (target / f"lumbung-{moment:%Y%m%d-%H%M%S}").exists():
        moment += timedelta(seconds=1)
    return moment


class _Draft:
    def __init__(self, data: Path, draft: Path, target: Path, say: Say):
        self.data, self.draft, self.target, self.say = data, draft, target, say
        self.live = Storage(data, 0).path
        self.earlier = latest(target)
        self.links = False  # may this disk hold one file under two names?
        self.gaps: dict[str, tuple[str, bool]] = {}
        self.done = self.total = 0

    def write(self, moment: datetime) -> None:
        source = self.data / DATABASE
        self.say("Basis data disalin", 0, 0)
        free = shutil.disk_usage(self.draft).free
        disk.must_have_room(self.target, source.stat().st_size + SPARE, free)
        _copy_database(source, self.draft / DATABASE)
        with closing(sqlite3.connect(self.draft / DATABASE)) as copy:
            _must_be_sound(copy)
            told = {"format": 1, "made_at": moment.isoformat(), **_facts(copy)}
            files = dict(copy.execute("SELECT sha256, size FROM stored_file ORDER BY sha256"))
            with self._phase("Berkas disalin", 2 * sum(files.values())):
                self._place(files)
                self._read_again(files)
            gaps = [Gap(_name_of(copy, sha256), fault, sha256, rescued)._asdict() for sha256, (fault, rescued) in self.gaps.items()]
        kept = {sha256: size for sha256, size in files.items() if self.gaps.get(sha256, ("", True))[1]}
        whole = [self._described(DATABASE), *self._settings()]
        told |= {"count": len(kept), "bytes": sum(one["size"] for one in whole) + sum(kept.values()), "gaps": gaps, "whole": whole,
                 "verified_at": clock.now().isoformat(), "files": kept}
        self._write_manifest(told)

    def _place(self, files: dict[str, int]) -> None:
        """Every file under its hash: linked to the earlier backup where the disk can, else copied. The one in use is read in either case."""
        self.links = self._can_link()
        had = {sha256 for sha256 in files if self.links and self._earlier(sha256)}
        needed = sum(size for sha256, size in files.items() if sha256 not in had) + SPARE
        disk.must_have_room(self.target, needed, shutil.disk_usage(self.draft).free)
        for sha256, size in files.items():
            spot = self.draft / place(sha256)
            spot.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fault = disk.fault_of(self.live(sha256), sha256, size, self._tell)
            if sha256 in had:
                os.link(self._earlier(sha256), spot)
            elif source := self.live(sha256) if not fault else self._earlier(sha256):
                disk.copy(source, spot)
            if fault:
                self.gaps[sha256] = fault, spot.exists()
        for folder in {(self.draft / place(sha256)).parent for sha256 in files}:
            settle_folder(folder)

    def _read_again(self, files: dict[str, int]) -> None:
        """What was written is what it should be; a link to something that is not, or no longer, is replaced by the file in use."""
        self.step = "Cadangan dibaca ulang"
        for sha256, size in files.items():
            spot, (fault, rescued) = self.draft / place(sha256), self.gaps.get(sha256, ("", True))
            if not rescued or not disk.fault_of(spot, sha256, size, self._tell):
                continue
            spot.unlink(missing_ok=True)
            if fault:
                self.gaps[sha256] = fault, False
            else:
                disk.copy(self.live(sha256), spot)
                self._must_be_written(spot, sha256, size)

    def _must_be_written(self, spot: Path, sha256: str, size: int) -> None:
        if disk.fault_of(spot, sha256, size):
            raise Refused(f"Yang tertulis di {self.target} tidak sama dengan aslinya; disk itu mungkin rusak. "
                          "Cadangan ini dibatalkan. Pakai disk lain.")

    def _can_link(self) -> bool:
        probe = self.draft / "coba"
        try:
            os.link(self.earlier.path / MANIFEST, probe) if self.earlier else None
            return self.earlier is not None
        except OSError:
            return False
        finally:
            probe.unlink(missing_ok=True)

    def _earlier(self, sha256: str) -> Path | None:
        path = self.earlier.path / place(sha256) if self.earlier else None
        return path if path and path.is_file() else None

    def _settings(self) -> Iterator[dict[str, Any]]:
        if (self.data / SETTINGS).is_file():
            disk.copy(self.data / SETTINGS, self.draft / SETTINGS)
            yield self._described(SETTINGS)

    def _described(self, name: str) -> dict[str, Any]:
        sha256, size = disk.fingerprint(self.draft / name)
        return {"path": name, "size": size, "sha256": sha256}

    def _write_manifest(self, told: dict[str, Any]) -> None:
        with (self.draft / MANIFEST).open("x", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1)
            file.flush()
            disk.settle(file.fileno())
        settle_folder(self.draft)

    @contextmanager
    def _phase(self, step: str, total: int) -> Iterator[None]:
        self.step, self.done, self.total = step, 0, total
        self._tell(0)
        yield
        self.say(self.step, total, total)

    def _tell(self, more: int) -> None:
        self.done += more
        self.say(self.step, self.done, self.total)


def _copy_database(source: Path, copy: Path) -> None:
    """In one step: in several it would begin anew with every write, and never end on a working day."""
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=15)) as live, closing(sqlite3.connect(copy)) as kept:
        live.backup(kept)
        kept.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself
    with copy.open("rb+") as file:
        disk.settle(file.fileno())


def _must_be_sound(copy: sqlite3.Connection) -> None:
    found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Refused(f"Basis data rusak ({found}), jadi cadangan ini dibatalkan. Simpan cadangan yang sudah ada, dan minta bantuan.")


def _facts(copy: sqlite3.Connection) -> dict[str, Any]:
    tables = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
    return {"revision": copy.execute("SELECT version_num FROM alembic_version").fetchone()[0], "events": _end_of_log(copy),
            "tables": {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}}


def _end_of_log(copy: sqlite3.Connection) -> dict[str, Any] | None:
    """The head of the chain of events, so that what is cut off the log later can be told; None before anything was chained."""
    if not copy.execute("SELECT count(*) FROM pragma_table_info('event') WHERE name = 'hash'").fetchone()[0]:
        return None
    row = copy.execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return {"last": row[0], "head": row[1]} if row else None


def _name_of(copy: sqlite3.Connection, sha256: str) -> str:
    row = copy.execute(NAMES, {"sha256": sha256}).fetchone()
    return row[0] if row else f"berkas {sha256[:12]}"

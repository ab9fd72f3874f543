"""A backup becomes the data in use, and can be undone: what is there now is put aside first, whole."""
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from app import clock
from app.backups import disk, proving, revisions
from app.backups.making import SPARE, Say
from app.backups.shelf import DATABASE, SETTINGS, Backup, place
from app.backups.switching import KEPT, Change, changing, exclusively, note_of
from app.rules import Refused
from app.storage import Storage
from app.storage.incoming import settle_folder

Dress = Callable[[Path], None]  # ends the sessions in a database and writes into its log what became of it
NOTHING = "Tidak ada pemulihan yang dapat dibatalkan di folder data {}."
BROKEN = "Basis data sebelum pemulihan itu rusak, jadi tidak dapat dikembalikan. Salinannya tetap ada di {}."


class Restored(NamedTuple):
    """`files` were missing or altered here and came from the backup; `lost` are missing in both."""
    files: int
    lost: int
    kept: Path | None  # where what was there before stands


def restore(data: Path, backup: Backup, dress: Dress, say: Say = lambda *_: None, scripts: Path = revisions.SCRIPTS) -> Restored:
    """Refused with a sentence, and nothing changed, when the server runs, the backup is not whole, or the disk does not allow it."""
    with exclusively(data):
        told = proving.must_be_whole(backup, say)
        revisions.must_be_known(told["revision"], f"Cadangan {backup.name}", scripts)
        source = {sha256: backup.path / place(sha256) for sha256 in told["files"]}
        with changing(data) as change:
            done = _replace(change, backup.path / DATABASE, source, dress, say, scripts,
                            {"kind": "restore", "at": clock.now().isoformat(), "name": backup.name, "made_at": told["made_at"]})
        settings = backup.path / SETTINGS
        if settings.is_file() and not (data / SETTINGS).exists():  # a new computer
            shutil.copyfile(settings, data / SETTINGS)
        return done


def last(data: Path) -> dict[str, Any] | None:
    """What was restored last and can be undone: `at`, `name`, `made_at`, `whole`."""
    return note_of(data / KEPT)


def undo(data: Path, dress: Dress, say: Say = lambda *_: None, scripts: Path = revisions.SCRIPTS) -> dict[str, Any]:
    """What was there before the last restore, again; gives the note of that restore. What is there now is put aside in its turn."""
    with exclusively(data):
        told, kept = last(data), data / KEPT
        if told is None:
            raise Refused(NOTHING.format(data))
        if not told["whole"]:
            raise Refused(BROKEN.format(kept))
        if fault := proving.fault_in(kept / DATABASE, {}, exactly=False):
            raise Refused(f"Salinan di {kept} tidak utuh: {fault}. {disk.SAME}")
        revisions.must_be_known(revisions.of(kept / DATABASE), f"Salinan di {kept}", scripts)
        source = {path.name: path for path in kept.glob("files/*/*")}
        with changing(data) as change:
            _replace(change, kept / DATABASE, source, dress, say, scripts, {"kind": "undo", "at": clock.now().isoformat(), "name": told["name"],
                                                                            "made_at": told["made_at"]})
        return told


def _replace(change: Change, database: Path, source: dict[str, Path], dress: Dress, say: Say, scripts: Path, note: dict[str, Any]) -> Restored:
    wanted = proving.stored(database)
    lacking = _lacking(change.data, wanted, say)
    present = change.present.stat().st_size if change.present.exists() else 0
    needed = 3 * database.stat().st_size + present + sum(wanted[sha256] for sha256 in lacking if sha256 in source) + SPARE
    disk.data_must_have_room(change.data, needed)
    change.keep_old()
    say("Basis data disiapkan", 0, 0)
    disk.copy(database, change.new / DATABASE)
    if revisions.of(change.new / DATABASE) != revisions.known(scripts)[0]:
        revisions.bring_up(change.new, scripts)
    dress(change.new / DATABASE)
    if fault := proving.fault_in(change.new / DATABASE, {}, exactly=False):
        raise Refused(f"Hasil pemulihan tidak utuh: {fault}. {disk.SAME}")
    placed = put(change.data, change.work, {sha256: source[sha256] for sha256 in lacking if sha256 in source}, wanted, say)
    _keep_files(change, wanted)
    say("Basis data diganti", 0, 0)
    change.switch(note, keep=True)
    change.end()
    return Restored(placed, len(lacking) - placed, change.data / KEPT if present else None)


def _lacking(data: Path, wanted: dict[str, int], say: Say) -> list[str]:
    """The files that are not here, or not as they should be. The others count as brought just now: until the restored rows name them, no nightly
    sweep of these hours takes them for nobody's (storage/sweeping.py)."""
    total, done, found, live = sum(wanted.values()), 0, [], Storage(data, 0).path
    for sha256, size in wanted.items():
        say("Berkas di server diperiksa", done, total)
        with suppress(OSError):
            os.utime(live(sha256))
        if disk.fault_of(live(sha256), sha256, size):
            found.append(sha256)
        done += size
    return found


def put(data: Path, work: Path, source: dict[str, Path], sizes: dict[str, int], say: Say) -> int:
    """Copy files to where the app looks for them, each read again before it has its name."""
    total, done, live = sum(sizes[sha256] for sha256 in source), 0, Storage(data, 0).path
    draft = work / "berkas"
    for sha256, path in source.items():
        say("Berkas dipulihkan", done, total)
        draft.unlink(missing_ok=True)
        disk.copy(path, draft)
        if fault := disk.fault_of(draft, sha256, sizes[sha256]):
            raise Refused(f"Berkas {sha256[:12]} {fault} saat disalin; disknya mungkin rusak. {disk.SAME}")
        target = live(sha256)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(draft, target)
        done += sizes[sha256]
    for folder in {live(sha256).parent for sha256 in source}:
        settle_folder(folder)
    return len(source)


def _keep_files(change: Change, wanted: dict[str, int]) -> None:
    """What only the old database names is held on to: nobody sweeps it away while there is a way back."""
    for path in (change.data / "files").glob("*/*"):
        if path.name in wanted or not path.is_file():
            continue
        target = change.old / place(path.name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.link(path, target)
        except OSError:  # a disk that knows no second name
            disk.copy(path, target)

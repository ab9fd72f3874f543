"""What nobody needs any more leaves the store: files that no row names, temporaries of a crash, drawings that can be made again."""

import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .store import SHA256, Storage

DAY = 24 * 3600
IN_FLIGHT = DAY  # an upload is at its place before its row is written: what is younger may be on its way
UNASKED = 90 * DAY
PAPER = "kertas.pdf"  # written by the app itself: no file of this fingerprint is expected

Named = Callable[[Collection[str]], Collection[str]]  # which of these hashes have a row, asked of the database at that moment


@dataclass(frozen=True)
class Swept:
    """What was removed: the hashes of files, how many temporaries, how many folders of drawings, and the bytes of files and drawings."""

    files: tuple[str, ...] = ()
    temporaries: int = 0
    drawings: int = 0
    size: int = 0


def sweep(storage: Storage, named: Named) -> Swept:
    """May run while people work; what it cannot remove now, it leaves to the next time."""
    now = time.time()
    files, freed = _orphans(storage, named, now - IN_FLIGHT)
    drawings, drawn = _drawings(storage, now)
    return Swept(tuple(files), storage.forget_incoming(), drawings, freed + drawn)


def _without_row(storage: Storage, named: Named, before: float) -> Iterator[Path]:
    """Old enough to be no upload under way."""
    for shelf in _children(storage.root / "files"):
        old = [path for path in _children(shelf) if SHA256.fullmatch(path.name) and _touched(path) < before]
        known = set(named([path.name for path in old])) if old else set()
        yield from (path for path in old if path.name not in known)


def _orphans(storage: Storage, named: Named, before: float) -> tuple[list[str], int]:
    """Moved aside first and looked at again there. Somebody who brings the same bytes meanwhile either touched the file before it was moved,
    then it goes back, or finds none and puts their own; so no row is ever left without its file."""
    removed, freed = [], 0
    for path in _without_row(storage, named, before):
        with suppress(OSError), storage.incoming.folder_for_one() as aside:  # an OSError: in use, on Windows
            waiting = aside / path.name
            os.rename(path, waiting)
            if _touched(waiting) >= before or set(named([path.name])):
                _put_back(waiting, path)
            else:
                removed.append(path.name)
                freed += waiting.stat().st_size
    return removed, freed


def _put_back(waiting: Path, path: Path) -> None:
    """Unless its like is there again."""
    if not path.exists():
        os.replace(waiting, path)


def _drawings(storage: Storage, now: float) -> tuple[int, int]:
    """Pages and texts of files that are gone, and all that nobody looked at for 90 days: drawn again when somebody asks."""
    count, freed = 0, 0
    for folder in (each for shelf in _children(storage.root / "previews") for each in _children(shelf)):
        held = [path for path in folder.rglob("*") if path.is_file()]
        asked = max((max(path.stat().st_atime, path.stat().st_mtime) for path in held), default=_touched(folder))
        lost = not (folder / PAPER).exists() and not storage.path(folder.name).exists() if SHA256.fullmatch(folder.name) else True
        if asked < now - (IN_FLIGHT if lost else UNASKED):
            count, freed = count + 1, freed + sum(path.stat().st_size for path in held)
            with suppress(OSError), storage.incoming.folder_for_one() as aside:
                os.rename(folder, aside / folder.name)
    return count, freed


def _touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # gone a moment ago
        return float("inf")


def _children(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []

"""The doorstep: bytes land under a unique name, counted and hashed, before anyone reads them."""

import filecmp
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .rejected import Rejected

CHUNK = 256 * 1024
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Arrival:
    path: Path
    sha256: str
    size: int


class Incoming:
    """The folder of temporaries; on the same volume as the store, so that a rename is enough."""

    def __init__(self, folder: Path):
        self.folder = folder

    @contextmanager
    def receive(self, stream: BinaryIO, max_bytes: int) -> Iterator[Arrival]:
        """Write `stream` to a temporary file (0600) that is gone at the end unless moved away."""
        handle, name = tempfile.mkstemp(dir=self._made())
        try:
            with open(handle, "wb", buffering=0) as file:
                sha256, size = _pour(stream, file, max_bytes)
            yield Arrival(Path(name), sha256, size)
        finally:
            with suppress(OSError):  # moved away; or on Windows still held by a child just killed
                os.unlink(name)

    @contextmanager
    def folder_for_one(self) -> Iterator[Path]:
        """An empty folder (0700) for pictures being drawn, removed at the end."""
        name = tempfile.mkdtemp(dir=self._made())
        try:
            yield Path(name)
        finally:
            shutil.rmtree(name, ignore_errors=True)

    def sweep(self, older_than: int) -> int:
        """Remove what has not been touched for `older_than` seconds; say how many."""
        before, swept = time.time() - older_than, 0
        for entry in self._made().iterdir():
            with suppress(OSError):  # gone a moment ago, or held open after all
                if entry.lstat().st_mtime < before:
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
                    swept += 1
        return swept

    def _made(self) -> Path:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.folder


def _pour(stream: BinaryIO, file: BinaryIO, max_bytes: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise Rejected(f"Berkas ini lebih besar dari {_megabytes(max_bytes)} MB. Perkecil berkasnya, lalu unggah lagi.")
        digest.update(chunk)
        write_all(file, chunk)
    if not size:
        raise Rejected("Berkas ini kosong (0 byte). Pilih berkas yang ada isinya.")
    return digest.hexdigest(), size


def write_all(file: BinaryIO, chunk: bytes) -> None:
    """A disk with a little room left takes a part of it, without an error: only the next write says that it is full."""
    left = memoryview(chunk)
    while left:
        left = left[file.write(left) or 0:]


def _megabytes(size: int) -> str:
    """Megabytes of 1024 × 1024 as a file manager shows them: "100", "2,5"."""
    return f"{size / MEGABYTE:.1f}".removesuffix(".0").replace(".", ",")


def settle(temporary: Path, target: Path, durable: bool = False) -> None:
    """Give a finished file its name in one step; an equal file already there is kept, and counts as brought just now (see sweeping.py).

    `durable` is for what cannot be drawn again: the folder's entry is forced to disk too, and a file there that spoiled is replaced.
    """
    with suppress(FileNotFoundError):  # swept away between two lines: then it is put there anew
        if target.stat().st_size == temporary.stat().st_size and not (durable and _differs(temporary, target)):
            os.utime(target)
            return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(temporary, "rb+") as file:
        os.fsync(file.fileno())
    try:
        os.replace(temporary, target)
    except PermissionError:  # Windows: somebody reads the equal file that came a moment before
        if not target.exists():
            raise
    if durable:
        settle_folder(target.parent)
        settle_folder(target.parent.parent)


def _differs(one: Path, other: Path) -> bool:
    return not filecmp.cmp(one, other, shallow=False)


def settle_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

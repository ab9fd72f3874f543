"""Is a finished package still what its manifest says?"""
import hashlib
import io
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from app.exports.packing.manifest import RAW
from app.exports.packing.package import CHUNK

MOST = 64 * 1024 * 1024     # bytes of a manifest worth reading
UNREADABLE = (BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, ValueError)


def check(package: bytes | Path) -> list[str]:
    """Every fault in a sentence; none when the package is whole. Reads one chunk at a time."""
    try:
        with ZipFile(io.BytesIO(package) if isinstance(package, bytes) else package) as opened:
            return list(_faults(opened))
    except UNREADABLE:
        return ["Paket ini tidak dapat dibaca sebagai ZIP yang utuh; mungkin unduhannya terputus."]


def _faults(opened: ZipFile) -> Iterator[str]:
    names = Counter(info.filename for info in opened.infolist())
    if not names[RAW]:
        yield f"{RAW} tidak ada di dalam paket."
        return
    promised = _promised(opened)
    if promised is None:
        yield f"{RAW} tidak dapat dibaca."
        return
    yield from (f"“{name}” ada {times} kali." for name, times in names.items() if times > 1)
    yield from (f"“{name}” tidak ada dalam manifes." for name in names if name not in promised and name != RAW)
    for path, (size, sha256) in promised.items():
        if not names[path]:
            yield f"“{path}” tidak ada di dalam paket."
        elif not _is(opened, path, size, sha256):
            yield f"“{path}” tidak sama dengan yang tercatat dalam manifes."


def _promised(opened: ZipFile) -> dict[str, tuple[int, str]] | None:
    """Size and SHA-256 by path; None when the manifest is not one, or does not add up."""
    try:
        with opened.open(RAW) as file:
            told: Any = json.loads(file.read(MOST))
        promised = {str(file["path"]): (int(file["size"]), str(file["sha256"])) for file in told["files"]}
        adds_up = told["count"] == len(promised) == len(told["files"]) and told["bytes"] == sum(size for size, _ in promised.values())
        return promised if adds_up else None
    except (*UNREADABLE, KeyError, TypeError):
        return None


def _is(opened: ZipFile, path: str, size: int, sha256: str) -> bool:
    seen, read = hashlib.sha256(), 0
    try:
        with opened.open(path) as file:
            while read <= size and (chunk := file.read(CHUNK)):
                read += len(chunk)
                seen.update(chunk)
    except UNREADABLE:
        return False
    return read == size and seen.hexdigest() == sha256

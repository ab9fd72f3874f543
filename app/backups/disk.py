"""Bytes onto a disk and back: copied and counted, forced out of memory, read again; and what a disk says in words an office understands."""
import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from app.called import called
from app.rules import Refused
from app.rules.troubles import reason
from app.rules.words import file_size
from app.storage.incoming import write_all

CHUNK = 1024 * 1024
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SAME = "Data Anda tidak berubah."
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
Tell = Callable[[int], None]  # so many bytes more


def fingerprint(path: Path, tell: Tell = lambda _: None) -> tuple[str, int]:
    """SHA-256 and size of what the disk gives back; OSError when it does not."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            tell(len(chunk))
    return digest.hexdigest(), size


def fault_of(path: Path, sha256: str, size: int, tell: Tell = lambda _: None) -> str:
    """What is wrong with a file, in one word; empty when it is what it should be."""
    try:
        return "" if fingerprint(path, tell) == (sha256, size) else "berubah"
    except FileNotFoundError:
        return "hilang"
    except OSError:
        return "tidak terbaca"


def copy(source: Path, target: Path) -> None:
    """All of it, on the disk when this returns."""
    with source.open("rb", buffering=0) as read, target.open("xb", buffering=0) as written:
        while chunk := read.read(CHUNK):
            write_all(written, chunk)
        settle(written.fileno())


def settle(handle: int) -> None:
    """Out of the memory of this computer and onto the disk, so that reading it again asks the disk."""
    os.fsync(handle)
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def is_beside(data: Path, folder: Path) -> bool:
    """On the disk that holds the data: then both are lost with it."""
    try:
        return existing(folder).stat().st_dev == data.stat().st_dev
    except OSError:
        return False


def existing(folder: Path) -> Path:
    """The folder, or the one it will be made in."""
    return folder if folder.exists() else folder.parent


def must_have_room(target: Path, needed: int, free: int) -> None:
    if free < needed:
        raise Refused(f"Tempat cadangan {target} penuh: perlu {file_size(needed)}, tersisa {file_size(free)}. "
                      "Kosongkan sebagian, atau pilih folder di disk lain.")


def data_must_have_room(data: Path, needed: int) -> None:
    """Named before anything is written."""
    if (free := shutil.disk_usage(data).free) < needed:
        raise Refused(f"Disk folder data {data} penuh: perlu {file_size(needed)}, tersisa {file_size(free)}. Kosongkan sebagian, lalu ulangi. {SAME}")


def data_refusal(data: Path, trouble: OSError | sqlite3.Error) -> Refused:
    """What stopped a change of the data folder, as a sentence."""
    number = trouble.errno if isinstance(trouble, OSError) else None
    if number in FULL or getattr(trouble, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return Refused(f"Disk folder data {data} penuh. Kosongkan sebagian, lalu ulangi. {SAME}")
    if number in CLOSED or getattr(trouble, "sqlite_errorcode", None) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return Refused(f"Folder data {data} tidak dapat ditulisi. Jalankan dengan akun yang memasang aplikasi ini. {SAME}")
    if getattr(trouble, "sqlite_errorcode", None) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Refused(f"Basis data di {data} sedang dibuka program lain. Tutup program itu, lalu ulangi. {SAME}")
    why = reason(trouble) if isinstance(trouble, OSError) else trouble
    return Refused(f"Folder data {data} tidak dapat dipakai ({why}). {SAME}")


def refusal(target: Path, trouble: OSError | sqlite3.Error) -> Refused:
    """What stopped the work, as a sentence."""
    number = trouble.errno if isinstance(trouble, OSError) else None
    if number in FULL or getattr(trouble, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return Refused(f"Tempat cadangan {target} penuh. Kosongkan sebagian, atau pilih folder di disk lain.")
    if number == errno.ENOENT and not target.exists():
        return Refused(f"Folder {target.parent} tidak ada. Pasang dulu disknya, atau pilih folder lain.")
    if number in CLOSED:
        return Refused(f"Folder {target} tidak dapat ditulisi. Periksa izinnya, atau pilih folder lain.")
    if isinstance(trouble, sqlite3.Error):
        return Refused(f"Basis data tidak dapat disalin ({trouble}). Simpan cadangan yang sudah ada, lalu jalankan {called('doctor')}.")
    return Refused(f"Folder {target} tidak dapat dipakai ({reason(trouble)}). Periksa sambungan disknya, atau pilih folder lain.")

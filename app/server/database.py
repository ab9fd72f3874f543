"""Whether the database can be served: ours to write, whole as far as a moment shows, and of the version of this program. Refused with a sentence."""

import os
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from app.called import called
from app.config import ROOT, SettingError, Settings

MOMENT = 0.5  # seconds for looking through it: a few hundred MB; all of it is read every night
REVISION = re.compile(r"^revision = '(\w+)'", re.MULTILINE)
ACCOUNTS = "akun.csv"  # of a training regency, which `siapkan` has a word to say about
FOLDERS = ("files", "previews", "incoming", "statis")
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def check(settings: Settings) -> None:
    """SettingError unless it is sound and all that is served with it is ours; one that is not there yet is made by `siapkan`."""
    path = settings.data / "lumbung.sqlite"
    _must_be_ours(settings.data, [settings.data / name for name in FOLDERS] + list((settings.data / "statis").glob("*")))
    if settings.database_url or not path.exists():
        return
    _must_be_ours(settings.data, [path, Path(f"{path}-wal"), Path(f"{path}-shm")])
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            until = time.monotonic() + MOMENT
            connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        found = str(error) if error.sqlite_errorcode & 0xFF in DAMAGED else "ok"  # in use or large: nothing was found in a moment
    if found != "ok":
        raise SettingError(f"Basis data {path} rusak ({found.splitlines()[-1]}). Jangan teruskan bekerja: salin dulu folder {settings.data}, "
                           f"lalu pulihkan cadangan terakhir dengan {called('restore')}.")


def check_version(settings: Settings) -> None:
    """SettingError when the database is older or newer than this program: every page would fail."""
    path, known = settings.data / "lumbung.sqlite", _known(ROOT / "migrations" / "versions")
    if settings.database_url or not known:
        return
    found = _revision(path) if path.exists() else None
    if found == known[-1]:
        return
    if found and found not in known:
        raise SettingError(f"Basis data ini dibuat oleh versi Lumbung Inovasi yang lebih baru (revisi {found}). "
                           "Pasang versi yang sama atau lebih baru; basis data tidak diubah.")
    raise SettingError(f"Folder data {settings.data} belum disiapkan untuk versi ini. Jalankan dulu: {called('siapkan')}")


def is_prepared(settings: Settings) -> bool:
    """Whether `siapkan` would find nothing to do: asked of the database alone, since that command has to read the whole program first, which
    takes as long as all the rest of a start."""
    path, known = settings.data / "lumbung.sqlite", _known(ROOT / "migrations" / "versions")
    if settings.database_url or not known or not path.exists() or _revision(path) != known[-1]:
        return False
    if (settings.data / ACCOUNTS).exists() or (os.name == "posix" and path.stat().st_mode & 0o077):
        return False
    from app import instruments

    wanted = {code for code in instruments.codes() if instruments.load(code)["complete"]}
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            published = {code for code, in connection.execute("SELECT code FROM instrument")}
            filled = all(connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0] for table in ("reason", '"user"'))
    except sqlite3.Error:
        return False
    return filled and wanted <= published


def not_ours(data: Path, one: Path) -> SettingError:
    return SettingError(f"{one} tidak dapat ditulisi akun ini. Jalankan dengan akun yang memasang aplikasi ini, "
                        f"atau kembalikan pemilik folder {data} beserta isinya.")


def _must_be_ours(data: Path, paths: list[Path]) -> None:
    for one in paths:
        if one.exists() and not os.access(one, os.R_OK | os.W_OK):
            raise not_ours(data, one)


def _known(versions: Path) -> list[str]:
    """The revisions of this program, oldest first; none where only the server is."""
    found = (REVISION.search(path.read_text("utf-8")) for path in sorted(versions.glob("*.py")))
    return [each[1] for each in found if each]


def _revision(path: Path) -> str | None:
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    except (sqlite3.Error, TypeError):
        return None

"""Which shape a database has, which ones this code knows, and the way from an older one to it: always on a copy, in a process of its own."""
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import ROOT
from app.rules import Refused

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

SCRIPTS = ROOT / "migrations"
STATEMENT = re.compile(r"^\[SQL: .*?^\(Background.*?$", re.MULTILINE | re.DOTALL)
CLASSES = re.compile(r"^[\w.]+: \([\w.]+\) ")  # SQLAlchemy's and the driver's
ELSEWHERE = ("DATABASE_URL", "LUMBUNG_DATABASE_URL", "LUMBUNG_DATA")


def known(scripts: Path = SCRIPTS) -> list[str]:
    """The newest first; it is the one this code works on."""
    return [script.revision for script in _directory(scripts).walk_revisions()]


def shrunk(before: str, scripts: Path = SCRIPTS) -> set[str]:
    """The tables that the way from there to the newest empties or shrinks on purpose: its migrations say so, each in a `SHRINKS` of its own."""
    way = _directory(scripts).iterate_revisions("head", before)
    return {table for script in way for table in getattr(script.module, "SHRINKS", ())}


def _directory(scripts: Path) -> "ScriptDirectory":
    from alembic.script import ScriptDirectory  # 10 MB: for who looks after the database

    return ScriptDirectory(str(scripts))


def of(database: Path) -> str | None:
    """None where there is none: an empty database, or no database of this app."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=15)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return None
    return row[0] if row else None


def must_be_known(revision: str | None, what: str, scripts: Path = SCRIPTS) -> None:
    if revision not in known(scripts):
        raise Refused(f"{what} dibuat oleh versi Lumbung Inovasi yang lebih baru (revisi {revision}). Pasang versi itu dulu, lalu ulangi. "
                      "Data Anda tidak berubah.")


def bring_up(folder: Path, scripts: Path = SCRIPTS) -> None:
    """The database in `folder` to the newest revision; Refused with the reason when a script fails. Never called on the one in use."""
    done = command(folder, "db", "upgrade", "--directory", str(scripts))
    if done.returncode:
        raise Refused(f"Pembaruan basis data gagal pada salinannya: {_reason(done)}")


def answers(folder: Path) -> str:
    """What is wrong when the app is opened on the data in `folder`; empty when its sign-in page and /sehat answer."""
    done = command(folder, "hidup")
    return "" if done.returncode == 0 else _reason(done)


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One of the app's own commands on another data folder."""
    env = {name: value for name, value in os.environ.items() if name not in ELSEWHERE} | {"LUMBUNG_DATA": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run(python(*words), cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", errors="replace",
                          stdin=subprocess.DEVNULL)


def _reason(done: subprocess.CompletedProcess[str]) -> str:
    """The last line it said, without the statement that SQLAlchemy adds below, which may have lines of its own."""
    said = [line.strip() for line in STATEMENT.sub("", done.stderr).splitlines() if line.strip()]
    return CLASSES.sub("", said[-1]).removeprefix("Error: ").rstrip(".") if said else f"kode {done.returncode}"


def python(*words: str) -> Sequence[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", *words]

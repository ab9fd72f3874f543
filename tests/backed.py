"""A data folder worth a backup: the saved cast with real bytes behind every file."""
import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from app.extensions import db


def give_bytes(app) -> Path:
    """The data folder."""
    data = app.config["LUMBUNG"].data
    with app.app_context():
        for id in db.session.scalars(text("SELECT id FROM stored_file")).all():
            sha256, size = put(data, f"berkas {id}".encode())
            db.session.execute(text("UPDATE stored_file SET sha256 = :sha256, size = :size WHERE id = :id"),
                               {"sha256": sha256, "size": size, "id": id})
        db.session.commit()
    return data


def put(data: Path, content: bytes) -> tuple[str, int]:
    sha256 = hashlib.sha256(content).hexdigest()
    path = data / "files" / sha256[:2] / sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return sha256, len(content)


def named(database: Path) -> dict[str, int]:
    """What a database says is stored."""
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT sha256, size FROM stored_file"))


def held(backup) -> dict[str, int]:
    """The files in a backup whose content is what their name says."""
    return {path.name: path.stat().st_size for path in backup.path.glob("files/*/*")
            if hashlib.sha256(path.read_bytes()).hexdigest() == path.name}


def manifest(backup) -> dict:
    return json.loads((backup.path / "manifest.json").read_text("utf-8"))


def another(data: Path, folder: Path) -> Path:
    """A data folder of its own with the same content, that a test may spoil."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as source, closing(sqlite3.connect(folder / "lumbung.sqlite")) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
    shutil.copy(data / "secret", folder / "secret")
    shutil.copytree(data / "files", folder / "files", dirs_exist_ok=True)
    for path in folder.glob("files/*/*"):  # the app's folder holds files of other tests
        if path.name not in named(folder / "lumbung.sqlite"):
            path.unlink()
    return folder


def ask(data: Path, sql: str):
    """The one value a database answers with."""
    with closing(sqlite3.connect(data / "lumbung.sqlite", isolation_level=None)) as connection:
        row = connection.execute(sql).fetchone()
        return row and row[0]


def is_sound(data: Path) -> bool:
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as connection:
        return (connection.execute("PRAGMA integrity_check").fetchall(), connection.execute("PRAGMA foreign_key_check").fetchall()) == ([("ok",)], [])

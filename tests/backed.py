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
    """The data folder; without the backups of the test before."""
    data = app.config["LUMBUNG"].data
    shutil.rmtree(data / "cadangan", ignore_errors=True)
    for left in data.glob("cadangan.*"):
        left.unlink()
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

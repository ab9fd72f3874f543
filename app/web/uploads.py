"""A file from the browser to its place on disk: bytes first, before the writing transaction; the row second, inside it."""
import time
from collections.abc import Collection
from pathlib import PurePath
from typing import NamedTuple

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.extensions import db
from app.models import StoredFile, Unit
from app.queries import documents
from app.rules import Refused
from app.storage import Stored
from app.web.gate import storage
from app.web.regency import regency

PATIENCE = 5.0  # seconds an upload waits for its turn to be read; else the first who looks at it has it read


class Upload(NamedTuple):
    """Bytes already under their hash, and the name the person gave them."""
    stored: Stored
    name: str

    def row(self) -> StoredFile:
        """The file's row, shared by everyone who brought the same bytes. Call inside the writing transaction."""
        known = db.session.scalar(select(StoredFile).where(StoredFile.sha256 == self.stored.sha256))
        return known or StoredFile(sha256=self.stored.sha256, size=self.stored.size, kind=self.stored.kind, pages=self.stored.pages,
                                   seconds=self.stored.seconds, active=list(self.stored.active))


def receive(file: FileStorage | None, unit: Unit, allowed: Collection[str], max_seconds: int | None = None) -> Upload:
    """Check and store one file for a unit. Raises Refused or Rejected with a sentence; a refused file leaves nothing behind."""
    if file is None or not file.filename:
        raise Refused("Pilih berkasnya dulu.")
    used, settings = db.session.scalar(documents.bytes_of(unit)) or 0, regency()
    if used >= settings.unit_quota_mb * 1024 * 1024:
        raise Refused(f"Ruang {unit.name} ({settings.unit_quota_mb} MB) sudah penuh. Hubungi {settings.office}.")
    name = PurePath(file.filename.replace("\\", "/")).name[-255:]
    stored = storage().take(file.stream, name, allowed, max_seconds)
    if stored.kind == "pdf":
        storage().text(stored.sha256, until=time.monotonic() + PATIENCE)  # read once, here; what cannot be read is evidence all the same
    return Upload(stored, name)

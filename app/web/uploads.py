"""A file from the browser to its place on disk: bytes first, before the writing transaction; the row second, inside it."""
import time
from collections.abc import Collection
from pathlib import PurePath
from typing import NamedTuple

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.extensions import db
from app.models import Innovation, StoredFile, Unit
from app.queries import documents
from app.rules import Refused
from app.storage import Stored
from app.web.gate import storage
from app.web.regency import regency

MEGABYTE = 1024 * 1024
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


def receive(file: FileStorage | None, unit: Unit, allowed: Collection[str], max_seconds: int | None = None,
            about: Innovation | None = None) -> Upload:
    """Check and store one file for a unit, and for the innovation it is about. Raises Refused or Rejected with a sentence; a refused
    file leaves nothing behind."""
    if file is None or not file.filename:
        raise Refused("Pilih berkasnya dulu.")
    must_have_room(unit, about)
    name = PurePath(file.filename.replace("\\", "/")).name[-255:]
    stored = storage().take(file.stream, name, allowed, max_seconds)
    if stored.kind == "pdf":
        storage().text(stored.sha256, until=time.monotonic() + PATIENCE)  # read once, here; what cannot be read is evidence all the same
    return Upload(stored, name)


def must_have_room(unit: Unit, about: Innovation | None) -> None:
    """Before the bytes: the file that fills the room up still comes in."""
    settings = regency()
    if (db.session.scalar(documents.bytes_of(unit)) or 0) >= settings.unit_quota_mb * MEGABYTE:
        raise Refused(f"Ruang {unit.name} ({settings.unit_quota_mb} MB) sudah penuh. Hubungi {settings.office}.")
    if about and (db.session.scalar(documents.bytes_about(about)) or 0) >= settings.innovation_quota_mb * MEGABYTE:
        raise Refused(f"Ruang inovasi ini ({settings.innovation_quota_mb} MB) sudah penuh. Ganti berkas yang besar dengan yang lebih kecil, "
                      f"atau hubungi {settings.office}.")

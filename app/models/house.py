"""The installation itself: what is done to all of it at once, at the command line, by nobody the app knows."""
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session as Transaction

from app import clock
from app.models.event import Event
from app.models.sessions import Session


class House:
    """Whose rows are all rows: no table of its own. `transaction` is that of the database it is about, which need not be the one in use."""

    def __init__(self, transaction: Transaction):
        self.transaction = transaction

    def be_restored(self, name: str, made_at: str, undone: bool) -> None:
        """This database came back from the backup `name` of `made_at` (ISO); `undone`: it is the one that stood before that backup was restored.
        Everybody signs in again."""
        self.transaction.execute(update(Session).where(Session.ended_at.is_(None)).values(ended_at=clock.now()))
        self.record("backup_restored", name=name, made_at=made_at, undone=undone)

    def change_version(self, before: str, after: str) -> None:
        """From one revision of the database to another."""
        self.record("version_changed", before=before, after=after)

    def record(self, what: str, **details: Any) -> None:
        self.transaction.add(Event(what=what, at=clock.now(), details=details, is_private=False))

"""The chain of events: every link recomputed, and its end held against what was written down of it elsewhere."""
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from babel.dates import format_datetime
from sqlalchemy import select

from app import backups
from app.checks.found import Check, Things
from app.checks.night import last_night
from app.models import Event
from app.rules.chain import START, link

BATCH = 2000
COLUMNS = Event.__table__.columns
FACTS = [column.key for column in COLUMNS if column.key not in ("id", "hash", "at")]


class Anchor(NamedTuple):
    """The end of the log as `where` knew it at that instant."""
    where: str
    at: datetime
    last: int
    head: str


def log(things: Things) -> Check:
    return Check.of("Log", _Walk(things).faults(), "Rantai log utuh dari catatan pertama sampai terakhir.", "Rantai log putus di {} tempat.",
                    "Log diubah di luar aplikasi. Jangan hapus cadangan lama; simpan folder data sebagai bukti dan laporkan kepada pimpinan.")


class _Walk:
    """From the first event to the last, in batches. What does not link up is named once, and the walk goes on from what is written there."""

    def __init__(self, things: Things):
        self.things, self.zone = things, things.zone
        self.anchors = list(anchors(things))
        self.last, self.before = 0, START
        self.restored_at: datetime | None = None
        self.at_anchor: dict[int, str] = {}

    def faults(self) -> Iterator[str]:
        wanted = {anchor.last for anchor in self.anchors}
        for row in self._rows():
            if isinstance(row, int):
                yield f"Catatan nomor {row} tidak terbaca; isinya diubah"
                self.last = row
                continue
            facts = {name: row[name] for name in FACTS}
            if link(self.before, row["at"], facts) != row["hash"]:
                yield self._broken(row["id"], row["at"])
            if row["what"] == "backup_restored":
                self.restored_at = row["at"]
            if row["id"] in wanted:
                self.at_anchor[row["id"]] = row["hash"]
            self.last, self.before = row["id"], row["hash"]
        yield from self._ends()

    def _broken(self, id: int, at: datetime) -> str:
        day = format_datetime(at.astimezone(self.zone), "d MMMM y 'pukul' HH.mm", locale="id")
        if id > self.last + 1:
            gone = f"nomor {self.last + 1}" if id == self.last + 2 else f"nomor {self.last + 1} sampai {id - 1}"
            return f"Catatan nomor {id} ({day}) tidak menyambung: {gone} hilang"
        return f"Catatan nomor {id} ({day}) tidak menyambung: isinya diubah, atau ada yang disisipkan, ditukar, atau dihapus di situ"

    def _ends(self) -> Iterator[str]:
        """Whoever restored an older state said so in the log; what was known later does not count against it."""
        for anchor in self.anchors:
            if self.restored_at and self.restored_at > anchor.at:
                continue
            day = format_datetime(anchor.at.astimezone(self.zone), "d MMMM y", locale="id")
            if anchor.last > self.last:
                yield f"Log berakhir di nomor {self.last}, sedangkan {anchor.where} {day} mengenal sampai nomor {anchor.last}: ujungnya dipotong"
            elif self.at_anchor.get(anchor.last) != anchor.head:
                yield f"Catatan nomor {anchor.last} tidak sama dengan yang dikenal {anchor.where} {day}: log sebelum itu ditulis ulang"

    def _rows(self) -> Iterator[Any]:
        """Mappings; the number alone of what cannot be read."""
        last = 0
        while ids := self.things.session.scalars(select(Event.id).where(Event.id > last).order_by(Event.id).limit(BATCH)).all():
            yield from self._read(last, ids[-1]) or self._one_by_one(ids)
            last = ids[-1]
            self.things.forget()

    def _read(self, after: int, upto: int) -> list[Any]:
        try:
            return list(self.things.session.execute(select(*COLUMNS).where(COLUMNS.id > after, COLUMNS.id <= upto).order_by(COLUMNS.id)).mappings())
        except (ValueError, TypeError):
            return []

    def _one_by_one(self, ids: Any) -> Iterator[Any]:
        for id in ids:
            yield next(iter(self._read(id - 1, id)), id)


def anchors(things: Things) -> Iterator[Anchor]:
    newest = backups.latest(things.settings.backups)
    if newest and newest.events:
        yield Anchor("cadangan", newest.made_at, *newest.events)
    night = last_night(things.settings.data)
    if night and night.head:
        yield Anchor("pemeriksaan malam", night.head_at or night.at, *night.head)

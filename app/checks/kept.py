"""What must stay as it was: what was sent, instruments that were published, files under their hashes."""
from collections.abc import Iterator
from itertools import chain

from sqlalchemy import select, text
from sqlalchemy.orm import joinedload, undefer

from app.backups.disk import fault_of
from app.backups.making import NAMES
from app.checks.found import Check, Things
from app.models import Entry, Instrument, Sending, StoredFile
from app.models.instrument import fingerprint
from app.rules.workflow import LABELS, Status

BATCH = 100
FILES = 1000
WORDS = {"hilang": "hilang dari folder files", "berubah": "berubah isinya", "tidak terbaca": "tidak terbaca dari disk"}


def sendings(things: Things) -> Check:
    return Check.of("Yang sudah dikirim", chain(_changed(things), _lone(things)), "Semua yang sudah dikirim masih sama seperti saat dikirim.",
                    "{} hal pada yang sudah dikirim tidak cocok.",
                    "Bandingkan dengan cetakan atau cadangan dari hari pengirimannya, lalu pulihkan cadangan itu.")


def instruments(things: Things) -> Check:
    return Check.of("Instrumen", _instruments(things), "Setiap instrumen masih sama seperti saat terbit.", "{} instrumen berubah sesudah terbit.",
                    "Ada yang mengubah basis data di luar aplikasi. Pulihkan cadangan dari sebelumnya.")


def files(things: Things) -> Check:
    return Check.of("Berkas bukti", _files(things), "Semua berkas ada dan isinya cocok.", "{} berkas hilang atau berubah.",
                    "Jangan hapus cadangan lama: berkas itu diambil dari sana. Bila tidak ada, minta pemiliknya mengunggah ulang.")


def _changed(things: Things) -> Iterator[str]:
    last = 0
    query = select(Sending).options(undefer(Sending.snapshot), joinedload(Sending.entry), joinedload(Sending.pdf)).order_by(Sending.id).limit(BATCH)
    while batch := things.session.scalars(query.where(Sending.id > last)).all():
        last = batch[-1].id
        found = [f"Yang terkirim dengan nomor {one.number} berubah sesudah dikirim" for one in batch if not one.is_whole]
        things.forget()
        yield from found


def _lone(things: Things) -> Iterator[str]:
    lone = select(Entry.number, Entry.status).outerjoin(Sending).where((Entry.status == Status.SENT) != Sending.id.is_not(None)).order_by(Entry.id)
    for number, status in things.session.execute(lone):
        yield f"Usulan nomor {number} berstatus {LABELS[Status(status)]}, tidak cocok dengan catatan pengirimannya"


def _instruments(things: Things) -> Iterator[str]:
    """A published one is its file: neither the text kept of it nor the rows made from it may differ. A draft may."""
    for instrument in things.session.scalars(select(Instrument).where(Instrument.published_at.is_not(None)).order_by(Instrument.id)):
        with things.session.no_autoflush:
            fresh = Instrument.publish(instrument.source)
        if fingerprint(instrument.source) != instrument.checksum or _rules(instrument) != _rules(fresh):
            yield f"Instrumen {instrument.code} berubah sesudah terbit"
    things.forget()


def _rules(instrument: Instrument) -> list:
    return [instrument.year, instrument.rules] + [
        (row.code, row.aspect, row.weight, row.mandatory, row.evidence, [level.label for level in row.levels],
         [(basis.code, basis.file_types, [level.label for level in basis.levels]) for basis in row.bases]) for row in instrument.indicators]


def _files(things: Things) -> Iterator[str]:
    """No transaction stays open while the disk is read."""
    last = 0
    query = select(StoredFile.id, StoredFile.sha256, StoredFile.size).order_by(StoredFile.id).limit(FILES)
    while batch := things.session.execute(query.where(StoredFile.id > last)).all():
        last = batch[-1].id
        things.forget()
        for _, sha256, size in batch:
            if fault := fault_of(things.storage.path(sha256), sha256, size):
                name = things.session.scalar(text(NAMES), {"sha256": sha256})
                yield f"Berkas {sha256[:12]} {WORDS[fault]}" + (f": {name}" if name else "")
                things.forget()

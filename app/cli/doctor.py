"""`doctor`: recompute what is stored and compare. Changes nothing; exit 1 when something differs."""
import hashlib
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select, text
from sqlalchemy.orm import joinedload, undefer

from app.cli.setup import must_be_ready
from app.extensions import db
from app.models import Entry, Instrument, Period, Sending, StoredFile
from app.models.instrument import fingerprint
from app.queries.entries import WHOLE
from app.rules.words import listed
from app.rules.workflow import LABELS, Status


@click.command("doctor", help="Periksa basis data, skor tersimpan, instrumen, dan berkas.")
@with_appcontext
def doctor() -> None:
    must_be_ready()
    faults = [*database_faults(), *score_faults(), *region_faults(), *sending_faults(), *instrument_faults(), *file_faults()]
    for fault in faults:
        click.echo(f"✗ {fault}")
    if faults:
        raise click.ClickException(f"{len(faults)} hal perlu diperiksa.")
    click.echo("Semua cocok: basis data, skor, instrumen, dan berkas.")


def database_faults() -> list[str]:
    result = db.session.scalar(text("PRAGMA integrity_check"))
    broken = db.session.execute(text("PRAGMA foreign_key_check")).all()
    return ([] if result == "ok" else [f"Basis data rusak: {result}"]) + [f"Rujukan putus di tabel {row[0]}, baris {row[1]}" for row in broken]


def score_faults() -> list[str]:
    """Recomputed in memory from claims, evidence and decided verdicts; rolled back."""
    faults = []
    for entry in db.session.scalars(select(Entry).options(*WHOLE).execution_options(yield_per=50)):
        stored, levels = _points(entry), _levels(entry)
        with db.session.no_autoflush:
            for answer in entry.answers:
                verdict = entry.last_decided_round and entry.last_decided_round.verdict_on(answer)
                answer.proven_level = verdict and verdict.proven_level
                answer.recount()
        if entry.main_affair != entry.profile_facts()["main_affair"]:
            faults.append(f"Usulan {entry.id} ({entry.innovation.name}): urusan utama tersimpan berbeda dari profilnya")
        rows = [code for code, found in _levels(entry).items() if found != levels[code]]
        if rows or stored != _points(entry):
            faults.append(f"Usulan {entry.id} ({entry.innovation.name}): tersimpan {stored}, seharusnya {_points(entry)}"
                          + (f"; baris {listed(rows)} berbeda" if rows else ""))
    db.session.rollback()
    return faults


def region_faults() -> list[str]:
    """The levels that evidence carries and the sums of a period, recomputed; rolled back."""
    faults = []
    for period in db.session.scalars(select(Period)):
        stored = _region(period)
        with db.session.no_autoflush:
            for row in period.region_rows:
                row.recount()
            period.recount_region()
        if stored != _region(period):
            faults.append(f"Indikator daerah {period.year}: tersimpan {_said(stored)}, seharusnya {_said(_region(period))}")
    db.session.rollback()
    return faults


def _region(period: Period) -> list:
    """The three sums, and what the evidence of each row carries."""
    return [period.region_claimed, period.region_evidenced, period.region_verified, *(row.evidenced_level for row in period.region_rows)]


def _said(region: list) -> str:
    return " / ".join(f"{value.normalize():f}" for value in region[:3])


def sending_faults() -> list[str]:
    """What was sent is what it was."""
    sent = db.session.scalars(select(Sending).options(undefer(Sending.snapshot), joinedload(Sending.entry), joinedload(Sending.pdf))
                              .execution_options(yield_per=50))
    faults = [f"Yang terkirim dengan nomor {one.number} berubah sesudah dikirim" for one in sent if not one.is_whole]
    lone = select(Entry.number, Entry.status).outerjoin(Sending).where((Entry.status == Status.SENT) != Sending.id.is_not(None))
    return faults + [f"Usulan nomor {number} berstatus {LABELS[Status(status)]}, tidak cocok dengan catatan pengirimannya"
                     for number, status in db.session.execute(lone)]


def _points(entry: Entry) -> str:
    return " / ".join(f"{value:f}" for value in (entry.claimed, entry.evidenced, entry.verified))


def _levels(entry: Entry) -> dict[str, tuple]:
    return {answer.indicator.code: (answer.evidenced_level, answer.proven_level) for answer in entry.answers}


def instrument_faults() -> list[str]:
    """A published instrument is its file: neither the text kept of it nor the rows made from it may differ. A draft may."""
    faults = []
    for instrument in db.session.scalars(select(Instrument).where(Instrument.published_at.is_not(None))):
        with db.session.no_autoflush:
            fresh = Instrument.publish(instrument.source)
        if fingerprint(instrument.source) != instrument.checksum or _rules(instrument) != _rules(fresh):
            faults.append(f"Instrumen {instrument.code} berubah sesudah terbit")
    return faults


def _rules(instrument: Instrument) -> list:
    return [instrument.year, instrument.rules] + [
        (row.code, row.aspect, row.weight, row.mandatory, row.evidence, [level.label for level in row.levels],
         [(basis.code, basis.file_types, [level.label for level in basis.levels]) for basis in row.bases]) for row in instrument.indicators]


def file_faults() -> list[str]:
    storage = current_app.extensions["storage"]
    faults = []
    for sha256, size in db.session.execute(select(StoredFile.sha256, StoredFile.size)):
        path = storage.path(sha256)
        if not path.exists():
            faults.append(f"Berkas {sha256[:12]} hilang dari folder files")
        elif path.stat().st_size != size or digest(path) != sha256:
            faults.append(f"Berkas {sha256[:12]} berubah isinya")
    return faults


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

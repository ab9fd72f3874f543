"""A data folder of a chosen size, made once for a schema and kept."""
import hashlib
import random
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask

from app import clock, create_app
from app.cli.setup import MIGRATIONS, migrate_database, publish_instruments, seed_reasons
from app.config import Settings
from app.extensions import db
from app.models import Event, Instrument, Period
from app.rules.codelists import AFFAIRS
from benchmarks.data import copying, patterns, people

UNITS = 300
EARLIER = 10  # one in so many again in the year before, all approved
FIRST = ("PELAYANAN", "JEMPUT", "RUMAH", "GERAKAN", "SISTEM", "KAMPUNG", "POSYANDU", "SEKOLAH", "PASAR", "DESA", "LAYANAN", "KELAS")
SECOND = ("GIZI", "TERPADU", "SAMPAH", "BERKAH", "DIGITAL", "RAMAH", "SEHAT", "CERDAS", "MANDIRI", "TANGGUH", "LESTARI", "BAHAGIA")
THIRD = ("BALITA", "PETANI", "NELAYAN", "LANSIA", "PEMUDA", "PEREMPUAN", "DIFABEL", "PEDAGANG", "SISWA", "SANTRI", "BURUH", "KELUARGA")
RARE = "KENCANA"  # in one name of a thousand


def data_folder(room: Path, size: int) -> Path:
    """That of this size under `room`, made when it is not there."""
    units = UNITS if size >= 5000 else max(10, size // 20)
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    # its deadlines are counted from the day it was made
    mark = f"{ScriptDirectory(MIGRATIONS).get_current_head()}-{clock.now():%m%d}-{hashlib.sha256(code).hexdigest()[:6]}"
    folder = room / f"data-{size}-{units}-{mark}"
    if not (folder / "jadi").exists():
        for old in room.glob(f"data-{size}-{units}-*"):
            shutil.rmtree(old)
        began = time.monotonic()
        _make(folder, size, units)
        (folder / "jadi").touch()
        print(f"laid down {size:,} innovations in {time.monotonic() - began:.0f} s: {folder}", flush=True)
    return folder


def _make(folder: Path, size: int, units: int) -> None:
    app = create_app(Settings.load({"LUMBUNG_DATA": str(folder)}))
    with app.app_context():
        migrate_database()
        publish_instruments()
        seed_reasons()
        staff = people.enrol(units)
        now, admin = clock.now(), staff.office["admin"][0]
        instrument = db.session.scalars(db.select(Instrument).where(Instrument.code == "iid-2026")).one()
        year = {"opens_at": now - timedelta(days=60), "closes_at": now + timedelta(days=20), "repairs_close_at": now + timedelta(days=30)}
        before = {name: instant - timedelta(days=365) for name, instant in year.items()}
        period = Period.add(2026, instrument, admin, minimum_maturity=60, two_steps=True, **year)
        earlier = Period.add(2025, instrument, admin, minimum_maturity=60, two_steps=True, **before)
        db.session.add_all([period, earlier])
        db.session.flush()
        db.session.commit()
        made = patterns.make(patterns.Maker(staff, period, app.extensions["storage"]))
        db.session.commit()
        _lay_down(app, folder, size, staff, made, period, earlier)
        db.session.remove()
        db.engine.dispose()
    with closing(sqlite3.connect(folder / "lumbung.sqlite")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _lay_down(app: Flask, folder: Path, size: int, staff: people.Staff, made: list, period: Period, earlier: Period) -> None:
    dice, operators, units = random.Random(size), [user.id for user in staff.operators], [unit.id for unit in staff.units]
    reviewers = [user.id for user in staff.office["verifikator"]]
    head = db.session.scalar(db.select(Event.hash).order_by(Event.id.desc()).limit(1))
    ids, last = {"period": period.id, "earlier": earlier.id}, sum(len(alike) for _, alike in made)
    with closing(sqlite3.connect(folder / "lumbung.sqlite", isolation_level=None)) as database:
        database.execute("PRAGMA synchronous=OFF")
        tables = [(many, [copying.read(database, entry) for entry in alike]) for many, alike in made]
        db.session.remove()
        deck = [table for many, table in tables for _ in range(many)]
        dice.shuffle(deck)
        copier = copying.Copier(database, head=head)
        database.execute("BEGIN")
        indexes = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
        for name, _ in indexes:
            database.execute(f'DROP INDEX "{name}"')
        olden = size // EARLIER
        for n in range(olden + size):
            old, unit = n < olden, n % len(units)
            affair = dice.choice(AFFAIRS)
            named = {"name": _name(dice, n), "main_affair": affair}
            number = n + 1 if old else last + n - olden + 1
            alike = tables[-1][1] if old else deck[n // len(units) % len(deck)]
            copier.copy(alike[n % len(alike)], n * copying.STEPS // (olden + size),
                        {"user": {operators[0]: operators[unit], reviewers[0]: reviewers[n % len(reviewers)]}, "unit": {units[0]: units[unit]},
                         "period": {ids["period"]: ids["earlier"]} if old else {}},
                        {"innovation": named, "entry": {"number": number, "main_affair": affair}}, named)
            if n % 1000 == 0:
                copier.write()
        copier.write()
        for period_id, started in ((ids["earlier"], olden), (ids["period"], last + size)):
            database.execute("UPDATE period SET entries_started = ? WHERE id = ?", (started, period_id))
        for _, sql in indexes:
            database.execute(sql)
        database.execute("COMMIT")
        _files(app, database)


def _files(app: Flask, database: sqlite3.Connection) -> None:
    """The bytes of what was laid down, so that a copy of it is whole."""
    storage = app.extensions["storage"]
    for id, sha256, kind in database.execute("SELECT id, sha256, kind FROM stored_file"):
        if not (path := storage.path(sha256)).exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(copying.content(id, kind))


def _name(dice: random.Random, n: int) -> str:
    return f"{dice.choice(FIRST)} {dice.choice(SECOND)} {RARE if n % 1000 == 7 else dice.choice(THIRD)} {n}"

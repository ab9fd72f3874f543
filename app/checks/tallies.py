"""The counts of proposals that the database keeps itself (migration 0009), beside the proposals counted again; nothing is written."""
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from app.checks.database import REBUILD, triggers
from app.checks.found import Check, Things
from app.models import Period, Unit
from app.queries import tally
from app.rules.workflow import LABELS, Status

COUNTERS = {"sqlite": {f"entry_tally_{verb}" for verb in ("add", "drop", "change")}, "postgresql": {"entry_tally"}}


def tallies(things: Things) -> Check:
    return Check.of("Jumlah usulan", _faults(things), "Jumlah usulan tiap perangkat daerah sama dengan hitungan ulangnya.",
                    "{} jumlah usulan salah: dasbor dan daftar menunjukkan angka yang lain daripada usulannya.", REBUILD)


def _faults(things: Things) -> Iterator[str]:
    for name in sorted(COUNTERS[things.session.connection().dialect.name] - triggers(things)):
        yield f"Penjaga {name} tidak ada: usulan yang berubah tidak dihitung"
    stored, found = ({tuple(row[:4]): row[4:] for row in things.session.execute(query)}
                     for query in (select(*tally.COLUMNS).where(or_(*(column != 0 for column in tally.COLUMNS[4:]))), tally.again()))
    for key in sorted(stored.keys() | found.keys()):
        if stored.get(key) != found.get(key):
            period, unit, status, _ = key
            year, name = things.session.get_one(Period, period).name, things.session.get_one(Unit, unit).name
            yield (f"{name}, periode {year}, {LABELS[Status(status)].lower()}: tersimpan {_added(stored.get(key))}; seharusnya "
                   f"{_added(found.get(key))}")


def _added(row: Any) -> str:
    """How many, and their points."""
    if row is None:
        return "tidak ada"
    many, *points = row
    claimed, evidenced, verified = (f"{Decimal(value).normalize():f}".replace(".", ",") for value in points)
    return f"{many} usulan, {claimed} diklaim, {evidenced} berbukti, {verified} terverifikasi"

"""The training regency's units, people and periods, made by the verbs."""
import csv
import io
import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app import clock, passwords
from app.demo.content.people import PEOPLE
from app.demo.content.units import UNITS
from app.models import Instrument, Period, Regency, Unit, User
from app.rules.access import ROLE_LABELS, Role

ZONE = ZoneInfo("Asia/Jakarta")
COLUMNS = ("nama_pengguna", "kata_sandi", "nama", "peran", "perangkat_daerah")
SHOWN = "dinkes"
HELD_BY = {"dinkes": "sari.bappelitbangda", "disdik": "dimas.bappelitbangda", "rsud": "nurul.bappelitbangda"}
LATE = "dinsos"
SHIFT = 1  # the closed year lies one before the instrument's


def units() -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for key, unit in UNITS.items():
        made[key] = Unit.add(unit.name, unit.kind, None, is_office=unit.is_office)
    for key, unit in UNITS.items():
        made[key].parent = made.get(unit.parent) if unit.parent else None
    return made


def house(admin: User, names: dict[str, str]) -> Regency:
    """Named as it is installed, with an address for its letters."""
    return Regency.begin(admin, **names, letterhead=f"Jalan Lumbung Padi Nomor 1, {names['seat']} 99100\nTelepon (0999) 100100")


def people(units: dict[str, Unit], accounts: Path) -> dict[str, User]:
    """Everybody with a password of their own, written down for the trainer."""
    made, rows = {}, []
    for person in PEOPLE:
        password = passwords.one_time_password()
        hashed = passwords.hash_password(password)
        user = User.add(person.username, person.name, hashed, None, nip=person.nip, position=person.position)
        user.change_password(hashed)
        for role, unit in person.memberships:
            user.give_role(Role(role), units[unit], None)
            rows.append((person.username, password, person.name, role, units[unit].name))
        made[person.username] = user
    write_accounts(accounts, rows)
    return made


def write_accounts(accounts: Path, rows: list[tuple[str, ...]]) -> None:
    """Only the person who runs the server may read it."""
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    accounts.unlink(missing_ok=True)
    with open(os.open(accounts, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())


def one_per_role(accounts: Path) -> str:
    """An account of each role, as lines to read."""
    with open(accounts, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.sort(key=lambda row: row["perangkat_daerah"] != UNITS[SHOWN].name)  # an office where something of everything is to be seen
    first = {role: next(row for row in rows if row["peran"] == role) for role in Role}
    return "\n".join(f"  {ROLE_LABELS[role]:14} {row['nama_pengguna']:28} {row['kata_sandi']:24} {row['perangkat_daerah']}"
                     for role, row in first.items())


def closed_instrument(data: dict) -> dict:
    """The year before, from the same tables: dates one year back, divisor and gate as the forecast gives them."""
    year = data["year"] - SHIFT
    forecast = next(item for item in data["forecast"] if item["year"] == year)
    window = {name: earlier(value) for name, value in data["eligibility"].items()}
    return {**data, "id": f"latihan-{year}", "year": year, "title": f"Indeks Inovasi Daerah {year} (latihan)", "eligibility": window,
            "scoring": {**data["scoring"], **{name: forecast[name] for name in ("minimum_divisor", "minimum_basic_affairs")}}}


def earlier(value):
    """A date of the instrument one year back; anything else as it is."""
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return value
    return day.replace(year=day.year - SHIFT).isoformat()


def periods(instrument: Instrument, past: Instrument, admin: User) -> tuple[Period, Period]:
    """Last year's (of `past`), closed; this year's, open for some weeks more. Both end at the last second of a day."""
    today = clock.now().astimezone(ZONE).date()
    with clock.at(evening(today - timedelta(days=430))):
        closed = Period.add(past.year, past, admin, opens_at=morning(today - timedelta(days=420)), closes_at=evening(today - timedelta(days=330)),
                            repairs_close_at=evening(today - timedelta(days=310)), minimum_maturity=80)
    with clock.at(evening(today - timedelta(days=70))):
        current = Period.add(instrument.year, instrument, admin, opens_at=morning(today - timedelta(days=62)),
                             closes_at=evening(today + timedelta(days=17)), repairs_close_at=evening(today + timedelta(days=31)), minimum_maturity=86,
                             needs_signature=True, two_steps=True)
    return closed, current


def share_out(units: dict[str, Unit], people: dict[str, User], current: Period) -> None:
    """Three offices have a reviewer of their own, one got more time."""
    coordinator = people["agus.bappelitbangda"]
    with clock.at(current.opens_at + timedelta(days=1, hours=9)):
        for key, reviewer in HELD_BY.items():
            units[key].give_reviewer(coordinator, people[reviewer])
    with clock.at(clock.now() - timedelta(days=2)):
        current.extend(coordinator, units[LATE], current.closes_at + timedelta(days=7), "Operator lama pindah tugas; operator baru mulai pekan ini.")


def morning(day: date) -> datetime:
    return datetime.combine(day, time(0, 0), ZONE).astimezone(UTC)


def evening(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), ZONE).astimezone(UTC)

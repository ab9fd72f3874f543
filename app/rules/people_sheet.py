"""Accounts as a sheet, one row a role: what each row would do, and what is wrong with it. Knows no database. Roles are added, never taken."""
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.rules.access import ROLE_LABELS, Role
from app.rules.tables import CHANGED, NEW, SAME, WRONG, Cells, Found, Line, Offered, change, is_example, key, quoted, tidy
from app.rules.unit_sheet import KnownUnit

USERNAME, NAME, NIP, POSITION, ROLE, UNIT = COLUMNS = ("Nama pengguna", "Nama lengkap", "NIP", "Jabatan", "Peran", "Perangkat daerah")
LONGEST = {USERNAME: 60, NAME: 120, NIP: 30, POSITION: 120}
FACTS = (NAME, NIP, POSITION)
USERNAME_FORM = re.compile(r"[a-z][a-z0-9._-]{2,59}\Z")
USERNAME_RULE = "Pakai 3 sampai 60 huruf kecil, angka, titik, atau tanda hubung; huruf di depan. Misalnya ratna.dinkes."
NIP_FORM = re.compile(r"[0-9 ]+\Z")
EXACT_DIGITS = 15       # a spreadsheet keeps no more of a number
EXAMPLE = ("contoh: ratna.dinkes", "Ratna Dewi, S.KM.", "19800101 200501 2 001", "Staf perencanaan", ROLE_LABELS[Role.OPERATOR], "Dinas Kesehatan")


class KnownPerson(NamedTuple):
    """An account; `roles` are pairs of role and the name of its unit."""
    id: int
    username: str
    name: str
    nip: str = ""
    position: str = ""
    is_active: bool = True
    roles: frozenset[tuple[str, str]] = frozenset()


class PersonPlan(NamedTuple):
    """What an account of the sheet would be; `facts` are name, NIP and position, `roles` the new ones with the id of their unit."""
    username: str
    facts: tuple[str, str, str]
    roles: tuple[tuple[Role, int], ...]
    known: KnownPerson | None
    is_edited: bool


class PeopleReport(NamedTuple):
    found: list[Found]
    plans: list[PersonPlan]     # of the accounts that would change; empty when a row is wrong
    examples: int

    @property
    def admins(self) -> int:
        """How many accounts would become administrators."""
        return sum(any(role == Role.ADMIN for role, _ in plan.roles) for plan in self.plans)

    @property
    def made(self) -> tuple[int, int]:
        """How many accounts would be made, and how many changed."""
        new = sum(plan.known is None for plan in self.plans)
        return new, len(self.plans) - new


class _Row(NamedTuple):
    cells: Cells
    username: str
    facts: dict[str, str | None]    # None for what the row does not say
    role: Role | None
    unit: KnownUnit | None


def lines_of(person: KnownPerson) -> list[tuple[str, ...]]:
    """How an account stands in the sheet: one row a role, one without any."""
    facts = (person.username, person.name, person.nip, person.position)
    return [(*facts, ROLE_LABELS[Role(role)], unit) for role, unit in sorted(person.roles)] or [(*facts, "", "")]


def read(lines: Sequence[Line], known: Sequence[KnownPerson], units: Sequence[KnownUnit]) -> PeopleReport:
    """Rows are matched to accounts by user name. An empty cell leaves what is recorded, a dash takes NIP or position away."""
    accounts = {person.username: person for person in known}
    offered = Offered({unit.name: unit for unit in units}, "tidak ada di daftar perangkat daerah")
    rows = [_row(Cells(line), accounts, offered) for line in lines if not is_example(line)]
    facts = _agreed(rows)
    _check_new(rows, facts, accounts)
    _check_twice(rows)
    found, plans = [], dict[str, PersonPlan]()
    for row in rows:
        found.append(_found(row, facts, accounts, plans))
    wrong = any(one.what == WRONG for one in found)
    wanted = [plan for plan in plans.values() if plan.known is None or plan.is_edited or plan.roles]
    return PeopleReport(found, [] if wrong else wanted, len(lines) - len(rows))


def _row(cells: Cells, accounts: Mapping[str, KnownPerson], units: Offered[KnownUnit]) -> _Row:
    username = (cells.text(USERNAME, LONGEST[USERNAME]) or "").lower()
    if not cells.faults and not USERNAME_FORM.fullmatch(username):
        cells.fault(USERNAME, f"{quoted(username)} tidak dapat dipakai. {USERNAME_RULE}" if username else "kosong. Isi nama penggunanya.")
    person = accounts.get(username)
    if person and not person.is_active:
        cells.fault(USERNAME, f"akun {username} dinonaktifkan. Aktifkan dulu, atau hapus baris ini.")
    facts = {NAME: cells.text(NAME, LONGEST[NAME]), NIP: _nip(cells), POSITION: cells.wiped(POSITION, LONGEST[POSITION])}
    role, unit = cells.pick(ROLE, ROLES), cells.pick(UNIT, units)
    if unit and unit.is_archived and person and role and (role, key(unit.name)) in _held(person):
        return _Row(cells, username, facts, role, unit)  # held since before; nothing is asked
    if unit and unit.is_archived:
        cells.fault(UNIT, f"{unit.name} sudah digabung ke {unit.heir}. Pakai nama itu." if unit.heir else f"{unit.name} sudah diarsipkan.")
    for column, other in ((UNIT, ROLE), (ROLE, UNIT)):
        if cells.line.cells.get(column) is None and cells.line.cells.get(other) is not None:
            cells.fault(column, f"kosong, padahal {other.lower()}nya diisi.")
    return _Row(cells, username, facts, role, unit)


def _nip(cells: Cells) -> str | None:
    value = cells.line.cells.get(NIP)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10 ** EXACT_DIGITS:
        cells.fault(NIP, "tersimpan sebagai angka, sehingga angka belakangnya hilang. Jadikan kolomnya teks, lalu ketik ulang NIP-nya.")
        return None
    text = cells.wiped(NIP, LONGEST[NIP])
    if text and not NIP_FORM.fullmatch(text):
        cells.fault(NIP, f"{quoted(text)} bukan NIP; isinya hanya angka.")
    return text


def _agreed(rows: Sequence[_Row]) -> dict[str, dict[str, str]]:
    """What the rows of one account say together, by user name; a row that says otherwise than one before it is wrong."""
    said: dict[str, dict[str, str]] = {}
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        mine = said.setdefault(row.username, {})
        for column, value in row.facts.items():
            if value is None:
                continue
            if mine.setdefault(column, value) != value:
                row.cells.fault(column, f"berbeda dengan baris {first[row.username, column]} untuk {row.username}. Samakan keduanya.")
            first.setdefault((row.username, column), row.cells.line.place)
    return said


def _check_new(rows: Sequence[_Row], facts: Mapping[str, dict[str, str]], accounts: Mapping[str, KnownPerson]) -> None:
    """A new account needs a name and a role, so that nobody gets a slip for an account that may do nothing. Said at its first row."""
    asked = {row.username for row in rows if row.role or row.cells.line.cells.get(ROLE) is not None}
    told = set(accounts)
    for row in rows:
        if row.username in told or not row.username:
            continue
        told.add(row.username)
        if NAME not in facts[row.username] and row.cells.line.cells.get(NAME) is None:
            row.cells.fault(NAME, "kosong. Akun baru perlu nama lengkap.")
        if row.username not in asked:
            row.cells.fault(ROLE, "kosong. Akun baru perlu paling sedikit satu peran.")


def _check_twice(rows: Sequence[_Row]) -> None:
    first: dict[tuple, int] = {}
    for row in rows:
        said = (row.username, row.role, row.unit and row.unit.id)
        if row.username and (row.role is None or row.unit) and first.setdefault(said, row.cells.line.place) != row.cells.line.place:
            row.cells.fault(USERNAME, f"{row.username} dengan peran yang sama sudah ada di baris {first[said]}.")


def _found(row: _Row, facts: Mapping[str, dict[str, str]], accounts: Mapping[str, KnownPerson], plans: dict[str, PersonPlan]) -> Found:
    """What this row comes to; the account's own facts are told at its first row."""
    person, cells, changes = accounts.get(row.username), row.cells, list[str]()
    label = facts.get(row.username, {}).get(NAME) or (person.name if person else "") or row.username or "Tanpa nama"
    plan = plans.get(row.username)
    if plan is None:
        before = (tidy(person.name), _plain(person.nip), _plain(person.position)) if person else ("", "", "")
        now = tuple(facts[row.username].get(column, was) for column, was in zip(FACTS, before, strict=True))
        changes = [change(column, was, new) for column, was, new in zip(FACTS, before, now, strict=True) if was != new] if person else []
        plan = PersonPlan(row.username, now, (), person, bool(changes))  # type: ignore[arg-type]
    if row.role and row.unit and (person is None or (row.role, key(row.unit.name)) not in _held(person)):
        plan = plan._replace(roles=(*plan.roles, (row.role, row.unit.id)))
        changes.append(f"Peran {ROLE_LABELS[row.role]} di {row.unit.name}")
    plans[row.username] = plan
    what = WRONG if cells.faults else NEW if person is None else CHANGED if changes else SAME
    return Found(cells.line.place, f"{label} ({row.username})" if row.username else label, what, tuple(cells.faults),
                 () if cells.faults else tuple(changes))


def _held(person: KnownPerson) -> set[tuple[str, str]]:
    return {(role, key(unit)) for role, unit in person.roles}


def _plain(text: str) -> str:
    """A dash that somebody recorded says nothing either."""
    return "" if tidy(text) in ("-", "–", "—") else tidy(text)


ROLES = Offered({label: role for role, label in ROLE_LABELS.items()}, "bukan peran yang dikenal; lihat lembar Pilihan")

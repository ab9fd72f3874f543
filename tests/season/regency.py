"""A regency before its season: 45 units with their people, five reviewers, two coordinators, 220 innovations with whole profiles, and
evidence in every unit's library. Laid down by the verbs; everything after that goes over HTTP."""
from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Document, Innovation, Instrument, Period, StoredFile, Unit, User
from app.rules.access import Role
from app.rules.codelists import BASIC_AFFAIRS
from tests.cast import PROFILE
from tests.live import PASSWORD_HASH

UNITS, INNOVATIONS = 45, 220
HEADLESS = 6  # so many units have no head account: nothing may get stuck there
KINDS = ("pdf", "mp4", "jpg")
AFFAIRS = [*BASIC_AFFAIRS, "Pangan", "Pariwisata"]


def person(username: str, role: Role, unit: Unit) -> User:
    user = User.add(username, username.replace(".", " ").title(), PASSWORD_HASH, None)
    user.change_password(PASSWORD_HASH)
    user.give_role(role, unit, None)
    db.session.add(user)
    return user


def library(unit: Unit, operator: User, number: int) -> None:
    """One document of each kind; nobody opens them here, so they have no bytes."""
    for place, kind in enumerate(KINDS):
        file = StoredFile(sha256=f"{number * 10 + place:064x}", size=1000, kind=kind, pages=3 if kind == "pdf" else None, active=[])
        db.session.add(Document.add(unit, operator, file, f"{kind}-{number}.{kind}", title=f"Bukti {kind} {number}",
                                    doc_number=f"{number}/{kind}/2025", dated_on=clock.now().date() - timedelta(days=100), years=[2024, 2025, 2026]))


def lay_down() -> None:
    """The whole cast, saved by the caller's commit."""
    office = Unit.add("Bappelitbangda", "Badan", None, is_office=True)
    for number in range(1, 6):
        person(f"verifikator{number}", Role.REVIEWER, office)
    admin = person("koordinator1", Role.COORDINATOR, office)
    person("koordinator2", Role.COORDINATOR, office)
    now = clock.now()
    period = Period.add(2026, db.session.scalars(select(Instrument).where(Instrument.code == "iid-2026")).one(), admin,
                        opens_at=now - timedelta(days=30), closes_at=now + timedelta(days=30), repairs_close_at=now + timedelta(days=45),
                        minimum_maturity=86, needs_signature=True, two_steps=True)
    db.session.add_all([office, period])
    units, operators = [], []
    for number in range(1, UNITS + 1):
        units.append(Unit.add(f"Dinas Nomor {number}", "Dinas", None))
        operators.append(person(f"operator{number}", Role.OPERATOR, units[-1]))
        if number > HEADLESS:
            person(f"kepala{number}", Role.HEAD, units[-1])
        library(units[-1], operators[-1], number)
    for number in range(INNOVATIONS):
        operator = operators[number % UNITS]
        innovation = Innovation.add(f"INOVASI {number:03d}", units[number % UNITS], operator)
        innovation.edit(operator, **PROFILE | {"main_affair": AFFAIRS[number % len(AFFAIRS)], "touching_affairs": []})
        db.session.add(innovation)
    db.session.flush()

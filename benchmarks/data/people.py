"""Everybody there is: an office that judges, and units with one operator each. All have the same password."""
from dataclasses import dataclass

from app import passwords
from app.extensions import db
from app.models import Unit, User
from app.rules.access import Role

PASSWORD = "empat kata sandi ukuran"
OFFICE = {"verifikator": (Role.REVIEWER, 5), "koordinator": (Role.COORDINATOR, 2), "pimpinan": (Role.LEADER, 1), "admin": (Role.ADMIN, 1)}
KINDS = (("Dinas", "DINAS"), ("Kecamatan", "KECAMATAN"), ("Puskesmas", "PUSKESMAS"), ("Kelurahan", "KELURAHAN"), ("Badan", "BADAN"))


@dataclass
class Staff:
    """`operators[n]` works in `units[n]`; `office` is by role's word on screen."""
    units: list[Unit]
    operators: list[User]
    office: dict[str, list[User]]


def enrol(units: int) -> Staff:
    hashed = passwords.hash_password(PASSWORD)
    office = Unit.add("Bappelitbangda", "Badan", None, is_office=True)
    own = [Unit.add(f"{KINDS[n % 5][0]} {n:03}", KINDS[n % 5][0], None) for n in range(units)]
    db.session.add_all([office, *own])
    judges = {word: [_person(f"{word}{n + 1}", role, office, hashed) for n in range(count)] for word, (role, count) in OFFICE.items()}
    staff = Staff(own, [_person(f"operator{n:03}", Role.OPERATOR, unit, hashed) for n, unit in enumerate(own)], judges)
    db.session.flush()
    return staff


def _person(username: str, role: Role, unit: Unit, hashed: str) -> User:
    user = User.add(username, username.title(), hashed, None)
    user.change_password(hashed)
    user.give_role(role, unit, None)
    db.session.add(user)
    return user

"""Who signs in to the training regency, with which role in which unit."""

from dataclasses import dataclass

from app.demo.content.source import load
from app.demo.content.units import UNITS, Unit


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    position: str
    memberships: tuple[tuple[str, str], ...]  # (role, unit key)
    nip: str | None = None


def _head(unit: Unit, usernames: dict[str, str]) -> Person:
    username = usernames.get(unit.key, f"kepala.{unit.key}")
    return Person(username, unit.head.name, unit.head.title, (("head", unit.key),), unit.head.nip)


def _person(row: dict) -> Person:
    return Person(**{**row, "memberships": tuple(map(tuple, row["memberships"]))})


_rows = load("people")
PEOPLE: tuple[Person, ...] = (
    *map(_person, _rows["person"]),
    *(_head(unit, _rows["head_usernames"]) for unit in UNITS.values() if unit.head),
)

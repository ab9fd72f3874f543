"""The innovations of the training regency, as their owners would describe them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from app.demo.content.source import load_all
from app.demo.content.units import UNITS, Unit
from app.demo.content.words import chance, pick

NON_PKPN = "I. Non PKPN"


@dataclass(frozen=True)
class Innovation:
    """One innovation. `affairs` and `pkpn` name the main one first; coordinates have five decimals.

    `measure` is the basis of row 33 and `amount` its figure in that basis' unit, counted in `who`.
    `strength` 1 to 5 says how far its evidence usually reaches; `days` is what its procedure promises.
    """

    key: str
    unit: Unit
    name: str
    tagline: str
    initiator: str
    initiator_name: str
    kind: str
    asta_cita: int
    affairs: tuple[str, ...]
    place: str
    partners: tuple[Unit, ...]
    measure: str
    amount: float
    who: str
    days: int
    team: int
    strength: int
    purpose: str
    benefit: str
    result: str
    problem: str = field(repr=False)
    before: str = field(repr=False)
    after: str = field(repr=False)
    novelty: str = field(repr=False)
    stage: str = "Penerapan"
    classification: str = "Perangkat Daerah"
    form: str = "Pelayanan publik"
    cluster: str = NON_PKPN
    pkpn: tuple[str, ...] = ()
    years: tuple[int, ...] = (2026,)
    rich: bool = False
    trial: date | None = None
    applied: date | None = None
    developed: date | None = None

    @property
    def main_affair(self) -> str:
        return self.affairs[0]

    @property
    def touching_affairs(self) -> tuple[str, ...]:
        return self.affairs[1:]

    @property
    def pkpn_main(self) -> str | None:
        return self.pkpn[0] if self.pkpn else None

    @property
    def pkpn_touching(self) -> tuple[str, ...]:
        return self.pkpn[1:]

    @property
    def is_digital(self) -> bool:
        return self.kind == "Digital"

    @cached_property
    def coordinates(self) -> tuple[str, str]:
        """Latitude and longitude as written on the form, near the unit."""
        near = chance("at", self.key)
        return tuple(f"{at + near.uniform(-0.006, 0.006):.5f}" for at in self.unit.at)

    @cached_property
    def idea_on(self) -> date:
        begun = self.trial or date(2026, 3, 2)
        waits = (18, 25, 33, 41) if self.strength > 3 else (25, 41, 95, 140)
        return begun - timedelta(days=pick(waits, "ide", self.key))

    @property
    def months(self) -> int:
        """Months from the first idea to the first day of application (row 32)."""
        ready = self.applied or self.trial or self.idea_on
        return max(1, round((ready - self.idea_on).days / 30.44))

    def is_eligible(self, year: int) -> bool:
        """Applied or last developed in the two years before the period's year."""
        if self.stage != "Penerapan" or not self.applied:
            return False
        window = (year - 2, year - 1)
        return self.applied.year in window or (self.developed is not None and self.developed.year in window)


def _innovation(row: dict) -> Innovation:
    lists = {name: tuple(row[name]) for name in ("affairs", "pkpn", "years") if name in row}
    partners = tuple(UNITS[key] for key in row["partners"])
    return Innovation(**{**row, **lists, "unit": UNITS[row["unit"]], "partners": partners})


INNOVATIONS: dict[str, Innovation] = {row["key"]: _innovation(row) for row in load_all("innovations", "innovation")}


def of_year(year: int) -> list[Innovation]:
    return [innovation for innovation in INNOVATIONS.values() if year in innovation.years]


def of_unit(unit: Unit) -> list[Innovation]:
    return [innovation for innovation in INNOVATIONS.values() if innovation.unit is unit]

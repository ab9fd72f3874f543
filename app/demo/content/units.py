"""The regency's offices and who heads them."""

from dataclasses import dataclass

from app.demo.content.source import load

REGION = "Kabupaten Lumbung Raya"
PROVINCE = "Provinsi Jawa Timur"
SEAT = "Lumbung Kota"
REGENT = "H. Surya Darmawan"


@dataclass(frozen=True)
class Head:
    name: str
    title: str
    nip: str | None = None


@dataclass(frozen=True)
class Unit:
    key: str
    name: str
    short: str
    kind: str
    code: str
    address: str
    at: tuple[float, float]
    parent: str | None = None
    is_office: bool = False
    head: Head | None = None

    @property
    def signatory(self) -> Head:
        """Who signs the office's own letters; an acting head where none is named."""
        return self.head or Head("Moch. Anwar Fadhil, S.Sos.", f"Plt. Kepala {self.short}")


def _unit(row: dict) -> Unit:
    head = row.pop("head", None)
    at = tuple(row.pop("at"))
    is_office = row.pop("office", False)
    return Unit(**row, at=at, is_office=is_office, head=head and Head(**head))


UNITS: dict[str, Unit] = {row["key"]: _unit(row) for row in load("units")["unit"]}
OFFICE = next(unit for unit in UNITS.values() if unit.is_office)

"""A draft of the annex to the ruler's decree that names the innovations of a year, unit by unit, as a Word file to go on writing in."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.exports import word
from app.exports.formal import DOTS, TRAINING, ruler
from app.exports.words import cleaned
from app.rules import Refused

TEMPLATE = "lampiran-keputusan.docx"


@dataclass(frozen=True)
class Named:
    """An innovation as the decree names it."""
    unit: str
    innovation: str
    affair: str
    initiator: str


@dataclass(frozen=True)
class Annex:
    """Units in the order in which they first come, their innovations numbered on from one to the next. `as_of` in words."""
    region: str
    year: int
    rows: tuple[Named, ...]
    made_on: date
    as_of: str
    training: bool = False


def docx(annex: Annex) -> bytes:
    """Number, day and signature stay dotted: they are the ruler's. Refuses when nothing is named."""
    if not annex.rows:
        raise Refused("Belum ada inovasi untuk ditulis dalam lampiran keputusan.")
    told = cleaned(annex)
    return word.filled(TEMPLATE, _said(told), f"Rancangan lampiran keputusan inovasi daerah {told.year}", told.region, told.made_on)


def _said(told: Annex) -> dict[str, Any]:
    units: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in told.rows:
        units[row.unit].append({"innovation": row.innovation, "affair": row.affair or "–", "initiator": row.initiator or "–"})
    for place, line in enumerate((line for lines in units.values() for line in lines), 1):
        line["place"] = str(place)
    return {
        "ruler": ruler(told.region).upper(), "region": told.region.upper(), "year": str(told.year), "dots": DOTS,
        "training": TRAINING if told.training else "", "units": [{"name": name, "rows": lines} for name, lines in units.items()],
        "count": f"{len(told.rows)} inovasi dari {len(units)} perangkat daerah",
        "foot": f"Rancangan lampiran keputusan · keadaan {told.as_of}",
    }

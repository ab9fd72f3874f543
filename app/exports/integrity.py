"""The integrity form that goes to the ministry beside the innovations: its words stand in the template, which the office may change."""
from dataclasses import dataclass
from datetime import date

from app.exports import word
from app.exports.emblem import NO_LOGO, Logo
from app.exports.formal import DOTS, SHORT_DOTS, Person, heading, signer
from app.exports.words import cleaned, spelled
from app.rules.words import on_date

TEMPLATE = "pakta-integritas.docx"


@dataclass(frozen=True)
class Pledge:
    """Who stands for how many innovations (at most 9,999). Without `signed_on` the day is left to write in; `as_of` in words."""
    region: str
    office: str
    contact: str
    place: str
    year: int
    count: int
    signer: Person
    made_on: date
    as_of: str
    signed_on: date | None = None
    training: bool = False
    logo: Logo = NO_LOGO


def docx(pledge: Pledge) -> bytes:
    told = cleaned(pledge)
    person, position = told.signer, told.signer.position or f"Kepala {told.office}"
    return word.filled(TEMPLATE, {
        **heading(told.region, told.office, told.contact, told.training),
        "region": told.region, "year": str(told.year), "count": f"{told.count} ({spelled(told.count)}) inovasi daerah",
        "name": person.name or DOTS, "nip": person.nip or SHORT_DOTS, "position": position, "institution": f"{told.office} {told.region}",
        "place": told.place, "day": on_date(told.signed_on) if told.signed_on else f"{SHORT_DOTS} {told.year}",
        "signer": signer(person, position), "foot": f"Pakta integritas {told.year} · keadaan {told.as_of}",
    }, f"Pakta integritas inovasi daerah {told.year}", told.region, told.made_on, told.logo)

"""What every formal paper has: whose letterhead, who signs, and a mark when it is only for training."""
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.exports.emblem import NO_LOGO, Logo
from app.exports.paper import LEFT, Paper
from app.exports.words import figure
from app.rules.words import on_date

LOGO = 19.0  # millimetres of its side
DOTS, SHORT_DOTS = "." * 40, "." * 24
TRAINING = "CONTOH UNTUK LATIHAN, BUKAN SURAT RESMI"
RULERS = {"kabupaten ": "Bupati", "kota ": "Wali Kota", "provinsi ": "Gubernur"}


@dataclass(frozen=True)
class Person:
    """Who signs or took part; an empty name leaves a dotted line to write on."""
    name: str = ""
    position: str = ""
    nip: str = ""


def heading(region: str, office: str, contact: str, training: bool) -> dict[str, str]:
    """The lines of a letterhead."""
    return {"government": f"PEMERINTAH {region.upper()}", "office": office.upper(), "contact": contact, "training": TRAINING if training else ""}


def letterhead(paper: Paper, said: dict[str, str], logo: Logo = NO_LOGO) -> None:
    """`said` as `heading` gave it; the logo stands at its left, over the whole height of the lines."""
    if said["training"]:
        paper.say(said["training"], 9, True, "C")
        paper.gap(2)
    top, side = paper.y, LOGO + 3 if logo else 0
    for line, size, bold in ((said["government"], 13, False), (said["office"], 15, True), (said["contact"], 9, False)):
        paper.say(line, size, bold, "C", left=LEFT + side, width=paper.width - 2 * side)
    if logo:
        paper.picture(logo.png, LEFT, top, LOGO)
        paper.y = max(paper.y, top + LOGO)
    paper.gap(2)
    paper.rule(0.8)
    paper.gap(1)
    paper.rule(0.25)
    paper.gap(6)


def signer(person: Person, position: str, title: str = "") -> dict[str, str]:
    """The three lines of a signature. `position` stands in where the person has none, `title` stands above the name instead of either."""
    title = title or person.position or position
    return {"title": title if title.endswith(",") else f"{title},", "name": person.name or DOTS, "nip": f"NIP {person.nip or SHORT_DOTS}"}


def signed(paper: Paper, person: Person, position: str, place: str, day: date, closing: str) -> None:
    """One signature under its place and day, on the same page as the `closing` sentence."""
    lines = signer(person, position)
    paper.signatures([lines | {"title": f"{place}, {on_date(day)}\n{lines['title']}"}], closing)


def depths(claimed: str | Decimal, evidenced: str | Decimal, proven: str | Decimal | None, maximum: str | Decimal) -> str:
    """The three depths of a maturity in points, and what it is measured by. `proven` is None where nobody has verified yet."""
    verified = "belum diverifikasi" if proven is None else f"{figure(proven)} terverifikasi"
    return f"{figure(claimed)} diklaim, {figure(evidenced)} berbukti, {verified}, dari {figure(maximum)} poin"


def ruler(region: str) -> str:
    """`Kabupaten Lumbung Raya` is ruled by the Bupati Lumbung Raya, `Kota Lumbung` by the Wali Kota Lumbung."""
    for kind, title in RULERS.items():
        if region.casefold().startswith(kind):
            return f"{title} {region[len(kind):].strip()}"
    return f"Kepala Daerah {region}"

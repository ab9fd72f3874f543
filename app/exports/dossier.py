"""One innovation on paper: the 22 items of its profile and the sheet of its rows, as A4 PDF under a letterhead."""
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.exports.emblem import NO_LOGO, Logo
from app.exports.formal import Person, depths, heading, letterhead, signed
from app.exports.paper import PAD, STEP, WIDTH, Column, Paper
from app.exports.words import cleaned, figure
from app.rules.facts import LONG
from app.rules.profile import ITEMS
from app.rules.words import on_date

FLOWING = {item.number for item in ITEMS if item.section in LONG}   # hundreds of words: over the whole width, not in a cell
SIZE, SMALL = 9.5, 8
PROFILE = (Column("No", 10, "C"), Column("Butir", 45), Column("Isian", WIDTH - 55))
SHEET = (Column("Baris", 10, "C"), Column("Indikator dan level yang diklaim", 46), Column("Diklaim", 13.5, "R"), Column("Berbukti", 14.5, "R"),
         Column("Terverifikasi", 19.5, "R"), Column("Dokumen bukti", 61.5))


@dataclass(frozen=True)
class Item:
    """One of the 22 in words; an empty one is shown as a dash."""
    number: int
    label: str
    text: str = ""


@dataclass(frozen=True)
class Row:
    """`label` says what the claimed `level` (0–3) means. The three depths in points, `proven` None until a verdict is decided. Each of the
    `documents` is named in one text."""
    code: str
    name: str
    level: int
    label: str
    claimed: Decimal
    evidenced: Decimal
    proven: Decimal | None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sent:
    """What the ministry gave when it took the innovation."""
    number: str
    on: date


@dataclass(frozen=True)
class Dossier:
    """`register` is the proposal's number, `state` a phrase ("Disetujui 3 Juli 2026"), `as_of` the instant of the data in words. The profile in
    the ministry's order. `dated_on` is the day beside the signature; the same facts give the same bytes."""
    region: str
    office: str
    contact: str
    place: str
    unit: str
    name: str
    register: str
    year: int
    state: str
    profile: tuple[Item, ...]
    rows: tuple[Row, ...]
    claimed: Decimal
    evidenced: Decimal
    proven: Decimal | None
    maximum: Decimal
    signer: Person
    dated_on: date
    as_of: str
    sent: Sent | None = None
    training: bool = False
    logo: Logo = NO_LOGO


def write(dossier: Dossier) -> bytes:
    told = cleaned(dossier)
    title = f"Profil dan isian inovasi daerah {told.year}"
    paper = Paper(f"{title}: {told.name}", told.region, told.dated_on, f"Usulan {told.register} · keadaan {told.as_of}")
    letterhead(paper, heading(told.region, told.office, told.contact, told.training), told.logo)
    paper.say(title.upper(), 12, True, "C")
    paper.gap(1)
    paper.say(told.name, 13, True, "C")
    paper.gap(4)
    for label, value in _facts(told):
        paper.pair(label, value, 45, 10)
    _profile(paper, told)
    _sheet(paper, told)
    paper.gap(5)
    closing = f"Profil dan isian ini dicetak dari data yang tercatat, keadaan {told.as_of}."
    signed(paper, told.signer, f"Kepala {told.unit}", told.place, told.dated_on, closing)
    return paper.done()


def _facts(told: Dossier) -> list[tuple[str, str]]:
    facts = [("Perangkat daerah", told.unit), ("Nomor usulan", told.register), ("Periode penilaian", str(told.year)), ("Status", told.state)]
    if told.sent:
        facts.append(("Nomor registrasi", f"{told.sent.number}, dikirim {on_date(told.sent.on)}; sejak itu isinya tidak berubah"))
    return [*facts, ("Kematangan", depths(told.claimed, told.evidenced, told.proven, told.maximum))]


def _heading(paper: Paper, text: str, below: float) -> None:
    """On the page where what it stands above begins, which takes `below` millimetres."""
    paper.gap(5)
    paper.room(11 * STEP + 1.5 + below)
    paper.say(text, 11, True)
    paper.gap(1.5)


def _profile(paper: Paper, told: Dossier) -> None:
    """Short items in a table, long ones under their own heading, in one order."""
    _heading(paper, "A. Profil inovasi", 30)
    short: list[Item] = []
    for item in told.profile:
        if item.number in FLOWING:
            _short(paper, short)
            short = []
            _long(paper, item)
        else:
            short.append(item)
    _short(paper, short)


def _short(paper: Paper, items: list[Item]) -> None:
    if items:
        paper.table(PROFILE, [(str(item.number), item.label, item.text or "–") for item in items], SIZE)
        paper.gap(4)


def _long(paper: Paper, item: Item) -> None:
    paper.room(4 * SIZE * STEP)
    paper.say(f"{item.number}. {item.label}", SIZE + 0.5, True)
    paper.gap(1)
    for paragraph in [part for part in item.text.split("\n") if part.strip()] or ["–"]:
        paper.room((3 if len(paragraph) < 60 else 2) * SIZE * STEP)     # a heading of its writer's own stays with what follows
        paper.say(paragraph, SIZE)
        paper.gap(PAD)
    paper.gap(2.5)


def _sheet(paper: Paper, told: Dossier) -> None:
    verified = "belum diverifikasi" if told.proven is None else figure(told.proven)
    total = ("", f"Jumlah poin, paling banyak {figure(told.maximum)}", figure(told.claimed), figure(told.evidenced), verified, "")
    cells = [*map(_cells, told.rows), total]
    _heading(paper, f"B. Isian {len(told.rows)} baris, dalam poin", paper.beginning(SHEET, cells, SMALL))
    paper.table(SHEET, cells, SMALL, last_is_total=True)


def _cells(row: Row) -> tuple[str, ...]:
    level = f"Level {row.level}: {row.label}" if row.level else "Tidak diisi."
    documents = row.documents if len(row.documents) < 2 else [f"{place}. {text}" for place, text in enumerate(row.documents, 1)]
    return (row.code, f"{row.name}\n{level}", figure(row.claimed), figure(row.evidenced), "–" if row.proven is None else figure(row.proven),
            "\n".join(documents) or "–")

"""The register of what was sent to the ministry in one period: columns for XLSX, and a PDF to sign and file."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.exports import sheets
from app.exports.emblem import NO_LOGO, Logo
from app.exports.formal import Person, heading, letterhead, signed
from app.exports.paper import WIDE_WIDTH, Column, Paper
from app.exports.sheets import Kind
from app.exports.words import cleaned, figure
from app.rules.words import on_date

COLUMNS = (
    sheets.Column("No", Kind.INTEGER, 6), sheets.Column("Nomor registrasi", width=24), sheets.Column("Tanggal kirim", Kind.DATE),
    sheets.Column("Inovasi", width=44), sheets.Column("Perangkat daerah", width=32), sheets.Column("Urusan utama", width=28),
    sheets.Column("Kematangan", Kind.DECIMAL), sheets.Column("Nomor usulan", width=14), sheets.Column("Dikirim oleh", width=26))
PAPER = (Column("No", 9, "C"), Column("Nomor registrasi", 36), Column("Tanggal kirim", 26), Column("Inovasi", 49), Column("Perangkat daerah", 38),
         Column("Urusan utama", 28), Column("Kematangan", 20, "R"), Column("Nomor usulan", 18), Column("Dikirim oleh", WIDE_WIDTH - 224))


@dataclass(frozen=True)
class Sent:
    """One innovation as it was sent; `maturity` the verified points then, `number` what the ministry registered it under."""
    number: str
    sent_on: date
    innovation: str
    unit: str
    affair: str
    maturity: Decimal
    register: str
    by: str


@dataclass(frozen=True)
class Register:
    """`as_of` is the instant of the data in words, `dated_on` the day beside the signature."""
    region: str
    office: str
    contact: str
    place: str
    year: int
    rows: tuple[Sent, ...]
    signer: Person
    dated_on: date
    as_of: str
    training: bool = False
    logo: Logo = NO_LOGO


def lines(rows: Iterable[Sent]) -> list[tuple[Any, ...]]:
    """What stands under COLUMNS, numbered in the order given."""
    return [(place, row.number, row.sent_on, row.innovation, row.unit, row.affair, row.maturity, row.register, row.by)
            for place, row in enumerate(rows, 1)]


def pdf(register: Register) -> bytes:
    told = cleaned(register)
    title = f"Register inovasi daerah yang dikirim {told.year}"
    paper = Paper(title, told.region, told.dated_on, f"{title} · keadaan {told.as_of}", wide=True)
    letterhead(paper, heading(told.region, told.office, told.contact, told.training), told.logo)
    paper.say(title.upper(), 12, True, "C")
    paper.gap(5)
    if told.rows:
        paper.table(PAPER, [*map(_cells, lines(told.rows)), _total(told.rows)], 8, last_is_total=True)
    else:
        paper.say("Belum ada inovasi yang dikirim pada periode ini.")
    paper.gap(5)
    signed(paper, told.signer, f"Kepala {told.office}", told.place, told.dated_on, f"Dicetak dari data yang tercatat, keadaan {told.as_of}.")
    return paper.done()


def _cells(line: tuple[Any, ...]) -> tuple[str, ...]:
    place, number, sent_on, innovation, unit, affair, maturity, register, by = line
    return str(place), number, on_date(sent_on), innovation, unit, affair, figure(maturity), register, by


def _total(rows: tuple[Sent, ...]) -> tuple[str, ...]:
    units, affairs = (len({getattr(row, name) for row in rows}) for name in ("unit", "affair"))
    whole = sum((row.maturity for row in rows), Decimal(0))
    return "", "Jumlah", "", f"{len(rows)} inovasi", f"{units} perangkat daerah", f"{affairs} urusan", figure(whole), "", ""

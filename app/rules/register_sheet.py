"""A register of earlier years from a sheet: what each row would bring into the register, and what is wrong with it. Knows no database.
What is recorded already is left as it is: units may have gone on with it."""
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app.rules import Refused
from app.rules.catalogue import LONGEST_SUMMARY, known_tags, split_tags
from app.rules.codelists import AFFAIRS, CLASSIFICATIONS, FORMS, INITIATORS, KINDS, STAGES
from app.rules.profile import DESIGN_TEXT, LONG_TEXT, LONGEST_INITIATOR, LONGEST_NAME, latest_day
from app.rules.register_cells import RegisterCells, affair, letters, read_points
from app.rules.register_headings import (
    APPLIED,
    BENEFIT,
    CLASSIFICATION,
    COORDINATES,
    DESIGN,
    DEVELOPED,
    FORM,
    INITIATOR,
    INITIATOR_NAME,
    KIND,
    LATITUDE,
    LONGITUDE,
    MAIN_AFFAIR,
    MATURITY,
    NAME,
    NUMBER,
    PURPOSE,
    RESULT,
    STAGE,
    SUMMARY,
    TAGS,
    TOUCHING,
    TRIAL,
    UNIT,
    YEARS,
)
from app.rules.tables import NEW, SAME, WRONG, Cells, Found, Line, Offered, is_example, key, quoted
from app.rules.unit_sheet import KnownUnit
from app.rules.words import listed

EARLIEST_YEAR = 2010    # of a report
MOST_POINTS = Decimal(111)  # an innovation can have, in every year so far
LONGEST_NUMBER = 60
CHOSEN = {"stage": STAGE, "initiator": INITIATOR, "classification": CLASSIFICATION, "kind": KIND, "form": FORM, "main_affair": MAIN_AFFAIR}


class KnownInnovation(NamedTuple):
    """One in the register; `unit` is an id."""
    name: str
    unit: int
    is_archived: bool


class Past(NamedTuple):
    """That it was reported in a year: its number, "" when unknown, and its maturity."""
    year: int
    number: str
    maturity: Decimal | None


class RegisterPlan(NamedTuple):
    """An innovation the sheet would bring: `facts` by the names of the profile."""
    place: int
    name: str
    unit: int
    facts: Mapping[str, Any]
    summary: str
    tags: Sequence[str]
    past: Sequence[Past]


class RegisterReport(NamedTuple):
    found: list[Found]
    plans: list[RegisterPlan]   # of the rows that would be brought; empty when a row is wrong
    examples: int


def read(lines: Sequence[Line], headings: Mapping[str, str], known: Sequence[KnownInnovation], units: Sequence[KnownUnit],
         today: date) -> RegisterReport:
    """`headings` are the sheet's own, by our columns. A row is known by its name and its unit."""
    offered = Offered({unit.name: unit for unit in units}, "tidak ada di daftar perangkat daerah")
    recorded = {(key(one.name), one.unit): one for one in known}
    rows = [RegisterCells(line, headings) for line in lines if not is_example(line)]
    first, found, plans, choices = dict[tuple[str, int], int](), list[Found](), list[RegisterPlan](), _choices()
    for cells in rows:
        name, unit = _name(cells), _unit(cells, offered)
        if name and unit:
            own = (key(name), unit.id)
            if own in recorded:
                found.append(_recorded(cells, name, unit, recorded[own]))
                continue
            if first.setdefault(own, cells.line.place) != cells.line.place:
                cells.fault(NAME, f"{quoted(name)} dari {unit.name} sudah ada di baris {first[own]}. Sisakan satu baris.")
        plan = _plan(cells, name, unit.id if unit else 0, choices, today)
        plans.append(plan)
        found.append(_found(cells, plan, unit))
    wrong = any(one.what == WRONG for one in found)
    return RegisterReport(found, [] if wrong else plans, len(lines) - len(rows))


def _name(cells: RegisterCells) -> str:
    before, name = len(cells.faults), cells.words(NAME, LONGEST_NAME)
    if not name and len(cells.faults) == before:
        cells.fault(NAME, "kosong, padahal barisnya berisi. Isi nama inovasinya, atau hapus barisnya.")
    return name or ""


def _unit(cells: RegisterCells, offered: Offered[KnownUnit]) -> KnownUnit | None:
    if cells.is_empty(UNIT):
        cells.fault(UNIT, "kosong. Isi di tiap baris, juga bila selnya digabung.")
        return None
    unit = cells.pick(UNIT, offered)
    if unit and unit.is_archived:
        cells.fault(UNIT, f"{unit.name} sudah digabung ke {unit.heir}. Pakai nama itu." if unit.heir else f"{unit.name} sudah diarsipkan.")
        return None
    return unit


def _plan(cells: RegisterCells, name: str, unit: int, choices: Mapping[str, Offered[str]], today: date) -> RegisterPlan:
    latest = latest_day(today)
    facts: dict[str, Any] = {
        **{field: cells.choice(column, choices[column]) for field, column in CHOSEN.items()},
        "initiator_name": cells.words(INITIATOR_NAME, LONGEST_INITIATOR),
        "trial_on": cells.day(TRIAL, latest), "applied_on": cells.day(APPLIED, latest), "developed_on": cells.day(DEVELOPED, latest),
        "design": cells.prose(DESIGN, DESIGN_TEXT), "purpose": cells.prose(PURPOSE, LONG_TEXT), "benefit": cells.prose(BENEFIT, LONG_TEXT),
        "result": cells.prose(RESULT, LONG_TEXT)}
    facts["latitude"], facts["longitude"] = cells.place(COORDINATES, LATITUDE, LONGITUDE)
    facts["touching_affairs"] = [one for one in cells.many(TOUCHING, choices[MAIN_AFFAIR]) if one != facts["main_affair"]]
    _check_days(cells, facts["trial_on"], facts["applied_on"], facts["developed_on"])
    return RegisterPlan(cells.line.place, name, unit, facts, cells.words(SUMMARY, LONGEST_SUMMARY) or "", _tags(cells), _past(cells, today))


def _check_days(cells: Cells, trial: date | None, applied: date | None, developed: date | None) -> None:
    if trial and applied and trial > applied:
        cells.fault(TRIAL, "sesudah tanggal penerapan. Uji coba mendahului penerapan atau pada hari yang sama.")
    if applied and developed and developed < applied:
        cells.fault(DEVELOPED, "sebelum tanggal penerapan. Kosongkan bila belum pernah dikembangkan.")


def _tags(cells: RegisterCells) -> list[str]:
    if cells.is_empty(TAGS) or cells.text(TAGS, LONGEST_SUMMARY) is None:
        return []
    try:
        return known_tags(split_tags(str(cells.line.cells[TAGS])))
    except Refused as reason:
        cells.fault(TAGS, str(reason))
        return []


def _past(cells: RegisterCells, today: date) -> list[Past]:
    years = cells.years(YEARS, EARLIEST_YEAR, today.year)
    numbers = cells.each(NUMBER, years, lambda text: text if len(text) <= LONGEST_NUMBER else None,
                         lambda text: f"{quoted(text)} lebih dari {LONGEST_NUMBER} huruf.")
    points = cells.each(MATURITY, years, _points, lambda text: f"{quoted(text)} bukan kematangan antara 0 dan {MOST_POINTS}. Tulis misalnya 86,5.")
    return [Past(year, numbers.get(year, ""), points.get(year)) for year in years or ()]


def _points(text: str) -> Decimal | None:
    points = read_points(text)
    return points if points is not None and 0 <= points <= MOST_POINTS else None


def _recorded(cells: Cells, name: str, unit: KnownUnit, one: KnownInnovation) -> Found:
    words = "Sudah tercatat dan diarsipkan, dilewati." if one.is_archived else "Sudah tercatat, dilewati."
    return Found(cells.line.place, f"{name} ({unit.name})", SAME, (), (words,))


def _found(cells: Cells, plan: RegisterPlan, unit: KnownUnit | None) -> Found:
    label = f"{plan.name} ({unit.name})" if unit and plan.name else plan.name or "Tanpa nama"
    if cells.faults:
        return Found(cells.line.place, label, WRONG, tuple(cells.faults), ())
    said = [plan.facts["stage"], plan.facts["main_affair"], f"dilaporkan {listed([one.year for one in plan.past])}" if plan.past else ""]
    return Found(cells.line.place, label, NEW, (), (" · ".join(filter(None, said)),) if any(said) else ())


def _choices() -> dict[str, Offered[str]]:
    """What a cell of a column may say, and what else offices write for it."""
    governance, service, other = FORMS

    def of(words: Sequence[str], also: dict[str, str], what: str) -> Offered[str]:
        return Offered({word: word for word in words} | also, f"{what}; isi {listed([quoted(word) for word in words], 'atau')}", letters)

    return {
        STAGE: of(STAGES, {"Implementasi": "Penerapan", "Diterapkan": "Penerapan", "Inisiasi": "Inisiatif"}, "bukan tahapan"),
        INITIATOR: of(INITIATORS, {"OPD": "Perangkat Daerah", "DPRD": "Anggota DPRD", "Bupati": "Kepala Daerah", "Wali Kota": "Kepala Daerah"},
                      "bukan inisiator"),
        CLASSIFICATION: of(CLASSIFICATIONS, {"OPD": "Perangkat Daerah", "PD": "Perangkat Daerah"}, "bukan klasifikasi"),
        KIND: of(KINDS, {}, "bukan jenis inovasi"),
        FORM: of(FORMS, {"Tata kelola": governance, "Tata kelola pemerintahan": governance, "Inovasi tata kelola pemerintahan daerah": governance,
                         "Inovasi pelayanan publik": service, "Bentuk lainnya": other, "Lainnya": other}, "bukan bentuk inovasi"),
        MAIN_AFFAIR: Offered({word: word for word in AFFAIRS}, "bukan urusan yang dikenal; lihat lembar Pilihan pada templat", affair),
    }

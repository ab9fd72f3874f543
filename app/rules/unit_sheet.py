"""The list of perangkat daerah as a sheet: what each row would do to the list, and what is wrong with it. Knows no database."""
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.rules.codelists import UNIT_KINDS
from app.rules.tables import CHANGED, NEW, SAME, WRONG, Cells, Found, Line, Offered, change, is_example, key, quoted, tidy, twins

NAME, KIND, PARENT, OFFICE = COLUMNS = ("Nama", "Jenis", "Induk", "Kantor pengelola")
LONGEST_NAME = 200
YES, NO = "ya", "tidak"
EXAMPLE = ("Contoh: UPTD Puskesmas Sukamaju", "Puskesmas", "Dinas Kesehatan", NO)


class KnownUnit(NamedTuple):
    """A unit in the list; `heir` is the name of the one it was merged into."""
    id: int
    name: str
    kind: str
    parent: str = ""
    is_office: bool = False
    is_archived: bool = False
    heir: str = ""


class UnitPlan(NamedTuple):
    """How a unit of the sheet would be; `known` is what it is now, None for a new one. `parent` is a name, "" for none."""
    place: int
    name: str
    kind: str
    parent: str
    is_office: bool
    known: KnownUnit | None


class UnitReport(NamedTuple):
    found: list[Found]
    plans: list[UnitPlan]   # of the rows that would change something, parents before what is below them; empty when a row is wrong
    examples: int


def line_of(unit: KnownUnit) -> tuple[str, str, str, str]:
    """How a unit stands in the sheet."""
    return unit.name, unit.kind, unit.parent, YES if unit.is_office else NO


def read(lines: Sequence[Line], known: Sequence[KnownUnit]) -> UnitReport:
    """Rows are matched to units by name. A row says how the unit is to be; an empty cell leaves it as it is, a dash as Induk says: none."""
    rows = [line for line in lines if not is_example(line)]
    units = {key(unit.name): unit for unit in known}
    cells = [Cells(line) for line in rows]
    names = [one.text(NAME, LONGEST_NAME) or "" for one in cells]
    named = {key(name): name for name in names if name}
    parents = Offered({unit.name: unit.name for unit in known if not unit.is_archived} | {name: name for name in named.values()},
                      "tidak ada di daftar dan tidak ada di berkas ini")
    plans = [_plan(one, name, units, parents) for one, name in zip(cells, names, strict=True)]
    again = twins(((line.place, key(name)) for line, name in zip(rows, names, strict=True)), lambda first: f"sama dengan baris {first}.")
    for one, plan in zip(cells, plans, strict=True):
        if one.line.place in again:
            one.fault(NAME, f"{quoted(plan.name)} {again[one.line.place]}")
    _check_circles(cells, plans, units)
    _check_office(cells, plans, known)
    found = [_found(one, plan) for one, plan in zip(cells, plans, strict=True)]
    wrong = any(one.what == WRONG for one in found)
    wanted = [plan for plan, one in zip(plans, found, strict=True) if one.what != SAME]
    above = {name: key(unit.parent) for name, unit in units.items()} | {key(plan.name): key(plan.parent) for plan in plans}
    return UnitReport(found, [] if wrong else _parents_first(wanted, above), len(lines) - len(rows))


def _plan(cells: Cells, name: str, units: Mapping[str, KnownUnit], parents: Offered[str]) -> UnitPlan:
    unit = units.get(key(name))
    if not name and not cells.faults:
        cells.fault(NAME, "kosong. Isi nama perangkat daerahnya.")
    if unit and unit.is_archived:
        cells.fault(NAME, f"{unit.name} sudah digabung ke {unit.heir}. Pakai nama itu." if unit.heir
                    else f"{unit.name} sudah diarsipkan. Aktifkan dulu, atau hapus baris ini.")
    kind = cells.pick(KIND, KINDS) or (unit.kind if unit else "")
    if not kind and cells.line.cells.get(KIND) is None:
        cells.fault(KIND, "kosong. Pilih jenisnya.")
    parent = unit.parent if unit else ""
    if (said := cells.wiped(PARENT, 500)) is not None and key(said) != key(parent):
        parent = (cells.pick(PARENT, parents) or "") if said else ""
    if parent and key(parent) == key(name):
        cells.fault(PARENT, f"{quoted(name)} tidak dapat menjadi induk bagi dirinya sendiri.")
    office = cells.pick(OFFICE, ANSWERS)
    return UnitPlan(cells.line.place, name, kind, parent, office == YES if office else bool(unit and unit.is_office), unit)


def _check_circles(cells: Sequence[Cells], plans: Sequence[UnitPlan], units: Mapping[str, KnownUnit]) -> None:
    """A row may not end up below itself, over the parents as they will be."""
    names = {name: unit.name for name, unit in units.items()} | {key(plan.name): plan.name for plan in plans}
    above = {name: key(unit.parent) for name, unit in units.items()} | {key(plan.name): key(plan.parent) for plan in plans}
    for one, plan in zip(cells, plans, strict=True):
        way, place = [key(plan.name)], above[key(plan.name)]
        while place and place not in way:
            way.append(place)
            place = above.get(place, "")
        if place == way[0] and len(way) > 1:
            one.fault(PARENT, f"induknya berputar: {' → '.join(names[name][:LONGEST_NAME] for name in [*way, place][:6])}.")


def _check_office(cells: Sequence[Cells], plans: Sequence[UnitPlan], known: Sequence[KnownUnit]) -> None:
    """One innovation office."""
    spoken = {key(plan.name) for plan in plans}
    held = next((unit.name for unit in known if unit.is_office and not unit.is_archived and key(unit.name) not in spoken), None)
    for one, plan in zip(cells, plans, strict=True):
        if plan.is_office and held:
            one.fault(OFFICE, f"{held} sudah menjadi kantor pengelola. Tambahkan barisnya dengan isi “{NO}”, atau tulis “{NO}” di sini.")
        held = held or (plan.name if plan.is_office else None)


def _found(cells: Cells, plan: UnitPlan) -> Found:
    before, changes = plan.known, []
    if before:
        pairs = ((NAME, tidy(before.name), plan.name), (KIND, before.kind, plan.kind), (PARENT, before.parent, plan.parent),
                 (OFFICE, YES if before.is_office else NO, YES if plan.is_office else NO))
        changes = [change(column, was, now) for column, was, now in pairs if was != now]
    else:
        changes = [f"{plan.kind}{f' di bawah {plan.parent}' if plan.parent else ''}{', kantor pengelola' if plan.is_office else ''}"]
    what = WRONG if cells.faults else NEW if before is None else CHANGED if changes else SAME
    return Found(cells.line.place, plan.name[:LONGEST_NAME] or "Tanpa nama", what, tuple(cells.faults), () if cells.faults else tuple(changes))


def _parents_first(plans: Sequence[UnitPlan], above: Mapping[str, str]) -> list[UnitPlan]:
    """In an order in which whatever will stand above a unit was set before it. There are no circles any more."""
    waiting, ordered = {key(plan.name): plan for plan in plans}, list[UnitPlan]()
    for plan in plans:
        way, place = list[UnitPlan](), key(plan.name)
        while place:
            way += [waiting.pop(place)] if place in waiting else []
            place = above.get(place, "")
        ordered += reversed(way)
    return ordered


KINDS = Offered({kind: kind for kind in UNIT_KINDS}, "bukan jenis yang dikenal; lihat lembar Pilihan")
ANSWERS = Offered({YES: YES, NO: NO}, f"tidak dikenal; isi “{YES}” atau “{NO}”")

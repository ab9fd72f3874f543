"""Rows 18, 20, 21: a document for each year, shared by all innovations of the unit."""

from datetime import date

from app.demo.content.catalogue import Innovation, of_unit
from app.demo.content.paper import Paper
from app.demo.content.recipes.common import anchor, day_in, serial, unit_number
from app.demo.content.units import OFFICE, Unit

BUDGET_NAMES = {
    "Sekolah": "RKAS dana BOSP",
    "Puskesmas": "Rencana Penggunaan BOK dan Kapitasi",
    "RSUD": "Rencana Bisnis dan Anggaran BLUD",
    "BUMD": "Rencana Kerja dan Anggaran Perusahaan",
    "Desa": "APB Desa",
}
PLAN_NAMES = {
    "Sekolah": "Rencana Kerja dan Anggaran Sekolah",
    "Puskesmas": "Rencana Usulan Kegiatan Puskesmas",
    "RSUD": "Rencana Strategis dan Kegiatan BLUD",
    "BUMD": "Rencana Kerja Perusahaan",
    "Desa": "RKP Desa",
}
RKPD = {
    2023: ("Nomor 19 Tahun 2022", date(2022, 7, 5)),
    2024: ("Nomor 22 Tahun 2023", date(2023, 7, 3)),
    2025: ("Nomor 31 Tahun 2024", date(2024, 6, 28)),
    2026: ("Nomor 27 Tahun 2025", date(2025, 6, 30)),
}
LINES_A_PAGE = 3


def place_in(innovation: Innovation) -> int:
    """Its position among the innovations its unit pays for."""
    return [item.key for item in of_unit(innovation.unit)].index(innovation.key)


def page_of(innovation: Innovation) -> str:
    return str(2 + place_in(innovation) // LINES_A_PAGE)


def budget_page(unit: Unit, year: int) -> Paper:
    name = BUDGET_NAMES.get(unit.kind, "Dokumen Pelaksanaan Anggaran")
    number = f"DPA/A.1/{unit.code}/{serial('dpa', unit.key, year):03}/{year}"
    return Paper(
        key=f"dpa-{year}:{unit.key}",
        title=f"{name} {unit.short} Tahun Anggaran {year}",
        doc_number=number,
        dated_on=date(year, 1, 5),
        years=(year,),
        kind="pdf",
        render="budget",
        facts={"unit": unit, "year": year, "name": name, "number": number, "innovations": of_unit(unit)},
    )


def plan_page(unit: Unit, year: int) -> Paper:
    number, day = RKPD[year]
    name = f"{PLAN_NAMES[unit.kind]} {unit.short}" if unit.kind in PLAN_NAMES else "RKPD Kabupaten Lumbung Raya"
    if unit.kind in PLAN_NAMES:
        day = date(year - 1, 12, 19)
        number = unit_number(unit, day, "rencana")
    else:
        number = f"Peraturan Bupati {number}"
    return Paper(
        key=f"rkpd-{year}:{unit.key}",
        title=f"{name} Tahun {year}",
        doc_number=number,
        dated_on=day,
        years=(year,),
        kind="pdf",
        render="workplan",
        facts={
            "unit": unit,
            "year": year,
            "name": name,
            "number": number,
            "day": day,
            "innovations": of_unit(unit),
        },
    )


def budget(level: int, innovation: Innovation, year: int) -> list[Paper]:
    years = {1: [year - 1], 2: [year - 1, year], 3: [year - 2, year - 1, year]}[level]
    return [budget_page(innovation.unit, each).link(page_of(innovation)) for each in years]


def workplan(level: int, innovation: Innovation, year: int) -> list[Paper]:
    years = {1: [year - 1], 2: [year - 2, year - 1], 3: [year - 2, year - 1, year]}[level]
    return [plan_page(innovation.unit, each).link(page_of(innovation)) for each in years]


def office_training(unit: Unit, year: int) -> Paper:
    """The innovation office's yearly course; the unit's people share one set."""
    day = day_in(year, 4, 5, "bimtek")
    number = unit_number(OFFICE, day, "bimtek")
    return Paper(
        key=f"bimtek-{year}:{unit.key}",
        title=f"Bimtek Pengelolaan dan Pelaporan Inovasi Daerah Tahun {year}",
        doc_number=number,
        dated_on=day,
        years=(year,),
        kind="pdf",
        render="training",
        facts={"host": OFFICE, "unit": unit, "day": day, "number": number, "about": "Pengelolaan Inovasi Daerah"},
    )


def own_training(innovation: Innovation, year: int) -> Paper:
    day = max(day_in(year - 1, 2, 10, "latih", innovation.key), anchor(innovation, year))
    number = unit_number(innovation.unit, day, "latih", innovation.key)
    return Paper(
        key=f"bimtek-pelaksana:{innovation.key}:{day.year}",
        title=f"Pelatihan Pelaksana {innovation.name}",
        doc_number=number,
        dated_on=day,
        years=(day.year,),
        kind="pdf",
        render="training",
        facts={
            "host": innovation.unit,
            "unit": innovation.unit,
            "day": day,
            "number": number,
            "about": f"Pelaksana {innovation.name}",
        },
    )


def training(level: int, innovation: Innovation, year: int) -> list[Paper]:
    sets = [office_training(innovation.unit, year - 1), own_training(innovation, year)]
    sets.append(office_training(innovation.unit, year))
    return [paper.link("1–3", number) for number, paper in enumerate(sets[:level], 1)]

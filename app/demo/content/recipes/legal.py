"""Rows 16, 17, 22, 23, 24: one decree of the team proves most of them; the rest stands beside it."""

from datetime import date, timedelta

from app.demo.content.catalogue import Innovation, of_year
from app.demo.content.paper import Paper
from app.demo.content.recipes.common import anchor, day_in, regent_number, unit_number, workday
from app.demo.content.recipes.press import clipping
from app.demo.content.roster import actors as actors_of
from app.demo.content.roster import team as team_of

BYLAW_DAY = date(2022, 8, 15)


def team_decree(innovation: Innovation, year: int) -> Paper:
    """The regent's decree on the team; dated in the year of application, names the innovation and each role."""
    start = anchor(innovation, year)
    day = workday(max(start - timedelta(days=9), date(start.year, 1, 2)))
    number = regent_number(day, innovation.key)
    return Paper(
        key=f"sk-tim:{innovation.key}:{day.year}",
        title=f"Keputusan Bupati Lumbung Raya tentang Tim Pelaksana Inovasi {innovation.name}",
        doc_number=number,
        dated_on=day,
        years=(day.year,),
        kind="pdf",
        render="decree",
        facts={
            "innovation": innovation,
            "number": number,
            "day": day,
            "members": team_of(innovation),
            "actors": actors_of(innovation),
        },
    )


def annex_pages(innovation: Innovation) -> str:
    return "3" if innovation.team <= 20 else "3–4"


def list_decree(year: int) -> Paper:
    """One decree of the regent names all innovations of the year before; every unit attaches the same file."""
    day = date(year - 1, 12, 1)
    number = f"188/512/{day.year}"
    named = [item for item in of_year(year) if item.applied and item.applied <= day]
    return Paper(
        key=f"sk-penetapan:{day.year}",
        title=f"Keputusan Bupati Lumbung Raya tentang Penetapan Inovasi Daerah Tahun {day.year}",
        doc_number=number,
        dated_on=day,
        years=(day.year,),
        kind="pdf",
        render="list_decree",
        facts={"number": number, "day": day, "named": [(item.name, item.unit.name) for item in named]},
    )


def regent_regulation(year: int) -> Paper:
    day = date(year - 1, 11, 10)
    number = f"Nomor 41 Tahun {day.year}"
    named = [item for item in of_year(year) if item.applied and item.applied <= day]
    return Paper(
        key=f"perbup:{day.year}",
        title="Peraturan Bupati Lumbung Raya tentang Daftar dan Penyelenggaraan Inovasi Daerah",
        doc_number=number,
        dated_on=day,
        years=(day.year, day.year + 1),
        kind="pdf",
        render="regulation",
        facts={"number": number, "day": day, "named": [(item.name, item.unit.name) for item in named]},
    )


def bylaw() -> Paper:
    return Paper(
        key="perda:inovasi",
        title="Peraturan Daerah Kabupaten Lumbung Raya tentang Inovasi Daerah",
        doc_number="Nomor 4 Tahun 2022",
        dated_on=BYLAW_DAY,
        years=(2022, 2023, 2024, 2025, 2026),
        kind="pdf",
        render="bylaw",
        facts={"day": BYLAW_DAY},
    )


def assignment(innovation: Innovation, year: int) -> Paper:
    """The head's letter of assignment in the period's year, with everyone's role; some offices hand in a scan."""
    day = day_in(year, 1, 2, "tugas", innovation.key)
    number = unit_number(innovation.unit, day, innovation.key)
    return Paper(
        key=f"st-tim:{innovation.key}:{year}",
        title=f"Surat Tugas Kepala {innovation.unit.short} tentang Pelaksana {innovation.name}",
        doc_number=number,
        dated_on=day,
        years=(year,),
        kind="pdf",
        render="assignment",
        facts={"innovation": innovation, "number": number, "day": day, "scanned": innovation.strength == 3},
    )


def regulation(level: int, innovation: Innovation, year: int) -> list[Paper]:
    decree = team_decree(innovation, year).link("1–2")
    if level == 1:
        return [decree]
    if level == 2:
        return [regent_regulation(year).link("1, 3–4"), decree]
    return [bylaw().link("1–2"), list_decree(year).link("1–3"), decree]


def people(level: int, innovation: Innovation, year: int) -> list[Paper]:
    decree = team_decree(innovation, year).link(annex_pages(innovation))
    proven = 1 + (innovation.team > 10) + (innovation.team > 30)
    return [decree, assignment(innovation, year)] if level > proven else [decree]


def actors(level: int, innovation: Innovation, year: int) -> list[Paper]:
    papers = [team_decree(innovation, year).link(annex_pages(innovation))]
    papers += [campus_agreement(innovation, year)] if level > 1 else []
    return [*papers, clipping(innovation, year)] if level > 2 else papers


def campus_agreement(innovation: Innovation, year: int) -> Paper:
    day = workday(anchor(innovation, year) + timedelta(days=40))
    number = unit_number(innovation.unit, day, "pks", innovation.key)
    partner = actors_of(innovation)["Akademisi"]
    return Paper(
        key=f"pks-kampus:{innovation.key}:{day.year}",
        title=f"Perjanjian Kerja Sama dengan {partner} tentang Pendampingan {innovation.name}",
        doc_number=number,
        dated_on=day,
        years=(day.year,),
        kind="pdf",
        render="agreement",
        facts={"innovation": innovation, "number": number, "day": day, "partner": partner, "aim": "pendampingan"},
        pages="1–2",
    )


def minutes(innovation: Innovation, year: int) -> Paper:
    day = workday(anchor(innovation, year) + timedelta(days=21))
    number = unit_number(innovation.unit, day, "notulen", innovation.key)
    return Paper(
        key=f"notulen:{innovation.key}:{day.year}",
        title=f"Notulen Rapat Pembentukan Pelaksana {innovation.name}",
        doc_number=number,
        dated_on=day,
        years=(day.year,),
        kind="pdf",
        render="minutes",
        facts={"innovation": innovation, "number": number, "day": day},
    )


def team(level: int, innovation: Innovation, year: int) -> list[Paper]:
    by_level = {1: minutes, 2: assignment, 3: team_decree}
    return [by_level[level](innovation, year)]


def network(level: int, innovation: Innovation, year: int) -> list[Paper]:
    decree = team_decree(innovation, year).link(annex_pages(innovation))
    offices = 1 + len(innovation.partners)
    proven = 1 + (offices > 2) + (offices > 4)
    return [decree, assignment(innovation, year)] if level > proven else [decree]

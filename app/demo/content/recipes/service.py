"""Rows 19 and 25 to 30: how the innovation meets the people it serves."""

from app.demo.content.catalogue import Innovation
from app.demo.content.paper import Paper
from app.demo.content.recipes.common import anchor, day_in, unit_number
from app.demo.content.recipes.press import clipping, photo, screen


def tools(level: int, innovation: Innovation, year: int) -> list[Paper]:
    if level == 1:
        return [photo(innovation, year, "manual", "Pencatatan manual", "desk")]
    if level == 2:
        return [photo(innovation, year, "alat", "Alat kerja elektronik", "device")]
    return [
        screen(innovation, year, "home", "Beranda sistem", f"layanan/{innovation.key}"),
        photo(innovation, year, "alat", "Alat kerja elektronik", "device"),
    ]


def publicity(level: int, innovation: Innovation, year: int) -> list[Paper]:
    if level == 1:
        return [photo(innovation, year, "spanduk", "Sosialisasi", "banner")]
    social = screen(innovation, year, "social", "Unggahan media sosial", f"kabar/{innovation.key}")
    return [social] if level == 2 else [clipping(innovation, year), social]


def manual_book(innovation: Innovation, year: int) -> Paper:
    day = day_in(year - 1, 2, 11, "buku", innovation.key)
    number = unit_number(innovation.unit, day, "buku", innovation.key)
    return Paper(
        key=f"buku:{innovation.key}:{day.year}",
        title=f"Buku Petunjuk Teknis {innovation.name}",
        doc_number=number,
        dated_on=day,
        years=(day.year,),
        kind="pdf",
        render="manual",
        facts={"innovation": innovation, "number": number, "day": day},
    )


def manual(level: int, innovation: Innovation, year: int) -> list[Paper]:
    book = manual_book(innovation, year)
    online = screen(innovation, year, "book", "Buku petunjuk daring", f"unduh/petunjuk-{innovation.key}")
    return [book, online] if level == 3 else [book]


def information(level: int, innovation: Innovation, year: int) -> list[Paper]:
    ways = [
        photo(innovation, year, "loket", "Layanan tatap muka", "counter"),
        screen(innovation, year, "hotline", "Layanan pesan dan telepon"),
        screen(innovation, year, "social", "Unggahan media sosial", f"kabar/{innovation.key}"),
    ]
    return [paper.link(set_number=number) for number, paper in enumerate(ways[:level], 1)]


def procedure(level: int, innovation: Innovation, year: int) -> list[Paper]:
    """The level follows from the promised days: 1 day proves 3, up to 5 days prove 2, longer proves 1."""
    day = max(day_in(year - 1, 1, 6, "sop", innovation.key), anchor(innovation, year))
    number = unit_number(innovation.unit, day, "sop", innovation.key)
    days = {1: max(6, innovation.days), 2: min(5, max(2, innovation.days)), 3: 1}[level]
    return [
        Paper(
            key=f"sop-{days}:{innovation.key}:{day.year}",
            title=f"SOP Pelayanan {innovation.name}",
            doc_number=number,
            dated_on=day,
            years=(day.year,),
            kind="pdf",
            render="procedure",
            facts={"innovation": innovation, "number": number, "day": day, "days": days},
        )
    ]


def complaints(level: int, innovation: Innovation, year: int) -> list[Paper]:
    share = {1: 48, 2: 84, 3: 96}[level]
    recap = screen(innovation, year, "complaints", "Rekapitulasi pengaduan")
    return [recap.variant(share, share=share), photo(innovation, year, "aduan", "Penanganan pengaduan", "meeting")]


def integration(level: int, innovation: Innovation, year: int) -> list[Paper]:
    if innovation.is_digital:
        home = screen(innovation, year, "home", "Beranda sistem", f"layanan/{innovation.key}")
        return [home, screen(innovation, year, "process", "Proses layanan")] if level > 1 else [home]
    counter = photo(innovation, year, "loket", "Layanan tatap muka", "counter")
    return [screen(innovation, year, "board", "Bagan keterpaduan layanan"), counter] if level > 1 else [counter]

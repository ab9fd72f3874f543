"""Rows 31 to 35: who copied it, how fast it was made, what it brought, how it was judged, and its film."""

from datetime import date, timedelta

from app.demo.content.catalogue import Innovation
from app.demo.content.paper import Paper
from app.demo.content.recipes.common import anchor, day_in, unit_number, workday
from app.demo.content.recipes.press import photo, screen, seen_on
from app.demo.content.roster import regions
from app.demo.content.words import seed_of

EVALUATIONS = {
    1: ("Laporan Monitoring dan Evaluasi Internal", "monitoring"),
    2: ("Laporan Survei Kepuasan Masyarakat", "survey"),
    3: ("Laporan Kajian Dampak", "study"),
}
SUBSTANCES = {1: 2, 2: 4, 3: 5}  # how many of the five the film shows


def _report(innovation: Innovation, name: str, title: str, day: date, render: str, **facts: object) -> Paper:
    number = unit_number(innovation.unit, day, name, innovation.key)
    return Paper(
        key=f"{name}:{innovation.key}:{day.year}",
        title=f"{title} {innovation.name}",
        doc_number=number,
        dated_on=day,
        years=(day.year,),
        kind="pdf",
        render=render,
        facts={"innovation": innovation, "number": number, "day": day, **facts},
    )


def replication(level: int, innovation: Innovation, year: int) -> list[Paper]:
    papers = []
    for number, region in enumerate(regions(level, innovation.key), 1):
        day = workday(anchor(innovation, year) + timedelta(days=110 + 37 * number))
        day = min(day, date(year, 5, 20 + number))
        title = f"Perjanjian Kerja Sama Replikasi dengan {region}:"
        facts = {"partner": f"Pemerintah {region}", "aim": "replikasi"}
        paper = _report(innovation, f"replikasi-{number}-{year}", title, day, "agreement", **facts)
        papers.append(paper.link("1–2", number))
    return papers


def creation(level: int, innovation: Innovation, year: int) -> list[Paper]:
    """The level follows from the months the making took: up to 4 prove 3, 5 to 8 prove 2, longer proves 1."""
    months = {1: max(9, innovation.months), 2: min(8, max(5, innovation.months)), 3: min(4, innovation.months)}
    day = workday((innovation.applied or date(year, 2, 27)) + timedelta(days=30))
    title = "Laporan Proses Penciptaan Inovasi"
    return [_report(innovation, f"cipta-{level}", title, day, "creation", months=months[level])]


def benefit(level: int, innovation: Innovation, year: int) -> list[Paper]:
    day = day_in(year, 1, 4, "manfaat", innovation.key)
    if innovation.measure != "a":
        title = "Laporan Perbandingan Kinerja Sebelum dan Sesudah"
        return [_report(innovation, f"manfaat-{level}", title, day, "comparison", level=level)]
    count = {1: min(200, int(innovation.amount) or 60), 2: 344, 3: max(501, int(innovation.amount))}[level]
    if innovation.amount and level == 2:
        count = min(500, max(201, int(innovation.amount)))
    if innovation.is_digital:
        return [screen(innovation, year, "users", "Jumlah pengguna").variant(count, count=count)]
    title = "Rekapitulasi Penerima Manfaat"
    return [_report(innovation, f"penerima-{level}", title, day, "receivers", count=count)]


def evaluation(level: int, innovation: Innovation, year: int) -> list[Paper]:
    title, render = EVALUATIONS[level]
    first, last = (1, 4) if level < 3 else (2, 5)
    day = day_in(year, first, last, render, innovation.key)
    return [_report(innovation, render, title, day, render)]


def film(innovation: Innovation, year: int, substances: int) -> Paper:
    day = seen_on(innovation, year, "video")
    return Paper(
        key=f"video-{substances}:{innovation.key}:{year}",
        title=f"Video Inovasi {innovation.name}",
        dated_on=day,
        years=(day.year,),
        kind="mp4",
        render="film",
        facts={"substances": substances, "seed": seed_of("video", innovation.key, year)},
    )


def video(level: int, innovation: Innovation, year: int) -> list[Paper]:
    """The file with its cover, or, for some innovations, a link with a dated capture."""
    if not innovation.rich and seed_of("tautan", innovation.key) % 3 == 0:
        return [screen(innovation, year, "video", "Tangkapan halaman video", f"video/{innovation.key}")]
    cover = photo(innovation, year, "sampul", "Sampul video", "cover")
    return [film(innovation, year, SUBSTANCES[level]), cover]

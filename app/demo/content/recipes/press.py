"""Pictures an office collects over the year: photos, screens, clippings."""

from datetime import date

from app.demo.content.catalogue import Innovation
from app.demo.content.paper import Paper
from app.demo.content.recipes.common import anchor, day_in
from app.demo.content.roster import actors
from app.demo.content.source import load
from app.demo.content.words import chance, pick

MEDIA = load("names")["media"]
SITE = "https://lumbungraya.example"


def seen_on(innovation: Innovation, year: int, *seed: object) -> date:
    """A day in the spring of the period's year, when offices collect their evidence."""
    return day_in(year, 3, 5, innovation.key, *seed)


def photo(innovation: Innovation, year: int, name: str, title: str, scene: str) -> Paper:
    day = max(seen_on(innovation, year, name), anchor(innovation, year))
    return Paper(
        key=f"foto-{name}:{innovation.key}:{year}",
        title=f"{title} {innovation.name}",
        dated_on=day,
        years=(day.year,),
        kind="jpg",
        render="photo",
        facts={"scene": scene, "title": title, "innovation": innovation, "day": day},
    )


def screen(innovation: Innovation, year: int, name: str, title: str, path: str | None = None) -> Paper:
    """A dated capture; `path` when it stands for something published under an address."""
    day = seen_on(innovation, year, name)
    return Paper(
        key=f"layar-{name}:{innovation.key}:{year}",
        title=f"{title} {innovation.name}",
        dated_on=day,
        years=(day.year,),
        kind="png",
        render=f"screen_{name}",
        facts={"innovation": innovation, "day": day, "title": title},
        url=path and f"{SITE}/{path}",
        captured_on=day if path else None,
    )


def clipping(innovation: Innovation, year: int) -> Paper:
    day = seen_on(innovation, year, "kliping")
    paper_name = actors(innovation).get("Media") or pick(MEDIA, "kliping", innovation.key)
    return Paper(
        key=f"kliping:{innovation.key}:{year}",
        title=f"Kliping {paper_name}: {innovation.name}",
        doc_number=f"{paper_name}, hlm. {chance(innovation.key).randint(3, 14)}",
        dated_on=day,
        years=(day.year,),
        kind="jpg",
        render="clipping",
        facts={"innovation": innovation, "day": day, "paper_name": paper_name},
    )

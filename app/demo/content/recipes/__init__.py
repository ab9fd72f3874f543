"""Which documents an office attaches to prove a level of a row."""

from app.demo.content.catalogue import Innovation
from app.demo.content.paper import Paper
from app.demo.content.recipes import legal, outcome, service, yearly

RECIPES = {
    "16": legal.regulation,
    "17": legal.people,
    "18": yearly.budget,
    "19": service.tools,
    "20": yearly.training,
    "21": yearly.workplan,
    "22": legal.actors,
    "23": legal.team,
    "24": legal.network,
    "25": service.publicity,
    "26": service.manual,
    "27": service.information,
    "28": service.procedure,
    "29": service.complaints,
    "30": service.integration,
    "31": outcome.replication,
    "32": outcome.creation,
    "33": outcome.benefit,
    "34": outcome.evaluation,
    "35": outcome.video,
}


def recipe(row: str, level: int, innovation: Innovation, year: int = 2026) -> list[Paper]:
    """The documents that prove this level (1 to 3) of a row in the period of `year`; none for level 0."""
    return RECIPES[row](level, innovation, year) if level else []

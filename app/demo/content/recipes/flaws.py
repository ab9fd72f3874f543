"""How evidence looks the first time an office hands it in: the usual slips of each row."""

from typing import Any

from app.demo.content.paper import Paper

# row: (drawing it concerns, what is wrong with it)
SLIPS: dict[str, tuple[str, dict[str, Any]]] = {
    "16": ("decree", {"names_innovation": False}),
    "17": ("decree", {"with_roles": False}),
    "18": ("budget", {"highlighted": False}),
    "20": ("training", {"with_attendance": False}),
    "21": ("workplan", {"names_innovation": False}),
    "23": ("assignment", {"signed": False}),
    "28": ("procedure", {"signed": False}),
    "29": ("screen_complaints", {"share": None}),
    "33": ("receivers", {"signed": False}),
    "34": ("survey", {"signed": False}),
    "35": ("film", {"substances": 4}),
}


def first_try(row: str, papers: list[Paper]) -> list[Paper]:
    """The same documents with the row's usual slip; with one missing where the row has no slip of its own."""
    drawing, facts = SLIPS.get(row, (None, {}))
    if any(paper.render == drawing for paper in papers):
        return [paper.spoiled(**facts) if paper.render == drawing else paper for paper in papers]
    return papers[:-1]

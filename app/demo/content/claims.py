"""What each office would claim: levels of the twenty rows that fit the innovation's facts."""

from app.demo.content.catalogue import Innovation
from app.demo.content.recipes import RECIPES
from app.demo.content.words import chance

USUAL = {1: (0, 1, 1, 0, 2), 2: (1, 1, 2, 0, 2), 3: (2, 3, 1, 2, 2), 4: (3, 2, 3, 2, 3), 5: (3, 3, 3, 2, 3)}
COPIED = {1: (0,), 2: (0,), 3: (0, 0, 1), 4: (0, 1, 2), 5: (1, 2, 3)}
STEPS = {"a": (1, 201, 501), "b": (5, 20.01, 50.01), "c": (0.01, 10.01, 20.01), "d": (0.01, 10, 20), "e": (1, 101, 201), "f": (1, 2, 3)}


def claims(innovation: Innovation, year: int = 2026) -> dict[str, int]:
    """Level 0 to 3 for each row; 0 where the office has nothing to show."""
    if not innovation.applied:
        return dict.fromkeys(RECIPES, 0)
    draw = chance("klaim", innovation.key, year)
    usual = {row: draw.choice(USUAL[innovation.strength]) for row in RECIPES}
    return usual | _from_facts(innovation, year) | {"31": draw.choice(COPIED[innovation.strength])}


def bases(innovation: Innovation) -> dict[str, str]:
    """The basis chosen for the two rows that have several."""
    return {"30": "digital" if innovation.is_digital else "nondigital", "33": innovation.measure}


def _from_facts(innovation: Innovation, year: int) -> dict[str, int]:
    strong, old = innovation.strength >= 3, innovation.applied.year < year - 1
    offices = 1 + len(innovation.partners)
    return {
        "16": {1: 1, 2: 1, 3: 2}.get(innovation.strength, 3) if not innovation.is_digital else min(3, max(1, innovation.strength - 1)),
        "17": 1 + (innovation.team > 10) + (innovation.team > 30),
        "18": 1 + strong + (strong and old),
        "19": 3 if innovation.is_digital else 2 if strong else 1,
        "21": 1 + (old and strong) + (old and innovation.strength > 3),
        "23": 3 if strong else 2,
        "24": 1 + (offices > 2) + (offices > 4),
        "28": 3 if innovation.days == 1 else 2 if innovation.days <= 5 else 1,
        "32": 3 if innovation.months <= 4 else 2 if innovation.months <= 8 else 1,
        "33": sum(innovation.amount >= step for step in STEPS[innovation.measure]),
        "35": min(3, max(1, innovation.strength - 1)),
    }

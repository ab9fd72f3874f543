"""A training made of what went wrong: how long to stay with each point."""
from collections.abc import Sequence

POINTS = 10  # a training is a morning: the ten reasons given most
SHORTEST, LONGEST, STEP = 10, 30, 5


def minutes(units: int) -> int:
    """The more units make the mistake, the more questions: ten minutes, two more for each unit, in steps of five up to half an hour."""
    wanted = SHORTEST + 2 * max(0, units - 1)
    return min(LONGEST, -(-wanted // STEP) * STEP)


def in_hours(points: Sequence[int]) -> str:
    """`1 jam 45 menit` for all points together."""
    hours, rest = divmod(sum(points), 60)
    return " ".join(part for part in (f"{hours} jam" if hours else "", f"{rest} menit" if rest or not hours else "") if part)

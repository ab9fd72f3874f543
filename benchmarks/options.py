"""What was asked for on the command line."""
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """`sizes` are the smaller and the larger number of innovations; `room` is where data, copies and Django's environment are kept."""
    room: Path
    sizes: tuple[int, int] = (5_000, 50_000)
    rounds: int = 5
    seconds: int = 4
    night_minutes: float = 3
    django: bool = True

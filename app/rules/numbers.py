"""Running numbers as people read and quote them."""
from datetime import date

TRAINING_PREFIX = "LATIHAN"  # of whatever is numbered in a training period
MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def entry_number(prefix: str, year: int, number: int, round: int | None = None, training: bool = False) -> str:
    """LR-26-012, and LR-26-012/2 for its second round; LATIHAN-26-012 of a training period."""
    written = f"{TRAINING_PREFIX if training else prefix}-{year % 100:02d}-{number:03d}"
    return f"{written}/{round}" if round else written


def letter_number(pattern: str, number: int, day: date) -> str:
    """`400.10.11/{nomor}/LI/{tahun}` becomes 400.10.11/007/LI/2026; `{bulan}` is the month in Roman figures."""
    return pattern.replace("{nomor}", f"{number:03d}").replace("{tahun}", str(day.year)).replace("{bulan}", MONTHS[day.month - 1])


def training_letter_number(number: int, day: date) -> str:
    """LATIHAN-001/2026: nobody takes it for a letter of the office."""
    return f"{TRAINING_PREFIX}-{number:03d}/{day.year}"

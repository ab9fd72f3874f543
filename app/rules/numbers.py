"""Running numbers as people read and quote them."""
from datetime import date

MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def entry_number(prefix: str, year: int, number: int, round: int | None = None) -> str:
    """LR-26-012, and LR-26-012/2 for its second round."""
    written = f"{prefix}-{year % 100:02d}-{number:03d}"
    return f"{written}/{round}" if round else written


def letter_number(pattern: str, number: int, day: date) -> str:
    """`400.10.11/{nomor}/LI/{tahun}` becomes 400.10.11/007/LI/2026; `{bulan}` is the month in Roman figures."""
    return pattern.replace("{nomor}", f"{number:03d}").replace("{tahun}", str(day.year)).replace("{bulan}", MONTHS[day.month - 1])

"""How the instrument's relative years read: T-0 is the instrument's own year, T-1 and T-2 the two before."""
import re


def in_years(text: str, year: int) -> str:
    """`T-1 dan T-2` of 2026 reads `2025 dan 2024`."""
    return re.sub(r"\bT-(\d)\b", lambda relative: str(year - int(relative[1])), text)


def period_name(year: int, is_training: bool) -> str:
    """As people say it, after "periode": "2026", "latihan 2026"."""
    return f"latihan {year}" if is_training else str(year)

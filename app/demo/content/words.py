"""Small pieces of Indonesian: dates in words, lists, amounts, a steady choice."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import TypeVar
from zlib import crc32

MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]

T = TypeVar("T")


def long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_year(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def listing(words: Sequence[str]) -> str:
    """Join as an Indonesian enumeration: "A", "A dan B", "A, B, dan C"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def amount(value: float) -> str:
    """A number with a decimal comma and points between thousands."""
    text = f"{value:,.2f}" if value % 1 else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,")).rstrip("0" if value % 1 else "")


def rupiah(value: int) -> str:
    return f"Rp{value:,}".replace(",", ".")


def seed_of(*parts: object) -> int:
    """The same number for the same words, on every machine."""
    return crc32("|".join(map(str, parts)).encode())


def chance(*parts: object) -> Random:
    return Random(seed_of(*parts))


def pick(options: Sequence[T], *parts: object) -> T:
    return options[seed_of(*parts) % len(options)]

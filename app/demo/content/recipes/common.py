"""Dates and numbers that documents of one innovation share."""

from datetime import date, timedelta

from app.demo.content.catalogue import Innovation
from app.demo.content.units import Unit
from app.demo.content.words import pick


def anchor(innovation: Innovation, year: int) -> date:
    """The day from which the innovation counts in this period: applied, or last developed if that is old."""
    applied, developed = innovation.applied, innovation.developed
    if developed and applied and applied.year < year - 2 and developed.year < year:
        return developed
    return applied or innovation.trial or date(year, 3, 16)


def workday(day: date) -> date:
    """The Friday before when the day falls on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def day_in(year: int, first_month: int, last_month: int, *seed: object) -> date:
    month = pick(range(first_month, last_month + 1), "bulan", year, *seed)
    return workday(date(year, month, pick(range(3, 28), "hari", year, *seed)))


def serial(*seed: object) -> int:
    return pick(range(12, 490), "nomor", *seed)


def unit_number(unit: Unit, day: date, *seed: object) -> str:
    return f"{unit.code}/{serial(unit.key, day, *seed)}/{day.year}"


def regent_number(day: date, *seed: object) -> str:
    return f"188/{serial('bupati', day, *seed)}/{day.year}"

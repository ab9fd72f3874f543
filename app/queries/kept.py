"""Statements that take longer to put together than to run: put together once for a period."""
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from app.models import Period

Statement = TypeVar("Statement")
MOST = 16  # periods of which one process keeps a statement


def of_period(build: Callable[[int], Statement]) -> Callable[[Period], Statement]:
    """For a function that needs nothing but the id of the period."""
    made = lru_cache(MOST)(build)

    @wraps(build)
    def of(period: Period) -> Statement:
        return made(period.id)

    return of

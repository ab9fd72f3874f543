"""A page of a list: its rows, how many there are in all, and the addresses of the other pages."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from app.extensions import db

PER_PAGE = 25


@dataclass(frozen=True)
class Page:
    """`url(n)` is the address of page n with the filter kept; page numbers start at 1."""
    items: Sequence[Any]
    page: int
    pages: int
    total: int
    url: Callable[[int], str]


def page_of(query: Select, number: int, url: Callable[[int], str], scalars: bool = False, size: int = PER_PAGE) -> Page:
    """Counts and cuts in the database. A page beyond the last shows the last. `query` must have a total order."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    cut = query.limit(size).offset((number - 1) * size)
    items = db.session.scalars(cut).unique().all() if scalars else db.session.execute(cut).all()
    return Page(items, number, pages, total, url)

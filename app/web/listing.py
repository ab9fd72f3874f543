"""A page of a list: its rows, how many there are in all, and the addresses of the other pages."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select

from app.extensions import db
from app.queries.counting import COUNTED

PER_PAGE = 25


class Tab(NamedTuple):
    """A part of a list, or one of several pages that belong together; `count` is what stands in it."""
    label: str
    url: str
    current: bool
    count: int | None = None
    is_more: bool = False  # than `count` says


def told(counted: int) -> tuple[int, bool]:
    """Of a number that stopped above COUNTED: what to say, and whether there is more."""
    return min(counted, COUNTED), counted > COUNTED


@dataclass(frozen=True)
class Page:
    """`url(n)` is the address of page n with the filter kept; page numbers start at 1."""
    items: Sequence[Any]
    page: int
    pages: int
    total: int
    url: Callable[[int], str]
    is_more: bool = False  # than `total` says; then the pages end there, too


def page_of(query: Select, number: int, url: Callable[[int], str], scalars: bool = False, size: int = PER_PAGE, total: int | None = None,
            key=None, bare: Select | None = None, ids: Callable[[int, int], Select] | None = None, stops: bool = False) -> Page:
    """Counts and cuts in the database; `total` where it is counted already. A page beyond the last shows the last. `query` must have a total
    order. With `key` (a column that is different in each row) the page is found first, so that dear columns are worked out for its rows alone:
    by the query itself, by `bare` (its `key` alone, with what narrows and orders it), or by `ids`, told how many and after how many. `stops`: a
    long list ends at COUNTED, and `total` may be one above it."""
    if total is None:
        counted = (query if bare is None else bare).order_by(None)
        counted = counted.limit(COUNTED + 1) if stops else counted
        total = db.session.scalar(select(func.count()).select_from(counted.subquery())) or 0
    total, is_more = told(total) if stops else (total, False)
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    cut = query.limit(size).offset((number - 1) * size)
    if key is not None:
        offset = (number - 1) * size
        found = ids(size, offset) if ids else cut.with_only_columns(key) if bare is None else bare.limit(size).offset(offset)
        cut = query.where(key.in_(found))
    items = db.session.scalars(cut).unique().all() if scalars else db.session.execute(cut).all()
    return Page(items, number, pages, total, url, is_more)


@dataclass(frozen=True)
class Stretch:
    """A part of a list that grows without end. `newer` and `older` are addresses, None where nothing follows; `total` stops one above COUNTED."""
    items: Sequence[Any]
    newer: str | None
    older: str | None
    total: int

    @property
    def is_more(self) -> bool:
        return self.total > COUNTED


def stretch_of(query: Select, at, id, before: int, after: int, url: Callable[..., str], size: int = PER_PAGE) -> Stretch:
    """The lines older than line `before` or newer than line `after` (ids), else the newest, latest first: however far back, it costs the same.
    `at` and `id` are the columns that order it; each line has an `id`. A line that is gone leads to the newest."""
    mark = db.session.execute(select(at, id).where(id == (before or after))).first() if before or after else None
    upwards = mark is not None and not before
    cut = query.order_by(at, id) if upwards else query.order_by(at.desc(), id.desc())
    if mark is not None:
        moment, line = mark
        beyond = (at >= moment, or_(at > moment, id > line)) if upwards else (at <= moment, or_(at < moment, id < line))
        cut = cut.where(and_(*beyond))
    found = db.session.execute(cut.limit(size + 1)).all()
    if upwards and len(found) <= size:  # the newest page is a full one
        return stretch_of(query, at, id, 0, 0, url, size)
    items = found[:size][::-1] if upwards else found[:size]
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).limit(COUNTED + 1).subquery())) or 0
    return Stretch(items, url(after=items[0].id) if items and mark is not None else None,
                   url(before=items[-1].id) if items and (upwards or len(found) > size) else None, total)

"""What a what-if may play with: everything approved, sent or under review in a period."""
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from app.models import Entry, Innovation, Period, Unit
from app.queries import searching
from app.rules.scenario import Known
from app.rules.workflow import DONE, WITH_OFFICE

IS_DONE = Entry.status.in_(DONE)
POINTS = case((IS_DONE, Entry.verified), else_=Entry.evidenced).label("points")  # verified, or what the evidence carries


def known(period: Period) -> Select:
    return select(Entry.number, POINTS, func.coalesce(Entry.main_affair, "")).where(*_playable(period))


def going(period: Period, goes: ColumnElement[bool]) -> Select[int]:
    """The numbers of what the best set takes, as `goes` says it."""
    return select(Entry.number).where(Entry.period_id == period.id, IS_DONE, goes)


def by_number(rows: Iterable[Any]) -> dict[int, Known]:
    return {number: Known(points, affair) for number, points, affair in rows}


def listed(period: Period, q: str) -> Select:
    """One line of the list each: what is approved first, the highest points first."""
    query = (select(Entry.id, Entry.number, Innovation.name, Unit.name.label("unit"), Entry.main_affair, Entry.status, POINTS)
             .join(Innovation, Innovation.id == Entry.innovation_id).join(Unit, Unit.id == Entry.unit_id).where(*_playable(period)))
    if q:
        query = query.where(searching.named(q))
    return query.order_by(IS_DONE.desc(), POINTS.desc(), Entry.number, Entry.id)


def names(period: Period, numbers: Collection[int]) -> Select:
    """Number and name of these."""
    return (select(Entry.number, Innovation.name).join(Innovation, Innovation.id == Entry.innovation_id)
            .where(*_playable(period), Entry.number.in_(numbers)))


def _playable(period: Period) -> tuple[ColumnElement[bool], ...]:
    return Entry.period_id == period.id, Entry.status.in_(DONE | WITH_OFFICE)

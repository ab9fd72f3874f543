"""Which units a period is about, what it asks of them, and what they brought; in SQL what rules.targets says.

A unit belongs to a period when it was there during it: in the list before filling closed, and not merged or archived until then. Who has a
proposal in the period belongs to it anyway, whatever became of the unit. So what a closed season counted stays as it was when units are merged,
archived or added later. A unit whose proposals went over to another with it is counted there.
"""
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.models import Entry, Event, Period, Tally, Unit
from app.rules.targets import kinds_asked
from app.rules.workflow import Status

_moved: Any = aliased(Entry)
_merged: Any = aliased(Event)
_same_name = _merged.details["name"].as_string() == Event.details["before"].as_string()
_moves = (select(Event.id).join(_moved, _moved.id == Event.entry_id).join(_merged, _same_name)
          .where(Event.what == "entry_moved", _merged.what == "unit_merged", _merged.unit_id == Unit.id).correlate(Unit))
is_brought = or_(Tally.status.not_in({Status.DRAFT, Status.SIGNING}), and_(Tally.status == Status.SIGNING, Tally.is_decided))


def has_proposals(period: Period) -> ColumnElement[bool]:
    return select(Entry.id).where(Entry.period_id == period.id, Entry.unit_id == Unit.id).correlate(Unit).exists()


def is_asked(period: Period) -> ColumnElement[bool]:
    return Unit.kind.in_(kinds_asked(period.entries_per_unit, period.target_kinds))


def wanted(period: Period) -> ColumnElement[int]:
    """How many proposals a unit is asked for."""
    return case((is_asked(period), literal(period.entries_per_unit)), else_=0)


def belongs(period: Period) -> ColumnElement[bool]:
    """The unit is on the period's board, whether anything is asked of it or not."""
    return or_(has_proposals(period), _was_there(period))


def counts(period: Period) -> ColumnElement[bool]:
    """It is asked for something, or brings something unasked."""
    return or_(has_proposals(period), and_(is_asked(period), _was_there(period)))


def is_missing(period: Period) -> ColumnElement[bool]:
    """It is asked for something and brings nothing at all, not even a draft."""
    return and_(is_asked(period), ~has_proposals(period), _was_there(period))


def heir() -> ColumnElement[int]:
    """The id of the unit whose people answer for this one now: itself, or the one it was merged into."""
    return func.coalesce(Unit.merged_into_id, Unit.id)


def _was_there(period: Period) -> ColumnElement[bool]:
    added = select(func.min(Event.at)).where(Event.unit_id == Unit.id, Event.what == "unit_added").correlate(Unit).scalar_subquery()
    stayed = or_(Unit.archived_at.is_(None), and_(Unit.archived_at > period.closes_at, ~_was_moved(period)))
    return and_(stayed, func.coalesce(added, period.opens_at) <= period.closes_at)


def _was_moved(period: Period) -> ColumnElement[bool]:
    """It was merged while a proposal of it was under way, which went over. Both say what it was called then; it may be called otherwise since."""
    return _moves.where(_moved.period_id == period.id).exists()

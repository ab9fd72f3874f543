"""What counts and what is only practised. Proposals of training periods are in no figure, board, list or offer of the season; a list that can
show both says so with `Practice`."""
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import aliased

from app.models import Entry, Event, Period, Round

_training = aliased(Period)
_in_training = select(_training.id).where(_training.is_training)

IS_TRAINING: ColumnElement[bool] = Entry.period_id.in_(_in_training)
COUNTS: ColumnElement[bool] = Entry.period_id.not_in(_in_training)

_practised = aliased(Entry)
_entries = select(_practised.id).where(_practised.period_id.in_(_in_training))
ROUND_COUNTS: ColumnElement[bool] = Round.entry_id.not_in(_entries)
_ROUNDS_OF_TRAINING = select(Round.id).where(Round.entry_id.in_(_entries))

ALSO, ONLY = "juga", "saja"  # training beside the real ones, or nothing else; as a rule it is hidden
CHOICES = {"": "Sembunyikan", ALSO: "Tampilkan juga", ONLY: "Hanya latihan"}
COUNTED = 1000  # nobody counts further where a list may be long
WORDS = {ALSO: "latihan juga", ONLY: "hanya latihan"}


def which(latihan: str, of: Any = Entry) -> ColumnElement[bool]:
    """The proposals a list shows, or what is added up `of` them: `latihan` is ALSO, ONLY, or anything else for the real ones."""
    return {ALSO: true(), ONLY: of.period_id.in_(_in_training)}.get(latihan, of.period_id.not_in(_in_training))


def which_events(latihan: str) -> ColumnElement[bool]:
    """The same of what happened; what is about no proposal is no training."""
    real = or_(Event.entry_id.is_(None), Event.entry_id.not_in(_entries))
    return {ALSO: true(), ONLY: Event.entry_id.in_(_entries)}.get(latihan, real)


def up_to(query: Select) -> Any:
    """How many rows these are, counted no further than one above COUNTED."""
    return select(func.count()).select_from(query.order_by(None).limit(COUNTED + 1).subquery()).scalar_subquery()


def in_periods(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Proposals of one of the few periods of which this is so."""
    return Entry.period_id.in_(select(Period.id).where(condition))


def known(latihan: str) -> str:
    """As an address says it; empty for what makes no sense."""
    return latihan if latihan in CHOICES else ""


def verdict_counts(round_id: Any) -> ColumnElement[bool]:
    """Of a column that names a round."""
    return round_id.not_in(_ROUNDS_OF_TRAINING)

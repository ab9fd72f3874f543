"""The counts that the database keeps (models/tally.py), counted again."""
from sqlalchemy import Select, func, select

from app.models import Entry, Tally

_KEY = ("period_id", "unit_id", "status", "is_decided")
_POINTS = ("claimed", "evidenced", "verified")
COLUMNS = [getattr(Tally, name) for name in (*_KEY, "number", *_POINTS)]


def again() -> Select:
    """The rows of `tally` as they should be, by COLUMNS; none that would count nothing."""
    key = [Entry.period_id, Entry.unit_id, Entry.status, Entry.decided_rounds > 0]
    return select(*key, func.count(), *(func.sum(getattr(Entry, name)) for name in _POINTS)).group_by(*key)

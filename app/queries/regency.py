"""Whose installation this is."""
from functools import cache

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import joinedload

from app.models import Event, Regency, StoredFile
from app.models.regency import FACTS

_COLUMNS = (*(getattr(Regency, name) for name in FACTS), StoredFile.sha256.label("logo"), StoredFile.kind.label("logo_kind"))
NAMES = (*FACTS, "logo", "logo_kind")


@cache
def effective() -> Select:
    """The one row as plain columns (NAMES), with the logo's hash and kind; nothing while nobody saved it."""
    return select(*_COLUMNS).outerjoin(StoredFile, StoredFile.id == Regency.logo_id)


def beside(query: Select) -> Select:
    """A query whose rows bring those columns too, so that both come in one SELECT; None in all of them while nobody saved it."""
    return query.add_columns(*_COLUMNS).outerjoin(Regency, true()).outerjoin(StoredFile, StoredFile.id == Regency.logo_id)


def clock_of() -> Select[str]:
    """The name of its time zone."""
    return select(Regency.timezone)


def whole() -> Select[Regency]:
    return select(Regency).options(joinedload(Regency.logo))


def last_change() -> Select[int]:
    """The id of the event that last changed it."""
    return select(func.max(Event.id)).where(Event.regency_id.is_not(None))


def history() -> Select[Event]:
    """What was done to it, newest first."""
    return select(Event).where(Event.regency_id.is_not(None)).options(joinedload(Event.by)).order_by(Event.id.desc())

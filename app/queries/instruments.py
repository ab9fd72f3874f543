"""Instruments for the people who keep them: the published, and those in the making."""
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, undefer

from app.models import Event, Instrument, Period

HISTORY = 100  # events shown


def newest_first() -> Select[Instrument]:
    """With the file itself, which says how many rows each has: a handful of instruments in all."""
    return (select(Instrument).where(Instrument.discarded_at.is_(None)).options(undefer(Instrument.source))
            .order_by(Instrument.year.desc(), Instrument.id.desc()))


def coded(code: str) -> Select[Instrument]:
    return newest_first().where(Instrument.code == code)


def codes() -> Select[str]:
    return select(Instrument.code).where(Instrument.discarded_at.is_(None))


def used_by() -> Select[int, int, int, bool]:
    """Instrument (id), period (id), its year and whether it is training."""
    return select(Period.instrument_id, Period.id, Period.year, Period.is_training).order_by(Period.year, Period.is_training)


def history(instrument: Instrument) -> Select[Event]:
    """What was done to it, newest first."""
    return (select(Event).where(Event.instrument_id == instrument.id).options(joinedload(Event.by)).order_by(Event.id.desc()).limit(HISTORY))


def last_edit(instrument: Instrument) -> Select[Event]:
    return history(instrument).limit(1)

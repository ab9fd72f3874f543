"""More time for single units, as the office lists it."""
from datetime import datetime

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import joinedload

from app.models import Extension, Period


def of(period: Period, now: datetime) -> Select[Extension]:
    """Those that run first, the one that ends first on top; then the others, latest first."""
    runs = and_(Extension.ended_at.is_(None), Extension.until >= now)
    return (select(Extension).where(Extension.period_id == period.id).options(joinedload(Extension.unit), joinedload(Extension.given_by))
            .order_by(runs.desc(), case((runs, Extension.until)), Extension.id.desc()))


def pointless(period: Period, now: datetime) -> Select[int]:
    """How many of those that run give their unit no more time than everybody has: the period was prolonged past them."""
    return running(period, now).where(Extension.until <= period.closes_at)


def running(period: Period, now: datetime) -> Select[int]:
    """How many units have more time now."""
    return select(func.count(Extension.unit_id.distinct())).where(
        Extension.period_id == period.id, Extension.ended_at.is_(None), Extension.until >= now)

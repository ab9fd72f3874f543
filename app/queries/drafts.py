"""What people typed and did not save. Nobody reads anybody else's."""
from datetime import datetime

from sqlalchemy import Delete, Select, delete, func, or_, select

from app.models import Draft


def at(user_id: int, address: str) -> Select[Draft]:
    return select(Draft).where(Draft.user_id == user_id, Draft.address == address)


def from_(user_id: int, address: str) -> Select[Draft]:
    """There, and at every address below."""
    return select(Draft).where(Draft.user_id == user_id, or_(Draft.address == address, Draft.address.startswith(f"{address}/", autoescape=True)))


def of(user_id: int) -> Select[Draft]:
    """The latest first."""
    return select(Draft).where(Draft.user_id == user_id).order_by(Draft.saved_at.desc(), Draft.id.desc())


def how_many(user_id: int) -> Select:
    """Their number and when the latest was kept."""
    return select(func.count().label("number"), func.max(Draft.saved_at).label("last")).where(Draft.user_id == user_id)


def held(user_id: int) -> Select[int]:
    """What was sent when the session was over and waits to be finished."""
    return select(Draft.id).where(Draft.user_id == user_id, Draft.is_held.is_(True))


def beyond(user_id: int, most: int) -> Select[int]:
    """The oldest ones, over the number somebody may have."""
    return select(Draft.id).where(Draft.user_id == user_id).order_by(Draft.saved_at.desc(), Draft.id.desc()).offset(most)


def older_than(instant: datetime) -> Delete:
    return delete(Draft).where(Draft.saved_at < instant)

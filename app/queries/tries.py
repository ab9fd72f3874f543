"""Wrong tries at the door that still count, and where somebody usually comes from. Asked inside the transaction that writes the next try."""
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select

from app.models import FailedSignIn, Session, User
from app.rules.sign_in import FORGOTTEN_AFTER, SLACK, USUAL_FOR


def of_pair(username: str, address: str, now: datetime) -> Select[datetime]:
    """When this name was wrong at this address."""
    return select(FailedSignIn.at).where(FailedSignIn.username == username, FailedSignIn.address == address, *_counting(now))


def names_at(address: str, now: datetime) -> Select[int, datetime]:
    """How many different names were wrong at this address, and when the last one was."""
    return select(func.count(FailedSignIn.username.distinct()), func.max(FailedSignIn.at)).where(FailedSignIn.address == address, *_counting(now))


def elsewhere(username: str, address: str, now: datetime) -> Select[int, datetime]:
    """How often this name was wrong at all other addresses, and when last."""
    return (select(func.count(FailedSignIn.id), func.max(FailedSignIn.at))
            .where(FailedSignIn.username == username, FailedSignIn.address != address, *_counting(now)))


def usual(username: str, address: str, now: datetime) -> Select[int]:
    """A session this account had from this address within a month; nothing when there was none."""
    return (select(Session.id).join(User, User.id == Session.user_id)
            .where(User.username == username, Session.address == address, Session.started_at > now - USUAL_FOR).limit(1))


def _counting(now: datetime) -> list[ColumnElement[bool]]:
    return [FailedSignIn.forgiven_at.is_(None), FailedSignIn.at > now - FORGOTTEN_AFTER, FailedSignIn.at <= now + SLACK]

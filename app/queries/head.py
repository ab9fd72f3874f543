"""What the head of every page needs, in one SELECT."""
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from app.models import Event, Membership, Notification, Period, Session, User
from app.queries import announcements, periods, regency


class Last(NamedTuple):
    """The last event there is: it stands for everything that was written so far."""
    id: int | None
    hash: str | None


def last_id() -> Select[int]:
    """Of the last event."""
    return select(func.max(Event.id))


@cache
def of_session() -> Select:
    """The session behind a cookie (`token_hash`) with its person and roles; beside it the regency, the period at `now`, how many notices wait
    unread for that person (`unread`), whether the office tells anything (`tells`), and the last event as `Last` (`last_id`, `last_hash`)."""
    last = last_id().scalar_subquery()
    unread = (select(func.count(Notification.id)).where(Notification.user_id == Session.user_id, Notification.read_at.is_(None))
              .correlate(Session).scalar_subquery())
    now = bindparam("now", type_=Event.at.type)
    period = periods.current_id(now).scalar_subquery()
    tells = announcements.any_ahead(now)
    query = (select(Session, Period, unread.label("unread"), tells.label("tells"), last.label("last_id"),
                    select(Event.hash).where(Event.id == last).scalar_subquery().label("last_hash"))
             .select_from(Session).outerjoin(Period, Period.id == period).where(Session.token_hash == bindparam("token_hash"))
             .options(joinedload(Session.user, innerjoin=True).joinedload(User.memberships).joinedload(Membership.unit)))
    return regency.beside(query)

"""What waits for a person in training periods: beside their real work, never in its figures."""
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, false, or_, select

from app.models import Entry, Innovation, Period, Unit, User
from app.queries import review
from app.queries.counting import IS_TRAINING
from app.rules.access import JUDGES, Role
from app.rules.workflow import EDITABLE, Status

MOST = 12  # lines on a front page


def waiting(user: User, now: datetime) -> Select:
    """What this person may go on with: what their units fill or sign as long as its period takes it, and what they judge or approve. The oldest
    first; `judges` says that it is theirs as one of the office."""
    turn = review.is_turn(user) if user.has_role(*JUDGES) else false()
    until = case((Entry.status == Status.DRAFT, Period.closes_at), else_=Period.repairs_close_at)
    filled = or_(_of(user, Role.OPERATOR, Entry.status.in_(EDITABLE)), _of(user, Role.HEAD, Entry.status == Status.SIGNING))
    query = select(Entry.id, Entry.number, Entry.status, Entry.moved_at, Innovation.name, Unit.name.label("unit"), Period.year, turn.label("judges"))
    filled = and_(filled, until >= now, Innovation.archived_at.is_(None))
    return (review.joined(query).join(Unit, Unit.id == Entry.unit_id).where(IS_TRAINING, or_(turn, filled))
            .order_by(Entry.moved_at, Entry.id).limit(MOST))


def _of(user: User, role: Role, state: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(Entry.unit_id.in_([unit.id for unit in user.units(role)]), state)

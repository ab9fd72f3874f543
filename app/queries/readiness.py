"""What the administrator still has to do: from an empty installation to people who signed in."""
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from app.models import Entry, Membership, Period, Session, Unit, User
from app.queries.counting import COUNTS
from app.queries.innovations import recorded
from app.rules.access import JUDGES, Role
from app.rules.workflow import Status

_active = User.deactivated_at.is_(None)
_operators = select(Membership.unit_id).join(User, User.id == Membership.user_id).where(Membership.role == Role.OPERATOR, _active)
_judges = select(Membership.user_id).where(Membership.role.in_(JUDGES))
_unserved: tuple[ColumnElement[bool], ...] = (Unit.archived_at.is_(None), Unit.is_office.is_(False), Unit.id.not_in(_operators))
_slips: tuple[ColumnElement[bool], ...] = (_active, User.must_change_password.is_(True))


class Readiness(NamedTuple):
    """Counts without the office itself and without the asking person. `unserved` are units nobody fills in for; `judges` may be that person too."""
    units: int
    people: int
    periods: int
    signed_in: int
    unserved: int
    judges: int
    slips: int
    expired: int

    @property
    def steps_left(self) -> int:
        return [self.units, self.people, self.periods, self.signed_in].count(0)

    @property
    def is_done(self) -> bool:
        return not self.steps_left


def readiness(user: User, now: datetime) -> Select:
    """One row, as `Readiness`."""
    def count(thing: Any, *where: ColumnElement[bool]) -> Any:
        return select(func.count(thing)).where(*where).scalar_subquery()

    return select(
        count(Unit.id, Unit.archived_at.is_(None), Unit.is_office.is_(False)), count(User.id, _active, User.id != user.id),
        count(Period.id, Period.is_training.is_(False)),
        count(Session.user_id.distinct(), Session.user_id != user.id), count(Unit.id, *_unserved),
        count(User.id, _active, User.id.in_(_judges)), count(User.id, *_slips), count(User.id, *_slips, User.slip_expires_at <= now))


def unserved(most: int) -> Select:
    """Units without an operator, those with innovations first."""
    return (select(Unit.id, Unit.name, Unit.kind, recorded.label("recorded")).where(*_unserved)
            .order_by(recorded.desc(), Unit.name, Unit.id).limit(most))


def headless(most: int) -> Select:
    """Units without a head's account, those with proposals that wait for one first."""
    heads = select(Membership.unit_id).join(User, User.id == Membership.user_id).where(Membership.role == Role.HEAD, _active)
    waiting = (select(func.count(Entry.id)).where(Entry.unit_id == Unit.id, Entry.status == Status.SIGNING, COUNTS).correlate(Unit).scalar_subquery())
    return (select(Unit.id, Unit.name, Unit.kind, waiting.label("waiting"))
            .where(Unit.archived_at.is_(None), Unit.is_office.is_(False), Unit.id.not_in(heads))
            .order_by(waiting.desc(), Unit.name, Unit.id).limit(most))


def unused_slips(most: int) -> Select:
    """Accounts whose one-time password was never replaced, the one that runs out first on top."""
    return (select(User.id, User.name, User.username, User.slip_expires_at).where(*_slips)
            .order_by(User.slip_expires_at, User.name, User.id).limit(most))

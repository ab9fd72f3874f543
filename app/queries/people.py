"""Accounts, roles and sessions."""
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.models import Event, Membership, Session, Unit, User
from app.queries.filters import Filter
from app.rules.access import JUDGES, UNIT_ROLES, Role

GETTING_IN = ("person_added", "slip_given", "password_changed", "person_deactivated", "person_reactivated",
              "person_anonymised")
CLOSED, SLIP, EXPIRED, ALL, BARE, UNSEEN = "nonaktif", "slip", "lewat", "semua", "baru", "belum"

_seen = select(func.max(Session.started_at)).where(Session.user_id == User.id).correlate(User).scalar_subquery()


@dataclass(frozen=True)
class PersonFilter(Filter):
    """`q` looks in names and in the units served; `state` is empty for the accounts in use, "slip" for those with a one-time password
    nobody replaced, "lewat" for those of them that ran out before `now`; "baru" for accounts nobody made one for yet, "belum" for those
    who never signed in."""
    q: str = ""
    role: str = ""
    state: str = ""
    ORDERS: ClassVar = {"name": (func.lower(User.name), User.id), "username": (User.username, User.id), "seen": (_seen, User.name, User.id)}
    USUAL: ClassVar = "name"

    def narrow(self, query: Select, now: datetime) -> Select:
        if self.q:
            inside = select(Membership.user_id).join(Unit, Unit.id == Membership.unit_id).where(Unit.name.icontains(self.q, autoescape=True))
            query = query.where(or_(User.name.icontains(self.q, autoescape=True), User.username.icontains(self.q, autoescape=True),
                                    User.id.in_(inside)))
        if self.role:
            query = query.where(User.id.in_(select(Membership.user_id).where(Membership.role == self.role)))
        return query.where(*self._in_state(now))

    def _in_state(self, now: datetime) -> list[ColumnElement[bool]]:
        in_use, slip = User.deactivated_at.is_(None), User.must_change_password.is_(True)
        states: dict[str, list[ColumnElement[bool]]] = {
            CLOSED: [~in_use], SLIP: [in_use, slip], EXPIRED: [in_use, slip, User.slip_expires_at <= now], ALL: [],
            BARE: [in_use, slip, User.slip_expires_at.is_(None)], UNSEEN: [in_use, _seen.is_(None)]}
        return states.get(self.state, [in_use])


def facts() -> Select:
    """Everybody, by user name: what stands in a sheet of accounts."""
    return select(User.id, User.username, User.name, User.nip, User.position, User.deactivated_at).order_by(User.username)


def to_get_slips(besides: User) -> Select:
    """`rows` of whoever may be given a one-time password, with `changed`: the last event that decided how they get in."""
    changed = (select(func.max(Event.id)).where(Event.person_id == User.id, Event.what.in_(GETTING_IN)).correlate(User).scalar_subquery())
    return rows().add_columns(changed.label("changed")).where(User.id != besides.id, User.deactivated_at.is_(None))


def rows() -> Select:
    """One line of the list each; `seen_at` is the last sign-in."""
    return select(User.id, User.name, User.username, User.position, User.must_change_password, User.slip_expires_at, User.deactivated_at,
                  _seen.label("seen_at"))


def roles_of(ids: Any) -> Select:
    """The roles of these people (ids), each with its unit, in the order they were given."""
    return (select(Membership.user_id, Membership.role, Unit.name.label("unit")).join(Unit, Unit.id == Membership.unit_id)
            .where(Membership.user_id.in_(ids)).order_by(Membership.id))


def by_person(found: Iterable[Any]) -> dict[int, list[Any]]:
    """`roles_of`, gathered per person."""
    roles = defaultdict(list)
    for row in found:
        roles[row.user_id].append(row)
    return roles


def names() -> Select[int, str]:
    """Of everybody who ever had an account."""
    return select(User.id, User.name)


def named(username: str) -> Select[User]:
    return select(User).where(User.username == username)


def other_admins(user: User) -> Select[int]:
    """How many active administrators there are besides this one."""
    holders = select(Membership.user_id).where(Membership.role == Role.ADMIN)
    return select(func.count(User.id)).where(User.id.in_(holders), User.id != user.id, User.deactivated_at.is_(None))


def last_sign_in(user: User) -> Select[datetime]:
    return select(func.max(Session.started_at)).where(Session.user_id == user.id)


def history(user: User) -> Select[Event]:
    """What happened to this account, newest first; the daily reminders are for its owner alone."""
    return (select(Event).where(Event.person_id == user.id, Event.what != "reminded_of").options(joinedload(Event.by), joinedload(Event.person))
            .order_by(Event.id.desc()))


def last_change_of_access(user: User) -> Select[int]:
    """The id of the last event that decided whether and how this person gets in."""
    return select(func.max(Event.id)).where(Event.person_id == user.id, Event.what.in_(GETTING_IN))


def in_use(besides: User) -> Select[int, str]:
    """Id and name of the other active accounts, for a choice."""
    return (select(User.id, User.name + " (" + User.username + ")").where(User.deactivated_at.is_(None), User.id != besides.id)
            .order_by(func.lower(User.name), User.id))


def last_handover(user: User) -> Select[Event]:
    return select(Event).where(Event.person_id == user.id, Event.what == "handed_over").order_by(Event.id.desc()).limit(1)


def whole() -> Select[User]:
    """Users with their roles and units."""
    return select(User).options(selectinload(User.memberships).joinedload(Membership.unit))


def by_session(token_hash: str) -> Select[Session]:
    """The session behind a cookie, with its person and roles, in one SELECT."""
    return (select(Session).select_from(Session).where(Session.token_hash == token_hash)
            .options(joinedload(Session.user).joinedload(User.memberships).joinedload(Membership.unit)))


def judges_of(unit: Unit, also_inside: bool = False) -> Select[User]:
    """The active people who may judge what this unit submits: reviewers and coordinators without a role in it (or with, in a small office)."""
    inside = select(Membership.user_id).where(Membership.unit_id == unit.id)
    return holding(*JUDGES) if also_inside else holding(*JUDGES).where(User.id.not_in(inside))


def coordinators(besides: Unit | None = None) -> Select[User]:
    """The active coordinators, without those of one unit when it is named."""
    query = holding(Role.COORDINATOR).options(selectinload(User.memberships).joinedload(Membership.unit))
    return query.where(User.id.not_in(select(Membership.user_id).where(Membership.unit_id == besides.id))) if besides else query


def holding(*roles: Role) -> Select[User]:
    """The active people who hold one of these roles anywhere."""
    holders = select(Membership.user_id).where(Membership.role.in_(roles))
    return select(User).where(User.id.in_(holders), User.deactivated_at.is_(None)).order_by(User.name, User.id)


def of_units_in_use() -> Select[User]:
    """The active operators and heads of all units in use, each once."""
    theirs = (select(Membership.user_id).join(Unit, Unit.id == Membership.unit_id)
              .where(Membership.role.in_(UNIT_ROLES), Unit.archived_at.is_(None)))
    return select(User).where(User.id.in_(theirs), User.deactivated_at.is_(None)).order_by(User.id)


def still_in() -> Select[int]:
    """The session (`session_id`) nobody ended, of an account nobody closed."""
    return (select(Session.id).join(User, User.id == Session.user_id)
            .where(Session.id == bindparam("session_id"), Session.ended_at.is_(None), User.deactivated_at.is_(None)))


def open_sessions_of(ids: Iterable[int]) -> Select[Session]:
    return select(Session).where(Session.user_id.in_(ids), Session.ended_at.is_(None)).order_by(Session.id)


def open_sessions(user: User) -> Select[Session]:
    """Where this person is signed in, latest first."""
    return select(Session).where(Session.user_id == user.id, Session.ended_at.is_(None)).order_by(Session.seen_at.desc(), Session.id.desc())

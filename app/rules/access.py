"""Who may do what. One table; views, menus, buttons and tests all ask it.

A person is a user with memberships (role in a unit). Things belong to a unit. Seeing comes first: what a person may not see is a
404 for them, what they see but may not do is a 403.
"""
from collections.abc import Callable
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    OPERATOR = "operator"
    HEAD = "head"
    REVIEWER = "reviewer"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    ADMIN = "admin"


ROLE_LABELS = {
    Role.OPERATOR: "Operator OPD", Role.HEAD: "Kepala OPD", Role.REVIEWER: "Verifikator",
    Role.COORDINATOR: "Koordinator", Role.LEADER: "Pimpinan", Role.ADMIN: "Admin",
}
UNIT_ROLES = {Role.OPERATOR, Role.HEAD}
OFFICE_ROLES = {Role.REVIEWER, Role.COORDINATOR, Role.ADMIN}
READS_ALL = OFFICE_ROLES | {Role.LEADER}
JUDGES = {Role.REVIEWER, Role.COORDINATOR}


def _has(*roles: Role) -> Callable[[Any, Any], bool]:
    return lambda user, thing: user.has_role(*roles)


def _reads(user: Any, thing: Any) -> bool:
    """Whoever serves its unit, or the one that unit was merged into."""
    heir = thing.unit.merged_into
    return user.has_role(*READS_ALL) or user.serves(thing.unit, *UNIT_ROLES) or bool(heir and user.serves(heir, *UNIT_ROLES))


def _operates(user: Any, thing: Any) -> bool:
    return user.serves(thing.unit, Role.OPERATOR)


def _keeps(user: Any, thing: Any) -> bool:
    """Its operators, and those who keep the register for all."""
    return _operates(user, thing) or user.has_role(Role.COORDINATOR, Role.ADMIN)


def _speaks_for(user: Any, thing: Any) -> bool:
    """The people of its unit, or of the one that was merged into, and those who keep the register for all."""
    heir = thing.unit.merged_into
    return (user.serves(thing.unit, *UNIT_ROLES) or bool(heir and user.serves(heir, *UNIT_ROLES))
            or user.has_role(Role.COORDINATOR, Role.ADMIN))


def _holds(user: Any, thing: Any) -> bool:
    """The reviewer a desk session is with, or a coordinator."""
    return user.has_role(Role.COORDINATOR) or (user.has_role(*JUDGES) and thing.reviewer is user)


def _promised(user: Any, thing: Any) -> bool:
    """The operators of the unit a desk session was with, or of the one it went into."""
    return user.serves(thing.unit.merged_into or thing.unit, Role.OPERATOR)


def _signs(user: Any, thing: Any) -> bool:
    return user.serves(thing.unit, Role.HEAD)


def _judges(user: Any, thing: Any) -> bool:
    """Nobody judges a proposal of a unit they belong to, in whatever role, unless its period says that a small office may."""
    return thing.may_be_judged_by(user)


def _leads(user: Any, thing: Any) -> bool:
    """A coordinator, with the same care for the own unit."""
    return user.has_role(Role.COORDINATOR) and thing.may_be_judged_by(user)


def _approves(user: Any, thing: Any) -> bool:
    """A coordinator; where one step is enough, whoever judges."""
    return thing.may_be_judged_by(user) and (user.has_role(Role.COORDINATOR) or not thing.period.two_steps)


def _works_beside(user: Any, thing: Any) -> bool:
    """The office among itself: never where one's own unit is judged by others."""
    return user.has_role(*OFFICE_ROLES) and (not user.serves(thing.unit) or thing.period.may_judge_own_unit)


def _operates_somewhere(user: Any, thing: Any) -> bool:
    """In a unit that still brings innovations."""
    return any(unit.archived_at is None for unit in user.units(Role.OPERATOR))


ABILITIES: dict[str, Callable[[Any, Any], bool]] = {
    "innovation.list": _has(*Role),
    "innovation.create": _operates_somewhere,
    "innovation.view": _reads,
    "innovation.edit": _operates,
    "innovation.describe": _keeps,
    "innovation.archive": _keeps,
    "innovation.past": _has(Role.ADMIN, Role.COORDINATOR),
    "catalogue.view": _has(*Role),
    "interest.note": _has(*UNIT_ROLES),
    "interest.end": _speaks_for,
    "interest.list": _has(*READS_ALL),
    "entry.list": _has(*Role),
    "entry.bring": _operates_somewhere,
    "entry.view": _reads,
    "entry.edit": _operates,
    "entry.submit": _operates,
    "entry.withdraw": _operates,
    "entry.sign": _signs,
    "entry.judge": _judges,
    "entry.approve": _approves,
    "entry.reopen": _leads,
    "entry.annotate": _works_beside,
    "entry.letter": _judges,
    "document.list": _has(*UNIT_ROLES, *OFFICE_ROLES),
    "document.view": _reads,
    "document.edit": _operates,
    "review.list": _has(*OFFICE_ROLES),
    "letter.list": _has(*OFFICE_ROLES),
    "review.take": _has(*JUDGES),
    "review.share": _has(Role.COORDINATOR),
    "review.remind": _has(Role.COORDINATOR, Role.ADMIN),
    "reason.list": _has(*OFFICE_ROLES),
    "reason.edit": _has(Role.COORDINATOR),
    "dashboard.view": _has(*READS_ALL),
    "region.view": _has(*READS_ALL),
    "region.fill": _has(*JUDGES),
    "region.judge": _has(*JUDGES),
    "region.close": _has(Role.COORDINATOR),
    "set.take": _has(Role.COORDINATOR),
    "sending.list": _has(*READS_ALL),
    "entry.copy": _has(*OFFICE_ROLES),
    "entry.choose": _has(Role.COORDINATOR),
    "entry.send": _has(Role.COORDINATOR),
    "sending.view": lambda user, thing: _reads(user, thing.entry),
    "package.take": _has(*OFFICE_ROLES),
    "result.view": _has(*READS_ALL),
    "result.record": _has(Role.COORDINATOR, Role.ADMIN),
    "desk.list": _has(*Role),
    "desk.view": _reads,
    "desk.arrange": _has(Role.COORDINATOR, Role.ADMIN),
    "desk.hold": _holds,
    "desk.promise": _promised,
    "regency.manage": _has(Role.ADMIN),
    "backup.make": _has(Role.ADMIN),
    "health.view": _has(Role.ADMIN),
    "register.import": _has(Role.ADMIN, Role.COORDINATOR),
    "unit.manage": _has(Role.ADMIN),
    "person.manage": _has(Role.ADMIN),
    "period.manage": _has(Role.ADMIN, Role.COORDINATOR),
    "extension.give": _has(Role.ADMIN, Role.COORDINATOR),
    "instrument.view": _has(*OFFICE_ROLES),
    "instrument.manage": _has(Role.ADMIN, Role.COORDINATOR),
    "log.view": _has(Role.ADMIN, Role.COORDINATOR),
    "log.view_door": _has(Role.ADMIN),
    "announcement.manage": _has(Role.ADMIN, Role.COORDINATOR),
    "row_help.edit": _has(Role.ADMIN, Role.COORDINATOR),
}


def can(user: Any, ability: str, thing: Any = None) -> bool:
    return ABILITIES[ability](user, thing)

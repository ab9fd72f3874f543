"""Whom the office speaks to with an announcement."""
from enum import StrEnum
from typing import Any

from app.rules.access import OFFICE_ROLES, UNIT_ROLES, Role


class Audience(StrEnum):
    ALL = "semua"
    UNITS = "opd"
    OFFICE = "kantor"
    LEADER = "pimpinan"


LABELS = {
    Audience.ALL: "Semua orang", Audience.UNITS: "Operator dan kepala OPD", Audience.OFFICE: "Kantor (verifikator, koordinator, admin)",
    Audience.LEADER: "Pimpinan",
}
ROLES = {Audience.UNITS: UNIT_ROLES, Audience.OFFICE: OFFICE_ROLES, Audience.LEADER: {Role.LEADER}}


def of(user: Any) -> list[Audience]:
    """What this person is part of."""
    return [Audience.ALL, *(audience for audience, roles in ROLES.items() if user.has_role(*roles))]

"""Which units to help: how far each is in the current period, who has it, when it is helped next."""
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.models import DeskSession, Entry, Innovation, Membership, Period, Unit, User
from app.queries.filters import Filter
from app.rules.workflow import DONE, Status

UNDER_WAY, RETURNED, NONE = "berjalan", "kembali", "belum"
STATES = {"": "Semua", UNDER_WAY: "Usulannya berjalan", RETURNED: "Ada yang dikembalikan", NONE: "Belum mengusulkan"}


@dataclass(frozen=True)
class HelpFilter(Filter):
    """Units in use: `state` a key of STATES, `kind` that of the unit."""
    state: str = ""
    kind: str = ""
    ORDERS: ClassVar = {"name": (Unit.name, Unit.id)}
    USUAL: ClassVar = "name"

    def narrow(self, query: Select, period: Period | None, ticked: list[int]) -> Select:
        """Whoever is ticked stays, whatever else is asked for."""
        asked = [{UNDER_WAY: _number(period, Entry.status.not_in(DONE)) > 0, RETURNED: _number(period, Entry.status == Status.RETURNED) > 0,
                  NONE: _number(period) == 0}[self.state]] if self.state in STATES and self.state else []
        asked += [Unit.kind == self.kind] if self.kind else []
        return query.where(or_(and_(*asked), Unit.id.in_(ticked))) if asked else query


def candidates(period: Period | None, now: datetime) -> Select:
    """One line each, with how many of its proposals are under way and sent back, and when it is helped next."""
    coming = (select(func.min(DeskSession.starts_at)).where(DeskSession.unit_id == Unit.id, DeskSession.starts_at >= now,
                                                            DeskSession.cancelled_at.is_(None), DeskSession.held_at.is_(None))
              .correlate(Unit).scalar_subquery())
    return (select(Unit.id, Unit.name, Unit.kind, User.name.label("reviewer"), _number(period).label("number"),
                   _number(period, Entry.status.not_in(DONE)).label("under_way"),
                   _number(period, Entry.status == Status.RETURNED).label("returned"), coming.label("coming"))
            .outerjoin(User, User.id == Unit.reviewer_id).where(Unit.archived_at.is_(None)))


def kinds() -> Select[str]:
    return select(Unit.kind).where(Unit.archived_at.is_(None)).distinct().order_by(Unit.kind)


def chosen(ids: list[int]) -> Select[Unit]:
    """With the people who are told."""
    return (select(Unit).where(Unit.id.in_(ids), Unit.archived_at.is_(None)).order_by(Unit.name, Unit.id)
            .options(selectinload(Unit.memberships).joinedload(Membership.user), joinedload(Unit.merged_into)))


def innovations(unit: Unit) -> Select[int, str]:
    """What a session with this unit may be about."""
    return (select(Innovation.id, Innovation.name).where(Innovation.unit_id == unit.id, Innovation.archived_at.is_(None))
            .order_by(Innovation.name, Innovation.id))


def entry_of(innovation: Innovation, period: Period) -> Select[Entry]:
    return select(Entry).where(Entry.innovation_id == innovation.id, Entry.period_id == period.id)


def _number(period: Period | None, *which):
    return (select(func.count(Entry.id)).where(Entry.unit_id == Unit.id, Entry.period_id == (period.id if period else 0), *which)
            .correlate(Unit).scalar_subquery())

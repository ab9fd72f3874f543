"""How a period stands over all units, for who leads and for who keeps it."""
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Select, and_, case, func, select

from app.models import Entry, Innovation, Membership, Period, Unit, User
from app.queries.entries import was_decided
from app.rules.access import Role
from app.rules.workflow import Status

FURTHEST = case((Entry.status == Status.APPROVED, 3), (Entry.status == Status.DRAFT, 1),
                (and_(Entry.status == Status.SIGNING, ~was_decided), 1), else_=2)


class Totals(NamedTuple):
    """Proposals of a period, and their maturity added up, in points."""
    proposals: int
    approved: int
    claimed: Decimal
    evidenced: Decimal
    verified: Decimal


def units_by_stage(period: Period) -> Select[int, int]:
    """How many units came how far with their furthest proposal: 0 has none, 1 a draft or one its head has yet to sign, 2 handed
    one in, 3 has one approved."""
    best = (select(Entry.unit_id, func.max(FURTHEST).label("stage")).where(Entry.period_id == period.id).group_by(Entry.unit_id).subquery())
    stage = func.coalesce(best.c.stage, 0)
    return (select(stage, func.count(Unit.id)).outerjoin(best, best.c.unit_id == Unit.id).where(Unit.archived_at.is_(None)).group_by(stage))


def counted(rows) -> Mapping[int, int]:
    """`units_by_stage` with every stage named, also where it counts nothing."""
    found = dict(rows)
    return {stage: found.get(stage, 0) for stage in range(4)}


def totals(period: Period) -> Select:
    """One row, as `Totals`."""
    return select(func.count(Entry.id), func.count(case((Entry.status == Status.APPROVED, 1))),
                  *(func.coalesce(func.sum(points), 0) for points in (Entry.claimed, Entry.evidenced, Entry.verified))
                  ).where(Entry.period_id == period.id)


def units_without(period: Period, most: int) -> Select:
    """Units that bring nothing to a period: how many innovations they have recorded, and who to ask."""
    operator = (select(func.min(User.name)).join(Membership, Membership.user_id == User.id)
                .where(Membership.unit_id == Unit.id, Membership.role == Role.OPERATOR, User.deactivated_at.is_(None))
                .correlate(Unit).scalar_subquery())
    recorded = select(func.count(Innovation.id)).where(Innovation.unit_id == Unit.id).correlate(Unit).scalar_subquery()
    bringing = select(Entry.unit_id).where(Entry.period_id == period.id)
    return (select(Unit.id, Unit.name, Unit.kind, recorded.label("recorded"), operator.label("operator"))
            .where(Unit.archived_at.is_(None), Unit.id.not_in(bringing)).order_by(Unit.name, Unit.id).limit(most))

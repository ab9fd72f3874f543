"""How a period stands over all units, for who leads and for who keeps it."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, NamedTuple

from sqlalchemy import Select, case, func, select

from app.models import Entry, Membership, Period, Unit, User
from app.queries import targets
from app.queries.entries import was_decided
from app.queries.filters import Filter
from app.queries.innovations import recorded
from app.rules.access import Role
from app.rules.workflow import DONE

FURTHEST = case((Entry.status.in_(DONE), 3), (targets.is_brought, 2), else_=1)


class Totals(NamedTuple):
    """Proposals of a period, and their maturity added up, in points."""
    proposals: int
    approved: int
    claimed: Decimal
    evidenced: Decimal
    verified: Decimal


def units_by_stage(period: Period) -> Select[int, int]:
    """How many units came how far with their furthest proposal: 0 is asked for one and has none, 1 a draft or one its head has yet to sign, 2
    handed one in, 3 has one approved. Who is not asked and brings nothing is counted nowhere."""
    best = (select(Entry.unit_id, func.max(FURTHEST).label("stage")).where(Entry.period_id == period.id).group_by(Entry.unit_id).subquery())
    stage = func.coalesce(best.c.stage, 0)
    return (select(stage, func.count(Unit.id)).outerjoin(best, best.c.unit_id == Unit.id).where(targets.counts(period)).group_by(stage))


def counted(rows) -> Mapping[int, int]:
    """`units_by_stage` with every stage named, also where it counts nothing."""
    found = dict(rows)
    return {stage: found.get(stage, 0) for stage in range(4)}


def totals(period: Period) -> Select:
    """One row, as `Totals`."""
    return select(func.count(Entry.id), func.count(case((Entry.status.in_(DONE), 1))),
                  *(func.coalesce(func.sum(points), 0) for points in (Entry.claimed, Entry.evidenced, Entry.verified))
                  ).where(Entry.period_id == period.id)


def units_without(period: Period, most: int) -> Select:
    """Units that are asked for something and bring nothing to a period: how many innovations they have recorded, and who to ask."""
    operator = (select(func.min(User.name)).join(Membership, Membership.user_id == User.id)
                .where(Membership.unit_id == targets.heir(), Membership.role == Role.OPERATOR, User.deactivated_at.is_(None))
                .correlate(Unit).scalar_subquery())
    return (select(Unit.id, Unit.name, Unit.kind, recorded.label("recorded"), operator.label("operator"))
            .where(targets.is_missing(period)).order_by(Unit.name, Unit.id).limit(most))


_number = func.count(Entry.id)
_sums = [func.sum(points) for points in (Entry.claimed, Entry.evidenced, Entry.verified)]
_means = [total * 1.0 / _number for total in _sums]
_gap = (_sums[0] - _sums[2]) * 1.0 / _number
_name = select(Unit.name).where(Unit.id == Entry.unit_id).correlate(Entry).scalar_subquery()  # looked up once for each unit


@dataclass(frozen=True)
class ClaimFilter(Filter):
    """Claims against verified per unit: of what was decided at least once, or of every proposal (`semua`), in the period of the
    year `tahun`."""
    semua: bool = False
    tahun: int = 0
    ORDERS: ClassVar = {"selisih": (_gap, _name, Entry.unit_id), "unit": (_name, Entry.unit_id), "usulan": (_number, _name, Entry.unit_id),
                        "klaim": (_means[0], _name, Entry.unit_id), "bukti": (_means[1], _name, Entry.unit_id),
                        "verifikasi": (_means[2], _name, Entry.unit_id)}
    USUAL: ClassVar = "-selisih"

    def narrow(self, query: Select) -> Select:
        return query if self.semua else query.where(was_decided)


class Claims(NamedTuple):
    """What a unit (`id` 0: all of them) brings: points added up, and on average."""
    id: int
    name: str
    number: int
    claimed: Decimal
    evidenced: Decimal
    verified: Decimal

    @property
    def means(self) -> tuple[Decimal, Decimal, Decimal]:
        """Claimed, with evidence, verified."""
        return tuple(total / self.number if self.number else Decimal(0) for total in self[3:])  # type: ignore[return-value]

    @property
    def gap(self) -> Decimal:
        """What verification took away, on average: below zero."""
        return self.means[2] - self.means[0]


def claims(period: Period) -> Select:
    """One row a unit that brings something, as `Claims`; also of units archived since."""
    return (select(Entry.unit_id.label("id"), _name.label("name"), _number, *_sums).where(Entry.period_id == period.id).group_by(Entry.unit_id))


def all_claims(period: Period) -> Select:
    """One row over all units, as the last four of `Claims`."""
    return select(_number, *(func.coalesce(total, 0) for total in _sums)).where(Entry.period_id == period.id)


def claimed(ids: Collection[int]) -> Select[int, Decimal]:
    """What these proposals (ids) claim, in points."""
    return select(Entry.id, Entry.claimed).where(Entry.id.in_(ids))

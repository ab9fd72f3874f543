"""How a period stands over all units, for who leads and for who keeps it."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, NamedTuple

from sqlalchemy import Select, case, func, select

from app.models import Entry, Membership, Period, Tally, Unit, User, YearResult
from app.queries import targets
from app.queries.filters import Filter
from app.queries.innovations import recorded
from app.rules.access import Role
from app.rules.workflow import DONE

_number = func.sum(Tally.number)
_sums = [func.sum(points) for points in (Tally.claimed, Tally.evidenced, Tally.verified)]
FURTHEST = case((Tally.status.in_(DONE), 3), (targets.is_brought, 2), else_=1)


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
    best = (select(Tally.unit_id, func.max(FURTHEST).label("stage")).where(Tally.period_id == period.id, Tally.number > 0)
            .group_by(Tally.unit_id).subquery())
    stage = func.coalesce(best.c.stage, 0)
    return (select(stage, func.count(Unit.id)).outerjoin(best, best.c.unit_id == Unit.id).where(targets.counts(period)).group_by(stage))


def counted(rows) -> Mapping[int, int]:
    """`units_by_stage` with every stage named, also where it counts nothing."""
    found = dict(rows)
    return {stage: found.get(stage, 0) for stage in range(4)}


def totals(period: Period) -> Select:
    """One row, as `Totals`."""
    done = func.sum(case((Tally.status.in_(DONE), Tally.number)))
    return select(*(func.coalesce(total, 0) for total in (_number, done, *_sums))).where(Tally.period_id == period.id)


def units_without(period: Period, most: int) -> Select:
    """Units that are asked for something and bring nothing to a period: how many innovations they have recorded, and who to ask."""
    operator = (select(func.min(User.name)).join(Membership, Membership.user_id == User.id)
                .where(Membership.unit_id == targets.heir(), Membership.role == Role.OPERATOR, User.deactivated_at.is_(None))
                .correlate(Unit).scalar_subquery())
    return (select(Unit.id, Unit.name, Unit.kind, recorded.label("recorded"), operator.label("operator"))
            .where(targets.is_missing(period)).order_by(Unit.name, Unit.id).limit(most))


_means = [total * 1.0 / _number for total in _sums]
_gap = (_sums[0] - _sums[2]) * 1.0 / _number
_name = select(Unit.name).where(Unit.id == Tally.unit_id).correlate(Tally).scalar_subquery()  # looked up once for each unit


@dataclass(frozen=True)
class ClaimFilter(Filter):
    """Claims against verified per unit: of what was decided at least once, or of every proposal (`semua`), in the period of the
    year `tahun`."""
    semua: bool = False
    tahun: int = 0
    ORDERS: ClassVar = {"selisih": (_gap, _name, Tally.unit_id), "unit": (_name, Tally.unit_id), "usulan": (_number, _name, Tally.unit_id),
                        "klaim": (_means[0], _name, Tally.unit_id), "bukti": (_means[1], _name, Tally.unit_id),
                        "verifikasi": (_means[2], _name, Tally.unit_id)}
    USUAL: ClassVar = "-selisih"

    def narrow(self, query: Select) -> Select:
        return query if self.semua else query.where(Tally.is_decided)


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
    return (select(Tally.unit_id.label("id"), _name.label("name"), _number, *_sums).where(Tally.period_id == period.id, Tally.number > 0)
            .group_by(Tally.unit_id))


def all_claims(period: Period) -> Select:
    """One row over all units, as the last four of `Claims`."""
    return select(*(func.coalesce(total, 0) for total in (_number, *_sums))).where(Tally.period_id == period.id)


def claimed(ids: Collection[int]) -> Select[int, Decimal]:
    """What these proposals (ids) claim, in points."""
    return select(Entry.id, Entry.claimed).where(Entry.id.in_(ids))


def result_before(period: Period) -> Select[Decimal]:
    """The index of the year before, as it was recorded."""
    return select(YearResult.index).where(YearResult.year == period.year - 1)

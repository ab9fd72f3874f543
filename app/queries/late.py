"""Whose turn it is among the units: those that bring nothing, and proposals that lie with their unit; the longest untouched first."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from sqlalchemy import Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.models import Answer, Entry, Indicator, Innovation, Membership, Period, ProfileFile, Unit, User
from app.queries import entries, targets
from app.queries.filters import Filter
from app.queries.reminders import touched
from app.rules.access import UNIT_ROLES
from app.rules.workflow import Status

UNSTARTED = "belum"
WITH_UNIT = (Status.DRAFT, Status.RETURNED, Status.SIGNING)
STATES = ("", UNSTARTED, *map(str, WITH_UNIT))

_since = case((Entry.id.is_(None), Period.opens_at), else_=touched())


@dataclass(frozen=True)
class LateFilter(Filter):
    """`state` is a word of Status or UNSTARTED, `unit` an id, `q` part of a unit's or an innovation's name, `idle` at least so many days."""
    state: str = ""
    unit: int = 0
    q: str = ""
    idle: int = 0
    ORDERS: ClassVar = {"lama": (_since, Unit.name, Unit.id, Entry.id), "unit": (Unit.name, Unit.id, Entry.id)}
    USUAL: ClassVar = "lama"

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Self:
        chosen = super().read(args)
        return chosen if chosen.state in STATES else replace(chosen, state="")

    def narrow(self, query: Select, midnight: datetime) -> Select:
        """`midnight` is when today began in the regency: a day is a night that passed."""
        if self.state:
            query = query.where(Entry.id.is_(None) if self.state == UNSTARTED else Entry.status == self.state)
        if self.unit:
            query = query.where(Unit.id == self.unit)
        if self.q:
            query = query.where(or_(Unit.name.icontains(self.q, autoescape=True), entries.named(self.q)))
        return query.where(_since < midnight - timedelta(days=min(self.idle, 3650) - 1)) if self.idle else query


def rows(period: Period) -> Select:
    """One line each: a unit that is asked for a proposal and has none in the period, or a proposal that is with its unit (then `id`, `number` and
    `status` say which)."""
    return _with_unit(period, select(Unit.id.label("unit_id"), Unit.name.label("unit"), Unit.kind, Entry.id, Entry.number, Entry.status,
                                     Innovation.name, _since.label("since"), literal(period.year).label("year")))


def counts(period: Period) -> Select[str | None, int]:
    """How many lines there are by status; None for units that bring nothing."""
    return _with_unit(period, select(Entry.status, func.count())).group_by(Entry.status)


def number(period: Period) -> Select[int]:
    return _with_unit(period, select(func.count()))


def entry_ids(period: Period) -> Select[int]:
    return _with_unit(period, select(Entry.id)).where(Entry.id.is_not(None))


def to_remind(ids: Any) -> Select[Entry]:
    """These proposals with what a reminder touches, in a fixed number of SELECTs."""
    return (select(Entry).where(Entry.id.in_(ids)).order_by(Entry.id).options(
        joinedload(Entry.innovation), joinedload(Entry.period), joinedload(Entry.reviewer),
        joinedload(Entry.unit).selectinload(Unit.memberships).joinedload(Membership.user)))


def people(units: Collection[int]) -> Select:
    """The active operators and heads of these units (ids), or of those they were merged into: unit_id, role, name, position; in the order they
    were given the role."""
    return (select(Unit.id.label("unit_id"), Membership.role, User.name, User.position).join(Membership, Membership.unit_id == targets.heir())
            .join(User, User.id == Membership.user_id)
            .where(Unit.id.in_(units), Membership.role.in_(UNIT_ROLES), User.deactivated_at.is_(None)).order_by(Membership.id))


def lacking(ids: Collection[int]) -> Select:
    """The rows of these proposals (ids) that keep them from being handed in: entry_id, code, whether it was sent back."""
    returned = and_(Answer.is_open, Entry.status == Status.RETURNED)
    unproven = and_(Indicator.mandatory, Answer.evidenced_level == 0, Entry.status == Status.DRAFT)
    return (select(Answer.entry_id, Indicator.code, returned).join(Entry, Entry.id == Answer.entry_id)
            .join(Indicator, Indicator.id == Answer.indicator_id)
            .where(Answer.entry_id.in_(ids), or_(returned, unproven)).order_by(Answer.entry_id, Answer.position))


def innovations(ids: Collection[int]) -> Select:
    """The innovation of each of these proposals (ids), with its files, for what its profile lacks: entry id, innovation."""
    return (select(Entry.id, Innovation).join(Innovation, Innovation.id == Entry.innovation_id).where(Entry.id.in_(ids))
            .options(selectinload(Innovation.files).joinedload(ProfileFile.file)))


def _with_unit(period: Period, query: Select) -> Select:
    return (query.select_from(Unit).join(Period, Period.id == period.id)
            .outerjoin(Entry, and_(Entry.unit_id == Unit.id, Entry.period_id == period.id, Entry.status.in_(WITH_UNIT),
                                   Entry.innovation_id.in_(select(Innovation.id).where(Innovation.archived_at.is_(None)))))
            .outerjoin(Innovation, Innovation.id == Entry.innovation_id)
            .where(or_(Entry.id.is_not(None), targets.is_missing(period))))

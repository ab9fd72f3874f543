"""How the work is shared out: what each reviewer has and does, which units are whose, what nobody has yet."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, Self

from sqlalchemy import Select, and_, false, func, or_, select, union
from sqlalchemy.orm import joinedload

from app.models import Entry, Innovation, Membership, Period, Round, Unit, User, Verdict
from app.models.review import Decision, Origin
from app.queries import entries
from app.queries.counting import COUNTED, COUNTS, ROUND_COUNTS, up_to, verdict_counts
from app.queries.filters import Filter
from app.queries.review import is_given, known_reviewer
from app.rules.access import JUDGES
from app.rules.workflow import Status

_waits = and_(Entry.reviewer_id == User.id, Entry.status == Status.SUBMITTED, COUNTS)
_unshared = and_(Entry.unit_id == Unit.id, Entry.status == Status.SUBMITTED, Entry.reviewer_id.is_(None), COUNTS)


class Today(NamedTuple):
    """What one person got done: rows judged, and proposals decided or handed to the coordinator."""
    rows: int
    entries: int


def today(user: User, midnight: datetime) -> Select[int, int]:
    """Since `midnight`, as `Today`: one row."""
    return select(*done_since(user, midnight))


def done_since(user: User, midnight: datetime) -> tuple[Any, Any]:
    """The two columns of `Today`, for a SELECT that asks for other things too."""
    decided = and_(Round.decided_by_id == user.id, Round.decided_at >= midnight, Round.decision != Decision.WITHDRAWN, Round.is_reopening.is_(False))
    finished = and_(Round.finished_by_id == user.id, Round.finished_at >= midnight)
    done = union(*(select(Round.id).where(one, ROUND_COUNTS).limit(COUNTED + 1).subquery().select() for one in (decided, finished)))
    return up_to(_verdicts(user.id, midnight)), up_to(select(done.subquery()))


def loads(midnight: datetime, since: datetime) -> Select:
    """Everyone who judges, and whoever still holds a proposal: proposals that wait for them, rows in those without a verdict, since when the
    oldest waits, rows judged today and since `since`, and how many units are theirs."""
    judges = select(Membership.user_id).where(Membership.role.in_(JUDGES))
    return (select(User.id, User.name, User.deactivated_at, User.id.in_(judges).label("judges"), _of(func.count(Entry.id)).label("waiting"),
                   _rows_left().label("left"), _of(func.min(Entry.moved_at)).label("oldest"), _judged(User.id, midnight).label("today"),
                   _judged(User.id, since).label("lately"), _units().label("units"))
            .where(or_(and_(User.id.in_(judges), User.deactivated_at.is_(None)), select(Entry.id).where(_waits).correlate(User).exists(),
                       select(Unit.id).where(Unit.reviewer_id == User.id, Unit.archived_at.is_(None)).correlate(User).exists()))
            .order_by(User.name, User.id))


@dataclass(frozen=True)
class ShareFilter(Filter):
    """Units in use: `q` is part of the name, `verifikator` an id or NOBODY."""
    q: str = ""
    verifikator: str = ""
    ORDERS: ClassVar = {"name": (Unit.name, Unit.id)}
    USUAL: ClassVar = "name"

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Self:
        chosen = super().read(args)
        return replace(chosen, verifikator=known_reviewer(chosen.verifikator))

    def narrow(self, query: Select) -> Select:
        if self.q:
            query = query.where(Unit.name.icontains(self.q, autoescape=True))
        return query.where(is_given(Unit.reviewer_id, self.verifikator)) if self.verifikator else query


def units() -> Select:
    """The units in use, each with its reviewer, the proposals that wait, and those of them nobody has."""
    waits = Entry.unit_id == Unit.id, Entry.status == Status.SUBMITTED, COUNTS
    waiting = select(func.count(Entry.id)).where(*waits).correlate(Unit).scalar_subquery()
    unshared = select(func.count(Entry.id)).where(_unshared).correlate(Unit).scalar_subquery()
    return (select(Unit.id, Unit.name, Unit.kind, Unit.reviewer_id, User.name.label("reviewer"), waiting.label("waiting"), unshared.label("unshared"))
            .outerjoin(User, User.id == Unit.reviewer_id).where(Unit.archived_at.is_(None)))


def unshared() -> Select:
    """What waits for a verdict and is nobody's, the oldest first."""
    return (select(Entry.id, Innovation.name, Unit.name.label("unit"), Period.year, Entry.number, Entry.moved_at, Entry.rows_left.label("left"))
            .join(Innovation, Innovation.id == Entry.innovation_id).join(Unit, Unit.id == Entry.unit_id).join(Period, Period.id == Entry.period_id)
            .where(Entry.status == Status.SUBMITTED, Entry.reviewer_id.is_(None), COUNTS).order_by(Entry.moved_at, Entry.id))


def reviewers(besides: str = "") -> Select[int, str]:
    """Id and name of everyone who judges now; `besides` an id that is chosen already, whatever became of that person."""
    judges = select(Membership.user_id).where(Membership.role.in_(JUDGES))
    chosen = User.id == int(besides) if besides.isdecimal() else false()
    return select(User.id, User.name).where(or_(chosen, and_(User.id.in_(judges), User.deactivated_at.is_(None)))).order_by(User.name, User.id)


def chosen(user: User, ids: Iterable[int]) -> Select[Entry]:
    """These proposals with what giving them away and reminding their people touches, in the order they wait."""
    return _shared(entries.visible_to(user).where(Entry.id.in_(ids)))


def chosen_units(ids: Iterable[int]) -> Select[Unit]:
    return select(Unit).where(Unit.id.in_(ids), Unit.archived_at.is_(None)).options(joinedload(Unit.reviewer)).order_by(Unit.name, Unit.id)


def unshared_of(ids: Iterable[int]) -> Select[Entry]:
    """What waits for a verdict, is nobody's and comes from these units (ids)."""
    return _shared(select(Entry).where(Entry.unit_id.in_(ids), Entry.status == Status.SUBMITTED, Entry.reviewer_id.is_(None), COUNTS))


def _shared(query: Select) -> Select:
    return query.order_by(Entry.moved_at, Entry.id).options(
        joinedload(Entry.innovation), joinedload(Entry.period), joinedload(Entry.reviewer),
        joinedload(Entry.unit).selectinload(Unit.memberships).joinedload(Membership.user))


def _of(what: Any) -> Any:
    return select(what).where(_waits).correlate(User).scalar_subquery()


def _judged(by: Any, since: datetime) -> Any:
    return _verdicts(by, since).with_only_columns(func.count(Verdict.id)).correlate(User).scalar_subquery()


def _verdicts(by: Any, since: datetime) -> Select[int]:
    return select(Verdict.id).where(Verdict.by_id == by, Verdict.at >= since, Verdict.origin == Origin.JUDGED, verdict_counts(Verdict.round_id))


def _units() -> Any:
    return select(func.count(Unit.id)).where(Unit.reviewer_id == User.id, Unit.archived_at.is_(None)).correlate(User).scalar_subquery()


def _rows_left() -> Any:
    return _of(func.coalesce(func.sum(Entry.rows_left), 0))

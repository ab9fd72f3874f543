"""What the front page of a unit's people says: their proposals in the order they need work, and the news about them."""
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Select, and_, case, func, select, type_coerce
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.models import Answer, Entry, Event, Indicator, Innovation, Period, ProfileFile, RegionExhibit, RegionRow, Round, Unit, User
from app.models.base import Points
from app.queries import carrying
from app.queries.counting import COUNTS
from app.queries.entries import MILESTONES, was_decided
from app.rules import profile
from app.rules.lanes import FURTHEST_FIRST
from app.rules.targets import is_brought, is_met
from app.rules.words import count_words
from app.rules.workflow import EDITABLE, Status

SOON = timedelta(days=3)
MOST = 60  # more proposals of one unit in one period would not be read on a front page
URGENCY = case({Status.RETURNED: 0, Status.DRAFT: 1, Status.SIGNING: 2, Status.SUBMITTED: 3, Status.VERIFIED: 3}, value=Entry.status, else_=4)

_lost = func.coalesce(Answer.claimed_level, 0) - func.coalesce(Answer.proven_level, 0)


class Proposal(NamedTuple):
    """`empty` rows claim nothing, `required` are required rows without evidence; `open` rows were sent back and `gain` is what their
    claims still hope for, in points. `by` decided the last round, `profile_note` is what they said of the profile; `reviewer` was given it."""
    id: int
    unit_id: int
    unit: str
    innovation: Innovation
    status: str
    moved_at: datetime
    claimed: Decimal
    evidenced: Decimal
    verified: Decimal | None
    empty: int
    required: int
    open: int
    gain: Decimal
    by: str | None
    profile_note: str | None
    reviewer: str | None
    period: Period

    @property
    def name(self) -> str:
        return self.innovation.name

    @property
    def is_open(self) -> bool:
        """May its unit work on it now?"""
        return self.status in EDITABLE and self.innovation.archived_at is None and self.period.accepts(Status(self.status), self.unit_id)

    @property
    def until(self) -> datetime:
        """The last instant its unit may act; a head signs as long as repairs are taken."""
        return self.period.deadline(Status.RETURNED if self.status == Status.SIGNING else Status(self.status), self.unit_id)

    @property
    def may_be_signed(self) -> bool:
        """Or sent on without a signature."""
        return self.status == Status.SIGNING and self.innovation.archived_at is None and self.period.accepts(Status.RETURNED, self.unit_id)

    def urgency(self, now: datetime) -> tuple[bool, int, datetime, datetime, int]:
        """First what closes within days, then what came back, then what was begun; each by its deadline, the older one first."""
        return self.until - now > SOON, self.status != Status.RETURNED, self.until, self.moved_at, self.id

    @property
    def is_late(self) -> bool:
        return self.status in EDITABLE and not self.is_open

    @property
    def is_ready(self) -> bool:
        """A draft that nothing keeps from being submitted."""
        window = self.period.instrument.window
        return (self.status == Status.DRAFT and self.is_open and not self.required and self.innovation.eligibility(window).ok
                and not profile.gaps(self.innovation.profile(), window))

    @property
    def filled(self) -> int:
        return profile.filled(self.innovation.profile())

    @property
    def words(self) -> int:
        return count_words(self.innovation.design)


class Promise(NamedTuple):
    """"Satu OPD satu inovasi", or as many as the period asks for: how far a unit came, as the furthest status of its proposals (None without
    any), and which are that far; how many it is asked for (`wanted`, 0 for none) and how many of those it has `brought`."""
    unit: str
    status: str | None
    names: list[str]
    wanted: int
    brought: int

    @property
    def is_met(self) -> bool:
        return is_met(self.brought, self.wanted)


def promises(units: Iterable[Unit], found: Sequence[Proposal], period: Period | None) -> list[Promise]:
    return [_promise(unit.name, [one for one in found if one.unit_id == unit.id], period.target_of(unit.kind) if period else 0) for unit in units]


def _promise(unit: str, found: Sequence[Proposal], wanted: int) -> Promise:
    status = next((status for status in FURTHEST_FIRST if any(one.status == status for one in found)), None)
    brought = sum(is_brought(one.status, one.verified is not None) for one in found)
    return Promise(unit, status, [one.name for one in found if one.status == status], wanted, brought)


def proposals(units: Collection[int], period: Period) -> Select:
    """What these units (ids) bring to a period, most urgent first; the columns of `Proposal` without its last."""
    returned_by, holder = aliased(User), aliased(User)
    return (select(Entry.id, Entry.unit_id, Unit.name, Innovation, Entry.status, Entry.moved_at, Entry.claimed, Entry.evidenced,
                   case((was_decided, Entry.verified)),
                   _rows(func.coalesce(Answer.claimed_level, 0) == 0), _rows(and_(Indicator.mandatory, Answer.evidenced_level == 0)),
                   _rows(and_(Answer.is_open, Entry.status == Status.RETURNED)),
                   type_coerce(func.coalesce(func.sum(case((and_(Answer.is_open, _lost > 0), Indicator.weight * _lost))), 0), Points),
                   returned_by.name, Round.profile_note, holder.name)
            .join(Innovation, Innovation.id == Entry.innovation_id).join(Unit, Unit.id == Entry.unit_id)
            .join(Answer, Answer.entry_id == Entry.id).join(Indicator, Indicator.id == Answer.indicator_id)
            .outerjoin(Round, and_(Round.entry_id == Entry.id, Round.number == Entry.round_number))
            .outerjoin(returned_by, returned_by.id == Round.decided_by_id).outerjoin(holder, holder.id == Entry.reviewer_id)
            .where(Entry.period_id == period.id, Entry.unit_id.in_(units))
            .group_by(Entry.id, Unit.id, Innovation.id, Round.id, returned_by.id, holder.id)
            .order_by(URGENCY, Entry.moved_at, Entry.id).limit(MOST)
            .options(selectinload(Innovation.files).joinedload(ProfileFile.file)))


def _rows(condition):
    return func.count(case((condition, 1)))


def unproposed(units: Collection[int], period: Period | None) -> Select[int, str]:
    """Innovations of these units that are not in this period and may be, by name."""
    query = (select(Innovation.id, Innovation.name).where(Innovation.unit_id.in_(units), Innovation.archived_at.is_(None))
             .order_by(Innovation.name, Innovation.id).limit(MOST))
    if period is None:
        return query
    return query.where(~carrying.is_here(period), Innovation.id.not_in(carrying.spent(period)))


def news(units: Iterable[int] | None = None) -> Select[Event]:
    """The latest turn of each of the five proposals that moved last: of these units (ids), or of all that were handed in. Training is no news."""
    moved = select(Entry.id).where(COUNTS).order_by(Entry.moved_at.desc(), Entry.id.desc()).limit(5)
    moved = moved.where(Entry.status != Status.DRAFT if units is None else Entry.unit_id.in_(units))
    turns = select(func.max(Event.id)).where(Event.entry_id.in_(moved), Event.what.in_(MILESTONES)).group_by(Event.entry_id)
    return (select(Event).where(Event.id.in_(turns)).order_by(Event.at.desc(), Event.id.desc())
            .options(joinedload(Event.by), joinedload(Event.entry).options(joinedload(Entry.innovation), joinedload(Entry.unit))))


def unshared() -> Select[int, datetime | None]:
    """How much waits for a verdict and is nobody's, and since when the oldest does."""
    return select(func.count(Entry.id), func.min(Entry.moved_at)).where(
        Entry.status == Status.SUBMITTED, Entry.reviewer_id.is_(None), COUNTS)


class WayOut(NamedTuple):
    """Of a period: how many proposals stand in the list to send, are approved outside it, and were sent; how many regional rows with evidence
    wait for a person's verdict."""
    listed: int
    unlisted: int
    sent: int
    to_judge: int

    @property
    def is_unchosen(self) -> bool:
        """Something is approved, and nobody has said yet what goes; later the rest is held on purpose."""
        return bool(self.unlisted) and not self.listed and not self.sent


def way_out(period: Period, user: User) -> Select:
    """One row, as `WayOut`; who filled a regional row last does not judge it."""
    approved = Entry.status == Status.APPROVED
    counts = (func.count(case((and_(approved, Entry.chosen_at.is_not(None)), 1))), func.count(case((and_(approved, Entry.chosen_at.is_(None)), 1))),
              func.count(case((Entry.status == Status.SENT, 1))))
    waiting = (select(func.count(RegionRow.id)).where(RegionRow.period_id == period.id, RegionRow.claimed_level > 0, RegionRow.proven_level.is_(None),
                                                      select(RegionExhibit.id).where(RegionExhibit.row_id == RegionRow.id).exists()))
    if not period.may_approve_own:
        waiting = waiting.where(RegionRow.changed_by_id != user.id, RegionRow.claimed_by_id != user.id)
    return select(*counts, waiting.scalar_subquery()).where(Entry.period_id == period.id)

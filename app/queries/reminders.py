"""What the reminders of a day are made of: one look at everything that waits in the current period, and at the people who could act."""
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from app.models import DeskSession, Entry, Event, Innovation, Membership, Period, Promise, ReminderRun, Round, Unit, User, Verdict
from app.models.reminder import Reminder
from app.queries import periods, targets
from app.queries.spoken import latest_of
from app.rules import days, reminders
from app.rules.access import JUDGES, UNIT_ROLES, Role
from app.rules.reminders import Missing, Promised, Waiting
from app.rules.workflow import DONE, WITH_OFFICE, Status

NO_WORK = ("reminded", "annotated", "letter_issued", "entry_moved", "innovation_moved", "innovation_described", "interest_noted",
           "interest_ended")  # what brings no proposal further
GIVEN = ("assigned", "taken")  # these do, while the office has it


def run_on(day: date) -> Select[ReminderRun]:
    return select(ReminderRun).where(ReminderRun.on == day)


def for_today(session: Session, now: datetime, zone: tzinfo) -> list[Reminder]:
    """Everybody who is to hear something today; in a fixed number of SELECTs."""
    period = session.scalar(periods.current(now).options(selectinload(Period.extensions)))
    if period is None:
        return []
    today = days.of(now, zone)
    last = session.scalar(select(func.max(ReminderRun.on)).where(ReminderRun.on < today))
    crowd = Crowd(session, period)
    due = reminders.due(_waiting(session, period, crowd, zone), _missing(session, period, crowd, zone), last or today - timedelta(days=1), today,
                        _promised(session, crowd, today))
    return [(crowd.people[person], kind, items) for (person, kind), items in sorted(due.items())]


def touched() -> ColumnElement[datetime]:
    """When somebody last worked on a proposal: on itself, or on the profile it stands for."""
    def newest(column: Any, id: Any) -> Any:
        work = and_(column == id, Event.what.not_in(NO_WORK), or_(Event.what.not_in(GIVEN), Entry.status.in_(WITH_OFFICE)))
        return select(Event.at).where(work).order_by(Event.id.desc()).limit(1).correlate(Entry).scalar_subquery()

    return latest_of(Entry.moved_at, func.coalesce(newest(Event.entry_id, Entry.id), Entry.moved_at),
                     func.coalesce(newest(Event.innovation_id, Entry.innovation_id), Entry.moved_at))


class Crowd:
    """The active people by what they may do where."""

    def __init__(self, session: Session, period: Period):
        self.period = period
        self.people: dict[int, User] = {}
        self.in_unit: dict[tuple[int, str], list[int]] = defaultdict(list)
        self.units_of: dict[int, set[int]] = defaultdict(set)
        self.anywhere: dict[str, set[int]] = defaultdict(set)
        for user, unit, role in session.execute(
                select(User, Membership.unit_id, Membership.role).join(Membership, Membership.user_id == User.id)
                .where(User.deactivated_at.is_(None)).order_by(Membership.id)):
            self.people[user.id] = user
            self.in_unit[unit, role].append(user.id)
            self.units_of[user.id].add(unit)
            self.anywhere[role].add(user.id)

    def of(self, unit: int, *roles: Role) -> tuple[int, ...]:
        """Who holds one of these roles in this unit, each once."""
        return tuple(dict.fromkeys(user for role in roles for user in self.in_unit[unit, role]))

    def may_judge(self, user: int, unit: int) -> bool:
        judges = any(user in self.anywhere[role] for role in JUDGES)
        return judges and (self.period.may_judge_own_unit or unit not in self.units_of[user])

    def coordinators(self, unit: int) -> tuple[int, ...]:
        """Who shares out what this unit brings."""
        return tuple(sorted(user for user in self.anywhere[Role.COORDINATOR] if self.may_judge(user, unit)))

    def reviewers(self, unit: int) -> tuple[int, ...]:
        return tuple(sorted(user for user in self.anywhere[Role.REVIEWER] if self.may_judge(user, unit)))

    def approvers(self, unit: int, verifiers: set[int]) -> tuple[int, ...]:
        """Who takes the second step: agrees with `why_not_approved_by`."""
        if not self.period.two_steps:
            return self.coordinators(unit) or self.reviewers(unit)
        return tuple(user for user in self.coordinators(unit) if user not in verifiers or self.period.may_approve_own)

    def turn(self, unit: int, status: Status, reviewer: int | None, verifiers: set[int]) -> tuple[int, ...]:
        """Whose turn a proposal is. Whoever shares out, when no reviewer holds it or the one who does may not go on."""
        if status in WITH_OFFICE:
            if status == Status.VERIFIED:
                return self.approvers(unit, verifiers)
            return (reviewer,) if reviewer and self.may_judge(reviewer, unit) else self.coordinators(unit) or self.reviewers(unit)
        signs = status == Status.SIGNING and self.period.needs_signature
        return (self.of(unit, Role.HEAD) if signs else ()) or self.of(unit, Role.OPERATOR)


def _waiting(session: Session, period: Period, crowd: Crowd, zone: tzinfo) -> Iterable[Waiting]:
    verifiers = _verifiers(session, period)
    found = session.execute(
        select(Entry.id, Innovation.name, Entry.status, Entry.unit_id, Entry.reviewer_id, touched())
        .join(Innovation, Innovation.id == Entry.innovation_id)
        .where(Entry.period_id == period.id, Entry.status.not_in(DONE), or_(Innovation.archived_at.is_(None), Entry.status.in_(WITH_OFFICE)))
        .order_by(Entry.id))
    for id, name, word, unit, reviewer, at in found:
        status = Status(word)
        people = crowd.turn(unit, status, reviewer, verifiers[id])
        until = None if status in WITH_OFFICE else period.deadline(Status.RETURNED if status == Status.SIGNING else status, unit)
        yield Waiting(id, name, status, days.of(at, zone), until and days.of(until, zone), people,
                      is_shared=status != Status.SUBMITTED or people == (reviewer,))


def _verifiers(session: Session, period: Period) -> dict[int, set[int]]:
    """Who stands behind what waits for an approval, by proposal (ids): who finished it, and whoever gave a verdict in that round."""
    found: dict[int, set[int]] = defaultdict(set)
    waits = (Entry.period_id == period.id, Entry.status == Status.VERIFIED, Round.decision.is_(None))
    finished = select(Entry.id, Round.finished_by_id).join(Round, Round.entry_id == Entry.id).where(*waits)
    judged = select(Entry.id, Verdict.by_id).join(Round, Round.entry_id == Entry.id).join(Verdict, Verdict.round_id == Round.id).where(*waits)
    for entry, user in session.execute(finished.union(judged)):
        if user is not None:  # of rows nobody filled
            found[entry].add(user)
    return found


def _missing(session: Session, period: Period, crowd: Crowd, zone: tzinfo) -> Iterable[Missing]:
    found = session.execute(select(Unit.id, Unit.name).where(Unit.archived_at.is_(None), targets.is_missing(period)).order_by(Unit.id))
    for id, name in found:
        yield Missing(name, days.of(period.opens_at, zone), days.of(period.deadline(Status.DRAFT, id), zone), crowd.of(id, *sorted(UNIT_ROLES)))


def _promised(session: Session, crowd: Crowd, today: date) -> Iterable[Promised]:
    """What units promised at a desk session and have not brought: theirs to do, and for the reviewer to know."""
    found = session.execute(
        select(Promise.text, Unit.name, func.coalesce(Unit.merged_into_id, Unit.id), DeskSession.reviewer_id, Promise.due_on)
        .join(DeskSession, DeskSession.id == Promise.session_id).join(Unit, Unit.id == DeskSession.unit_id)
        .where(DeskSession.held_at.is_not(None), Promise.done_at.is_(None), Promise.due_on < today).order_by(Promise.id))
    for text, name, unit, reviewer, due_on in found:
        told = (reviewer,) if any(reviewer in crowd.anywhere[role] for role in JUDGES) else ()
        yield Promised(f"{text}, {name}", due_on, tuple(dict.fromkeys((*crowd.of(unit, Role.OPERATOR), *told))))

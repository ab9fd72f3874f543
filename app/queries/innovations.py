"""Innovations of the register."""
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, not_, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.models import Entry, Event, Innovation, PastReport, Period, ProfileFile, Tag, Unit, User
from app.queries import searching
from app.queries.filters import Filter
from app.rules.access import READS_ALL, UNIT_ROLES
from app.rules.eligibility import Window

ARCHIVED, ALL = "arsip", "semua"
YES, NO, UNKNOWN = "layak", "tidak", "belum"


@dataclass(frozen=True)
class InnovationFilter(Filter):
    """`q` looks in the name; `affair` and `stage` are words of the choice lists, `unit` is an id, `year` one it was proposed in, `tag` one of its
    words; `eligible` is YES, NO or UNKNOWN under the window of `narrow`, `state` ARCHIVED or ALL instead of those in use."""
    q: str = ""
    affair: str = ""
    stage: str = ""
    unit: int = 0
    year: int = 0
    tag: str = ""
    eligible: str = ""
    state: str = ""
    ORDERS = {"name": (Innovation.name, Innovation.id), "unit": (Unit.name, Innovation.name, Innovation.id),
              "stage": (Innovation.stage, Innovation.name, Innovation.id), "affair": (Innovation.main_affair, Innovation.name, Innovation.id)}
    USUAL = "name"

    def narrow(self, query: Select, window: Window) -> Select:
        if self.q:
            query = query.where(searching.named_at(Innovation.id + 0, self.q))  # a sum, so that SQLite goes along the names, in their order
        if self.affair:
            query = query.where(Innovation.main_affair == self.affair)
        if self.stage:
            query = query.where(Innovation.stage == self.stage)
        if self.unit:
            query = query.where(Innovation.unit_id == self.unit)
        if self.year:
            query = query.where(in_year(self.year))
        if self.tag:
            query = query.where(Innovation.id.in_(select(Tag.innovation_id).where(Tag.word == self.tag.lower())))
        if self.eligible in (YES, NO, UNKNOWN):
            query = query.where(_eligible(window)[self.eligible])
        return query if self.state == ALL else query.where(Innovation.archived_at.is_not(None) if self.state == ARCHIVED else is_kept)


is_kept = Innovation.archived_at.is_(None)
recorded = select(func.count(Innovation.id)).where(Innovation.unit_id == Unit.id, is_kept).correlate(Unit).scalar_subquery()  # in a unit


def in_year(year: int) -> ColumnElement[bool]:
    """Proposed in the period of that year, whatever came of it, or reported then before this app."""
    proposed = select(Entry.innovation_id).join(Period, Period.id == Entry.period_id).where(Period.year == year, Period.is_training.is_(False))
    return or_(Innovation.id.in_(proposed), Innovation.id.in_(select(PastReport.innovation_id).where(PastReport.year == year)))


def _eligible(window: Window) -> dict[str, ColumnElement[bool]]:
    """`rules.eligibility.check`, as the register says it."""
    is_known = and_(func.coalesce(Innovation.stage, "") != "", Innovation.applied_on.is_not(None))
    within, before = Innovation.applied_on.between(window.applied_from, window.applied_to), Innovation.applied_on < window.applied_from
    developed = and_(before, func.coalesce(Innovation.developed_on.between(window.applied_from, window.applied_to), False))
    counts = and_(func.lower(Innovation.stage) == window.stage, or_(within, developed) if window.older_needs_development else within)
    return {YES: and_(is_known, counts), NO: and_(is_known, not_(counts)), UNKNOWN: not_(is_known)}


def visible_to(user: User) -> Select[Innovation]:
    """The innovations this person may see, with what their profile page needs. Agrees with `innovation.view`."""
    return select(Innovation).where(seen_by(user)).options(
        joinedload(Innovation.unit), selectinload(Innovation.files).joinedload(ProfileFile.file),
        selectinload(Innovation.entries).options(joinedload(Entry.period).selectinload(Period.extensions), joinedload(Entry.reviewer),
                                                   joinedload(Entry.sending), selectinload(Entry.rounds)))


def seen_by(user: User) -> ColumnElement[bool]:
    if user.has_role(*READS_ALL):
        return true()
    return Innovation.unit_id.in_([unit.id for unit in user.units(*UNIT_ROLES)])


def rows(user: User) -> Select:
    """One line of the register each, with the state of its latest proposal."""
    latest = (select(func.max(Entry.id)).join(Period, Period.id == Entry.period_id)
              .where(Entry.innovation_id == Innovation.id, Period.is_training.is_(False)).correlate(Innovation).scalar_subquery())
    return (select(Innovation.id, Innovation.name, Innovation.stage, Innovation.main_affair, Innovation.applied_on, Innovation.developed_on,
                   Innovation.archived_at, Unit.name.label("unit"), Entry.status, Period.year)
            .select_from(Innovation).join(Unit, Unit.id == Innovation.unit_id)
            .outerjoin(Entry, Entry.id == latest).outerjoin(Period, Period.id == Entry.period_id).where(seen_by(user)))


def bare(user: User, chosen: InnovationFilter, window: Window) -> Select[int]:
    """The ids of the register alone, in order."""
    query = select(Innovation.id).where(seen_by(user))
    if chosen.sort_key == "unit":
        query = query.join(Unit, Unit.id == Innovation.unit_id)
    return chosen.ordered(chosen.narrow(query, window))


def units(user: User) -> Select[int, str]:
    """Id and name of the units this person sees innovations of."""
    recording = select(Innovation.id).where(Innovation.unit_id == Unit.id, seen_by(user)).correlate(Unit).exists()
    return select(Unit.id, Unit.name).where(recording).order_by(Unit.name, Unit.id)


def years(user: User) -> CompoundSelect[int]:
    """Those this person's innovations were proposed or reported in, newest first."""
    every, mine = user.has_role(*READS_ALL), select(Innovation.id).where(seen_by(user))
    begun = select(Entry.id).where(Entry.period_id == Period.id, true() if every else Entry.innovation_id.in_(mine))
    reported = select(PastReport.year).where(true() if every else PastReport.innovation_id.in_(mine))
    return select(Period.year).where(Period.is_training.is_(False), exists(begun)).union(reported).order_by(Period.year.desc())


def archiving(innovation: Innovation) -> Select[Event]:
    """How it went into the archive last."""
    return (select(Event).where(Event.innovation_id == innovation.id, Event.what == "innovation_archived")
            .options(joinedload(Event.by)).order_by(Event.id.desc()).limit(1))


def history(innovation: Innovation) -> Select[Event]:
    """What happened to it, newest first."""
    return (select(Event).where(Event.innovation_id == innovation.id, Event.is_private.is_(False))
            .options(joinedload(Event.by)).order_by(Event.id.desc()))


def edits_after(innovation: Innovation, event_id: int) -> Select[Event]:
    """What was changed in its profile after that event, latest first."""
    return (select(Event).where(Event.innovation_id == innovation.id, Event.what == "profile_edited", Event.id > event_id)
            .options(joinedload(Event.by)).order_by(Event.id.desc()))


def last_event_id(innovation: Innovation) -> Select[int]:
    return select(func.max(Event.id)).where(Event.innovation_id == innovation.id)


def saved_at(innovation: Innovation) -> Select[datetime]:
    """When its profile was last written to."""
    writing = ("innovation_added", "innovation_brought", "profile_edited", "profile_file_attached")
    return select(func.max(Event.at)).where(Event.innovation_id == innovation.id, Event.what.in_(writing))

"""Innovations of the register."""
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.models import Entry, Event, Innovation, Period, ProfileFile, Unit, User
from app.queries.filters import Filter
from app.rules.access import READS_ALL, UNIT_ROLES


@dataclass(frozen=True)
class InnovationFilter(Filter):
    """`q` looks in the name; `affair` and `stage` are words of the choice lists, `unit` is an id."""
    q: str = ""
    affair: str = ""
    stage: str = ""
    unit: int = 0
    ORDERS = {"name": (Innovation.name, Innovation.id), "unit": (Unit.name, Innovation.name, Innovation.id),
              "stage": (Innovation.stage, Innovation.name, Innovation.id), "affair": (Innovation.main_affair, Innovation.name, Innovation.id)}
    USUAL = "name"

    def narrow(self, query: Select) -> Select:
        if self.q:
            query = query.where(Innovation.name.icontains(self.q, autoescape=True))
        if self.affair:
            query = query.where(Innovation.main_affair == self.affair)
        if self.stage:
            query = query.where(Innovation.stage == self.stage)
        if self.unit:
            query = query.where(Innovation.unit_id == self.unit)
        return query


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
    latest = select(func.max(Entry.id)).where(Entry.innovation_id == Innovation.id).correlate(Innovation).scalar_subquery()
    return (select(Innovation.id, Innovation.name, Innovation.stage, Innovation.main_affair, Innovation.applied_on, Innovation.developed_on,
                   Unit.name.label("unit"), Entry.status, Period.year)
            .select_from(Innovation).join(Unit, Unit.id == Innovation.unit_id)
            .outerjoin(Entry, Entry.id == latest).outerjoin(Period, Period.id == Entry.period_id).where(seen_by(user)))


def units(user: User) -> Select[int, str]:
    """Id and name of the units this person sees innovations of."""
    recording = select(Innovation.unit_id).where(seen_by(user))
    return select(Unit.id, Unit.name).where(Unit.id.in_(recording)).order_by(Unit.name, Unit.id)


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
    writing = ("innovation_added", "profile_edited", "profile_file_attached")
    return select(func.max(Event.at)).where(Event.innovation_id == innovation.id, Event.what.in_(writing))

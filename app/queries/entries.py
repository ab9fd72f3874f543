"""Proposals (usulan penilaian)."""
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple, Self

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true, union_all
from sqlalchemy.orm import joinedload

from app.models import (
    Answer,
    Entry,
    Event,
    Innovation,
    Membership,
    Period,
    Round,
    Tally,
    Unit,
    User,
)
from app.queries import searching
from app.queries.counting import ALSO, COUNTED, ONLY, known, which
from app.queries.filters import Filter
from app.queries.whole import WHOLE
from app.rules.access import READS_ALL, UNIT_ROLES, Role
from app.rules.numbers import TRAINING_PREFIX
from app.rules.turns import COMES_TO
from app.rules.workflow import DONE, WITH_OFFICE, WITH_UNIT, Status

NUMBER = re.compile(r"(?:([a-z0-9]+)-)?(\d{2})-(\d{1,6})(?:/\d+)?", re.IGNORECASE)  # LR-26-014, with or without the round
MILESTONES = ("entry_started", "carried_over", "prepared", "handed_back", "signed", "submitted", "withdrawn", "finished", "returned", "approved",
              "reopened", "sent")
ROW_WORK = ("level_claimed", "exhibit_attached", "exhibit_described", "exhibit_detached", "exhibit_swapped", "row_replied")


was_decided = Entry.decided_rounds > 0
is_below = Entry.verified < Period.minimum_maturity * 100  # points are kept in hundredths, this limit in whole ones


GROUPS = {"proses": WITH_OFFICE, "selesai": DONE, "unit": WITH_UNIT}  # words of the filter for several states at once


@dataclass(frozen=True)
class EntryFilter(Filter):
    """`q` is part of the name or a whole number (LR-26-014), `unit` an id, `status` a word of Status or of GROUPS, `year` that of the period,
    `affair` the main affair, `chosen` what is in the list to send, `below` what was verified under its period's minimum, `reviewer` the id of
    who holds it, `judged` what was decided at least once, `latihan` a word of `counting.which`."""
    q: str = ""
    unit: int = 0
    status: str = ""
    year: int = 0
    affair: str = ""
    chosen: bool = False
    below: bool = False
    reviewer: int = 0
    judged: bool = False
    latihan: str = ""
    ORDERS: ClassVar = {
        "number": (Period.year, Entry.number, Entry.id), "name": (Innovation.name, Entry.id), "unit": (Unit.name, Innovation.name, Entry.id),
        "moved": (Entry.moved_at, Entry.id), "maturity": (Entry.evidenced, Entry.claimed, Entry.id)}
    USUAL: ClassVar = "-number"

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Self:
        chosen = super().read(args)
        return replace(chosen, latihan=known(chosen.latihan))

    @property
    def is_broad(self) -> bool:
        """It asks nothing that only a proposal itself can answer."""
        return not (self.q or self.affair or self.chosen or self.below or self.reviewer or self.judged)

    def broadly(self, query: Select, of: Any = Entry) -> Select:
        """By what is also known `of` the proposals that are added up."""
        query = query.where(which(self.latihan, of))
        if self.unit:
            query = query.where(of.unit_id == self.unit)
        if self.status:
            query = query.where(of.status.in_(GROUPS.get(self.status, {self.status})))
        if self.year:
            query = query.where(Period.year == self.year)
        return query

    def narrow(self, query: Select, few: bool = False) -> Select:
        """`few`: the name is rare, so that to begin with it is quickest."""
        query = self.broadly(query)
        if self.q:
            query = query.where(named(self.q, few))
        if self.affair:
            query = query.where(Entry.main_affair == self.affair)
        if self.reviewer:
            query = query.where(Entry.reviewer_id == self.reviewer)
        if self.judged:
            query = query.where(was_decided)
        if self.chosen:
            query = query.where(Entry.chosen_at.is_not(None), Entry.status == Status.APPROVED)
        if self.below:
            query = query.where(Entry.status.in_(DONE), is_below)
        return query

    def covers(self, period: Any) -> bool:
        """It may show something of this one."""
        return (not self.year or period.year == self.year) and (self.latihan == ALSO or period.is_training is (self.latihan == ONLY))

    def shows(self, status: str) -> bool:
        return not self.status or status in GROUPS.get(self.status, {self.status})


def named(text: str, first: bool = False) -> ColumnElement[bool]:
    """Has this in its name, or is its number; `first` as of `named_at`."""
    is_named = searching.named_at(Entry.innovation_id, text, first)
    if not (number := NUMBER.fullmatch(text)):
        return is_named
    period = [Period.year % 100 == int(number[2])]
    if number[1]:
        period.append(Period.is_training.is_(number[1].upper() == TRAINING_PREFIX))
    return or_(is_named, and_(Entry.number == int(number[3]), Entry.period_id.in_(select(Period.id).where(*period))))


def visible_to(user: User) -> Select[Entry]:
    """The proposals this person may see. Agrees with `entry.view`."""
    return select(Entry).where(seen_by(user))


def seen_by(user: User, of: Any = Entry) -> ColumnElement[bool]:
    """The proposals, or what is added up `of` them."""
    if user.has_role(*READS_ALL):
        return true()
    mine = [unit.id for unit in user.units(*UNIT_ROLES)]
    return or_(of.unit_id.in_(mine), of.unit_id.in_(select(Unit.id).where(Unit.merged_into_id.in_(mine))))


def unfinished(units: Collection[int]) -> Select[Entry]:
    """What these units (ids) still have to bring to an end, whole, newest year first."""
    return (select(Entry).where(Entry.unit_id.in_(units), Entry.status.not_in(DONE)).options(*WHOLE)
            .join(Period, Period.id == Entry.period_id).order_by(Period.year.desc(), Entry.number, Entry.id))


def held_by(reviewer: User) -> Select[Entry]:
    """What is in this reviewer's hands and not approved yet."""
    return (select(Entry).where(Entry.reviewer_id == reviewer.id, Entry.status.not_in(DONE))
            .options(joinedload(Entry.period), joinedload(Entry.unit).selectinload(Unit.memberships), joinedload(Entry.innovation))
            .order_by(Entry.id))


def rows(user: User) -> Select:
    """One line of the list each. `verified` is None until a round was decided."""
    return _joined(select(
        Entry.id, Entry.number, Period.year, Period.is_training, Innovation.name, Unit.name.label("unit"), Entry.status, Entry.moved_at,
        Entry.claimed, Entry.evidenced, case((was_decided, Entry.verified)).label("verified"),
        select(User.name).where(User.id == Entry.reviewer_id).correlate(Entry).scalar_subquery().label("reviewer")), user)


def ids(user: User, chosen: EntryFilter, found: int, periods: Iterable[Any], size: int, offset: int) -> Select[int]:
    """Of one page of the list, of which `found` match. Where those are many, each of the `periods` is read by its numbers, as far as the page
    may reach."""
    query = select(Entry.id).join(Period, Period.id == Entry.period_id).where(seen_by(user))
    if chosen.sort_key in ("name", "unit"):
        query = query.join(Innovation, Innovation.id == Entry.innovation_id).join(Unit, Unit.id == Entry.unit_id)
    if (few := found <= COUNTED) or chosen.sort_key != "number":
        return chosen.ordered(chosen.narrow(query.where(Entry.period_id.in_(select(Period.id))), few)).limit(size).offset(offset)
    each = [chosen.ordered(chosen.narrow(query.add_columns(Period.year, Entry.number).where(Entry.period_id == one.id)))
            .limit(offset + size).subquery() for one in periods if chosen.covers(one)]
    all_of_them = union_all(*map(select, each)).subquery()
    order = [column.desc() if chosen.descending else column for column in (all_of_them.c.year, all_of_them.c.number, all_of_them.c.id)]
    return select(select(all_of_them.c.id).order_by(*order).limit(size).offset(offset).subquery().c.id)


class Count(NamedTuple):
    """How many there are in a status, and their maturity added up, in points."""
    status: str
    number: int
    claimed: Decimal
    evidenced: Decimal
    verified: Decimal


def counts(user: User, chosen: EntryFilter) -> Select:
    """Each status that occurs under the rest of the filter, as `Count`; added up from what is added up already where that tells it."""
    chosen = replace(chosen, status="")
    of: Any = Tally if chosen.is_broad else Entry
    number: Any = func.sum(Tally.number) if chosen.is_broad else func.count()
    sums = [func.sum(points) for points in (of.claimed, of.evidenced, of.verified)]
    query = (select(of.status, number, *sums).join(Period, Period.id == of.period_id).where(seen_by(user, of)).group_by(of.status))
    if chosen.is_broad:
        return chosen.broadly(query.where(Tally.number > 0), Tally)
    # said so that SQLite begins with the name or with the period and its covering index
    return chosen.narrow(query.where(Entry.period_id.in_(select(Period.id))), few=True)


def units(user: User) -> Select[int, str]:
    """Id and name of the units this person sees proposals of."""
    return select(Unit.id, Unit.name).where(Unit.id.in_(_seen(user, Tally.unit_id))).order_by(Unit.name, Unit.id)


def periods(user: User) -> Select[int, int, bool]:
    """Id, year and whether it is training of the periods this person sees proposals of, newest first."""
    return select(Period.id, Period.year, Period.is_training).where(Period.id.in_(_seen(user, Tally.period_id))).order_by(Period.year.desc())


def _seen(user: User, column: Any) -> Select:
    return select(column).where(Tally.number > 0, seen_by(user, Tally))


def milestones(entry: Entry) -> Select[Event]:
    """The turns of its way, newest first."""
    return history(entry, private=False).where(Event.what.in_(MILESTONES))


def turns(entry: Entry) -> Select[int, str, datetime]:
    """Id, what and when of everything that gave it to somebody else, oldest first."""
    return select(Event.id, Event.what, Event.at).where(Event.entry_id == entry.id, Event.what.in_(list(COMES_TO))).order_by(Event.id)


def history(entry: Entry, private: bool) -> Select[Event]:
    """Everything that happened to it, newest first; what is private only when asked for."""
    query = select(Event).where(Event.entry_id == entry.id).options(joinedload(Event.by)).order_by(Event.id.desc())
    return query if private else query.where(Event.is_private.is_(False))


def prepared(round_: Round) -> Select[Event]:
    """When and by whom it was handed to the head who signed this round."""
    return (select(Event).where(Event.entry_id == round_.entry_id, Event.what == "prepared", Event.at <= round_.submitted_at)
            .options(joinedload(Event.by)).order_by(Event.id.desc()).limit(1))


def saved_at(answer: Answer) -> Select[datetime]:
    """When somebody last worked on this row."""
    return (select(Event.at).where(Event.entry_id == answer.entry_id, Event.what.in_(ROW_WORK),
                                   Event.details["row"].as_string() == answer.indicator.code).order_by(Event.id.desc()).limit(1))


def heads_of(unit: Unit) -> Select[User]:
    """Who signs what this unit prints."""
    return (select(User).join(Membership, Membership.user_id == User.id).order_by(Membership.id)
            .where(Membership.unit_id == unit.id, Membership.role == Role.HEAD, User.deactivated_at.is_(None)))


def _joined(query: Select, user: User) -> Select:
    return (query.select_from(Entry).join(Innovation, Innovation.id == Entry.innovation_id).join(Unit, Unit.id == Entry.unit_id)
            .join(Period, Period.id == Entry.period_id).where(seen_by(user)))

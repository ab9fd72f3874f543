"""What units may bring along from earlier years, what one proposal would bring, and how far the units are with it."""
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, null, or_, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from app.models import (
    Answer,
    Document,
    DocumentVersion,
    Entry,
    Exhibit,
    Innovation,
    Instrument,
    PastReport,
    Period,
    Unit,
)
from app.rules.workflow import DONE


class Totals(NamedTuple):
    """Innovations: brought along, still waiting to be, and reported as often as the period allows."""
    taken: int
    offered: int
    used_up: int


def reported(period: Period) -> Subquery:
    """Per innovation (id) in how many years it was reported before this period, those before this app counted in, and in which year last here:
    None where all of them were before. Agrees with `Innovation.years_reported_before`."""
    here = (select(Entry.innovation_id.label("id"), Period.year.label("year"), Period.year.label("here")).join(Period, Period.id == Entry.period_id)
            .where(Entry.status.in_(DONE), *_earlier(period)))
    past = select(PastReport.innovation_id, PastReport.year, null()).where(PastReport.year < period.year)
    both = here.union_all(past).subquery()
    return select(both.c.id, func.max(both.c.here).label("year"), func.count(both.c.year.distinct()).label("times")).group_by(both.c.id).subquery()


def spent(period: Period) -> Select[int]:
    """The innovations (ids) that were reported as often as this period allows."""
    before = reported(period)
    return select(before.c.id).where(_is_spent(period, before))


def _is_spent(period: Period, before: Subquery) -> ColumnElement[bool]:
    return before.c.times >= period.most_reports if period.most_reports else before.c.times < 0


def _earlier(period: Period) -> tuple[ColumnElement[bool], ...]:
    return Period.year < period.year, Period.is_training.is_(False)


def is_here(period: Period) -> ColumnElement[bool]:
    """Has a proposal in this period."""
    return select(Entry.id).where(Entry.innovation_id == Innovation.id, Entry.period_id == period.id).correlate(Innovation).exists()


def offers(units: Collection[int], period: Period) -> Select:
    """Innovations of these units (ids) that were approved or sent before and are not in this period, with the latest such proposal."""
    before = reported(period)
    return (select(Innovation.id, Innovation.name, Unit.name.label("unit"), Innovation.unit_id, Innovation.stage, Innovation.applied_on,
                   Innovation.developed_on, Entry.id.label("entry"), Entry.number, Entry.status, Entry.verified, Period.year, before.c.times)
            .join(before, before.c.id == Innovation.id).join(Unit, Unit.id == Innovation.unit_id).join(Entry, Entry.innovation_id == Innovation.id)
            .join(Period, and_(Period.id == Entry.period_id, Period.year == before.c.year, Period.is_training.is_(False)))
            .where(Innovation.unit_id.in_(units), Innovation.archived_at.is_(None), ~is_here(period)).order_by(Innovation.name, Innovation.id))


def latest(innovation: Innovation, period: Period) -> Select[Entry]:
    """The latest proposal of an innovation that was approved or sent before this period, with all that may go on from it."""
    return (_source(select(Entry)).join(Period, Period.id == Entry.period_id)
            .where(Entry.innovation_id == innovation.id, Entry.status.in_(DONE), *_earlier(period)).order_by(Period.year.desc()).limit(1))


def source(entry: Entry) -> Select[Entry]:
    """The proposal another one goes on from, the same way."""
    return _source(select(Entry).where(Entry.id == entry.carried_from_id))


def _source(query: Select) -> Select[Entry]:
    document = joinedload(Exhibit.document).options(joinedload(Document.unit), selectinload(Document.versions).joinedload(DocumentVersion.file))
    return query.options(
        joinedload(Entry.period).joinedload(Period.instrument).options(undefer(Instrument.source)),
        joinedload(Entry.innovation).joinedload(Innovation.unit),
        selectinload(Entry.answers).options(
            selectinload(Answer.exhibits).options(document, joinedload(Exhibit.version).joinedload(DocumentVersion.file))))


def by_unit(period: Period) -> Select:
    """Each unit that has anything to bring along, with what it brought: id, name, taken, offered, used_up; by name."""
    counted = _counted(period).subquery()
    return (select(Unit.id, Unit.name, *(getattr(counted.c, name) for name in Totals._fields)).join(counted, counted.c.unit == Unit.id)
            .where(or_(*(getattr(counted.c, name) > 0 for name in Totals._fields))).order_by(Unit.name, Unit.id))


def totals(period: Period) -> Select:
    """The same of all units, the columns of `Totals`."""
    counted = _counted(period).subquery()
    return select(*(func.coalesce(func.sum(getattr(counted.c, name)), 0) for name in Totals._fields))


def _counted(period: Period) -> Select:
    before = reported(period)
    spent = _is_spent(period, before)
    waits = and_(before.c.id.is_not(None), Entry.id.is_(None))
    here = before.c.year.is_not(None)  # what was reported before this app only has nothing to bring along
    return (select(Innovation.unit_id.label("unit"), func.count(case((Entry.carried_from_id.is_not(None), 1))).label("taken"),
                   func.count(case((and_(waits, here, ~spent), 1))).label("offered"), func.count(case((and_(waits, spent), 1))).label("used_up"))
            .select_from(Innovation).outerjoin(before, before.c.id == Innovation.id)
            .outerjoin(Entry, and_(Entry.innovation_id == Innovation.id, Entry.period_id == period.id))
            .where(or_(Innovation.archived_at.is_(None), Entry.id.is_not(None))).group_by(Innovation.unit_id))

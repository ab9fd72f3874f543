"""Send or hold, as a list: everything approved or sent, and what the sums and the hands say of it."""
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import joinedload

from app.models import Answer, Entry, Indicator, Innovation, Period, Unit
from app.queries.entries import is_below, named
from app.queries.filters import Filter
from app.rules.lifts import RowNow
from app.rules.workflow import DONE, Status

SEND, HOLD, HAND, SENT = "kirim", "tahan", "tangan", "terkirim"


@dataclass(frozen=True)
class ChoosingFilter(Filter):
    """`putusan` is SEND or HOLD (what the best set does), HAND (hand choices) or SENT; `below` is under the maturity the period calls fit to
    send; `tahun` the period, kept in every address."""
    q: str = ""
    unit: int = 0
    affair: str = ""
    putusan: str = ""
    below: bool = False
    tahun: str = ""
    ORDERS: ClassVar = {
        "name": (Innovation.name, Entry.id), "unit": (Unit.name, Innovation.name, Entry.id),
        "affair": (Entry.main_affair, Innovation.name, Entry.id), "maturity": (Entry.verified, Entry.id)}
    USUAL: ClassVar = "-maturity"

    def narrow_to(self, query: Select, goes: ColumnElement[bool]) -> Select:
        """`goes` says what the best set takes."""
        if self.q:
            query = query.where(named(self.q))
        if self.unit:
            query = query.where(Entry.unit_id == self.unit)
        if self.affair:
            query = query.where(Entry.main_affair == self.affair)
        if self.below:
            query = query.where(is_below)
        if self.putusan in (SEND, HOLD):
            query = query.where(goes if self.putusan == SEND else ~goes)
        if self.putusan == HAND:
            query = query.where(Entry.choice.is_not(None))
        if self.putusan == SENT:
            query = query.where(Entry.status == Status.SENT)
        return query


def rows(period: Period, goes: ColumnElement[bool]) -> Select:
    """One line of the list each; `goes` as the best set says."""
    return _of(period, select(Entry.id, Entry.number, Period.year, Innovation.name, Unit.name.label("unit"), Entry.main_affair, Entry.verified,
                              Entry.status, Entry.choice, Entry.choice_note, Entry.chosen_at, goes.label("goes")))


def counts(period: Period, chosen: ChoosingFilter, goes: ColumnElement[bool]) -> Select:
    """One row: all, sent, held, by hand, and at the ministry, under the rest of the filter."""
    numbers = (func.count(Entry.id), *_numbers(goes, ~goes, Entry.choice.is_not(None), Entry.status == Status.SENT))
    return replace(chosen, putusan="").narrow_to(_of(period, select(*numbers)), goes)


def units(period: Period) -> Select[int, str]:
    """Id and name of the units that have something to send."""
    theirs = select(Entry.unit_id).where(Entry.period_id == period.id, Entry.status.in_(DONE))
    return select(Unit.id, Unit.name).where(Unit.id.in_(theirs)).order_by(Unit.name, Unit.id)


def approved(period: Period) -> Select[Entry]:
    """What the list to send may hold, as records for its verb."""
    return (select(Entry).where(Entry.period_id == period.id, Entry.status == Status.APPROVED).options(joinedload(Entry.innovation))
            .order_by(Entry.number))


class Lists(NamedTuple):
    """The list to send as it is and as the best set would have it, how many are in both; how many are sent already; how many of all the best set
    sends are below what the period calls fit."""
    listed: int
    wanted: int
    both: int
    sent: int
    weak: int


def lists(period: Period, goes: ColumnElement[bool]) -> Select:
    """One row, as `Lists`."""
    approved = Entry.status == Status.APPROVED
    listed, wanted = and_(approved, Entry.chosen_at.is_not(None)), and_(approved, goes)
    return select(*_numbers(listed, wanted, and_(listed, wanted), Entry.status == Status.SENT, and_(goes, Entry.verified < period.minimum_maturity))
                  ).where(Entry.period_id == period.id, Entry.status.in_(DONE))


def _numbers(*facts: ColumnElement[bool]) -> list[Any]:
    """Of how many each is so."""
    return [func.count(case((fact, 1))) for fact in facts]


def levels(ids: Collection[int]) -> Select:
    """The rows of these proposals, in the instrument's order: `entry_id`, then as `RowNow`."""
    return (select(Answer.entry_id, Indicator.code, Indicator.name, Indicator.weight, func.coalesce(Answer.proven_level, 0),
                   func.coalesce(Answer.claimed_level, 0))
            .join(Indicator, Indicator.id == Answer.indicator_id).where(Answer.entry_id.in_(ids)).order_by(Answer.entry_id, Answer.position))


def by_entry(found: Iterable[Any]) -> dict[int, list[RowNow]]:
    rows: dict[int, list[RowNow]] = {}
    for entry, *facts in found:
        rows.setdefault(entry, []).append(RowNow(*facts))
    return rows


def _of(period: Period, query: Select) -> Select:
    return (query.select_from(Entry).join(Innovation, Innovation.id == Entry.innovation_id).join(Unit, Unit.id == Entry.unit_id)
            .join(Period, Period.id == Entry.period_id).where(Entry.period_id == period.id, Entry.status.in_(DONE)))

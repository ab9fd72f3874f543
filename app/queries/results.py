"""What the ministry published: the region by year, and what it gave every innovation beside what was claimed and verified."""
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from app.models import (
    Answer,
    Entry,
    Event,
    Indicator,
    Membership,
    OfficialLevel,
    Period,
    Round,
    Sending,
    Unit,
    User,
    Verdict,
    YearResult,
)
from app.models.base import Points
from app.queries.filters import Filter

KNOWN, UNKNOWN, DIFFERENT, LESS, MORE, SAME = "ada", "belum", "berbeda", "turun", "naik", "sama"
BY_ENTRY, BY_ROW, BY_UNIT, BY_REVIEWER = "", "baris", "opd", "verifikator"


# The region by year

def years() -> Select[YearResult]:
    """Oldest first."""
    return select(YearResult).options(joinedload(YearResult.recorded_by)).order_by(YearResult.year)


def of_year(year: int) -> Select[YearResult]:
    return select(YearResult).where(YearResult.year == year)


def history_of(result: YearResult) -> Select[Event]:
    return select(Event).where(Event.year_result_id == result.id).options(joinedload(Event.by)).order_by(Event.id.desc())


# What was sent

def _points(levels: Any) -> ColumnElement[Any]:
    return type_coerce(levels * Indicator.weight, Points())


def _below(gap: Any) -> ColumnElement[Any]:
    return case((gap < 0, type_coerce(0 - gap, Points())), else_=0)


def _above(gap: Any) -> ColumnElement[Any]:
    return case((gap > 0, gap), else_=0)


_total_gap = type_coerce(Sending.official_maturity - Sending.maturity, Points())
_proven = func.coalesce(Answer.proven_level, 0)
_row_gap = _points(OfficialLevel.level - _proven)
_rows_known = (select(func.count(OfficialLevel.id)).join(Answer, Answer.id == OfficialLevel.answer_id).where(Answer.entry_id == Sending.entry_id)
               .correlate(Sending).scalar_subquery())


def _added(number: Any, known: Any, points: Collection[Any], gap: Any) -> list[ColumnElement[Any]]:
    """The columns of `rules.gaps.Steps`; `points` are claimed, evidenced, verified and official ones."""
    claimed, evidenced, verified, official = points
    sums = [claimed, evidenced, verified, case((known, verified), else_=0), official, _below(gap), _above(gap)]
    names = ("claimed", "evidenced", "verified", "judged", "official", "less", "more")
    return [func.count(number).label("number"), func.count(case((known, number))).label("known"),
            func.count(case((and_(known, gap != 0), number))).label("different"),
            *(type_coerce(func.coalesce(func.sum(column), 0), Points()).label(name) for name, column in zip(names, sums, strict=True))]


def _whole() -> list[ColumnElement[Any]]:
    """Over proposals, by their totals."""
    return _added(Sending.id, Sending.official_maturity.is_not(None), (Entry.claimed, Entry.evidenced, Sending.maturity, Sending.official_maturity),
                  _total_gap)


def _by_level() -> list[ColumnElement[Any]]:
    """Over rows, by their levels."""
    points = [_points(func.coalesce(level, 0)) for level in (Answer.claimed_level, Answer.evidenced_level, Answer.proven_level)]
    return _added(Answer.id, OfficialLevel.id.is_not(None), (*points, _points(OfficialLevel.level)), _row_gap)


@dataclass(frozen=True)
class ResultFilter(Filter):
    """`tahun` is the period's year (the current one when 0), `tab` what is added up; `q` part of the name, the unit or the registration
    number, `unit` an id, `state` one of KNOWN, UNKNOWN, DIFFERENT, LESS, MORE, SAME."""
    tahun: int = 0
    tab: str = ""
    q: str = ""
    unit: int = 0
    state: str = ""
    ORDERS: ClassVar = {
        "gap": (func.coalesce(func.abs(Sending.official_maturity - Sending.maturity), -1), Sending.id), "name": (Sending.name, Sending.id),
        "unit": (Unit.name, Sending.name, Sending.id), "number": (Sending.number, Sending.id)}
    USUAL: ClassVar = "-gap"

    def within(self, tabs: Collection[str]) -> "ResultFilter":
        """A tab that is not there counts as not said."""
        return self if self.tab in tabs else replace(self, tab=BY_ENTRY)

    @property
    def is_narrow(self) -> bool:
        return bool(self.args(sort="", page=1, tab="", tahun=0))

    def narrow(self, query: Select) -> Select:
        if self.q:
            query = query.where(or_(*(column.icontains(self.q, autoescape=True) for column in (Sending.name, Unit.name, Sending.number))))
        if self.unit:
            query = query.where(Entry.unit_id == self.unit)
        if self.state:
            official = Sending.official_maturity
            query = query.where({
                KNOWN: official.is_not(None), UNKNOWN: official.is_(None), DIFFERENT: official != Sending.maturity,
                LESS: official < Sending.maturity, MORE: official > Sending.maturity, SAME: official == Sending.maturity,
            }.get(self.state, Sending.id < 0))
        return query


def _sent(query: Select, period: Period) -> Select:
    return (query.select_from(Sending).join(Entry, Entry.id == Sending.entry_id).join(Unit, Unit.id == Entry.unit_id)
            .where(Sending.period_id == period.id))


def rows(period: Period) -> Select:
    """One line of what was sent each; `rows_known` of its rows have the ministry's level."""
    return _sent(select(Sending.id, Sending.entry_id, Sending.number, Entry.number.label("entry_number"), Sending.name, Unit.name.label("unit"),
                        Entry.claimed, Entry.evidenced, Sending.maturity.label("verified"), Sending.official_maturity.label("official"),
                        _total_gap.label("gap"), _rows_known.label("rows_known"), Sending.official_note.label("note")), period)


def totals(chosen: ResultFilter, period: Period) -> Select:
    """One row, as `Steps`, of what the filter leaves."""
    return chosen.narrow(_sent(select(*_whole()), period))


def by_unit(period: Period) -> Select:
    """(key, name, Steps), where the ministry read most differently first."""
    return _largest_first(_sent(select(Unit.id.label("key"), Unit.name, *_whole()), period).group_by(Unit.id), _total_gap, Unit.name, Unit.id)


def units(period: Period) -> Select[int, str]:
    return _sent(select(Unit.id, Unit.name).distinct(), period).order_by(Unit.name, Unit.id)


# Row by row

def _levels(query: Select, period: Period) -> Select:
    return (_sent(query, period).join(Answer, Answer.entry_id == Entry.id).join(Indicator, Indicator.id == Answer.indicator_id)
            .outerjoin(OfficialLevel, OfficialLevel.answer_id == Answer.id))


def _judged(query: Select) -> Select:
    """With the verdict of the last round on each row, and who gave it."""
    return (query.outerjoin(Round, and_(Round.entry_id == Entry.id, Round.number == Entry.round_number))
            .outerjoin(Verdict, and_(Verdict.round_id == Round.id, Verdict.answer_id == Answer.id)).outerjoin(User, User.id == Verdict.by_id))


def _largest_first(query: Select, gap: Any, *rest: Any) -> Select:
    return query.order_by(func.coalesce(func.sum(func.abs(gap)), 0).desc(), *rest)


def by_row(period: Period) -> Select:
    """(key, name, Steps) of each row of the instrument; key is its code."""
    query = select(Indicator.code.label("key"), Indicator.name, *_by_level())
    return _largest_first(_levels(query, period).group_by(Indicator.id), _row_gap, Indicator.position, Indicator.id)


def by_reviewer(period: Period) -> Select:
    """(key, name, Steps) of the rows whose standing verdict is theirs."""
    query = _judged(_levels(select(User.id.label("key"), User.name, *_by_level()), period))
    return _largest_first(query.where(User.id.is_not(None)).group_by(User.id), _row_gap, User.name, User.id)


@dataclass(frozen=True)
class GapFilter(Filter):
    """Rows the ministry read differently: `row` is a code, `unit` and `reviewer` ids, `state` LESS or MORE."""
    tahun: int = 0
    row: str = ""
    unit: int = 0
    reviewer: int = 0
    state: str = ""
    ORDERS: ClassVar = {
        "gap": (func.abs(_row_gap), Sending.id, Answer.id), "name": (Sending.name, Sending.id, Indicator.position, Answer.id),
        "row": (Indicator.position, Sending.name, Sending.id, Answer.id)}
    USUAL: ClassVar = "-gap"

    @property
    def is_narrow(self) -> bool:
        return bool(self.args(sort="", page=1, tahun=0))

    def narrow(self, query: Select) -> Select:
        for column, value in ((Indicator.code, self.row), (Entry.unit_id, self.unit), (Verdict.by_id, self.reviewer)):
            if value:
                query = query.where(column == value)
        if self.state:
            query = query.where({LESS: _row_gap < 0, MORE: _row_gap > 0}.get(self.state, Sending.id < 0))
        return query


def gaps(chosen: GapFilter, period: Period) -> Select:
    """The rows behind a figure, each with the verdict's reason."""
    query = select(Sending.id, Sending.entry_id, Sending.number, Sending.name, Unit.name.label("unit"), Indicator.code, Indicator.name.label("row"),
                   Answer.claimed_level, Answer.evidenced_level, _proven.label("proven"), OfficialLevel.level.label("official"),
                   _row_gap.label("gap"), Verdict.reason, User.name.label("reviewer"))
    return chosen.narrow(_judged(_levels(query, period)).where(OfficialLevel.level != _proven))


def gap_totals(chosen: GapFilter, period: Period) -> Select:
    """One row, as `Steps`, of the rows that differ."""
    return chosen.narrow(_judged(_levels(select(*_by_level()), period)).where(OfficialLevel.level != _proven))


def reviewers(period: Period) -> Select[int, str]:
    return _judged(_levels(select(User.id, User.name).distinct(), period)).where(User.id.is_not(None)).order_by(User.name, User.id)


# To be recorded

WHOLE = joinedload(Sending.entry).options(
    joinedload(Entry.unit).selectinload(Unit.memberships).joinedload(Membership.user), joinedload(Entry.period).joinedload(Period.instrument),
    selectinload(Entry.answers).joinedload(Answer.official))


def to_record(period: Period) -> Select[Sending]:
    """Everything that was sent in a period, with what recording its result touches."""
    return select(Sending).where(Sending.period_id == period.id).options(WHOLE).order_by(Sending.number, Sending.id)


def whole(id: int) -> Select[Sending]:
    return select(Sending).where(Sending.id == id).options(WHOLE)


def last_given(sending: Sending) -> Select[int]:
    """The id of the event that last recorded its result."""
    return select(func.max(Event.id)).where(Event.entry_id == sending.entry_id, Event.what == "result_given")


def given(entry: Entry) -> Select[int, int]:
    """Answer and level, as far as the ministry's are known."""
    return select(OfficialLevel.answer_id, OfficialLevel.level).join(Answer, Answer.id == OfficialLevel.answer_id).where(Answer.entry_id == entry.id)

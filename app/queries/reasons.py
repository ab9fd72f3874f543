"""The bank of reasons, and what is said most. Only decided rounds are counted: drafts of verdicts are private to the reviewers."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal, or_, select

from app.models import Entry, Event, Innovation, Period, Reason, Round, Unit, Verdict
from app.models.reason import verdict_reason
from app.models.review import Decision
from app.queries.counting import ROUND_COUNTS
from app.queries.filters import Filter
from app.rules.causes import CAUSES

ARCHIVED, ALL = "arsip", "semua"
BY_ROW, BY_UNIT, BY_KIND = "", "opd", "jenis"

_cited_by_now = (verdict_reason.join(Verdict, Verdict.id == verdict_reason.c.verdict_id).join(Round, Round.id == Verdict.round_id))
_decided = Round.decision.in_((Decision.RETURNED, Decision.APPROVED))


def _uses(period: Period | None = None) -> ColumnElement[int]:
    """How often a reason was given; in one period, or ever."""
    query = select(func.count()).select_from(_cited_by_now).where(verdict_reason.c.reason_id == Reason.id, _decided, ROUND_COUNTS)
    if period:
        query = query.join(Entry, Entry.id == Round.entry_id).where(Entry.period_id == period.id)
    return query.correlate(Reason).scalar_subquery()


def offered(row: str, kept: Collection[int] = ()) -> Select[Reason]:
    """What the bank has for a row, most used first; `kept` are ids that stay on offer though they were archived."""
    return (select(Reason).where(Reason.row == row, or_(Reason.archived_at.is_(None), Reason.id.in_(kept)))
            .order_by(_uses().desc(), Reason.id))


@dataclass(frozen=True)
class ReasonFilter(Filter):
    """`state` is empty for the reasons in use."""
    q: str = ""
    row: str = ""
    cause: str = ""
    state: str = ""
    ORDERS: ClassVar = {"row": (Reason.row, Reason.id), "uses": (_uses(), Reason.row, Reason.id), "cause": (Reason.cause, Reason.row, Reason.id)}
    USUAL: ClassVar = "row"

    def narrow(self, query: Select) -> Select:
        if self.q:
            query = query.where(Reason.text.icontains(self.q, autoescape=True))
        if self.row:
            query = query.where(Reason.row == self.row)
        if self.cause:
            query = query.where(Reason.cause == self.cause)
        if self.state != ALL:
            query = query.where(Reason.archived_at.is_not(None) if self.state == ARCHIVED else Reason.archived_at.is_(None))
        return query


def rows(period: Period | None) -> Select:
    """One line of the bank each, with how often it was given in this period and ever."""
    in_period = _uses(period) if period else literal(0)
    return select(Reason.id, Reason.row, Reason.cause, Reason.text, Reason.archived_at, in_period.label("now"), _uses().label("ever"))


def history(reason: Reason) -> Select[Event]:
    """What was done to a reason, newest first."""
    return select(Event).where(Event.reason_id == reason.id).order_by(Event.id.desc())


# What is said most


@dataclass(frozen=True)
class AgendaFilter(Filter):
    """`tab` is what the causes are grouped by, `period` a year (the current one when empty), `unit` an id; `row`, `cause` and `reason` (an id)
    are for the list behind a figure."""
    tab: str = BY_ROW
    period: int = 0
    kind: str = ""
    unit: int = 0
    row: str = ""
    cause: str = ""
    reason: int = 0
    ORDERS: ClassVar = {"new": (Round.decided_at, Verdict.id, Reason.id)}
    USUAL: ClassVar = "-new"

    @property
    def is_narrow(self) -> bool:
        return bool(self.args(sort="", page=1, tab=BY_ROW, period=0))

    def narrow(self, query: Select) -> Select:
        for column, value in ((Unit.kind, self.kind), (Unit.id, self.unit), (Reason.row, self.row), (Reason.cause, self.cause),
                              (Reason.id, self.reason)):
            if value:
                query = query.where(column == value)
        return query

    @property
    def key(self) -> Any:
        """What the figures are grouped by."""
        return {BY_UNIT: Unit.id, BY_KIND: Unit.kind}.get(self.tab, Reason.row)

    @property
    def name(self) -> Any:
        return {BY_UNIT: Unit.name, BY_KIND: Unit.kind}.get(self.tab, Reason.row)

    def beside(self, key: Any) -> dict[str, Any]:
        """The filter that leaves only this group."""
        return {{BY_UNIT: "unit", BY_KIND: "kind"}.get(self.tab, "row"): key}


class Finding(NamedTuple):
    """One cause within a group: how often it was given, the sentence given most, in which rows and to which units; both most first."""
    cause: str
    times: int
    example: str
    rows: list[str]
    units: list[tuple[int, str]]

    @property
    def label(self) -> str:
        return CAUSES[self.cause]


def _citations(query: Select, period: Period) -> Select:
    return (query.select_from(_cited_by_now.join(Reason, Reason.id == verdict_reason.c.reason_id).join(Entry, Entry.id == Round.entry_id)
                              .join(Unit, Unit.id == Entry.unit_id)).where(_decided, Entry.period_id == period.id))


def groups(chosen: AgendaFilter, period: Period) -> Select:
    """(key, name, times) of each row, unit or kind of unit something was said to, most first."""
    return (chosen.narrow(_citations(select(chosen.key.label("key"), chosen.name.label("name"), func.count().label("times")), period))
            .group_by(chosen.key, chosen.name).order_by(func.count().desc(), chosen.key))


def within(chosen: AgendaFilter, period: Period, keys: Sequence[Any] | None = None) -> Select:
    """The figures of these groups (of all when none are named), for `findings`."""
    query = chosen.narrow(_citations(select(chosen.key.label("key")), period)).group_by(chosen.key)
    return _figures(query if keys is None else query.where(chosen.key.in_(keys)))


def overall(chosen: AgendaFilter, period: Period) -> Select:
    """The figures without groups, for `findings`."""
    return _figures(chosen.narrow(_citations(select(literal("").label("key")), period)))


def _figures(query: Select) -> Select:
    return (query.add_columns(Reason.cause, Reason.row, Reason.id, Reason.text, Unit.id.label("unit_id"), Unit.name.label("unit"),
                              func.count().label("times")).group_by(Reason.id, Unit.id).order_by(Reason.id, Unit.name, Unit.id))


def findings(figures: Sequence[Any]) -> Mapping[Any, list[Finding]]:
    """By group: its causes, the one given most first."""
    found: dict[Any, dict[str, list[Any]]] = {}
    for one in figures:
        found.setdefault(one.key, {}).setdefault(one.cause, []).append(one)
    return {key: sorted((_finding(cause, each) for cause, each in causes.items()), key=lambda one: (-one.times, one.label))
            for key, causes in found.items()}


def _finding(cause: str, figures: Sequence[Any]) -> Finding:
    texts, codes, units = (_added(figures, of) for of in (lambda f: f.text, lambda f: f.row, lambda f: (f.unit_id, f.unit)))
    return Finding(cause, sum(f.times for f in figures), texts[0], codes, units)


def _added(figures: Sequence[Any], of: Any) -> list[Any]:
    """Each once, the most frequent first."""
    total: dict[Any, int] = {}
    for figure in figures:
        total[of(figure)] = total.get(of(figure), 0) + figure.times
    return sorted(total, key=lambda one: -total[one])


def citations(chosen: AgendaFilter, period: Period) -> Select:
    """The verdicts behind a figure, one line for each reason they took from the bank."""
    query = _citations(select(
        Entry.id, Entry.number, Period.year, Innovation.name, Unit.name.label("unit"), Reason.row, Reason.cause, Verdict.reason, Verdict.proven_level,
        Round.number.label("round"), Round.decided_at), period)
    return chosen.ordered(chosen.narrow(query.join(Innovation, Innovation.id == Entry.innovation_id).join(Period, Period.id == Entry.period_id)))


def totals(chosen: AgendaFilter, period: Period) -> Select[int, int, int]:
    """How many reasons were given, in how many verdicts, to how many units."""
    return chosen.narrow(_citations(select(func.count(), func.count(Verdict.id.distinct()), func.count(Unit.id.distinct())), period))


def units(period: Period) -> Select[int, str]:
    """The units something was said to."""
    return _citations(select(Unit.id, Unit.name).distinct(), period).order_by(Unit.name, Unit.id)


def kinds(period: Period) -> Select[str]:
    return _citations(select(Unit.kind).distinct(), period).order_by(Unit.kind)

"""What the region has made, for everybody: innovations that were approved, sent or reported before, and those their units show."""
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.models import Entry, Event, Innovation, Interest, Membership, PastReport, Period, Round, Tag, Unit, User
from app.queries import searching
from app.queries.filters import Filter
from app.queries.innovations import is_kept
from app.rules.catalogue import search_words
from app.rules.workflow import DONE

MOST_TAGS = 200  # offered while typing
BEGINNINGS = ("entry_started", "carried_over")

_done = select(Entry.innovation_id).join(Period, Period.id == Entry.period_id).where(Entry.status.in_(DONE), Period.is_training.is_(False))
_past = select(PastReport.innovation_id)
is_shown = and_(is_kept, or_(Innovation.is_shown, Innovation.id.in_(_done), Innovation.id.in_(_past)))  # as Innovation.is_in_catalogue
_of_it = (query.where(column == Innovation.id).correlate(Innovation).exists()
          for query, column in ((_done, Entry.innovation_id), (_past, PastReport.innovation_id)))
is_one_of_it = and_(is_kept, or_(Innovation.is_shown, *_of_it))  # the same, where only a few are asked


@dataclass(frozen=True)
class CatalogueFilter(Filter):
    """All words of `q` occur in the name, the summary or the tags (there from the beginning of one); `unit` is an id, `affair` and `stage` are
    words of the choice lists, `year` one of a report or an approval, `tag` exactly one of its words."""
    q: str = ""
    unit: int = 0
    affair: str = ""
    year: int = 0
    stage: str = ""
    tag: str = ""
    ORDERS: ClassVar = {"name": (Innovation.name, Innovation.id), "unit": (Unit.name, Innovation.name, Innovation.id),
                        "new": (func.coalesce(Innovation.developed_on, Innovation.applied_on), Innovation.id)}
    USUAL: ClassVar = "name"

    def narrow(self, query: Select) -> Select:
        query = query.where(*(_says(word) for word in search_words(self.q)))
        if self.unit:
            query = query.where(Innovation.unit_id == self.unit)
        if self.affair:
            query = query.where(Innovation.main_affair == self.affair)
        if self.stage:
            query = query.where(Innovation.stage == self.stage)
        if self.year:
            query = query.where(or_(Innovation.id.in_(_done.where(Period.year == self.year)),
                                    Innovation.id.in_(_past.where(PastReport.year == self.year))))
        if self.tag:
            query = query.where(Innovation.id.in_(select(Tag.innovation_id).where(Tag.word == self.tag.lower())))
        return query


def _says(word: str) -> ColumnElement[bool]:
    tagged = select(Tag.innovation_id).where(Tag.word >= word, Tag.word < f"{word}\U0010ffff")
    return or_(searching.told(word), Innovation.id.in_(tagged))


def rows() -> Select:
    """One line of the catalogue each."""
    return (select(Innovation.id, Innovation.name, Innovation.summary, Innovation.stage, Innovation.main_affair, Innovation.applied_on,
                   Innovation.kind, Unit.name.label("unit"), Innovation.unit_id)
            .join(Unit, Unit.id == Innovation.unit_id).where(is_shown))


def bare(chosen: CatalogueFilter) -> Select[int]:
    """The ids of the catalogue alone, in order."""
    query = select(Innovation.id).where(is_shown)
    if chosen.sort_key == "unit":
        query = query.join(Unit, Unit.id == Innovation.unit_id)
    return chosen.ordered(chosen.narrow(query))


def one() -> Select[Innovation]:
    """Of the catalogue, with what its page says."""
    return select(Innovation).where(is_one_of_it).options(
        joinedload(Innovation.unit).options(selectinload(Unit.memberships).joinedload(Membership.user), joinedload(Unit.merged_into)),
        selectinload(Innovation.tags), *WITH_HISTORY)


WITH_HISTORY = (
    selectinload(Innovation.past_reports), selectinload(Innovation.interests).options(joinedload(Interest.unit), joinedload(Interest.by)),
    selectinload(Innovation.entries).options(joinedload(Entry.period), joinedload(Entry.carried_from).joinedload(Entry.period),
                                             joinedload(Entry.sending), selectinload(Entry.rounds).defer(Round.snapshot)))


def tags_of(ids: Collection[int]) -> Select[int, str]:
    return select(Tag.innovation_id, Tag.word).where(Tag.innovation_id.in_(ids)).order_by(Tag.innovation_id, Tag.word)


def years_of(ids: Collection[int]) -> Select[int, int]:
    """In which years these innovations (ids) were approved, sent or reported."""
    approved = _done.add_columns(Period.year).where(Entry.innovation_id.in_(ids))
    found = approved.union(_past.add_columns(PastReport.year).where(PastReport.innovation_id.in_(ids))).subquery()
    return select(found.c[0], found.c[1]).order_by(found.c[0], found.c[1])


def units() -> Select[int, str]:
    """Id and name of the units the catalogue has something of."""
    something = select(Innovation.id).where(Innovation.unit_id == Unit.id, is_one_of_it).correlate(Unit).exists()
    return select(Unit.id, Unit.name).where(something).order_by(Unit.name, Unit.id)


def years() -> CompoundSelect[int]:
    """Those something was approved, sent or reported in, newest first."""
    approved = select(Period.year).where(Period.is_training.is_(False),
                                         select(Entry.id).where(Entry.period_id == Period.id, Entry.status.in_(DONE)).exists())
    return approved.union(select(PastReport.year)).order_by(Period.year.desc())


def tags() -> Select[str]:
    """The words of what is in it, the commonest first."""
    of_it = select(Innovation.id).where(Innovation.id == Tag.innovation_id, is_shown).correlate(Tag).exists()
    return select(Tag.word).where(of_it).group_by(Tag.word).order_by(func.count(Tag.id).desc(), Tag.word).limit(MOST_TAGS)


def beside(innovation: Innovation) -> Select[Innovation]:
    """An innovation that is there already, with what its own page says of the catalogue."""
    return select(Innovation).where(Innovation.id == innovation.id).options(
        selectinload(Innovation.tags), selectinload(Innovation.past_reports),
        selectinload(Innovation.interests).options(joinedload(Interest.unit), joinedload(Interest.by)))


def last_described(innovation: Innovation) -> Select[int]:
    """The id of the event that last changed what the catalogue says of it."""
    return select(func.max(Event.id)).where(Event.innovation_id == innovation.id, Event.what == "innovation_described")


def begun(innovation: Innovation) -> Select:
    """When each of its proposals (ids) was taken into its period."""
    ids = [entry.id for entry in innovation.entries]
    return select(Event.entry_id, func.min(Event.at)).where(Event.entry_id.in_(ids), Event.what.in_(BEGINNINGS)).group_by(Event.entry_id)


# Interest in having it too

STANDING, ENDED, ALL = "", "ditarik", "semua"
_asking = aliased(Unit)


@dataclass(frozen=True)
class InterestFilter(Filter):
    """`q` is part of the innovation's name, `unit` (id) owns it or would like it; `state` STANDING, ENDED or ALL."""
    q: str = ""
    unit: int = 0
    state: str = STANDING
    ORDERS: ClassVar = {"at": (Interest.at, Interest.id), "name": (Innovation.name, Interest.id), "owner": (Unit.name, Interest.id),
                        "unit": (_asking.name, Interest.id)}
    USUAL: ClassVar = "-at"

    def narrow(self, query: Select) -> Select:
        if self.q:
            query = query.where(searching.named(self.q))
        if self.unit:
            query = query.where(or_(Innovation.unit_id == self.unit, Interest.unit_id == self.unit))
        if self.state == ALL:
            return query
        return query.where(Interest.ended_at.is_not(None) if self.state == ENDED else Interest.ended_at.is_(None))


def interest() -> Select[Interest]:
    return select(Interest).options(joinedload(Interest.unit), joinedload(Interest.innovation).joinedload(Innovation.unit))


def interests() -> Select:
    """One line each: which innovation of whom, who would like it, since when and until when."""
    return (select(Interest.id, Interest.at, Interest.ended_at, Interest.note, Innovation.id.label("innovation_id"), Innovation.name,
                   Innovation.archived_at, Unit.name.label("owner"), _asking.name.label("unit"), User.name.label("by"))
            .select_from(Interest).join(Innovation, Innovation.id == Interest.innovation_id).join(Unit, Unit.id == Innovation.unit_id)
            .join(_asking, _asking.id == Interest.unit_id).join(User, User.id == Interest.by_id))


def interested_units() -> Select[int, str]:
    """Id and name of the units that own or would like one."""
    either = select(Interest.unit_id).union(select(Innovation.unit_id).join(Interest, Interest.innovation_id == Innovation.id))
    return select(Unit.id, Unit.name).where(Unit.id.in_(either)).order_by(Unit.name, Unit.id)

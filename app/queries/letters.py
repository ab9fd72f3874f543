"""Letters: the register, and the one somebody may have."""
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.models import Entry, Innovation, Letter, Period, Round, Unit, User
from app.queries.entries import seen_by
from app.queries.filters import Filter
from app.rules.access import Role

_label = Letter.facts["number"].as_string()


@dataclass(frozen=True)
class LetterFilter(Filter):
    """`q` is part of the letter's number, of the innovation or of the unit; `year` that of the letter, `kind` a word of LetterKind."""
    q: str = ""
    year: int = 0
    kind: str = ""
    ORDERS: ClassVar = {"number": (Letter.year, Letter.number, Letter.id)}
    USUAL: ClassVar = "-number"

    def narrow(self, query: Select) -> Select:
        if self.q:
            query = query.where(or_(*(column.icontains(self.q, autoescape=True) for column in (_label, Innovation.name, Unit.name))))
        if self.year:
            query = query.where(Letter.year == self.year)
        if self.kind:
            query = query.where(Letter.kind == self.kind)
        return query


def rows() -> Select:
    """One line of the register each; letters of training are none."""
    return (select(Letter.id, _label.label("label"), Letter.kind, Letter.made_at, User.name.label("by"), Entry.id.label("entry_id"), Innovation.name,
                   Unit.name.label("unit"), Period.year.label("period"), Round.number.label("round"), Round.decision)
            .select_from(Letter).join(Entry, Entry.id == Letter.entry_id).join(Innovation, Innovation.id == Entry.innovation_id)
            .join(Unit, Unit.id == Entry.unit_id).join(Period, Period.id == Entry.period_id).join(Round, Round.id == Letter.round_id)
            .join(User, User.id == Letter.made_by_id).where(Letter.number > 0))


def years() -> Select[int]:
    """The years letters were numbered in, newest first."""
    return select(Letter.year).where(Letter.number > 0).distinct().order_by(Letter.year.desc())


def last_number(year: int) -> Select[int]:
    return select(func.max(Letter.number)).where(Letter.year == year, Letter.number > 0)


def last_of_training(year: int) -> Select[int]:
    """The lowest: they count downwards."""
    return select(func.min(Letter.number)).where(Letter.year == year, Letter.number < 0)


def visible_to(user: User, id: int) -> Select[Letter]:
    """Whoever may see the proposal may have its letters."""
    return (select(Letter).join(Entry, Entry.id == Letter.entry_id).where(Letter.id == id, seen_by(user))
            .options(joinedload(Letter.docx), joinedload(Letter.pdf), joinedload(Letter.round)))


def coordinators() -> Select[User]:
    """Those in office."""
    return (select(User).where(User.memberships.any(role=Role.COORDINATOR), User.deactivated_at.is_(None)).order_by(User.id))

"""Perangkat daerah for the people who keep the list."""
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import CTE, Select, func, literal, select
from sqlalchemy.orm import aliased, joinedload

from app.models import Document, Event, Membership, Unit, User
from app.queries.filters import Filter
from app.queries.innovations import recorded
from app.rules.access import Role

ARCHIVED, ALL = "arsip", "semua"

_operators = (select(func.count(Membership.id)).join(User, User.id == Membership.user_id)
              .where(Membership.unit_id == Unit.id, Membership.role == Role.OPERATOR, User.deactivated_at.is_(None))
              .correlate(Unit).scalar_subquery())
_heads = (select(func.count(Membership.id)).join(User, User.id == Membership.user_id)
          .where(Membership.unit_id == Unit.id, Membership.role == Role.HEAD, User.deactivated_at.is_(None))
          .correlate(Unit).scalar_subquery())


def _nested() -> CTE:
    """Every unit with its way from the top and how deep it stands; names are held apart by a sign that sorts before all letters."""
    top = select(Unit.id, (func.lower(Unit.name) + literal("\x1f")).label("way"), literal(0).label("depth")).where(Unit.parent_id.is_(None))
    tree = top.cte("tree", recursive=True)
    below = aliased(Unit)
    return tree.union_all(select(below.id, tree.c.way + func.lower(below.name) + literal("\x1f"), tree.c.depth + 1)
                          .join(tree, tree.c.id == below.parent_id))


_tree = _nested()


@dataclass(frozen=True)
class UnitFilter(Filter):
    """`state` is empty for the units in use; `parent` (id) is for that unit and all below it; `unserved` are those nobody fills in for,
    `headless` those nobody signs for. As a rule what belongs to a unit stands right below it."""
    q: str = ""
    kind: str = ""
    parent: int = 0
    state: str = ""
    unserved: bool = False
    headless: bool = False
    ORDERS: ClassVar = {"tree": (func.coalesce(_tree.c.way, Unit.name), Unit.id), "name": (Unit.name, Unit.id),
                        "kind": (Unit.kind, Unit.name, Unit.id), "operators": (_operators, Unit.name, Unit.id),
                        "innovations": (recorded, Unit.name, Unit.id)}
    USUAL: ClassVar = "tree"

    def narrow(self, query: Select) -> Select:
        if self.q:
            query = query.where(Unit.name.icontains(self.q, autoescape=True))
        if self.kind:
            query = query.where(Unit.kind == self.kind)
        if self.parent:
            query = query.where(Unit.id.in_(select(within(self.parent).c.id)))
        if self.unserved:
            query = query.where(_operators == 0, Unit.is_office.is_(False))
        if self.headless:
            query = query.where(_heads == 0, Unit.is_office.is_(False))
        if self.state != ALL:
            query = query.where(Unit.archived_at.is_not(None) if self.state == ARCHIVED else Unit.archived_at.is_(None))
        return query


def rows() -> Select:
    """One line of the list each; `depth` is how many units stand above it."""
    parent, heir = aliased(Unit), aliased(Unit)
    return (select(Unit.id, Unit.name, Unit.kind, Unit.is_office, Unit.archived_at, parent.name.label("parent"), heir.name.label("heir"),
                   _tree.c.depth, _operators.label("operators"),
                   _heads.label("heads"), recorded.label("innovations"))
            .outerjoin(parent, parent.id == Unit.parent_id).outerjoin(heir, heir.id == Unit.merged_into_id)
            .outerjoin(_tree, _tree.c.id == Unit.id))


def within(id: int) -> CTE:
    """The ids of a unit and of all below it."""
    found = select(Unit.id).where(Unit.id == id).cte("within", recursive=True)
    below = aliased(Unit)
    return found.union_all(select(below.id).join(found, found.c.id == below.parent_id))


def parents() -> Select[int, str]:
    """Id and name of the units that have others below them."""
    below = aliased(Unit)
    return select(Unit.id, Unit.name).where(Unit.id.in_(select(below.parent_id).where(below.archived_at.is_(None)))).order_by(Unit.name, Unit.id)


def all_of_them() -> Select[Unit]:
    """With what is above each and where it went, in the order of the list."""
    return (select(Unit).outerjoin(_tree, _tree.c.id == Unit.id).options(joinedload(Unit.parent), joinedload(Unit.merged_into))
            .order_by(func.coalesce(_tree.c.way, Unit.name), Unit.id))


def headless_count() -> Select[int]:
    """How many units in use have nobody who signs for them."""
    return select(func.count(Unit.id)).where(_heads == 0, Unit.is_office.is_(False), Unit.archived_at.is_(None))


def in_use(besides: int | None = None) -> Select[int, str]:
    """Id and name of the units that may be chosen somewhere; `besides` one that is chosen already, whatever became of it."""
    return select(Unit.id, Unit.name).where(Unit.archived_at.is_(None) | (Unit.id == besides)).order_by(Unit.name, Unit.id)


def named(name: str) -> Select[Unit]:
    """The unit of this name, however it is capitalised."""
    return select(Unit).where(func.lower(Unit.name) == name.lower())


def held_by(reviewer: User) -> Select[Unit]:
    """The units whose proposals go to this reviewer as a rule."""
    return select(Unit).where(Unit.reviewer_id == reviewer.id).order_by(Unit.name, Unit.id)


def library_sizes(ids: Collection[int]) -> Select[int, int, int]:
    """Per unit (id): innovations recorded and documents kept."""
    documents = select(func.count(Document.id)).where(Document.unit_id == Unit.id).correlate(Unit).scalar_subquery()
    return select(Unit.id, recorded, documents).where(Unit.id.in_(ids))


def offices() -> Select[Unit]:
    """The innovation office: one, or none yet."""
    return select(Unit).where(Unit.is_office).order_by(Unit.id)


def history(unit: Unit) -> Select[Event]:
    """What was done to a unit's entry in the list, newest first."""
    return select(Event).where(Event.unit_id == unit.id).options(joinedload(Event.by)).order_by(Event.id.desc()).limit(30)


def served_by(unit: Unit) -> Select:
    """Who holds which role in this unit, in the order of the roles and names."""
    return (select(User.id, User.name, User.username, User.deactivated_at, Membership.role).join(Membership, Membership.user_id == User.id)
            .where(Membership.unit_id == unit.id).order_by(Membership.role, User.name, User.id))

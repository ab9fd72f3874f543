"""Registers that came in as a sheet, what each brought, and what the register holds already."""
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.models import DeskSession, Entry, Event, Innovation, Membership, RegisterImport, Unit, User

BROUGHT = "innovation_brought"


def rows() -> Select:
    """One line each, newest first."""
    brought = select(func.count(Innovation.id)).where(Innovation.brought_by_id == RegisterImport.id).correlate(RegisterImport).scalar_subquery()
    return (select(RegisterImport.id, RegisterImport.at, RegisterImport.file_name, RegisterImport.skipped, RegisterImport.undone_at,
                   User.name.label("by"), brought.label("brought")).join(User, User.id == RegisterImport.by_id).order_by(RegisterImport.id.desc()))


def is_touched() -> ColumnElement[bool]:
    """Somebody went on with it since it was brought. That its unit was merged is nobody's work on it."""
    event = exists().where(Event.innovation_id == Innovation.id, Event.what.not_in((BROUGHT, "innovation_moved")))
    return or_(event, exists().where(Entry.innovation_id == Innovation.id), exists().where(DeskSession.innovation_id == Innovation.id))


def innovations(brought_by: RegisterImport) -> Select:
    """One line each of what it brought, by name."""
    return (select(Innovation.id, Innovation.name, Innovation.stage, Innovation.archived_at, Unit.name.label("unit"), is_touched().label("touched"))
            .join(Unit, Unit.id == Innovation.unit_id).where(Innovation.brought_by_id == brought_by.id).order_by(Innovation.name, Innovation.id))


def untouched(brought_by: RegisterImport) -> Select[Innovation]:
    """What an undoing would archive, with what that asks for."""
    mine = select(Innovation).where(Innovation.brought_by_id == brought_by.id, Innovation.archived_at.is_(None), ~is_touched())
    return (mine.order_by(Innovation.id).options(selectinload(Innovation.entries),
        joinedload(Innovation.unit).options(joinedload(Unit.merged_into), selectinload(Unit.memberships).joinedload(Membership.user))))


def kept(brought_by: RegisterImport) -> Select[str, str]:
    """Name and unit of what would stay, because somebody went on with it."""
    return (select(Innovation.name, Unit.name.label("unit")).join(Unit, Unit.id == Innovation.unit_id).order_by(Innovation.name, Innovation.id)
            .where(Innovation.brought_by_id == brought_by.id, Innovation.archived_at.is_(None), is_touched()))


def recorded() -> Select:
    """Name, unit (id) and archived_at of all in the register; what an undone import left behind is none of it."""
    left = and_(Innovation.archived_at.is_not(None), RegisterImport.undone_at.is_not(None))
    return (select(Innovation.name, Innovation.unit_id, Innovation.archived_at)
            .outerjoin(RegisterImport, RegisterImport.id == Innovation.brought_by_id).where(~func.coalesce(left, False)).order_by(Innovation.id))

"""What a unit has that goes over when it is merged into another."""
from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.models import (
    DeskSession,
    Document,
    DocumentVersion,
    Entry,
    Extension,
    Innovation,
    Interest,
    Membership,
    Period,
    ProfileFile,
    StoredFile,
    Unit,
    User,
)


def innovations(unit: Unit) -> Select[Innovation]:
    return select(Innovation).where(Innovation.unit_id == unit.id).order_by(Innovation.name, Innovation.id)


def documents(unit: Unit) -> Select[Document]:
    return select(Document).where(Document.unit_id == unit.id).options(selectinload(Document.versions)).order_by(Document.id)


def entries(unit: Unit) -> Select[Entry]:
    """All of its proposals; which are under way they say themselves."""
    return (select(Entry).where(Entry.unit_id == unit.id)
            .options(joinedload(Entry.period).selectinload(Period.extensions), joinedload(Entry.unit), joinedload(Entry.innovation),
                     joinedload(Entry.reviewer).selectinload(User.memberships).joinedload(Membership.unit))
            .order_by(Entry.period_id, Entry.number))


def children(unit: Unit) -> Select[Unit]:
    return select(Unit).where(Unit.parent_id == unit.id).options(joinedload(Unit.parent)).order_by(Unit.name, Unit.id)


def merged(unit: Unit) -> Select[Unit]:
    """The units that went into this one before."""
    return select(Unit).where(Unit.merged_into_id == unit.id).order_by(Unit.id)


def extended(unit: Unit) -> Select[Period]:
    """The periods in which this unit was given more time at some time."""
    return select(Period).where(Period.id.in_(select(Extension.period_id).where(Extension.unit_id == unit.id))).order_by(Period.id)


def sessions(unit: Unit) -> Select[DeskSession]:
    """Those still to come, or to be closed."""
    return (select(DeskSession).where(DeskSession.unit_id == unit.id, DeskSession.held_at.is_(None), DeskSession.cancelled_at.is_(None))
            .options(joinedload(DeskSession.reviewer), joinedload(DeskSession.innovation)).order_by(DeskSession.starts_at, DeskSession.id))


def interests(unit: Unit, into: Unit) -> Select[Interest]:
    """What one of the two would like to have of the other."""
    pairs = or_(*(and_(Interest.unit_id == one.id, Innovation.unit_id == other.id) for one, other in ((unit, into), (into, unit))))
    return (select(Interest).join(Innovation, Innovation.id == Interest.innovation_id).where(pairs, Interest.ended_at.is_(None))
            .options(joinedload(Interest.unit), joinedload(Interest.innovation)).order_by(Interest.id))


def memberships(unit: Unit) -> Select[Membership]:
    return (select(Membership).where(Membership.unit_id == unit.id)
            .options(joinedload(Membership.user).selectinload(User.memberships).joinedload(Membership.unit)).order_by(Membership.id))


def bytes_together(*units: Unit) -> Select[int]:
    """How many bytes the files of these units take, every file once."""
    ids = [unit.id for unit in units]
    evidence = select(DocumentVersion.file_id).join(Document).where(Document.unit_id.in_(ids))
    profiles = select(ProfileFile.file_id).join(Innovation).where(Innovation.unit_id.in_(ids))
    return select(func.coalesce(func.sum(StoredFile.size), 0)).where(StoredFile.id.in_(evidence) | StoredFile.id.in_(profiles))

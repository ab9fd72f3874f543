"""What happened. One row is the audit entry, the timeline item and the notice at once."""
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Connection, ForeignKey, Index, Select, String, UniqueConstraint, insert, select, text
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column, object_session, relationship
from sqlalchemy.orm.attributes import flag_dirty

from app import clock
from app.models.base import Base
from app.rules.chain import START, link

if TYPE_CHECKING:
    from app.models.announcement import Announcement
    from app.models.desk import DeskSession
    from app.models.document import Document
    from app.models.entry import Entry
    from app.models.innovation import Innovation
    from app.models.instrument import Instrument
    from app.models.people import User
    from app.models.period import Period
    from app.models.reason import Reason
    from app.models.regency import Regency
    from app.models.register_import import RegisterImport
    from app.models.row_help import RowHelp
    from app.models.units import Unit
    from app.models.years import YearResult


def _of_those_about(first: str, *rest: str) -> Index:
    """An event is about one noun: with all the others in it, each index would be touched by every event (22 pages a save instead of 9)."""
    is_about = text(f"{first} IS NOT NULL")
    return Index(None, first, *rest, sqlite_where=is_about, postgresql_where=is_about)


class Event(Base):
    """`what` names a sentence in templates/events; `details` fill it. `is_private` events are not for the OPD.
    `hash` chains it to the one before it (rules/chain.py); the database refuses to change or delete one."""
    __tablename__ = "event"
    __table_args__ = (
        Index(None, "by_id"), Index(None, "at"), _of_those_about("entry_id", "id"), _of_those_about("innovation_id", "id"),
        _of_those_about("document_id", "id"), *(_of_those_about(f"{noun}_id") for noun in (
            "unit", "person", "period", "reason", "year_result", "instrument", "announcement", "row_help", "regency", "register_import",
            "desk_session")),
    )
    what: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_private: Mapped[bool]
    hash: Mapped[str] = mapped_column(String(64))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    innovation_id: Mapped[int | None] = mapped_column(ForeignKey("innovation.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    period_id: Mapped[int | None] = mapped_column(ForeignKey("period.id"))
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reason.id"))
    year_result_id: Mapped[int | None] = mapped_column(ForeignKey("year_result.id"))

    by: Mapped["User | None"] = relationship(foreign_keys=by_id)
    entry: Mapped["Entry | None"] = relationship(viewonly=True)
    innovation: Mapped["Innovation | None"] = relationship(viewonly=True)
    document: Mapped["Document | None"] = relationship(viewonly=True)
    unit: Mapped["Unit | None"] = relationship(viewonly=True)
    person: Mapped["User | None"] = relationship(viewonly=True, foreign_keys=person_id)
    period: Mapped["Period | None"] = relationship(viewonly=True)
    reason: Mapped["Reason | None"] = relationship(viewonly=True)
    instrument_id: Mapped[int | None] = mapped_column(ForeignKey("instrument.id"))
    instrument: Mapped["Instrument | None"] = relationship(viewonly=True)
    year_result: Mapped["YearResult | None"] = relationship(viewonly=True)
    announcement_id: Mapped[int | None] = mapped_column(ForeignKey("announcement.id"))
    announcement: Mapped["Announcement | None"] = relationship(viewonly=True)
    row_help_id: Mapped[int | None] = mapped_column(ForeignKey("row_help.id"))
    row_help: Mapped["RowHelp | None"] = relationship(viewonly=True)
    regency_id: Mapped[int | None] = mapped_column(ForeignKey("regency.id"))
    regency: Mapped["Regency | None"] = relationship(viewonly=True)
    register_import_id: Mapped[int | None] = mapped_column(ForeignKey("register_import.id"))
    register_import: Mapped["RegisterImport | None"] = relationship(viewonly=True)
    desk_session_id: Mapped[int | None] = mapped_column(ForeignKey("desk_session.id"))
    desk_session: Mapped["DeskSession | None"] = relationship(viewonly=True)
    notifications: Mapped[list["Notification"]] = relationship(back_populates="event")

    def facts(self) -> dict[str, Any]:
        """What its hash is made of, beside the instant: every column but those of its place in the chain."""
        return {column.key: getattr(self, column.key) for column in Event.__table__.columns if column.key not in ("id", "hash", "at")}


_insert = insert(Event).inline()
HEAD = "event_head"  # in the session: the hash of the last event of this transaction
ROWS = "event_rows"  # in the session: events that its next flush writes first


def newest_hash() -> Select[str]:
    return select(Event.hash).order_by(Event.id.desc()).limit(1)


def go_on_from(session: Any, newest: str | None) -> None:
    """For a writing transaction that has read `newest_hash` beside something else."""
    session.info[HEAD] = newest or START


@sqlalchemy_event.listens_for(Event, "before_insert")
def _join_chain(mapper: Mapper[Event], connection: Connection, event: Event) -> None:
    """At the end of the chain, when what it is about has its id. Whoever writes does so alone (app/extensions.py): nobody comes in between."""
    session = object_session(event)
    assert session is not None
    event.hash = _next_hash(session, connection, event.at, event.facts())


def _next_hash(session: Session, connection: Connection, at: datetime, facts: dict[str, Any]) -> str:
    if HEAD not in session.info:
        session.info[HEAD] = connection.scalar(newest_hash()) or START
    session.info[HEAD] = newest = link(session.info[HEAD], at, facts)
    return newest


@sqlalchemy_event.listens_for(Session, "before_flush")
def _write_rows(session: Session, *_: Any) -> None:
    """What was recorded about nouns that have their numbers, and tells nobody: plain rows, which the unit of work need not sort."""
    if rows := session.info.pop(ROWS, None):
        connection = session.connection({"mapper": Event})
        for row in rows:
            row["hash"] = _next_hash(session, connection, row["at"], {name: value for name, value in row.items() if name != "at"})
            connection.execute(_insert, row)


@sqlalchemy_event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, transaction: Any) -> None:
    """Of what the next transaction will find, nothing is known; nor after going back to a savepoint. A flush ends nothing."""
    if transaction.parent is None or transaction.nested:
        session.info.pop(HEAD, None)
        session.info.pop(ROWS, None)


class Notification(Base):
    """That one person is to hear of one event; read when they have seen it."""
    __tablename__ = "notification"
    __table_args__ = (UniqueConstraint("event_id", "user_id"), Index(None, "user_id", "read_at", "id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    read_at: Mapped[datetime | None]
    event: Mapped[Event] = relationship(back_populates="notifications")
    user: Mapped["User"] = relationship()

    def read(self) -> None:
        self.read_at = self.read_at or clock.now()


class Recorded:
    """A noun whose verbs are written down: exactly one event each."""
    events: Mapped[list[Event]]

    def record(self, what: str, by: "User | None", tell: Iterable["User"] = (), private: bool = False, **details: Any) -> None:
        """Write down what happened, who did it and who is to hear of it."""
        people = {id(user): user for user in tell if user is not by}
        facts = {"what": what, "at": clock.now(), "details": details, "is_private": private}
        number: int | None = self.id  # type: ignore[attr-defined]
        if (session := object_session(self)) is None or number is None or "events" in self.__dict__:
            self.events.append(_told(people.values(), by=by, **facts))
            return
        to, = type(self).events.property.remote_side  # type: ignore[attr-defined]
        facts[to.key] = number  # by its number alone: to append would read the whole history first
        if people or (by and by.id is None) or any(isinstance(one, Event) for one in session.new):  # those go in first come, first served
            session.add(_told(people.values(), by=by, **facts))
        else:
            session.info.setdefault(ROWS, []).append({**facts, "by_id": by and by.id})
            flag_dirty(self)  # so that there is a flush


def _told(people: Iterable["User"], **facts: Any) -> Event:
    return Event(notifications=[Notification(user=user) for user in people], **facts)

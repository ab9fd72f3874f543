"""What is kept about one person: counted, listed, and what goes when they become nameless."""
from typing import NamedTuple

from sqlalchemy import ColumnElement, Delete, Select, Update, delete, func, or_, select, update

from app.models import (
    DeskSession,
    Draft,
    Entry,
    Event,
    FailedSignIn,
    Innovation,
    Letter,
    Notification,
    Round,
    Sending,
    Session,
    Unit,
    User,
    Verdict,
)
from app.queries.log import whole

_number = Letter.facts["number"].as_string()
SIGNERS = ("signer", "coordinator", "unit_head")  # named in a letter without having done anything in its round


class Kept(NamedTuple):
    """How many rows of each kind."""
    sessions: int
    failures: int
    drafts: int
    notices: int
    done: int
    papers: int


def kept_about(user: User) -> Select:
    """One row, in the order of `Kept`."""
    papers = [select(func.count()).select_from(found.order_by(None).subquery()).scalar_subquery()
              for found in (letters(user), sendings(user), minutes(user))]
    counts = [select(func.count(model.id)).where(which).scalar_subquery() for model, which in (
        (Session, Session.user_id == user.id), (FailedSignIn, FailedSignIn.username == user.username), (Draft, Draft.user_id == user.id),
        (Notification, Notification.user_id == user.id), (Event, _about(user)))]
    return select(*counts, papers[0] + papers[1] + papers[2])


def sessions(user: User) -> Select:
    return (select(Session.started_at, Session.seen_at, Session.ended_at, Session.address, Session.agent).where(Session.user_id == user.id)
            .order_by(Session.started_at.desc(), Session.id.desc()))


def failures(user: User) -> Select:
    return (select(FailedSignIn.at, FailedSignIn.address).where(FailedSignIn.username == user.username)
            .order_by(FailedSignIn.at.desc(), FailedSignIn.id.desc()))


def done(user: User) -> Select[Event]:
    """What this person did, and what was done with their account, newest first."""
    return whole(select(Event.id).where(_about(user)))


def letters(user: User) -> Select:
    """Those that name this person: who judged, decided or made it, and who signs."""
    verdicts = select(Verdict.round_id).where(Verdict.by_id == user.id)
    named = [Letter.facts[(place, "name")].as_string() == user.name for place in SIGNERS]
    return (select(Letter.made_at, _number, Innovation.name).join(Round, Round.id == Letter.round_id).join(Entry, Entry.id == Letter.entry_id)
            .join(Innovation, Innovation.id == Entry.innovation_id)
            .where(or_(Letter.made_by_id == user.id, Round.finished_by_id == user.id, Round.decided_by_id == user.id, Round.id.in_(verdicts), *named))
            .order_by(Letter.id))


def sendings(user: User) -> Select:
    return (select(Sending.sent_at, Sending.number, Sending.name).where(Sending.sent_by_id == user.id).order_by(Sending.id))


def minutes(user: User) -> Select:
    """Desk sessions this person held, with when and with whom."""
    return (select(DeskSession.starts_at, Unit.name).join(Unit, Unit.id == DeskSession.unit_id)
            .where(DeskSession.reviewer_id == user.id, DeskSession.held_at.is_not(None)).order_by(DeskSession.id))


def traces(id: int, username: str) -> list[Update | Delete]:
    """Where somebody came from, what they typed and did not save: emptied and removed."""
    return [update(Session).where(Session.user_id == id).values(address="", agent=""),
            delete(FailedSignIn).where(FailedSignIn.username == username), delete(Draft).where(Draft.user_id == id)]


def _about(user: User) -> ColumnElement[bool]:
    return or_(Event.by_id == user.id, Event.person_id == user.id)

"""One proposal with everything its verbs and pages touch, in a number of SELECTs that holds for any size of it."""
from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session, join, joinedload, lazyload, outerjoin, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.models import Answer, DocumentVersion, Draft, Entry, Exhibit, Innovation, Membership, Note, Period, ProfileFile, Round, Unit, User, Verdict
from app.models.base import Base
from app.models.event import newest_hash
from app.queries import people


def _parts(load: Callable[..., Any]) -> tuple[Any, ...]:
    """How a proposal's verbs and pages reach what they touch: what all of them need at once, the rest as `load` says."""
    return (
        joinedload(Entry.innovation, innerjoin=True).options(load(Innovation.files).joinedload(ProfileFile.file), load(Innovation.entries)),
        joinedload(Entry.unit, innerjoin=True).options(load(Unit.memberships).joinedload(Membership.user), load(Unit.reviewer)),
        joinedload(Entry.period, innerjoin=True).options(joinedload(Period.instrument, innerjoin=True), load(Period.extensions)),
        load(Entry.carried_from).joinedload(Entry.period), load(Entry.notes).joinedload(Note.by),
    )


_EVIDENCE = joinedload(Answer.exhibits).options(joinedload(Exhibit.document), joinedload(Exhibit.version).joinedload(DocumentVersion.file))
_PEOPLE: dict[type[Base], tuple[str, ...]] = {
    Entry: ("reviewer", "prepared_by"), Round: ("submitted_by", "signed_by", "finished_by", "decided_by"), Verdict: ("by", "replied_by")}


def _all_people(noun: type[Base]) -> list[Any]:
    return [joinedload(getattr(noun, name)) for name in _PEOPLE[noun]]


WHOLE = (  # for many at once
    *_parts(selectinload), *(selectinload(one) for one in (Entry.reviewer, Entry.prepared_by, Entry.sending)),
    selectinload(Entry.answers).options(_EVIDENCE),
    selectinload(Entry.rounds).options(
        *_all_people(Round), selectinload(Round.verdicts).options(*_all_people(Verdict), selectinload(Verdict.cited))),
)


@cache
def one() -> Select[Entry]:
    """The proposal `id`, to be followed by `complete`. What only some verbs and pages touch comes when they touch it, each part in SELECTs of a
    fixed number."""
    return select(Entry).where(Entry.id == bindparam("id")).options(joinedload(Entry.rounds), *_parts(lazyload))


@cache
def _rows(judged: bool) -> Select[Answer]:
    """The rows of the proposal `id` with their evidence, and with their verdicts where there can be any."""
    parts = [_EVIDENCE, joinedload(Answer.verdicts)] if judged else [_EVIDENCE]
    return select(Answer).where(Answer.entry_id == bindparam("id")).order_by(Answer.position).options(*parts)


def complete(session: Session, entry: Entry) -> Entry:
    """With its rows and verdicts: a SELECT of its own, since what SQLAlchemy would add to the first costs twice as much."""
    rows = session.scalars(_rows(bool(entry.rounds)), {"id": entry.id}).unique().all()
    set_committed_value(entry, "answers", rows)
    for round_ in entry.rounds:
        given = [verdict for answer in rows for verdict in answer.verdicts if verdict.round_id == round_.id]
        set_committed_value(round_, "verdicts", sorted(given, key=lambda verdict: verdict.id))
    return entry


def introduce(session: Session, entry: Entry) -> None:
    """Everybody who has a part in it, for a page that names them."""
    things = [entry, *entry.rounds, *(verdict for round_ in entry.rounds for verdict in round_.verdicts)]
    parts = [(thing, name, id) for thing in things for name in _PEOPLE[type(thing)] if (id := getattr(thing, f"{name}_id"))]
    found = {user.id: user for user in session.scalars(select(User).where(User.id.in_({id for _, _, id in parts})))} if parts else {}
    for thing, name, id in parts:
        set_committed_value(thing, name, found[id])


@cache
def one_to_write() -> Select[Entry, User, Draft, str, bool]:
    """The same, with what a save asks the database besides: the person who saves (`user_id`) and their roles as they are now, what they typed at
    `address` before, the hash of the last event, and whether they are still in (`session_id`)."""
    roles = joinedload(User.memberships).joinedload(Membership.unit, innerjoin=True)
    whose = join(Entry, User, User.id == bindparam("user_id"))
    typed = outerjoin(whose, Draft, and_(Draft.user_id == User.id, Draft.address == bindparam("address")))
    return one().select_from(typed).add_columns(User, Draft, newest_hash().scalar_subquery(), people.still_in().exists()).options(roles)

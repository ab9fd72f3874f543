"""One proposal with everything its verbs and pages touch, in a number of SELECTs that holds for any size of it."""
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session, join, joinedload, lazyload, load_only, outerjoin, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.models import (
    Answer,
    DocumentVersion,
    Draft,
    Entry,
    Exhibit,
    Innovation,
    Membership,
    Note,
    Period,
    ProfileFile,
    Round,
    StoredFile,
    Unit,
    User,
    Verdict,
)
from app.models.base import Base
from app.models.event import newest_hash
from app.models.exhibit import proof_of
from app.queries import people
from app.rules.evidence import Proof
from app.rules.workflow import Status


def _parts(load: Callable[..., Any], *columns: Any) -> tuple[Any, ...]:
    """How a proposal's verbs and pages reach what they touch: what all of them need at once, the rest as `load` says; of the innovation all, or
    these columns."""
    profile = [load_only(*columns)] if columns else []
    return (
        joinedload(Entry.innovation, innerjoin=True).options(load(Innovation.files).joinedload(ProfileFile.file), load(Innovation.entries), *profile),
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
def brief() -> Select[Entry]:
    """The same for a page of its rows, to be followed by `complete_brief`."""
    return select(Entry).where(Entry.id == bindparam("id")).options(*_parts(lazyload, Innovation.name, Innovation.archived_at, Innovation.unit_id))


@cache
def _rows(judged: bool) -> Select[Answer]:
    """The rows of the proposal `id` with their evidence, and with their verdicts where there can be any."""
    parts = [_EVIDENCE, joinedload(Answer.verdicts)] if judged else [_EVIDENCE]
    return select(Answer).where(Answer.entry_id == bindparam("id")).order_by(Answer.position).options(*parts)


def complete(session: Session, entry: Entry) -> Entry:
    """With its rows and verdicts: a SELECT of its own, since what SQLAlchemy would add to the first costs twice as much."""
    rows = session.scalars(_rows(bool(entry.rounds)), {"id": entry.id}).unique().all()
    _hold(entry, rows)
    for round_ in entry.rounds:
        given = [verdict for answer in rows for verdict in answer.verdicts if verdict.round_id == round_.id]
        set_committed_value(round_, "verdicts", sorted(given, key=lambda verdict: verdict.id))
    return entry


@cache
def _rows_with_proofs() -> Select[Answer, int, list[int], str, str, str]:
    """The rows of the proposal `id`, once for each document, with what that proves."""
    return (select(Answer, Exhibit.set_number, DocumentVersion.years, DocumentVersion.url, StoredFile.kind, StoredFile.sha256)
            .outerjoin(Exhibit, Exhibit.answer_id == Answer.id).outerjoin(DocumentVersion, DocumentVersion.id == Exhibit.version_id)
            .outerjoin(StoredFile, StoredFile.id == DocumentVersion.file_id)
            .where(Answer.entry_id == bindparam("id")).order_by(Answer.position, Exhibit.id))


@cache
def _rounds() -> Select[Round]:
    return select(Round).where(Round.entry_id == bindparam("id")).order_by(Round.number).options(joinedload(Round.verdicts))


def complete_brief(session: Session, entry: Entry) -> Entry:
    """With its rows as a page lists them, of their documents only what they prove; never for who writes. A returned row is held against what was
    handed in, so there the documents themselves come."""
    if entry.decided_rounds:
        set_committed_value(entry, "rounds", session.scalars(_rounds(), {"id": entry.id}).unique().all())
    if entry.status == Status.RETURNED:
        _hold(entry, session.scalars(_rows(False), {"id": entry.id}).unique().all())
        return entry
    found: dict[Answer, list[Proof]] = {}
    for answer, set_number, years, url, kind, sha256 in session.execute(_rows_with_proofs(), {"id": entry.id}):
        proofs = found.setdefault(answer, [])
        if set_number:  # None of a row without documents
            proofs.append(proof_of(set_number, years, url, kind, sha256))
    for answer, proofs in found.items():
        answer.known_proofs = proofs
    _hold(entry, list(found))
    return entry


def _hold(entry: Entry, rows: Sequence[Answer]) -> None:
    """Both ways: a row asks its proposal for all it knows."""
    set_committed_value(entry, "answers", rows)
    for answer in rows:
        set_committed_value(answer, "entry", entry)


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
    roles = joinedload(User.memberships).joinedload(Membership.unit)
    whose = join(Entry, User, User.id == bindparam("user_id"))
    typed = outerjoin(whose, Draft, and_(Draft.user_id == User.id, Draft.address == bindparam("address")))
    return one().select_from(typed).add_columns(User, Draft, newest_hash().scalar_subquery(), people.still_in().exists()).options(roles)

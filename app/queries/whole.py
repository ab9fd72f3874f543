"""One proposal with everything its verbs and pages touch, in a number of SELECTs that holds for any size of it."""
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session, defer, join, joinedload, lazyload, load_only, outerjoin, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.models import (
    Answer,
    DocumentVersion,
    Draft,
    Entry,
    Event,
    Exhibit,
    Indicator,
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
from app.models import Session as SignedIn
from app.models.base import Base
from app.models.event import newest_hash
from app.models.exhibit import proof_of
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


_DOCUMENTS = joinedload(Exhibit.document), joinedload(Exhibit.version).joinedload(DocumentVersion.file)
_EVIDENCE = joinedload(Answer.exhibits).options(*_DOCUMENTS)
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
def _row() -> Select[Answer, Round, Verdict, int, int, list[int], str, str, str]:
    """The row `code` of the proposal `id`, once for each round and document, with the verdict then and what the document proves. Not with what
    was handed in: that is long, and came with each of them (15 ms where four rounds meet thirty documents, 6 ms without)."""
    return (select(Answer, Round, Verdict, Exhibit.id, Exhibit.set_number, DocumentVersion.years, DocumentVersion.url, StoredFile.kind,
                   StoredFile.sha256)
            .join(Indicator, Indicator.id == Answer.indicator_id)
            .outerjoin(Round, Round.entry_id == Answer.entry_id)
            .outerjoin(Verdict, and_(Verdict.round_id == Round.id, Verdict.answer_id == Answer.id))
            .outerjoin(Exhibit, Exhibit.answer_id == Answer.id).outerjoin(DocumentVersion, DocumentVersion.id == Exhibit.version_id)
            .outerjoin(StoredFile, StoredFile.id == DocumentVersion.file_id)
            .where(Answer.entry_id == bindparam("id"), Indicator.code == bindparam("code")).order_by(Round.number, Exhibit.id)
            .options(joinedload(Answer.entry, innerjoin=True).options(
                *_parts(lazyload, Innovation.name, Innovation.archived_at, Innovation.unit_id)), lazyload(Answer.exhibits).options(*_DOCUMENTS),
                     defer(Round.snapshot)))


def row(session: Session, id: int, code: str) -> Answer | None:
    """One row with all that its own verbs ask, in one SELECT: of its documents what they prove, of the other rows nothing."""
    found = session.execute(_row(), {"id": id, "code": code}).all()
    if not found:
        return None
    answer: Answer = found[0][0]
    answer.known_proofs = list({exhibit: proof_of(number, years, url, kind, sha256)
                                for _, _, _, exhibit, number, years, url, kind, sha256 in found if exhibit}.values())
    verdicts = {round_: verdict for _, round_, verdict, *_ in found if round_}
    set_committed_value(answer.entry, "rounds", list(verdicts))
    set_committed_value(answer, "verdicts", [verdict for verdict in verdicts.values() if verdict])
    return answer


# What the verbs that people use at the same time write about; about another proposal it changes nothing of this one, nor of its unit or period.
ELSEWHERE = ("level_claimed", "row_replied", "exhibit_attached", "exhibit_detached", "exhibit_described", "exhibit_swapped", "document_added",
             "row_judged")


@cache
def since() -> Select[bool, bool, str, Draft]:
    """Asked by who begins to write the proposal `id` after reading it, when `last` was the last event: is the person still in (`session_id`), was
    anything written meanwhile that what they read may depend on, the hash of the last event now, what they typed at `address`."""
    overtaken = select(Event.id).where(Event.id > bindparam("last"), or_(Event.what.not_in(ELSEWHERE), Event.entry_id == bindparam("id")))
    typed = outerjoin(join(SignedIn, User), Draft, and_(Draft.user_id == User.id, Draft.address == bindparam("address")))
    return (select(and_(SignedIn.ended_at.is_(None), User.deactivated_at.is_(None)), overtaken.exists(), newest_hash().scalar_subquery(), Draft)
            .select_from(typed).where(SignedIn.id == bindparam("session_id")))

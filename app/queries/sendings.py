"""What goes to the ministry: the list before it, the register of what was sent, and the one somebody may see."""
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from app.models import Entry, Innovation, Period, Sending, StoredFile, Tick, Unit, User
from app.queries.entries import WHOLE, named, seen_by
from app.queries.filters import Filter
from app.rules.workflow import Status

LISTED, WAITING, SENT = "", "belum", "terkirim"  # the tabs: chosen to be sent, approved and not chosen, sent


@dataclass(frozen=True)
class SendingFilter(Filter):
    """One period (`year`) and one tab. `q` is part of the innovation's name or a whole number, of the proposal or of the registration;
    `unit` an id, `affair` the main affair."""
    tab: str = LISTED
    q: str = ""
    year: int = 0
    unit: int = 0
    affair: str = ""
    ORDERS: ClassVar = {
        "number": (Period.year, Entry.number, Entry.id), "name": (Innovation.name, Entry.id), "unit": (Unit.name, Innovation.name, Entry.id),
        "affair": (Entry.main_affair, Innovation.name, Entry.id), "maturity": (Entry.verified, Entry.id),
        "registered": (Sending.sent_on, Sending.number, Sending.id), "official": (Sending.official_maturity, Sending.id)}
    USUAL: ClassVar = ""

    def narrow(self, query: Select, within: ColumnElement[bool] | None = None) -> Select:
        """To the tab, or to what is `within` instead."""
        query = query.where(Period.year == self.year, IN_TAB[self.tab] if within is None else within)
        if self.q:
            query = query.where(or_(named(self.q), Sending.name.icontains(self.q, autoescape=True),
                                    Sending.number.icontains(self.q, autoescape=True)))
        if self.unit:
            query = query.where(Entry.unit_id == self.unit)
        if self.affair:
            query = query.where(Entry.main_affair == self.affair)
        return query

    @property
    def sort_key(self) -> str:
        return self.sort.removeprefix("-") or ("registered" if self.tab == SENT else "unit")

    @property
    def is_narrow(self) -> bool:
        return bool(self.q or self.unit or self.affair)

    def bare(self, tab: str) -> "SendingFilter":
        """The same list under another tab, from its beginning."""
        return replace(self, tab=tab, sort="", page=1)


IN_TAB: dict[str, ColumnElement[bool]] = {
    LISTED: and_(Entry.status == Status.APPROVED, Entry.chosen_at.is_not(None)),
    WAITING: and_(Entry.status == Status.APPROVED, Entry.chosen_at.is_(None)),
    SENT: Entry.status == Status.SENT,
}


def rows(user: User) -> Select:
    """One line each, of any tab; what was sent under the name and the unit it was sent with."""
    ticked = select(func.count(Tick.id)).where(Tick.entry_id == Entry.id).correlate(Entry).scalar_subquery()
    return _joined(select(
        Entry.id, Entry.number, Period.year, func.coalesce(Sending.name, Innovation.name).label("name"),
        func.coalesce(Sending.unit_name, Unit.name).label("unit"), Entry.main_affair.label("affair"), Entry.verified, Entry.choice,
        Entry.choice_note, Entry.moved_at, ticked.label("ticked"), Sending.id.label("sending_id"), Sending.number.label("registered"),
        Sending.sent_on, Sending.official_maturity, User.name.label("by")), user)


def counts(user: User, chosen: SendingFilter) -> Select[str, int]:
    """How many each tab has under the rest of the filter."""
    tab = case((IN_TAB[LISTED], LISTED), (IN_TAB[WAITING], WAITING), else_=SENT)
    return chosen.narrow(_joined(select(tab, func.count(Entry.id)), user), or_(*IN_TAB.values())).group_by(tab)


def ids(user: User) -> Select[int]:
    return _joined(select(Entry.id), user)


def units(user: User, year: int) -> Select[int, str]:
    """Id and name of the units that have something approved or sent in this period."""
    done = _joined(select(Entry.unit_id), user).where(Period.year == year, Entry.status.in_((Status.APPROVED, Status.SENT)))
    return select(Unit.id, Unit.name).where(Unit.id.in_(done)).order_by(Unit.name, Unit.id)


def affairs(user: User, year: int) -> Select[str]:
    return (_joined(select(Entry.main_affair), user).where(Period.year == year, Entry.status.in_((Status.APPROVED, Status.SENT)))
            .distinct().order_by(Entry.main_affair))


def years() -> Select[int]:
    return select(Period.year).where(Period.is_training.is_(False)).order_by(Period.year.desc())


def leaving(user: User, year: int) -> Select:
    """What the papers of a period name: what was sent, and what is in the list to be sent; by unit and name."""
    innovation, sent = Innovation.initiator_name, Sending.snapshot["profile"]["initiator_name"].as_string()
    return (_joined(select(
        func.coalesce(Sending.unit_name, Unit.name).label("unit"), func.coalesce(Sending.name, Innovation.name).label("name"),
        Entry.main_affair.label("affair"), func.coalesce(sent, innovation, "").label("initiator"), Sending.id.label("sending_id")), user)
        .where(Period.year == year, or_(IN_TAB[SENT], IN_TAB[LISTED])).order_by("unit", "name", Entry.id))


def visible_to(user: User) -> Select[Sending]:
    """Whoever may see the proposal may see what was sent of it. Agrees with `sending.view`."""
    return (select(Sending).join(Entry, Entry.id == Sending.entry_id).where(seen_by(user))
            .options(joinedload(Sending.entry).options(*WHOLE), joinedload(Sending.sent_by), joinedload(Sending.pdf), undefer(Sending.snapshot)))


def whole(user: User, ids: Collection[int]) -> Select[Entry]:
    """Proposals with all that goes into a package, in the order of their numbers."""
    return (select(Entry).where(seen_by(user), Entry.id.in_(ids)).join(Period, Period.id == Entry.period_id)
            .options(*WHOLE, selectinload(Entry.sending).options(undefer(Sending.snapshot), joinedload(Sending.pdf)))
            .order_by(Period.year, Entry.number, Entry.id))


def numbered(period: Period, number: str) -> Select[Sending]:
    """Who has this registration number in the period, however it is capitalised."""
    return select(Sending).where(Sending.period_id == period.id, func.lower(Sending.number) == func.lower(number))


def ticks(entry: Entry) -> Select[Tick]:
    return select(Tick).where(Tick.entry_id == entry.id).options(joinedload(Tick.by))


def sizes(hashes: Collection[str]) -> Select[str, int]:
    """Bytes of the files with these SHA-256."""
    return select(StoredFile.sha256, StoredFile.size).where(StoredFile.sha256.in_(hashes))


def file(sha256: str) -> Select[StoredFile]:
    return select(StoredFile).where(StoredFile.sha256 == sha256)


def _joined(query: Select, user: User) -> Select:
    return (query.select_from(Entry).join(Innovation, Innovation.id == Entry.innovation_id).join(Unit, Unit.id == Entry.unit_id)
            .join(Period, Period.id == Entry.period_id).outerjoin(Sending, Sending.entry_id == Entry.id)
            .outerjoin(User, User.id == Sending.sent_by_id).where(Period.is_training.is_(False), seen_by(user)))

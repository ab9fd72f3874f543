"""The way out to the ministry: last year was sent and answered, this year the coordinator has begun."""
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pypdfium2
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.demo.content.source import load
from app.demo.content.words import chance, pick
from app.demo.diary import ZONE, Diary, awake
from app.demo.papers.profile import profile
from app.models import Entry, Period, Sending, StoredFile, User, YearResult
from app.models.choosing import Choice
from app.queries import entries, outgoing
from app.rules.candidates import Candidate, best
from app.rules.codelists import BASIC_AFFAIRS
from app.rules.portfolio import Sent, index_of
from app.rules.workflow import Status
from app.storage import Storage

BEGUN = 9       # days ago
COPIED = 9      # fields of the next one
LOWER = 0.08    # how often the ministry gives a row one level less
ONLY_TOTAL = 4  # every so many, only the sum is known
_told = load("ministry")


class Ministry:
    def __init__(self, session: Session, storage: Storage, coordinator: User):
        self.session, self.storage, self.by = session, storage, coordinator

    def years_before(self) -> None:
        """Typed in by hand from what was announced."""
        with clock.at(awake(clock.now() - timedelta(days=180))):
            for said in _told["result"]:
                facts = {name: Decimal(str(value)) if isinstance(value, float) else value for name, value in said.items()}
                self.session.add(YearResult.add(self.by, **facts))

    def close(self, period: Period) -> None:
        """Everything approved was sent; months later the levels and the index came back."""
        diary, numbers = Diary(period.repairs_close_at + timedelta(days=5), clock.now()), self.numbers(period)
        sendings = [self.send(entry, next(numbers), diary) for entry in self.approved(period)]
        diary = Diary(period.repairs_close_at + timedelta(days=150), clock.now() - timedelta(days=1))
        for place, sending in enumerate(sendings):
            with diary.deed(20):
                self.answer(sending, whole=place % ONLY_TOTAL != ONLY_TOTAL - 1)
        sent = [Sent(sending.official_maturity, sending.main_affair) for sending in sendings]
        got, told = index_of(period.region_verified, sent, period.instrument.index_rules, BASIC_AFFAIRS), _told["closed"]
        with diary.deed(60):
            self.session.add(YearResult.add(self.by, period.year, index=got.index, band=got.band, count=len(sent), spd=period.region_verified,
                                            **told))

    def begin(self, period: Period) -> None:
        """Some choices by hand, a set taken, the first of it copied and sent; what was approved since then is not in it."""
        began = awake(clock.now().replace(second=0, microsecond=0) - timedelta(days=BEGUN))
        diary, numbers = Diary(began, clock.now() - timedelta(minutes=30)), self.numbers(period)
        approved = [entry for entry in self.approved(period) if entry.moved_at < diary.now]
        by_name = {entry.innovation.name: entry for entry in approved}
        for said in _told["choice"]:
            if entry := by_name.get(said["name"]):
                with diary.deed(20):
                    entry.choose(self.by, Choice(said["choice"]), said["reason"])
        diary.wait(1)
        with diary.deed(15):
            period.take_set(self.by, self.proposed(period, approved), approved)
        chosen = {name: entry for name, entry in by_name.items() if entry.chosen_at}
        for name in _told["sent"]:
            if entry := chosen.get(name):
                diary.wait(1)
                self.copy(entry, diary)
                self.send(entry, next(numbers), diary)
        if entry := chosen.get(_told["copying"]):
            self.copy(entry, diary, most=COPIED)

    def approved(self, period: Period) -> Sequence[Entry]:
        self.session.flush()
        query = select(Entry).where(Entry.period_id == period.id, Entry.status == Status.APPROVED).options(*entries.WHOLE)
        return self.session.scalars(query.order_by(Entry.number)).unique().all()

    def proposed(self, period: Period, approved: Iterable[Entry]) -> list[Entry]:
        found = {entry.id: entry for entry in approved}
        field = [Candidate(entry.id, entry.verified, entry.main_affair, entry.choice) for entry in found.values()]
        return [found[id] for id in best(period.region_verified, field, period.instrument.index_rules, BASIC_AFFAIRS).send]

    def copy(self, entry: Entry, diary: Diary, most: int | None = None) -> None:
        """Field by field, each ticked; `most` where it is not done yet."""
        asked, rows = outgoing.fields(entry, outgoing.facts(entry))
        for field in [field for field in (*asked, *rows) if not field.is_empty][:most]:
            with diary.deed(1):
                entry.tick(self.by, field.key, field.fingerprint)

    def send(self, entry: Entry, number: str, diary: Diary) -> Sending:
        with diary.deed(35):
            day = clock.now().astimezone(ZONE).date()
            content = profile(entry, outgoing.facts(entry), number, day)
            kept = self.storage.keep(content, "pdf", pages=len(pypdfium2.PdfDocument(content)))
            file = StoredFile(sha256=kept.sha256, size=kept.size, kind="pdf", pages=kept.pages, seconds=None, active=[])
            return entry.send(self.by, number, day, file)

    def answer(self, sending: Sending, whole: bool) -> None:
        draw = chance("kementerian", sending.number)
        levels = {answer: max(0, (answer.proven_level or 0) - (draw.random() < LOWER)) for answer in sending.entry.answers}
        points = sum((level * answer.indicator.weight for answer, level in levels.items()), Decimal(0))
        note = pick(_told["notes"], "catatan", sending.number) if points < sending.maturity else ""
        sending.give_result(self.by, points, levels if whole else {}, note)

    def numbers(self, period: Period) -> Iterable[str]:
        """As the ministry's site hands them out: rising, with those of other regions between."""
        serial, draw = 311, chance("registrasi", period.year)
        for _ in count():
            serial += draw.randint(1, 60)
            yield f"IGA-{period.year}-3599-{serial:05d}"

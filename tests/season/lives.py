"""What people do with one proposal from its first line to its approval, one request at a time; a ledger keeps what the server acknowledged."""
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.season.clerk import Clerk, Reply

CODES = ("16", "17", "22", "32", "33", "35")


@dataclass
class Ledger:
    """`events` counts acknowledged verbs by the name of their event; `reasons` and `replies` are every word that was acknowledged."""
    events: Counter = field(default_factory=Counter)
    reasons: dict[tuple[int, int, str], str] = field(default_factory=dict)
    replies: dict[tuple[int, int, str], str] = field(default_factory=dict)
    refused: int = 0

    def done(self, reply: Reply, *events: str) -> Reply:
        assert reply.is_done, (events, reply.status, reply.location, said(reply.page))
        self.events.update(events)
        return reply

    def not_done(self, reply: Reply) -> None:
        assert not reply.is_done and reply.status < 500, (reply.status, reply.location)
        self.refused += 1


@dataclass
class Staff:
    """Everybody signed in; `forms` says how each row of the instrument is filled: {code: fields}, `kinds` which kind of document it takes;
    `units` becomes whose each proposal is, by its id."""
    operators: list[Clerk]
    heads: dict[int, Clerk]
    reviewers: list[Clerk]
    coordinators: list[Clerk]
    forms: dict[str, dict]
    kinds: dict[str, str]
    documents: dict[tuple[int, str], int]
    units: dict[int, int] = field(default_factory=dict)

    def go_home(self) -> None:
        for clerk in (*self.operators, *self.heads.values(), *self.reviewers, *self.coordinators):
            clerk.connection.close()


class Life:
    """`number` is the innovation's, `unit` its unit's place; ids in the database begin at 1 and follow these."""

    def __init__(self, number: int, unit: int, staff: Staff, ledger: Ledger, seed: int):
        self.innovation, self.unit, self.staff, self.ledger = number + 1, unit, staff, ledger
        self.chance = Random(f"{seed} {number}")
        self.rounds = self.chance.choices((1, 2, 3), weights=(3, 4, 3))[0]
        self.round = 0
        self.operator, self.head = staff.operators[unit], staff.heads.get(unit)

    def steps(self) -> Iterator[None]:
        """Each `next` is one request, or two where a page must be read first."""
        start = self.ledger.done(self.operator.post("/usulan/", innovation=self.innovation), "entry_started")
        self.entry = int(re.fullmatch(r"/usulan/(\d+)", start.location)[1])
        self.staff.units[self.entry] = self.unit
        yield
        for code in CODES:
            yield from self.fill(code)
        yield from self.hand_in()
        if self.chance.random() < 0.1:
            yield from self.withdraw()
        reviewer = self.chance.choice(self.staff.reviewers)
        self.ledger.done(reviewer.post(f"/verifikasi/{self.entry}/ambil"), "taken")
        yield
        open_rows = list(CODES)
        while True:
            yield from self.judge(reviewer, open_rows)
            if self.round == self.rounds:
                break
            open_rows = self.chance.sample(open_rows, self.chance.randint(1, min(3, len(open_rows))))
            yield from self.send_back(reviewer, open_rows)
            yield from self.mend(open_rows)
            yield from self.hand_in()
        yield from self.finish(reviewer)
        yield from self.approve(reviewer)

    # The unit

    def fill(self, code: str) -> Iterator[None]:
        row = f"/usulan/{self.entry}/indikator/{code}"
        self.ledger.done(self.operator.post(row, **self.staff.forms[code]), "level_claimed")
        yield
        document = self.staff.documents[self.unit, self.staff.kinds[code]]
        self.ledger.done(self.operator.post(f"{row}/bukti", document=document), "exhibit_attached")
        yield

    def hand_in(self) -> Iterator[None]:
        """With a head the signature comes between; a stranger who tries learns nothing."""
        place = f"/usulan/{self.entry}"
        self.ledger.done(self.operator.post(f"{place}/pengajuan", agreed="y"), "prepared" if self.head else "submitted")
        yield
        self.ledger.not_done(self.operator.post(f"{place}/pengajuan", agreed="y"))  # pressed twice
        yield
        if self.head:
            if self.chance.random() < 0.1:
                self.ledger.done(self.head.post(f"{place}/pengesahan/kembalikan", note="Lengkapi dulu daftar timnya."), "handed_back")
                yield
                self.ledger.done(self.operator.post(f"{place}/pengajuan", agreed="y"), "prepared")
                yield
            self.ledger.done(self.head.post(f"{place}/pengesahan", agreed="y"), "signed")
            yield
        self.round += 1

    def withdraw(self) -> Iterator[None]:
        self.ledger.done(self.operator.post(f"/usulan/{self.entry}/penarikan", note="Ada yang terlewat."), "withdrawn")
        yield
        self.rounds += 1  # the number of the round that was taken back stays taken
        yield from self.hand_in()

    def mend(self, rows: list[str]) -> Iterator[None]:
        for code in rows:
            words = f"Sudah diperbaiki sesudah putaran {self.round}, baris {code}, usulan {self.entry}."
            self.ledger.done(self.operator.post(f"/usulan/{self.entry}/indikator/{code}", **self.staff.forms[code], reply=words), "row_replied")
            self.ledger.replies[self.entry, self.round, code] = words
            yield

    # The office

    def judge(self, reviewer: Clerk, rows: list[str]) -> Iterator[None]:
        for code in self.chance.sample(rows, len(rows)):
            words = f"Putaran {self.round}: bukti baris {code} pada usulan {self.entry} baru sebagian."
            place = f"/verifikasi/{self.entry}/putusan/{code}"
            self.ledger.done(reviewer.post(place, level=self.chance.choice((0, 1)), reason=words, seen=0), "row_judged")
            self.ledger.reasons[self.entry, self.round, code] = words
            yield

    def send_back(self, reviewer: Clerk, rows: list[str]) -> Iterator[None]:
        self.ledger.not_done(reviewer.post(f"/verifikasi/{self.entry}/keputusan", decision="return", rows=rows, note="", profile_note="", seen=0))
        self.ledger.done(self.decide(reviewer, "return", rows=rows), "returned")
        yield

    def finish(self, reviewer: Clerk) -> Iterator[None]:
        self.ledger.done(self.decide(reviewer, "finish"), "finished")
        yield

    def approve(self, reviewer: Clerk) -> Iterator[None]:
        """Who verified does not approve; now and then the coordinator wants a row looked at again."""
        coordinator = self.chance.choice(self.staff.coordinators)
        self.ledger.not_done(self.decide(reviewer, "approve", at="persetujuan"))
        yield
        if self.chance.random() < 0.1:
            self.ledger.done(self.decide(coordinator, "recheck", at="persetujuan", again="Baris 17 mohon dihitung lagi.", rows=["17"]), "rechecked")
            yield
            yield from self.finish(reviewer)
        self.ledger.done(self.decide(coordinator, "approve", at="persetujuan"), "approved")
        yield

    def decide(self, person: Clerk, decision: str, at: str = "keputusan", **fields) -> Reply:
        """On the page as it stands now."""
        place = f"/verifikasi/{self.entry}/{at}"
        seen = re.search(r'name="seen"[^>]*value="(\d+)"', person.get(place).page)
        return person.post(place, decision=decision, seen=seen[1] if seen else 0, **{"note": "", "profile_note": "", "again": ""} | fields)


def said(page: str) -> str:
    """What a refusing page says."""
    return " ".join(re.sub(r"<[^>]+>", " ", "".join(re.findall(r'class="(?:notice|invalid)[^>]*>.*?</div>', page, re.DOTALL))).split())[:400]

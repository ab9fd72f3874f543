"""The proposals that are laid down many times: one in every state, brought there by the verbs; all of the first unit, verified by the first
reviewer."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app import clock
from app.extensions import db
from app.models import Document, Entry, Innovation, Period, StoredFile, User
from app.storage import Storage
from benchmarks.data.papers import pdf
from benchmarks.data.people import Staff

ROWS = ("16", "17", "19", "22", "23", "24", "25", "28", "32", "33", "34", "35")  # the filled ones; the other eight stay empty
LOTS = 96  # ways in which what was approved was proven
PROFILE = {
    "stage": "Penerapan", "initiator": "ASN", "initiator_name": "dr. Hendra Gunawan", "classification": "Perangkat Daerah",
    "latitude": -7.75, "longitude": 113.2, "kind": "Nondigital", "form": "Pelayanan publik", "asta_cita": 4, "pkpn_cluster": "I. Non PKPN",
    "main_affair": "Kesehatan", "touching_affairs": ["Sosial"], "trial_on": date(2024, 1, 8), "applied_on": date(2024, 3, 4),
    "design": " ".join(["Kader menjemput balita berisiko stunting ke posyandu"] * 50), "purpose": "Menekan stunting.",
    "benefit": "Balita tertimbang setiap bulan.", "result": "Cakupan penimbangan naik dari 61 menjadi 94 persen.",
}


@dataclass
class Maker:
    staff: Staff
    period: Period
    storage: Storage
    made: int = 0

    def draft(self, rows: int = 7) -> Entry:
        """With this many rows filled."""
        self.made += 1
        by, unit = self.staff.operators[0], self.staff.units[0]
        innovation = Innovation.add(f"POLA {self.made}", unit, by)
        innovation.edit(by, **PROFILE)
        entry = Entry.start(innovation, self.period, by)
        db.session.add(entry)
        papers = [self._document(by, n, "pdf") for n in range(3)]
        others = {"25": self._document(by, 3, "jpg"), "35": self._document(by, 4, "mp4")}
        for place, code in enumerate(ROWS[:rows]):
            self._fill(entry, by, code, others.get(code, papers[place % 3]))
        db.session.flush()
        return entry

    def submitted(self, judged: int = 0, held: bool = True, lot: int = 0) -> Entry:
        entry = self.draft(len(ROWS))
        entry.submit(self.staff.operators[0])
        if held:
            entry.take(self.reviewer)
        self._judge(entry, judged, lot)
        return entry

    def returned(self) -> Entry:
        entry = self.submitted(judged=len(ROWS))
        entry.return_(self.reviewer, ["16", "22"], note="Tinggal dua baris.")
        return entry

    def again(self) -> Entry:
        entry = self.returned()
        for code in ("16", "22"):
            entry.answer_on(code).reply(self.staff.operators[0], "Halaman yang memuat nama sudah dilampirkan.")
        entry.submit(self.staff.operators[0])
        return entry

    def verified(self, lot: int = 0) -> Entry:
        entry = self.submitted(judged=len(ROWS), lot=lot)
        entry.finish(self.reviewer)
        return entry

    def approved(self, lot: int) -> Entry:
        """Each `lot` proves other rows, so that maturities differ as they do where people judged."""
        entry = self.verified(lot)
        entry.approve(self.staff.office["koordinator"][0])
        return entry

    @property
    def reviewer(self) -> User:
        return self.staff.office["verifikator"][0]

    def _document(self, by: User, n: int, kind: str) -> Document:
        words = b"pola %d %d" % (self.made, n)
        content = pdf(words) if kind == "pdf" else words
        kept = self.storage.keep(content, kind, pages=1 if kind == "pdf" else None, seconds=60 if kind == "mp4" else None)
        file = StoredFile(sha256=kept.sha256, size=kept.size, kind=kind, pages=kept.pages, seconds=kept.seconds, active=[])
        return Document.add(self.staff.units[0], by, file, f"bukti-{n}.{kind}", title=f"Keputusan Kepala Dinas tentang Tim Pelaksana {n}",
                            doc_number=f"188/{n}/2025", dated_on=date(2025, 2, 12), years=[2024, 2025, 2026])

    def _fill(self, entry: Entry, by: User, code: str, document: Document) -> None:
        answer = entry.answer_on(code)
        bases, shown = answer.indicator.bases, [item["code"] for item in answer.indicator.substances]
        answer.claim(by, 2, basis=bases[0] if bases else None, substances=shown[:3])
        answer.attach(by, document)

    def _judge(self, entry: Entry, rows: int, lot: int) -> None:
        dice = Random(lot)
        waiting = [answer for answer in entry.rounds[-1].unjudged if answer.claimed_level]
        for place, answer in enumerate(waiting[:rows]):
            proven = dice.choice((0, 1, 2, 2, 2)) if lot else 2 if place % 3 else 1
            reason = "" if proven == 2 and answer.evidenced_level == 2 else "Nama inovasi tidak tercantum pada halaman yang disebut."
            entry.judge(answer, self.reviewer, proven, reason)
        for answer in list(entry.rounds[-1].unjudged) if rows >= len(ROWS) else ():
            entry.judge(answer, self.reviewer, 0, "")


def make(maker: Maker) -> list[tuple[int, list[Entry]]]:
    """Of twenty proposals, how many look like which, or like one of which."""
    kinds: list[tuple[int, Callable[[], Entry]]] = [
        (3, maker.draft), (2, lambda: maker.draft(3)), (2, lambda: maker.submitted(held=False)), (1, maker.submitted),
        (1, lambda: maker.submitted(judged=5)), (1, maker.again), (2, maker.returned), (1, maker.verified)]
    with clock.at(clock.now() - timedelta(minutes=5)):
        return [*((many, [kind()]) for many, kind in kinds), (7, [maker.approved(lot) for lot in range(1, LOTS + 1)])]

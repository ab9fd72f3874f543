"""Usulan penilaian: an innovation in one period, from draft to decision."""
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.answer import Answer
from app.models.base import Base, one_of
from app.models.event import Event, Recorded
from app.models.innovation import Innovation
from app.models.people import User
from app.models.period import Period
from app.models.review import Decision, Origin, Round, Verdict
from app.models.submission import Obstacle, obstacles, opening_verdict, read_facts, snapshot
from app.models.units import Unit
from app.rules import Refused, workflow
from app.rules.access import Role
from app.rules.scoring import Row, maturity
from app.rules.words import listed
from app.rules.workflow import Status


class Entry(Base, Recorded):
    """`claimed`, `evidenced` and `verified` are maturity in points, stored by the verbs and recomputed by `doctor`.
    `moved_at` is when it came to whoever has it now."""
    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("innovation_id", "period_id"), UniqueConstraint("period_id", "number"), one_of("status", Status),
        Index(None, "period_id", "unit_id", "status", "claimed", "evidenced", "verified"), Index(None, "unit_id"),
        Index(None, "status", "moved_at"),
    )
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovation.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    moved_at: Mapped[datetime]
    claimed: Mapped[Decimal]
    evidenced: Mapped[Decimal]
    verified: Mapped[Decimal]
    innovation: Mapped[Innovation] = relationship(back_populates="entries")
    period: Mapped[Period] = relationship()
    unit: Mapped[Unit] = relationship()
    answers: Mapped[list[Answer]] = relationship(back_populates="entry", order_by=Answer.position)
    rounds: Mapped[list[Round]] = relationship(back_populates="entry", order_by=Round.number)
    events: Mapped[list[Event]] = relationship(back_populates="entry", order_by=Event.id)

    # Verbs

    @classmethod
    def start(cls, innovation: Innovation, period: Period, by: User) -> "Entry":
        """Bring an innovation into an open period, with one empty row per indicator of the instrument."""
        if not period.is_open:
            raise Refused(f"Periode {period.year} sedang tidak dibuka untuk pengisian.")
        if innovation.unit.archived_at:
            raise Refused(f"{innovation.unit.name} sudah diarsipkan, jadi tidak mengajukan usulan baru.")
        if any(entry.period is period for entry in innovation.entries):
            raise Refused(f"{innovation.name} sudah diusulkan pada periode {period.year}.")
        rows = [Answer(indicator=indicator, position=indicator.position, evidenced_level=0, substances=[], is_open=True)
                for indicator in period.instrument.innovation_rows()]
        entry = cls(period=period, unit=innovation.unit, number=period.take_number(), status=Status.DRAFT, moved_at=clock.now(),
                    claimed=Decimal(0), evidenced=Decimal(0), verified=Decimal(0), answers=rows)
        innovation.entries.append(entry)
        entry.record("entry_started", by)
        return entry

    def submit(self, by: User, tell: Iterable[User] = ()) -> Round:
        """Hand it to the reviewers. Refused with everything that is still missing; accepted rows keep their verdict."""
        workflow.after(Status(self.status), "submit")
        self.period.must_accept(Status(self.status))
        missing = obstacles(self)
        if missing:
            raise Refused(" ".join(map(str, missing)))
        before = self.last_decided_round
        round_ = Round(number=len(self.rounds) + 1, submitted_at=clock.now(), submitted_by=by, snapshot=snapshot(self),
                       note="", profile_note="", profile_reply="")
        self.rounds.append(round_)
        for answer in self.answers:
            opening_verdict(round_, answer, before)
        self._go("submit")
        self.record("submitted", by, tell=tell, round=round_.number)
        return round_

    def judge(self, answer: Answer, by: User, level: int, reason: str = "", seen: int | None = None) -> Verdict:
        """Draft the verdict on one row of the open round; `seen` is the verdict version the reviewer was looking at."""
        self._must_be_judged_by(by)
        reason, claimed = reason.strip(), answer.claimed_level or 0
        verdict = self.rounds[-1].verdict_on(answer)
        if verdict and seen is not None and verdict.version != seen and verdict.by is not by:
            raise Refused(f"{verdict.by.name if verdict.by else 'Orang lain'} sudah memutus baris ini. Catatan Anda masih di bawah; "
                          "periksa putusannya sebelum menyimpan.")
        if not 0 <= level <= claimed:
            raise Refused(f"Level terbukti tidak boleh di atas klaim (level {claimed}). Kembalikan baris ini bila klaimnya pantas dinaikkan.")
        if level and not answer.exhibits:
            raise Refused("Baris ini tidak punya bukti, jadi level terbuktinya 0.")
        if level < claimed and not reason:
            raise Refused("Tulis alasan mengapa level terbukti di bawah klaim.")
        if level > answer.evidenced_level and not reason:
            raise Refused(f"Bukti yang tercatat hanya mendukung level {answer.evidenced_level}. Tulis apa yang membuat Anda menilainya "
                          f"level {level}, atau kembalikan baris ini.")
        if verdict:
            verdict.change(by, level, reason)
        else:
            verdict = Verdict.give(self.rounds[-1], answer, Origin.JUDGED, level, reason, by)
        self.record("row_judged", by, private=True, row=answer.indicator.code, level=level)
        return verdict

    def return_(self, by: User, rows: Iterable[str], note: str = "", profile_note: str = "") -> None:
        """Send it back: the named rows (codes) open again, each with the reason of its verdict; the profile too when it has a note."""
        self._must_be_judged_by(by)
        if not self.period.accepts(Status.RETURNED):
            raise Refused("Masa perbaikan sudah ditutup, jadi usulan tidak dapat dikembalikan. Setujui dengan level yang terbukti, "
                          "atau perpanjang batas perbaikan periode.")
        codes, round_ = set(rows), self.rounds[-1]
        named = [answer for answer in self.answers if answer.indicator.code in codes]
        if not named and not profile_note.strip():
            raise Refused("Pilih paling sedikit satu baris yang dikembalikan, atau tulis catatan untuk profil.")
        bare = [a.indicator.code for a in named if not (verdict := round_.verdict_on(a)) or not verdict.reason]
        if bare:
            raise Refused(f"Baris {listed(bare)} belum punya alasan. Putus baris itu dulu dengan alasan mengapa dikembalikan.")
        self._decide(Decision.RETURNED, by, note, profile_note)
        for answer in self.answers:
            answer.is_open = answer in named
        for verdict in round_.verdicts:
            verdict.returned = verdict.answer in named
        self.record("returned", by, tell=self._owners(), rows=sorted(codes), note=note.strip(), profile=bool(profile_note.strip()))

    def approve(self, by: User, note: str = "") -> None:
        """Accept it at the proven levels; every row must have a verdict."""
        self._must_be_judged_by(by)
        missing = self.rounds[-1].unjudged
        if missing:
            raise Refused(f"Baris {listed([a.indicator.code for a in missing])} belum diputus.")
        self._decide(Decision.APPROVED, by, note)
        for answer in self.answers:
            answer.is_open = False
        self.record("approved", by, tell=self._owners(), note=note.strip(), verified=str(self.verified))

    def reply_on_profile(self, by: User, text: str) -> None:
        """Answer the reviewer's note on the profile."""
        self.must_be_editable()
        if not self.profile_is_returned:
            raise Refused("Profil tidak sedang dikembalikan.")
        if not text.strip():
            raise Refused("Tulis jawaban Anda dulu.")
        self.rounds[-1].profile_reply = text.strip()
        self.record("profile_replied", by)

    def recount(self) -> None:
        """The three numbers, from the rows."""
        rows = [(answer.indicator.weight, answer) for answer in self.answers]
        self.claimed = maturity(Row(weight, answer.claimed_level) for weight, answer in rows)
        self.evidenced = maturity(Row(weight, answer.evidenced_level) for weight, answer in rows)
        self.verified = maturity(Row(weight, answer.proven_level) for weight, answer in rows)

    # Questions

    def allows(self, move: str) -> bool:
        return workflow.allows(Status(self.status), move)

    def answer_on(self, code: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.indicator.code == code), None)

    @property
    def is_editable(self) -> bool:
        return self.status in workflow.EDITABLE and self.period.accepts(Status(self.status))

    def must_be_editable(self) -> None:
        if self.status not in workflow.EDITABLE:
            raise Refused(f"Usulan ini {workflow.LABELS[Status(self.status)].lower()}, jadi isiannya hanya dapat dibaca.")
        self.period.must_accept(Status(self.status))

    @property
    def last_decided_round(self) -> Round | None:
        return next((r for r in reversed(self.rounds) if r.decision), None)

    @property
    def returned_rows(self) -> list[Answer]:
        return [a for a in self.answers if a.is_open] if self.status == Status.RETURNED else []

    @property
    def profile_is_returned(self) -> bool:
        return self.status == Status.RETURNED and bool(self.rounds[-1].profile_note)

    @property
    def profile_is_answered(self) -> bool:
        return bool(self.rounds[-1].profile_reply) or snapshot(self)["profile"] != self.rounds[-1].snapshot["profile"]

    def obstacles(self) -> list[Obstacle]:
        """Everything that keeps it from being submitted, each a sentence with its place."""
        return obstacles(self)

    def profile_facts(self) -> dict[str, Any]:
        """The profile this proposal stands for: as submitted once it is with the reviewers or approved, otherwise as it is now."""
        if self.status in workflow.EDITABLE:
            return self.innovation.profile()
        return read_facts(self.rounds[-1].snapshot["profile"])

    # Inside

    def _go(self, move: str) -> None:
        self.status, self.moved_at = workflow.after(Status(self.status), move), clock.now()

    def _must_be_judged_by(self, by: User) -> None:
        if by.serves(self.unit):
            raise Refused(f"Anda terdaftar di {self.unit.name}. Usulan perangkat daerah sendiri diputus orang lain.")
        done = self.last_decided_round
        if self.status != Status.SUBMITTED and done and done.decided_by:
            word = "mengembalikan" if done.decision == Decision.RETURNED else "menyetujui"
            raise Refused(f"{done.decided_by.name} sudah {word} usulan ini. Keputusan Anda tidak dicatat.")
        workflow.after(Status(self.status), "approve")

    def _decide(self, decision: Decision, by: User, note: str, profile_note: str = "") -> None:
        round_ = self.rounds[-1]
        round_.decide(decision, by, note, profile_note)
        for answer in self.answers:
            verdict = round_.verdict_on(answer)
            answer.proven_level = verdict.proven_level if verdict else None
        self._go("return" if decision == Decision.RETURNED else "approve")
        self.recount()

    def _owners(self) -> list[User]:
        return self.unit.people(Role.OPERATOR, Role.HEAD)

"""Rounds of verification. A round is opened by a submission and closed by one decision; verdicts stay drafts until then."""
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base, one_of
from app.models.people import User
from app.models.plain import Plain
from app.models.reason import Reason, verdict_reason
from app.rules import Refused

if TYPE_CHECKING:
    from app.models.answer import Answer
    from app.models.entry import Entry


class Decision(StrEnum):
    """How a round ended. A withdrawn one was taken back by its unit before anybody judged: it keeps its number and counts for nothing."""
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """Where a verdict comes from: a person in this round, the round before (nothing changed), or a row left empty."""
    JUDGED = "judged"
    CARRIED = "carried"
    EMPTY = "empty"


class Round(Base, Plain):
    """`snapshot` is the proposal exactly as submitted: {"profile": …, "rows": {code: facts}, "claimed", "evidenced"}. `signed_by` is the head
    of the unit, None where nobody had to sign; `finished_by` the reviewer who handed it to the coordinator; `is_reopening` when the
    coordinator opened rows of an approved proposal again."""
    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"), Index("ix_round_decided", "decided_by_id", "decided_at", "decision", "is_reopening", "entry_id"),
        Index("ix_round_finished", "finished_by_id", "finished_at", "entry_id"), one_of("decision", Decision),
        CheckConstraint("(finished_by_id IS NULL) = (finished_at IS NULL)", name="finished_whole"),
        CheckConstraint("(decision IS NULL) = (decided_by_id IS NULL) AND (decision IS NULL) = (decided_at IS NULL)", name="decided_whole"),
    )
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    number: Mapped[int]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    is_reopening: Mapped[bool]
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    finished_at: Mapped[datetime | None]
    finished_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision: Mapped[str | None] = mapped_column(String(20))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(Text)
    profile_note: Mapped[str] = mapped_column(Text)
    profile_reply: Mapped[str] = mapped_column(Text)
    entry: Mapped["Entry"] = relationship(back_populates="rounds")
    submitted_by: Mapped[User] = relationship(foreign_keys=submitted_by_id)
    signed_by: Mapped[User | None] = relationship(foreign_keys=signed_by_id)
    finished_by: Mapped[User | None] = relationship(foreign_keys=finished_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    verdicts: Mapped[list["Verdict"]] = relationship(back_populates="round", order_by="Verdict.id")

    @classmethod
    def open(cls, entry: "Entry", submitted_by: User, snapshot: dict[str, Any], signed_by: User | None = None, is_reopening: bool = False) -> "Round":
        rounds = entry.rounds
        round_ = cls(number=len(rounds) + 1, submitted_at=clock.now(), submitted_by=submitted_by, signed_by=signed_by, snapshot=snapshot,
                     is_reopening=is_reopening, note="", profile_note="", profile_reply="")
        rounds.append(round_)
        return round_

    def verdict_on(self, answer: "Answer") -> "Verdict | None":
        at_hand = answer.verdicts if "verdicts" not in self.__dict__ and "verdicts" in answer.__dict__ else self.verdicts
        return next((verdict for verdict in at_hand if verdict.answer is answer and verdict.round is self), None)

    @property
    def unjudged(self) -> list["Answer"]:
        """The rows that still need a verdict in this round, in the instrument's order."""
        return [answer for answer in self.entry.answers if self.verdict_on(answer) is None]

    @property
    def judges(self) -> list[User]:
        """Who gave a verdict in this round, each once, in the order they began."""
        return list({id(v.by): v.by for v in self.verdicts if v.origin == Origin.JUDGED and v.by}.values())

    @property
    def has_outcome(self) -> bool:
        """Decided, and not taken back."""
        return self.decision in (Decision.RETURNED, Decision.APPROVED)

    @property
    def is_being_judged(self) -> bool:
        """Of an open round: has a reviewer given a verdict, or written what is wrong with the profile?"""
        return bool(self.profile_note) or any(verdict.origin == Origin.JUDGED for verdict in self.verdicts)

    @property
    def is_unsigned(self) -> bool:
        """The period asks for the head's signature, and the unit had nobody to give it."""
        return self.entry.period.needs_signature and self.signed_by is None and not self.is_reopening

    def decide(self, decision: Decision, by: User, note: str = "", profile_note: str = "") -> None:
        self.decision, self.decided_by, self.decided_at = decision, by, clock.now()
        self.note, self.profile_note = note.strip(), profile_note.strip()


class Verdict(Base, Plain):
    """The level that is proven for one row in one round. `version` grows with each change, so that two reviewers notice each other."""
    __tablename__ = "verdict"
    __table_args__ = (
        UniqueConstraint("round_id", "answer_id"), Index(None, "answer_id"), one_of("origin", Origin),
        Index("ix_verdict_given", "by_id", "at", "origin", "round_id"),
        CheckConstraint("proven_level BETWEEN 0 AND 3", name="proven_known"),
        CheckConstraint("NOT returned OR reason <> ''", name="return_has_reason"),
    )
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    origin: Mapped[str] = mapped_column(String(20))
    proven_level: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    returned: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    version: Mapped[int]
    reply: Mapped[str] = mapped_column(Text)
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    replied_at: Mapped[datetime | None]
    round: Mapped[Round] = relationship(back_populates="verdicts")
    answer: Mapped["Answer"] = relationship(back_populates="verdicts")
    by: Mapped[User | None] = relationship(foreign_keys=by_id)
    replied_by: Mapped[User | None] = relationship(foreign_keys=replied_by_id)
    cited: Mapped[list[Reason]] = relationship(secondary=verdict_reason, order_by=Reason.id)

    @classmethod
    def give(cls, round: Round, answer: "Answer", origin: Origin, level: int, reason: str = "", by: User | None = None) -> "Verdict":
        given = round.verdicts
        verdict = cls(answer=answer, origin=origin, proven_level=level, reason=reason, returned=False, by=by, at=clock.now(), version=1, reply="")
        given.append(verdict)
        return verdict

    def change(self, by: User, level: int, reason: str) -> None:
        self.proven_level, self.reason, self.by, self.at = level, reason, by, clock.now()
        self.origin, self.version = Origin.JUDGED, self.version + 1

    def answer_with(self, by: User, text: str) -> None:
        if not text.strip():
            raise Refused("Tulis jawaban Anda dulu.")
        self.reply, self.replied_by, self.replied_at = text.strip(), by, clock.now()

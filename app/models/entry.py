"""Usulan penilaian: an innovation in one period, from draft to decision."""
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.answer import Answer
from app.models.base import Base, one_of
from app.models.carrying import Carrying
from app.models.choosing import Choice, Choosing
from app.models.event import Event, Recorded
from app.models.handing import Handing
from app.models.innovation import Innovation
from app.models.judging import Judging
from app.models.letter import Letter
from app.models.note import Note
from app.models.people import User
from app.models.period import Period
from app.models.plain import Plain
from app.models.review import Decision, Round
from app.models.sending import Sending, Tick
from app.models.sharing import Sharing
from app.models.submission import Obstacle, obstacles, read_facts, snapshot
from app.models.units import Unit
from app.rules import Refused, workflow
from app.rules.scoring import Row, maturity
from app.rules.workflow import Status


class Entry(Handing, Judging, Sharing, Choosing, Carrying, Base, Plain, Recorded):
    """`claimed`, `evidenced` and `verified` are maturity in points, stored by the verbs and recomputed by `doctor`.
    `moved_at` is when it came to whoever has it now. `reviewer` is who it was given to, `prepared_by` who handed it in last,
    `head_note` why the head did not sign (empty otherwise); `main_affair` is that of the profile it stands for. `choice` is what a hand
    decided about sending and `choice_note` why; `chosen_at` since when it is in the list to send. Of its rounds: `round_number` is the latest that
    counts (0: none), `decided_rounds` how many of them were decided, `rows_left` the rows without a verdict in the latest."""
    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("innovation_id", "period_id"), UniqueConstraint("period_id", "number"), one_of("status", Status),
        one_of("choice", Choice),
        Index("ix_entry_of_unit", "period_id", "unit_id", "status", "verified", "moved_at", "decided_rounds", "claimed", "evidenced"),
        Index(None, "unit_id"), Index("ix_entry_alike", "period_id", "status", "choice", "verified", "main_affair", "number"),
        Index(None, "period_id", "status", "main_affair", "claimed", "evidenced", "verified"),
        Index("ix_entry_waiting", "status", "moved_at", "id", "reviewer_id", "period_id", "unit_id", "decided_rounds", "innovation_id"),
        Index(None, "reviewer_id", "status"), Index(None, "prepared_by_id"), Index(None, "carried_from_id"),
    )
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovation.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    moved_at: Mapped[datetime]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    prepared_at: Mapped[datetime | None]  # type: ignore[assignment]
    head_note: Mapped[str] = mapped_column(Text)
    main_affair: Mapped[str | None] = mapped_column(String(80))  # type: ignore[assignment]
    choice: Mapped[str | None] = mapped_column(String(10))  # type: ignore[assignment]
    choice_note: Mapped[str] = mapped_column(Text)
    chosen_at: Mapped[datetime | None]  # type: ignore[assignment]
    reminded_at: Mapped[datetime | None]  # type: ignore[assignment]
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    development: Mapped[str] = mapped_column(Text)
    claimed: Mapped[Decimal]
    evidenced: Mapped[Decimal]
    verified: Mapped[Decimal]
    round_number: Mapped[int] = mapped_column(default=0, server_default="0")
    decided_rounds: Mapped[int] = mapped_column(default=0, server_default="0")
    rows_left: Mapped[int] = mapped_column(default=0, server_default="0")
    innovation: Mapped[Innovation] = relationship(back_populates="entries")
    period: Mapped[Period] = relationship()
    unit: Mapped[Unit] = relationship()
    reviewer: Mapped[User | None] = relationship(foreign_keys=reviewer_id)  # type: ignore[assignment]
    prepared_by: Mapped[User | None] = relationship(foreign_keys=prepared_by_id)  # type: ignore[assignment]
    answers: Mapped[list[Answer]] = relationship(back_populates="entry", order_by=Answer.position)
    rounds: Mapped[list[Round]] = relationship(back_populates="entry", order_by=Round.number)
    notes: Mapped[list[Note]] = relationship(back_populates="entry", order_by=Note.id)
    ticks: Mapped[list[Tick]] = relationship(back_populates="entry", order_by=Tick.id, cascade="all, delete-orphan")
    sending: Mapped[Sending | None] = relationship(back_populates="entry")  # type: ignore[assignment]
    letters: Mapped[list[Letter]] = relationship(back_populates="entry", order_by=Letter.id)
    carried_from: Mapped["Entry | None"] = relationship(remote_side="Entry.id")
    events: Mapped[list[Event]] = relationship(order_by=Event.id)

    page_opened_at = None  # when the page that is being sent was opened, for the grace after a closing; never stored here

    # Verbs

    @classmethod
    def start(cls, innovation: Innovation, period: Period, by: User) -> "Entry":
        """Bring an innovation into an open period, with one empty row per indicator of the instrument."""
        entry = cls._begin(innovation, period)
        entry.record("entry_started", by)
        return entry

    @classmethod
    def _begin(cls, innovation: Innovation, period: Period) -> "Entry":
        if not period.accepts(Status.DRAFT, innovation.unit):
            raise Refused(f"Periode {period.name} sedang tidak dibuka untuk pengisian.")
        innovation.must_be_kept()
        if innovation.unit.archived_at:
            raise Refused(f"{innovation.unit.name} sudah diarsipkan, jadi tidak mengajukan usulan baru.")
        if any(entry.period is period for entry in innovation.entries):
            raise Refused(f"{innovation.name} sudah diusulkan pada periode {period.name}.")
        period.must_take_again(innovation)
        rows = [Answer(indicator_id=row.id, position=row.position, evidenced_level=0, substances=[], version=0, is_open=True, exhibits=[])
                for row in period.instrument.innovation_rows()]
        entry = cls(period=period, unit=innovation.unit, number=period.take_number(), status=Status.DRAFT, moved_at=clock.now(), head_note="",
                    choice_note="", main_affair=innovation.main_affair, claimed=Decimal(0), evidenced=Decimal(0), verified=Decimal(0), answers=rows,
                    development="", round_number=0, decided_rounds=0, rows_left=0)
        innovation.entries.append(entry)
        return entry

    def reply_on_profile(self, by: User, text: str) -> None:
        """Answer the reviewer's note on the profile."""
        self.must_be_editable()
        if not self.profile_is_returned:
            raise Refused("Profil tidak sedang dikembalikan.")
        if not text.strip():
            raise Refused("Tulis jawaban Anda dulu.")
        self.last_decided_round.profile_reply = text.strip()  # type: ignore[union-attr]
        self.record("profile_replied", by)

    def move_to(self, unit: Unit, by: User) -> None:
        """Its unit was merged into another. A reviewer who belongs to that one gives it back."""
        before, self.unit = self.unit, unit
        if self.reviewer and not self.may_be_held_by(self.reviewer):
            self.reviewer = None
        self.record("entry_moved", by, tell=[self.reviewer] if self.reviewer else (), before=before.name, unit=unit.name)

    def recount(self) -> None:
        """The three numbers, from the rows."""
        asked = self.period.instrument.rows
        rows = [(asked[answer.position - 1].weight, answer) for answer in self.answers]
        self.claimed = maturity(Row(weight, answer.claimed_level) for weight, answer in rows)
        self.evidenced = maturity(Row(weight, answer.evidenced_level) for weight, answer in rows)
        self.verified = maturity(Row(weight, answer.proven_level) for weight, answer in rows)

    def recount_rounds(self) -> None:
        """What is stored of the rounds, so that no list has to count them."""
        standing = self.standing_rounds
        self.round_number = standing[-1].number if standing else 0
        self.decided_rounds = sum(round_.decision is not None for round_ in standing)
        self.rows_left = len(self.answers) - len(standing[-1].verdicts) if standing else 0

    # Questions

    def allows(self, move: str) -> bool:
        return workflow.allows(Status(self.status), move)

    def answer_on(self, code: str) -> Answer | None:
        asked = self.period.instrument.rows
        return next((answer for answer in self.answers if asked[answer.position - 1].code == code), None)

    @property
    def is_done(self) -> bool:
        """Approved, or sent after that."""
        return self.status in workflow.DONE

    @property
    def is_editable(self) -> bool:
        return (self.status in workflow.EDITABLE and self.innovation.archived_at is None
                and self.period.accepts(Status(self.status), self.unit, self.page_opened_at))

    def must_be_editable(self) -> None:
        if self.status not in workflow.EDITABLE:
            raise Refused(f"Usulan ini {workflow.LABELS[Status(self.status)].lower()}, jadi isiannya hanya dapat dibaca.")
        self.must_be_in_time()

    def must_be_in_time(self) -> None:
        self.innovation.must_be_kept()
        self.period.must_accept(Status(self.status), self.unit, self.page_opened_at)

    @property
    def is_under_way(self) -> bool:
        """Its period may still move it: it is with the office, or its unit may still be given it to repair. What was sent stands."""
        return self.status in workflow.WITH_OFFICE or (
            self.status != Status.SENT and clock.now() <= self.period.deadline(Status.RETURNED, self.unit))

    @property
    def deadline(self) -> datetime:
        """Until when its unit may work on it, an extension counted in."""
        return self.period.deadline(Status(self.status), self.unit)

    @property
    def home(self) -> Status:
        """What it is when its unit has it: a draft, or returned once a round was decided."""
        return Status.RETURNED if self.last_decided_round else Status.DRAFT

    @property
    def last_decided_round(self) -> Round | None:
        """None of a draft: what was decided once comes home as returned."""
        return None if self.status == Status.DRAFT else next((r for r in reversed(self.standing_rounds) if r.decision), None)

    @property
    def standing_rounds(self) -> list[Round]:
        """Without those that were taken back."""
        return [round_ for round_ in self.rounds if round_.decision != Decision.WITHDRAWN]

    @property
    def returned_rows(self) -> list[Answer]:
        return [a for a in self.answers if a.is_open] if self.status == Status.RETURNED else []

    @property
    def profile_is_returned(self) -> bool:
        return self.status == Status.RETURNED and bool((done := self.last_decided_round) and done.profile_note)

    @property
    def profile_is_answered(self) -> bool:
        done = self.last_decided_round
        return done is not None and (bool(done.profile_reply) or snapshot(self)["profile"] != done.snapshot["profile"])

    def obstacles(self) -> list[Obstacle]:
        """Everything that keeps it from being submitted, each a sentence with its place."""
        return obstacles(self)

    def profile_facts(self) -> dict[str, Any]:
        """The profile this proposal stands for: as submitted once it is with the reviewers or approved, otherwise as it is now."""
        if self.status in workflow.WITH_UNIT:
            return self.innovation.profile()
        return read_facts(self.rounds[-1].snapshot["profile"])

    # Inside

    def _go(self, move: str) -> None:
        self.status, self.moved_at = workflow.after(Status(self.status), move, self.home), clock.now()
        if self.status in workflow.WITH_UNIT:
            self.main_affair = self.innovation.main_affair  # the profile may have gone on: training does not lock it

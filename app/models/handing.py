"""How a proposal leaves its unit: handed in, signed by the head or handed back, taken back before anybody judged it. Part of Entry."""
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app import clock
from app.models.people import User
from app.models.review import Decision, Round
from app.models.submission import obstacles, opening_verdict, snapshot
from app.rules import Refused, workflow
from app.rules.access import Role
from app.rules.workflow import WITH_OFFICE, Status

if TYPE_CHECKING:
    from app.models.entry import Entry


class Handing:
    """`tell` are the judges who may take it; with a reviewer of its own only that one is told."""

    def submit(self: "Entry", by: User, tell: Iterable[User] = ()) -> Round | None:
        """Hand it in: to the head of the unit where the period asks for a signature and the unit has a head, else to the reviewers.
        Refused with everything that is still missing."""
        if self.is_left_unsigned:
            return self._forward(by, tell)
        needs_head = self.period.needs_signature and by not in self.heads
        move = "prepare" if needs_head and self.heads else "submit"
        workflow.after(Status(self.status), move)
        self.must_be_in_time()
        if missing := obstacles(self):
            raise Refused(" ".join(map(str, missing)))
        self.recount()  # every row is at hand here; a save only adds what its own row changed
        self.prepared_by, self.prepared_at, self.head_note = by, clock.now(), ""
        if move == "prepare":
            self._go("prepare")
            self.record("prepared", by, tell=self.heads)
            return None
        round_ = self._hand_over("submit", by if self.period.needs_signature and not needs_head else None)
        self.record("submitted", by, tell=[self.reviewer] if self.reviewer else tell, round=round_.number, unsigned=needs_head)
        return round_

    def sign(self: "Entry", by: User, tell: Iterable[User] = ()) -> Round:
        """The head stands behind it. What was handed in on time may be signed as long as repairs are taken."""
        workflow.after(Status(self.status), "sign")
        self._must_be_head(by)
        self._must_be_whole()
        round_ = self._hand_over("sign", by)
        people = [*([self.reviewer] if self.reviewer else tell), *([self.prepared_by] if self.prepared_by else [])]
        self.record("signed", by, tell=people, round=round_.number)
        return round_

    def hand_back(self: "Entry", by: User, note: str) -> None:
        """The head does not sign; the operator reads why."""
        workflow.after(Status(self.status), "hand_back")
        self._must_be_head(by)
        if not note.strip():
            raise Refused("Tulis apa yang perlu diperbaiki sebelum Anda mengesahkan.")
        self.head_note = note.strip()
        self._go("hand_back")
        self.record("handed_back", by, tell=self.unit.people(Role.OPERATOR), note=note.strip())

    def withdraw(self: "Entry", by: User, note: str = "") -> None:
        """Take it back, from the head or from the reviewers, before anybody gave a verdict."""
        self.must_be_withdrawable()
        told = self.heads if self.status == Status.SIGNING else [self.reviewer] if self.reviewer else []
        if self.status == Status.SUBMITTED:
            self.rounds[-1].decide(Decision.WITHDRAWN, by, note)
            self.recount_rounds()
        self._go("withdraw")
        self.record("withdrawn", by, tell=told, note=note.strip())

    def _forward(self: "Entry", by: User, tell: Iterable[User]) -> Round:
        """The head it waited for is gone, or the period asks for no signature any more: on to the reviewers as it stands."""
        self._must_be_whole()
        unsigned = self.period.needs_signature
        round_ = self._hand_over("forward", None)
        self.record("submitted", by, tell=[self.reviewer] if self.reviewer else tell, round=round_.number, unsigned=unsigned)
        return round_

    def _must_be_head(self: "Entry", by: User) -> None:
        if by not in self.heads:
            raise Refused(f"Hanya kepala {self.unit.name} yang mengesahkan atau mengembalikan usulan ini.")

    def _must_be_whole(self: "Entry") -> None:
        """It was when it was handed in; a long wait may have changed that."""
        if not self.period.accepts(Status.RETURNED, self.unit):
            raise Refused(f"Masa perbaikan periode {self.period.name} sudah ditutup, jadi usulan ini tidak dapat diajukan lagi.")
        if missing := obstacles(self):
            raise Refused(" ".join(map(str, missing)))

    def _hand_over(self: "Entry", move: str, signed_by: User | None) -> Round:
        """Open a round on what stands there now; accepted rows keep their verdict, and the unit's reviewer gets it when nobody
        has it who may go on."""
        before, prepared_by = self.last_decided_round, self.prepared_by
        if prepared_by is None:
            raise Refused("Usulan ini belum pernah disiapkan operatornya.")
        round_ = Round.open(self, prepared_by, snapshot(self), signed_by)
        for answer in self.answers:
            opening_verdict(round_, answer, before)
        self.recount_rounds()
        self.reviewer = next((user for user in (self.reviewer, self.unit.reviewer) if user and self.may_be_held_by(user)), None)
        self._go(move)
        return round_

    # Questions

    @property
    def heads(self: "Entry") -> list[User]:
        """Who can sign; nobody where the unit has no head account."""
        return self.unit.people(Role.HEAD)

    @property
    def will_be_signed(self: "Entry") -> bool:
        """Does handing it in lead to the head first?"""
        return self.period.needs_signature and bool(self.heads)

    @property
    def is_left_unsigned(self: "Entry") -> bool:
        """It waits for a head, but no head is there any more, or none is asked for: its operator sends it on."""
        return self.status == Status.SIGNING and not self.will_be_signed

    def must_be_withdrawable(self: "Entry") -> None:
        """Refuses with the reason why it stays where it is."""
        if self.status in WITH_OFFICE and self.rounds[-1].is_being_judged:
            judges = self.rounds[-1].judges
            begun = f"{judges[0].name} sudah mulai memutus baris" if judges else "Verifikator sudah mulai memeriksa"
            raise Refused(f"{begun} usulan ini, jadi tidak dapat ditarik lagi. Minta verifikator mengembalikannya.")
        workflow.after(Status(self.status), "withdraw")
        if not self.period.accepts(self.home, self.unit):
            raise Refused("Batas waktu sudah lewat: usulan yang ditarik sekarang tidak dapat diajukan lagi, jadi tetap di tempatnya.")

    @property
    def may_be_withdrawn(self: "Entry") -> bool:
        """As far as its own state says; the verb also asks for the time."""
        return self.allows("withdraw") and not (self.status == Status.SUBMITTED and self.rounds[-1].is_being_judged)

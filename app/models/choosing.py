"""How a proposal gets to the ministry: chosen by hand or by the best set, copied field by field, sent. Part of Entry."""
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from app import clock
from app.models.document import StoredFile
from app.models.people import User
from app.models.sending import Sending, Tick
from app.rules import Refused, workflow
from app.rules.access import OFFICE_ROLES, Role
from app.rules.workflow import DONE, Status

if TYPE_CHECKING:
    from app.models.entry import Entry


class Choice(StrEnum):
    """What a hand decided, whatever the sums say."""
    SEND = "send"
    HOLD = "hold"


class Choosing:

    def choose(self: "Entry", by: User, choice: Choice | None, reason: str = "") -> None:
        """It must go, it must stay, or (None) let the sums decide."""
        self._must_be_sendable(by)
        if choice == self.choice:
            raise Refused("Pilihan itu memang sudah berlaku.")
        if choice and not reason.strip():
            raise Refused("Tulis alasan pilihan tangan ini; pimpinan membacanya.")
        self.choice, self.choice_note = choice, reason.strip() if choice else ""
        if choice == Choice.HOLD:
            self.chosen_at = None
        self.record("choice_made", by, private=True, choice=choice, note=reason.strip())

    def send(self: "Entry", by: User, number: str, sent_on: date, pdf: StoredFile) -> Sending:
        """It was re-keyed and has its registration number: frozen for good. `pdf` is the profile and the sheet as they stand."""
        self.must_be_sent_by(by)
        self.sending = sending = Sending.freeze(self, by, number, sent_on, pdf)
        self._go("send")
        self.record("sent", by, tell=self.owners(), number=sending.number, on=sent_on.isoformat(), maturity=str(self.verified))
        return sending

    def tick(self: "Entry", by: User, field: str, fingerprint: str) -> None:
        """This field was copied; no event, like a mark of what was read."""
        self._must_be_copied_by(by)
        held = self.tick_on(field)
        if held is None:
            self.ticks.append(Tick(field=field, fingerprint=fingerprint, by=by, at=clock.now()))
        elif held.fingerprint != fingerprint:
            held.fingerprint, held.by, held.at = fingerprint, by, clock.now()

    def untick(self: "Entry", by: User, field: str) -> None:
        self._must_be_copied_by(by)
        if held := self.tick_on(field):
            self.ticks.remove(held)

    def must_be_sent_by(self: "Entry", by: User) -> None:
        self._must_coordinate(by)
        self.must_count()
        workflow.after(Status(self.status), "send")
        if self.choice == Choice.HOLD:
            raise Refused(f"{self.innovation.name} ditahan. Cabut dulu pilihan itu bila memang hendak dikirim.")

    # Questions

    def must_count(self: "Entry") -> None:
        """Refuses what is only practised: nothing of it leaves the house."""
        if self.period.is_training:
            raise Refused("Ini usulan latihan: tidak dikirim ke kementerian.")

    def tick_on(self: "Entry", field: str) -> Tick | None:
        return next((tick for tick in self.ticks if tick.field == field), None)

    # Inside

    def _must_be_sendable(self: "Entry", by: User) -> None:
        if not by.has_role(Role.COORDINATOR):
            raise Refused("Langkah ini milik koordinator.")
        self.must_count()
        if self.status != Status.APPROVED:
            raise Refused("Yang dikirim atau ditahan adalah usulan yang sudah disetujui dan belum terkirim.")

    def _must_be_copied_by(self: "Entry", by: User) -> None:
        if not by.has_role(*OFFICE_ROLES):
            raise Refused("Centang salin milik kantor pengelola inovasi.")
        self.must_count()
        if self.status not in DONE:
            raise Refused("Yang disalin ke kementerian adalah usulan yang sudah disetujui.")

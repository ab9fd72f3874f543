"""Who works on a proposal, what they say to each other about it, and who is nudged. Part of Entry."""
from datetime import timedelta
from typing import TYPE_CHECKING

from app import clock
from app.models.note import Note
from app.models.people import User
from app.rules import Refused
from app.rules.access import Role
from app.rules.workflow import DONE, Status

if TYPE_CHECKING:
    from app.models.entry import Entry

REMINDED_FOR = timedelta(hours=12)  # one reminder by hand a day is enough; the next morning there may be another


class Sharing:

    def assign(self: "Entry", by: User, reviewer: User | None) -> None:
        """Give it to a reviewer, or (None) to nobody in particular."""
        self._must_be_shared(reviewer)
        if reviewer is self.reviewer:
            raise Refused(f"Usulan ini sudah dipegang {reviewer.name}." if reviewer else "Usulan ini memang belum dibagi.")
        self.reviewer = reviewer
        self.record("assigned", by, tell=[reviewer] if reviewer else (), private=True, reviewer_id=reviewer and reviewer.id)

    def take(self: "Entry", by: User) -> None:
        """A reviewer takes what nobody has."""
        self._must_be_shared(by)
        if self.reviewer:
            raise Refused("Usulan ini sudah Anda pegang." if self.reviewer is by else f"{self.reviewer.name} sudah mengambil usulan ini.")
        self.reviewer = by
        self.record("taken", by, private=True)

    def annotate(self: "Entry", by: User, text: str, row: str = "") -> Note:
        """A note of the office about the proposal, or about one row (code); its unit never sees it."""
        note = self.write_note(by, text, row)
        self.record("annotated", by, private=True, row=row)
        return note

    def remind(self: "Entry", by: User) -> list[User]:
        """Nudge whoever has it now; gives the people who were told."""
        if self.reminded_at and clock.now() - self.reminded_at < REMINDED_FOR:
            raise Refused(f"Pengingat untuk {self.innovation.name} sudah dikirim hari ini. Beri waktu sampai besok.")
        told = self.holders()
        if not told:
            raise Refused(self._why_nobody_is_reminded())
        self.reminded_at = clock.now()
        self.record("reminded", by, tell=told)
        return told

    def write_note(self: "Entry", by: User, text: str, row: str) -> Note:
        if not text.strip():
            raise Refused("Tulis catatannya dulu.")
        if row and self.answer_on(row) is None:
            raise Refused(f"Baris {row} tidak ada pada usulan ini.")
        note = Note(row=row, text=text.strip(), by=by, at=clock.now())
        self.notes.append(note)
        return note

    # Questions

    def holders(self: "Entry") -> list[User]:
        """Whose turn it is, by name, as far as it is somebody's."""
        if self.status in (Status.DRAFT, Status.RETURNED):
            return self.unit.people(Role.OPERATOR)
        if self.status == Status.SIGNING:
            return self.unit.people(Role.OPERATOR) if self.is_left_unsigned else self.heads
        return [self.reviewer] if self.status == Status.SUBMITTED and self.reviewer and self.may_be_held_by(self.reviewer) else []

    def owners(self: "Entry") -> list[User]:
        return self.unit.people(Role.OPERATOR, Role.HEAD)

    def may_be_held_by(self: "Entry", user: User) -> bool:
        """Somebody who is still there and may judge it."""
        return user.is_active and self.may_be_judged_by(user)

    def _why_nobody_is_reminded(self: "Entry") -> str:
        if self.status == Status.SUBMITTED:
            return f"{self.innovation.name} belum dipegang verifikator yang aktif. Bagikan dulu."
        if self.status == Status.VERIFIED:
            return f"{self.innovation.name} menunggu persetujuan koordinator, yang sudah melihatnya di antreannya."
        if self.status in DONE:
            return f"{self.innovation.name} sudah disetujui, jadi tidak ada yang perlu diingatkan."
        return f"{self.unit.name} belum punya akun operator yang aktif, jadi tidak ada yang dapat diingatkan tentang {self.innovation.name}."

    def _must_be_shared(self: "Entry", reviewer: User | None) -> None:
        if self.status in DONE:
            raise Refused("Usulan ini sudah disetujui, jadi tidak perlu dibagi lagi.")
        if reviewer and not reviewer.is_active:
            raise Refused(f"Akun {reviewer.name} tidak aktif.")
        if reviewer and not self.may_be_judged_by(reviewer):
            raise Refused(f"{reviewer.name} terdaftar di {self.unit.name}, jadi tidak memutus usulannya." if reviewer.serves(self.unit)
                          else f"{reviewer.name} bukan verifikator.")

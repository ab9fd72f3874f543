"""What went to the ministry: a proposal frozen with its registration number, the ticks of whoever re-keyed it, and what came back."""
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.document import StoredFile
from app.models.instrument import fingerprint
from app.models.people import User
from app.rules import Refused, days
from app.rules.gaps import official_total
from app.rules.scoring import Row

if TYPE_CHECKING:
    from app.models.answer import Answer
    from app.models.entry import Entry
    from app.models.period import Period

LONGEST_NUMBER = 60
MAY_CHANGE = {"number", "sent_on", "official_maturity", "official_note"}  # what the ministry says of it; all else stands as it was sent


class Sending(Base):
    """`snapshot` is {"profile", "files", "rows", "claimed", "evidenced", "verified", "unit", "period", "instrument", "number", "approved", "pdf"}
    in plain JSON and `checksum` its fingerprint; `maturity` in points as verified; `pdf` the profile and the sheet as they were then.
    `official_maturity` is what the ministry gave in all, None until it is known."""
    __tablename__ = "sending"
    __table_args__ = (
        UniqueConstraint("entry_id"), UniqueConstraint("period_id", "number"), Index(None, "pdf_id"), Index(None, "sent_by_id"),
        CheckConstraint("number <> ''", name="number_given"),
    )
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    sent_on: Mapped[date]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(200))
    unit_name: Mapped[str] = mapped_column(String(200))
    main_affair: Mapped[str] = mapped_column(String(80))
    maturity: Mapped[Decimal]
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    checksum: Mapped[str] = mapped_column(String(64))
    pdf_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    official_maturity: Mapped[Decimal | None]
    official_note: Mapped[str] = mapped_column(Text)
    entry: Mapped["Entry"] = relationship(back_populates="sending")
    period: Mapped["Period"] = relationship()
    sent_by: Mapped[User] = relationship()
    pdf: Mapped[StoredFile] = relationship()

    @classmethod
    def freeze(cls, entry: "Entry", by: User, number: str, sent_on: date, pdf: StoredFile) -> "Sending":
        facts = {**frozen(entry), "pdf": pdf.sha256}
        return cls(period=entry.period, number=known_number(number), sent_on=known_day(sent_on), sent_at=clock.now(), sent_by=by,
                   name=facts["profile"]["name"], unit_name=entry.unit.name, main_affair=facts["profile"]["main_affair"], maturity=entry.verified,
                   snapshot=facts, checksum=fingerprint(facts), pdf=pdf, official_note="")

    def correct(self, by: User, number: str, sent_on: date, reason: str) -> None:
        """The number or the day was typed wrong; what was sent stays as it is."""
        number, sent_on = known_number(number), known_day(sent_on)
        if not reason.strip():
            raise Refused("Tulis mengapa nomor atau tanggalnya dibetulkan.")
        if (number, sent_on) == (self.number, self.sent_on):
            raise Refused("Nomor dan tanggalnya masih sama.")
        before, self.number, self.sent_on = [self.number, self.sent_on.isoformat()], number, sent_on
        self.entry.record("sending_corrected", by, tell=self.entry.owners(), number=number, before=before, note=reason.strip())

    def give_result(self, by: User, maturity: Decimal | None, levels: dict["Answer", int | None], note: str = "") -> None:
        """What the ministry gave: in all, and per row as far as it is known (None takes a level back)."""
        if any(level not in (None, 0, 1, 2, 3) for level in levels.values()):
            raise Refused("Level menurut kementerian antara 0 dan 3.")
        before = self._result()
        given = {answer: levels.get(answer, answer.official.level if answer.official else None) for answer in self.entry.answers}
        whole = official_total(maturity, [Row(answer.indicator.weight, level) for answer, level in given.items()],
                               self.entry.period.instrument.maturity_max)
        for answer, level in levels.items():
            answer.give_official(by, level)
        self.official_maturity, self.official_note = whole, note.strip()
        if self._result() == before:
            raise Refused("Tidak ada yang berubah.")
        rows = sum(level is not None for level in given.values())
        self.entry.record("result_given", by, tell=self.entry.owners(), maturity="" if whole is None else str(whole), rows=rows)

    def _result(self) -> tuple[Any, ...]:
        levels = [answer.official and answer.official.level for answer in self.entry.answers]
        return (self.official_maturity, self.official_note, levels)

    @property
    def is_whole(self) -> bool:
        """Is it still what was sent: the snapshot by its checksum, what stands beside it by the snapshot, the paper by its hash?"""
        told = self.snapshot
        return fingerprint(told) == self.checksum and (
            (self.name, self.unit_name, self.main_affair, self.maturity, self.pdf.sha256, self.period_id)
            == (told["profile"]["name"], told["unit"], told["profile"]["main_affair"], Decimal(told["verified"]), told.get("pdf"),
                self.entry.period_id))


class OfficialLevel(Base):
    """The level the ministry gave a row of what was sent."""
    __tablename__ = "official_level"
    __table_args__ = (UniqueConstraint("answer_id"), Index(None, "by_id"), CheckConstraint("level BETWEEN 0 AND 3", name="level_known"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    level: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    answer: Mapped["Answer"] = relationship(back_populates="official")
    by: Mapped[User] = relationship()


class Tick(Base):
    """A field that somebody copied to the ministry's site; `fingerprint` of its text then, so that a later change is seen."""
    __tablename__ = "tick"
    __table_args__ = (UniqueConstraint("entry_id", "field"), Index(None, "by_id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    field: Mapped[str] = mapped_column(String(40))
    fingerprint: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    entry: Mapped["Entry"] = relationship(back_populates="ticks")
    by: Mapped[User] = relationship()


def frozen(entry: "Entry") -> dict[str, Any]:
    """Everything that was verified, in plain JSON: the round's own snapshot with the verdicts and the scores."""
    round_ = entry.last_decided_round
    if round_ is None:
        raise Refused("Usulan ini belum pernah diputus.")
    profile, verdicts = round_.snapshot["profile"], {verdict.answer.indicator.code: verdict for verdict in round_.verdicts}
    rows = {answer.indicator.code: {**answer.facts(), "name": answer.indicator.name, "weight": str(answer.indicator.weight),
                                    "evidenced": answer.evidenced_level, "proven": answer.proven_level or 0,
                                    "reason": verdict.reason if (verdict := verdicts.get(answer.indicator.code)) else ""}
            for answer in entry.answers}
    return {
        "profile": profile, "files": file_names(entry, profile), "rows": rows, "claimed": str(entry.claimed), "evidenced": str(entry.evidenced),
        "verified": str(entry.verified), "unit": entry.unit.name, "period": entry.period.year, "number": entry.number,
        "instrument": {"code": entry.period.instrument.code, "checksum": entry.period.instrument.checksum},
        "approved": {"by": round_.decided_by and round_.decided_by.name, "at": round_.decided_at and round_.decided_at.isoformat(),
                     "round": round_.number},
    }


def file_names(entry: "Entry", profile: dict[str, Any]) -> dict[str, str]:
    """What the files of this profile are called, by slot; without those another file took the place of."""
    return {held.slot: held.file_name for held in entry.innovation.files if held.file.sha256 == profile.get(held.slot)}


def known_number(number: str) -> str:
    """With single blanks, and without the marks nobody sees that come along when it is copied from a page."""
    number = " ".join("".join(letter for letter in number if letter.isprintable() or letter.isspace()).split())
    if not number or len(number) > LONGEST_NUMBER:
        raise Refused(f"Isi nomor registrasi dari kementerian, paling banyak {LONGEST_NUMBER} huruf.")
    return number


def known_day(day: date | None) -> date:
    if day is None or not days.has_begun(day, clock.now()):
        raise Refused("Isi tanggal kirim; tidak boleh sesudah hari ini.")
    return day


def refuse_change(mapper: Any, connection: Any, sending: Sending) -> None:
    """What was sent never changes."""
    state = inspect(sending)
    changed = [attribute.key for attribute in state.mapper.column_attrs
               if attribute.key not in MAY_CHANGE and attribute.key not in state.unloaded and state.attrs[attribute.key].history.has_changes()]
    if changed:
        raise Refused("Yang sudah dikirim ke kementerian tidak dapat diubah.")


def refuse_removal(*_: Any) -> None:
    raise Refused("Yang sudah dikirim ke kementerian tidak dapat dihapus.")


event.listen(Sending, "before_update", refuse_change)
event.listen(Sending, "before_delete", refuse_removal)

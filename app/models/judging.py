"""How a proposal is judged and decided: verdict by verdict, then returned, finished, approved or opened again. Part of Entry."""
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app import clock
from app.models.answer import Answer
from app.models.people import User
from app.models.reason import Reason
from app.models.review import Decision, Origin, Round, Verdict
from app.models.submission import carry, snapshot
from app.rules import Overtaken, Refused, workflow
from app.rules.access import JUDGES, Role
from app.rules.words import listed
from app.rules.workflow import DONE, Status

if TYPE_CHECKING:
    from app.models.entry import Entry


class Judging:

    def judge(self: "Entry", answer: Answer, by: User, level: int, reason: str = "", seen: int | None = None,
              cited: Sequence[Reason] = ()) -> Verdict:
        """Draft the verdict on one row of the open round; `seen` is the verdict version the reviewer was looking at, `cited` what they took
        from the bank of reasons."""
        self._must_be_decided_by(by, "finish")
        reason, claimed = reason.strip(), answer.claimed_level or 0
        verdict = self.rounds[-1].verdict_on(answer)
        if verdict and seen is not None and verdict.version != seen:
            who = "Anda sendiri" if verdict.by is by else verdict.by.name if verdict.by else "Orang lain"
            raise Overtaken(f"{who} sudah memutus baris ini. Catatan Anda masih di bawah; periksa putusannya sebelum menyimpan.")
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
        self.recount_rounds()
        verdict.cited = [one for one in cited if one.row == answer.indicator.code]
        self.record("row_judged", by, private=True, row=answer.indicator.code, level=level)
        return verdict

    def note_profile(self: "Entry", by: User, text: str) -> None:
        """Draft what is wrong with the profile; the unit reads it when the proposal is returned."""
        self._must_be_decided_by(by, "finish")
        self.rounds[-1].profile_note = text.strip()
        self.record("profile_noted", by, private=True)

    def return_(self: "Entry", by: User, rows: Iterable[str], note: str = "", profile_note: str = "") -> None:
        """Send it back: the named rows (codes) open again, each with the reason of its verdict; the profile too when it has a note."""
        self._must_be_decided_by(by, "return")
        if not self.period.accepts(Status.RETURNED, self.unit):
            raise Refused("Masa perbaikan sudah ditutup, jadi usulan tidak dapat dikembalikan. Setujui dengan level yang terbukti, "
                          "atau perpanjang batas perbaikannya.")
        codes, round_ = set(rows), self.rounds[-1]
        named = [answer for answer in self.answers if answer.indicator.code in codes]
        if not named and not profile_note.strip():
            raise Refused("Pilih paling sedikit satu baris yang dikembalikan, atau tulis catatan untuk profil.")
        bare = [a.indicator.code for a in named if not (verdict := round_.verdict_on(a)) or not verdict.reason]
        if bare:
            raise Refused(f"Baris {listed(bare)} belum punya alasan. Putus baris itu dulu dengan alasan mengapa dikembalikan.")
        self._decide("return", Decision.RETURNED, by, note, profile_note)
        for answer in self.answers:
            answer.is_open = answer in named
        for verdict in round_.verdicts:
            verdict.returned = verdict.answer in named
        self.record("returned", by, tell=self.owners(), rows=sorted(codes), note=note.strip(), profile=bool(profile_note.strip()))

    def finish(self: "Entry", by: User, note: str = "", tell: Iterable[User] = ()) -> None:
        """Every row is judged: on to the coordinator, where the period asks for two steps. `note` is for the unit, read once it is approved."""
        self._must_be_decided_by(by, "finish")
        if not self.period.two_steps:
            raise Refused("Periode ini memakai persetujuan satu langkah: setujui langsung.")
        round_ = self._judged_round()
        round_.finished_by, round_.finished_at, round_.note, round_.profile_note = by, clock.now(), note.strip(), ""
        self._go("finish")
        self.record("finished", by, tell=tell, round=round_.number)

    def recheck(self: "Entry", by: User, note: str, rows: Iterable[str] = ()) -> None:
        """The coordinator hands it back to the reviewer, with what to look at again; no verdict is touched."""
        self._must_be_decided_by(by, "recheck")
        if self.period.two_steps:
            self._must_coordinate(by)
        if not note.strip():
            raise Refused("Tulis apa yang perlu diperiksa lagi oleh verifikator.")
        round_, codes = self.rounds[-1], [a.indicator.code for a in self.answers if a.indicator.code in set(rows)]
        told = {id(user): user for user in (round_.finished_by, self.reviewer) if user}
        for code in codes or [""]:
            self.write_note(by, note, code)
        if self.reviewer is None and round_.finished_by and self.may_be_held_by(round_.finished_by):
            self.reviewer = round_.finished_by
        round_.finished_by = round_.finished_at = None
        self._go("recheck")
        self.record("rechecked", by, tell=told.values(), private=True, note=note.strip(), rows=codes)

    def approve(self: "Entry", by: User, note: str = "") -> None:
        """Accept it at the proven levels; every row must have a verdict. In two steps the coordinator does, who is not among the verifiers."""
        self._must_be_decided_by(by, "approve")
        round_ = self._judged_round()
        if reason := self.why_not_approved_by(by):
            raise Refused(reason)
        if self.status == Status.VERIFIED:  # what the reviewer wrote when finishing stays
            note = "\n".join(dict.fromkeys(filter(None, (round_.note, note.strip()))))
        self._decide("approve", Decision.APPROVED, by, note)
        for answer in self.answers:
            answer.is_open = False
        self.record("approved", by, tell=self.owners(), note=note.strip(), verified=str(self.verified),
                    finished_by_id=round_.finished_by and round_.finished_by.id)

    def reopen(self: "Entry", by: User, rows: Iterable[str], reason: str) -> Round:
        """Open single rows of an approved proposal again; the others keep their verdict. It is a round of its own, returned at once."""
        self._must_be_decided_by(by, "reopen")
        self._must_coordinate(by)
        self.innovation.must_be_kept()
        codes = set(rows)
        named = [answer for answer in self.answers if answer.indicator.code in codes]
        if not named or not reason.strip():
            raise Refused("Pilih baris yang dibuka kembali dan tulis alasannya." if not named else "Tulis mengapa baris itu dibuka kembali.")
        if not self.period.accepts(Status.RETURNED, self.unit):
            raise Refused("Masa perbaikan sudah ditutup. Beri perangkat daerah ini perpanjangan dulu, baru buka barisnya.")
        before = self.rounds[-1]
        round_ = Round.open(self, by, snapshot(self), is_reopening=True)
        for answer in self.answers:
            earlier = before.verdict_on(answer)
            if answer in named:
                verdict = Verdict.give(round_, answer, Origin.JUDGED, earlier.proven_level if earlier else 0, reason.strip(), by)
                verdict.returned = True
            elif earlier:
                carry(round_, answer, earlier)
            answer.is_open = answer in named
        self._decide("reopen", Decision.RETURNED, by, reason)
        self.record("reopened", by, tell=self.owners(), rows=sorted(a.indicator.code for a in named), note=reason.strip())
        return round_

    # Questions

    def may_be_judged_by(self: "Entry", user: User) -> bool:
        """Nobody judges a proposal of a unit they belong to, unless the period says a small office may."""
        return user.has_role(*JUDGES) and (not user.serves(self.unit) or self.period.may_judge_own_unit)

    def why_not_approved_by(self: "Entry", user: User) -> str:
        """Why this person does not approve it, as a sentence; empty when they may."""
        if not self.period.two_steps:
            return ""
        if self.status == Status.SUBMITTED:
            return "Periode ini memakai dua langkah: selesaikan pemeriksaannya, lalu koordinator yang menyetujui."
        if not user.has_role(Role.COORDINATOR):
            return "Usulan yang selesai diperiksa disetujui koordinator."
        if user in self.verifiers and not self.period.may_approve_own:
            return "Anda ikut memverifikasi usulan ini, jadi koordinator lain yang menyetujuinya."
        return ""

    def relaxations(self: "Entry") -> list[str]:
        """What of the separation of hands does not hold here, as sentences for whoever decides."""
        said = []
        if not self.period.two_steps:
            said.append("persetujuan satu langkah, jadi yang memverifikasi juga yang menyetujui.")
        elif self.period.may_approve_own:
            said.append("yang ikut memverifikasi boleh menyetujui.")
        if self.period.may_judge_own_unit:
            said.append("verifikator boleh memutus usulan perangkat daerahnya sendiri.")
        return said

    @property
    def verifiers(self: "Entry") -> list[User]:
        """Who stands behind the verdicts of the last round, also those carried over, and who finished it; each once."""
        round_ = self.rounds[-1]
        people = [*(verdict.by for verdict in round_.verdicts), round_.finished_by]
        return list({id(user): user for user in people if user}.values())

    # Inside

    def _judged_round(self: "Entry") -> Round:
        round_ = self.rounds[-1]
        if missing := round_.unjudged:
            raise Refused(f"Baris {listed([a.indicator.code for a in missing])} belum diputus.")
        return round_

    def _must_be_decided_by(self: "Entry", by: User, move: str) -> None:
        if by.serves(self.unit) and not self.period.may_judge_own_unit:
            raise Refused(f"Anda terdaftar di {self.unit.name}. Usulan perangkat daerah sendiri diputus orang lain.")
        if not by.has_role(*JUDGES):
            raise Refused("Usulan diputus verifikator atau koordinator.")
        done = self.last_decided_round
        if self.status in {Status.RETURNED, *DONE} and not self.allows(move) and done and done.decided_by:
            word = "mengembalikan" if done.decision == Decision.RETURNED else "menyetujui"
            raise Refused(f"{done.decided_by.name} sudah {word} usulan ini. Keputusan Anda tidak dicatat.")
        workflow.after(Status(self.status), move)

    def _must_coordinate(self: "Entry", by: User) -> None:
        if not by.has_role(Role.COORDINATOR):
            raise Refused("Langkah ini milik koordinator.")

    def _decide(self: "Entry", move: str, decision: Decision, by: User, note: str, profile_note: str = "") -> None:
        round_ = self.rounds[-1]
        round_.decide(decision, by, note, profile_note)
        for answer in self.answers:
            verdict = round_.verdict_on(answer)
            answer.proven_level = verdict.proven_level if verdict else None
        self._go(move)
        self.recount()
        self.recount_rounds()

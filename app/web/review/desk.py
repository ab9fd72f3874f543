"""One proposal on the reviewer's desk: its latest round row by row, as this person may see it."""
from decimal import Decimal
from zlib import crc32

from flask import abort

from app.models import Answer, Entry, Round, User, Verdict
from app.models.review import Origin
from app.rules import Refused
from app.rules.access import can as may
from app.rules.workflow import DONE, Status
from app.web.gate import can, get_entry, me
from app.web.review.rows import Row


class Desk:
    """The latest round of a proposal. Drafts of verdicts are not shown to somebody of the unit, whatever else they are."""

    def __init__(self, entry: Entry, reader: User):
        *earlier, self.round = entry.standing_rounds
        self.entry, self.reader, self.before = entry, reader, earlier[-1] if earlier else None
        self.sees_drafts = bool(self.round.decision) or entry.may_be_judged_by(reader) or not reader.serves(entry.unit)
        now, then = _verdicts(self.round), _verdicts(self.before)
        self.rows = [self._row(answer, now.get(answer.id), then.get(answer.id)) for answer in entry.answers]

    def _row(self, answer: Answer, verdict: Verdict | None, former: Verdict | None) -> Row:
        code = answer.indicator.code
        hidden = verdict is not None and verdict.origin == Origin.JUDGED and not self.sees_drafts
        return Row(answer, self.round.snapshot["rows"][code], self.before and self.before.snapshot["rows"].get(code),
                   None if hidden else verdict, former)

    def row(self, code: str) -> Row:
        return next((row for row in self.rows if row.code == code), None) or abort(404)

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def noted(self) -> list[Row]:
        """The rows a person wrote a reason for in this round: what goes back, unless the reviewer says otherwise."""
        return [row for row in self.rows if row.kind == Origin.JUDGED and row.verdict and row.verdict.reason]

    @property
    def settled(self) -> list[Row]:
        """The rest of the rows with a verdict: at their claim, carried over, or empty."""
        noted = self.noted
        return [row for row in self.rows if row.verdict and row not in noted]

    @property
    def unjudged(self) -> list[Row]:
        return [row for row in self.rows if row.verdict is None]

    def must_be_round(self, seen: int | None) -> None:
        """Refuse what was typed beside an earlier submission: that one was taken back, or sent back, and handed in anew."""
        if seen is not None and seen != self.round.number:
            raise Refused(f"Usulan ini diajukan lagi sesudah halaman ini dibuka. Yang tampil sekarang putaran {self.round.number}: periksa lagi "
                          "isian dan buktinya, lalu simpan.")

    def next_after(self, row: Row) -> Row | None:
        """The next row without a verdict, from here down and then from the top; never this one."""
        here = self.rows.index(row)
        return next((other for other in self.rows[here + 1:] + self.rows[:here] if other.verdict is None), None)

    def beside(self, row: Row) -> tuple[Row | None, Row | None]:
        """The rows before and after this one in the list beside it: to judge, then carried over, then empty."""
        order = [*self.of(Origin.JUDGED), *self.of(Origin.CARRIED), *self.of(Origin.EMPTY)]
        here = order.index(row)
        return order[here - 1] if here else None, order[here + 1] if here + 1 < len(order) else None

    def history(self, row: Row) -> list[tuple[Round, Verdict]]:
        """What people said about a row in the rounds before, latest first."""
        found = [(past, past.verdict_on(row.answer)) for past in reversed(self.entry.standing_rounds[:-1])]
        return [(past, verdict) for past, verdict in found if verdict and verdict.origin == Origin.JUDGED]

    @property
    def mark(self) -> int:
        """Another one after every verdict and note on the profile, and in every round, so that a decision is taken on what its maker saw."""
        return 1000 * (self.round.number - 1) + sum(verdict.version for verdict in self.round.verdicts) + crc32(self.round.profile_note.encode())

    @property
    def claimed(self) -> Decimal:
        return Decimal(self.round.snapshot["claimed"])

    @property
    def evidenced(self) -> Decimal:
        return Decimal(self.round.snapshot["evidenced"])

    @property
    def proven(self) -> Decimal:
        """Points if it were decided now: rows without a verdict count nothing."""
        return sum((row.points(row.verdict.proven_level) for row in self.rows if row.verdict), Decimal(0))

    @property
    def verified(self) -> Decimal | None:
        """Points of the last decision; none before the first."""
        return self.entry.verified if self.before or self.round.decision else None

    @property
    def may_judge(self) -> bool:
        return not self.why_not

    @property
    def why_not(self) -> str:
        """Why this person gives no verdict here, as a sentence; empty when they may."""
        entry, decided = self.entry, self.round
        if entry.status == Status.RETURNED:
            what = "membuka kembali" if decided.is_reopening else "mengembalikan"
            return (f"{decided.decided_by.name} {what} usulan ini dan {entry.unit.name} sedang memperbaikinya. "
                    f"Yang tampil di sini adalah putaran {decided.number}.")
        if entry.status in DONE:
            return f"{decided.decided_by.name} sudah menyetujui usulan ini. Putusannya tetap."
        if entry.status == Status.SIGNING:
            return f"Usulan ini menunggu pengesahan kepala {entry.unit.name}. Yang tampil di sini adalah putaran {decided.number}."
        if entry.status == Status.VERIFIED:
            return f"{decided.finished_by.name} selesai memeriksa usulan ini. Sekarang menunggu persetujuan koordinator."
        if may(self.reader, "entry.judge", entry):
            return ""
        if self.reader.serves(entry.unit):
            return f"Anda terdaftar di {entry.unit.name}, jadi usulan ini diputus orang lain. Putusan tampil di sini sesudah usulan diputuskan."
        return "Anda dapat membaca usulan ini; putusan diberikan verifikator atau koordinator."


def _verdicts(round_: Round | None) -> dict[int, Verdict]:
    return {verdict.answer_id: verdict for verdict in round_.verdicts} if round_ else {}


def desk_for(id: int, to: str = "view") -> Desk:
    """For everyone of the office to read; `to="judge"` for those who may change it."""
    return desk_of(get_entry(id, to))


def desk_of(entry: Entry) -> Desk:
    if not can("review.list"):
        abort(403)
    if not entry.standing_rounds:
        what = "ditarik lagi oleh perangkat daerahnya" if entry.rounds else "belum pernah diajukan"
        raise Refused(f"{entry.innovation.name} {what}, jadi belum ada yang diverifikasi.")
    return Desk(entry, me())

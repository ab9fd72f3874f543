"""The rows of one proposal as its pages show them. Reads what `whole` brings; no queries of its own."""
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from app.models import Answer, Entry, Round, Verdict
from app.models.review import Origin
from app.rules import Refused
from app.rules.scoring import Row, maturity
from app.rules.steps import RowState
from app.rules.workflow import WITH_OFFICE, Status

# What a row is like now -> its state in ui/state.html, its word on screen
KINDS = {
    "returned": ("returned", "Dikembalikan"),
    "mended": ("resubmitted", "Sudah ditanggapi"),
    "again": ("resubmitted", "Diajukan ulang"),
    "short": ("short_evidence", "Bukti kurang"),
    "partly": ("short_evidence", "Terbukti sebagian"),
    "empty": ("empty", "Kosong"),
    "evidenced": ("evidenced", "Berbukti"),
    "proven": ("proven", "Terbukti"),
}


class Line(NamedTuple):
    """A row of the sheet. Levels are 0-3, `proven` None before the first decision; `note` says what is wrong with it."""
    code: str
    name: str
    mandatory: bool
    weight: Decimal
    claimed: int | None
    evidenced: int
    proven: int | None
    kind: str
    documents: int
    note: str

    @property
    def state(self) -> str:
        return KINDS[self.kind][0]

    @property
    def word(self) -> str:
        return KINDS[self.kind][1]

    @property
    def slug(self) -> str:
        return slug(self.word)


def slug(word: str) -> str:
    """A word of a state in an address."""
    return word.lower().replace(" ", "-")


def lines(entry: Entry) -> list[Line]:
    return [_line(answer) for answer in entry.answers]


def first_to_do(lines: list[Line]) -> Line | None:
    """What was sent back comes first, then what is empty or lacks evidence."""
    return next((line for line in lines if line.kind == "returned"), None) or next((line for line in lines if line.kind in ("empty", "short")), None)


def row_states(entry: Entry) -> list[RowState]:
    """For `rules.steps.next_steps`."""
    return [RowState(
        code=answer.indicator.code, name=answer.indicator.name, weight=answer.indicator.weight, mandatory=answer.indicator.mandatory,
        claimed=answer.claimed_level, evidenced=answer.evidenced_level, proven=answer.proven_level, is_returned=must_be_answered(answer),
        is_open=answer.may_change, lacks=_reason(answer) if must_be_answered(answer) else answer.lacks) for answer in entry.answers]


def must_be_answered(answer: Answer) -> bool:
    """Sent back, and neither changed nor answered yet."""
    return answer.entry.status == Status.RETURNED and answer.is_open and not answer.is_answered


def notes(answer: Answer) -> list[Verdict]:
    """What reviewers wrote about this row in decided rounds, newest first; a verdict carried over is not said twice."""
    return [verdict for round_ in reversed(answer.entry.rounds)
            if round_.decision and (verdict := round_.verdict_on(answer)) and verdict.reason and verdict.origin == Origin.JUDGED]


def verified(entry: Entry) -> Decimal | None:
    """The third number; None until somebody verified."""
    return entry.verified if entry.last_decided_round else None


def verified_by(round_: Round) -> Decimal:
    """What a decided round left proven, in points."""
    return maturity(Row(verdict.answer.indicator.weight, verdict.proven_level) for verdict in round_.verdicts)


def reason_against(check: Callable[[], None]) -> str:
    """The sentence with which a rule refuses now; empty when it does not."""
    try:
        check()
    except Refused as reason:
        return str(reason)
    return ""


def _line(answer: Answer) -> Line:
    indicator, kind = answer.indicator, _kind(answer)
    note = _reason(answer) if kind in ("returned", "partly") else answer.lacks if kind == "short" else ""
    return Line(indicator.code, indicator.name, indicator.mandatory, indicator.weight, answer.claimed_level, answer.evidenced_level,
                answer.proven_level, kind, answer.document_count, note[:1].upper() + note[1:])


def _kind(answer: Answer) -> str:
    status, claimed = answer.entry.status, answer.claimed_level or 0
    if status == Status.RETURNED and answer.is_open:
        return "returned" if must_be_answered(answer) else "mended"
    if not claimed:
        return "empty"
    if answer.proven_level is None:
        return "evidenced" if answer.evidenced_level >= claimed else "short"
    if status in (Status.SIGNING, *WITH_OFFICE) and answer.is_open:
        return "again"
    return "proven" if answer.proven_level >= claimed else "partly"


def _reason(answer: Answer) -> str:
    """Why the last decided round gave this row what it gave."""
    decided = answer.entry.last_decided_round
    verdict = decided and decided.verdict_on(answer)
    return verdict.reason if verdict else ""

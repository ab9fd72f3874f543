"""An innovation's years: what became of its proposal in each, and what was reported before this app."""
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from app.rules.workflow import DONE, LABELS, Status

RETURNED, APPROVED, WITHDRAWN = "returned", "approved", "withdrawn"  # how a round ended


class Year(NamedTuple):
    """`begun_at` is when it was taken into that period, `carried_from` the year of the proposal it goes on from and `development` what was
    developed since; `returned` and `reopened` count. `maturity` is the verified one, known once it was approved; `official` the ministry's.
    A year before this app (`is_before`) has only a number and a maturity, as far as somebody told: nobody verified it here."""
    year: int
    status: str = ""
    begun_at: datetime | None = None
    carried_from: int | None = None
    development: str = ""
    submitted_at: datetime | None = None
    returned: int = 0
    reopened: int = 0
    approved_at: datetime | None = None
    maturity: Decimal | None = None
    number: str = ""
    sent_on: date | None = None
    official: Decimal | None = None
    entry: int = 0
    sending: int = 0
    is_before: bool = False

    @property
    def label(self) -> str:
        return "Dilaporkan sebelum aplikasi ini" if self.is_before else LABELS[Status(self.status)]


def years_of(innovation: Any, begun: Mapping[int, datetime]) -> list[Year]:
    """Newest first, without training; `begun` says by id of a proposal when it was taken on."""
    own = [_year(entry, begun.get(entry.id)) for entry in innovation.entries if not entry.period.is_training]
    before = [Year(past.year, maturity=past.maturity, number=past.number, is_before=True) for past in innovation.past_reports]
    return sorted([*own, *before], key=lambda year: (-year.year, year.is_before, year.entry))


def _year(entry: Any, begun: datetime | None) -> Year:
    rounds, sending = [one for one in entry.rounds if one.decision != WITHDRAWN], entry.sending
    done = entry.status in DONE
    return Year(
        entry.period.year, entry.status, begun, entry.carried_from and entry.carried_from.period.year, entry.development,
        next((one.submitted_at for one in rounds if not one.is_reopening), None),
        sum(one.decision == RETURNED and not one.is_reopening for one in rounds), sum(one.is_reopening for one in rounds),
        next((one.decided_at for one in reversed(rounds) if one.decision == APPROVED), None) if done else None,
        (sending.maturity if sending else entry.verified) if done else None, sending.number if sending else "", sending and sending.sent_on,
        sending and sending.official_maturity, entry.id, sending.id if sending else 0)

"""Proposals that went to the ministry, with or without its result, made by the verbs in the saved database."""
from decimal import Decimal
from itertools import count

from app import clock
from app.extensions import db
from app.models import Entry, Sending
from tests.cast import make_file
from tests.web.reviewing import another, judge

pdfs = count(50_000)


def send(cast, entry: Entry, number: str, **levels: int) -> Sending:
    """Submitted, judged at its claim or at `r16=1`, approved and sent."""
    if not entry.standing_rounds:
        entry.submit(cast.owner)
    judge(cast, entry, **levels)
    entry.approve(cast.coordinator)
    sending = entry.send(cast.coordinator, number, clock.now().date(), make_file(next(pdfs)))
    db.session.flush()
    return sending


def three_sent(cast) -> list[Sending]:
    """JEMPUT GIZI of Dinas Kesehatan, and two of Badan Keuangan: row 16 proven at 2, 1 and 2; the other required rows at 2."""
    two = another(cast, "PAJAK PINTAR"), another(cast, "KAS DAERAH")
    return [send(cast, cast.entry, "IID-1"), send(cast, two[0], "IID-2", r16=1), send(cast, two[1], "IID-3")]


def give(cast, sending: Sending, total: str | None = None, note: str = "", rest: int | None = None, **levels: int) -> None:
    """`r16=1` for single rows, `rest` for all others: "as verified" when -1."""
    answers = {}
    for answer in sending.entry.answers:
        if (level := levels.get(f"r{answer.indicator.code}", rest)) is not None:
            answers[answer] = (answer.proven_level or 0) if level == -1 else level
    sending.give_result(cast.coordinator, None if total is None else Decimal(total), answers, note)
    db.session.flush()

"""The bank of reasons beside a verdict: what is offered for a row, and what a verdict took from it."""
from collections.abc import Collection
from typing import NamedTuple

from app.extensions import db
from app.models import Reason
from app.queries import reasons
from app.rules.citing import is_quoted, is_said, joined
from app.rules.years import in_years
from app.web.review.rows import Row


class Offer(NamedTuple):
    """A reason with the years of the instrument filled in."""
    reason: Reason
    text: str
    is_ticked: bool


def offered(row: Row, ticked: Collection[int] | None = None) -> list[Offer]:
    """Most used first. `ticked` are the ids the person has ticked; those of the verdict that stands when nothing was sent."""
    kept = _held(row)
    chosen, year = kept if ticked is None else ticked, row.answer.indicator.year
    return [Offer(reason, in_years(reason.text, year), reason.id in chosen) for reason in db.session.scalars(reasons.offered(row.code, kept))]


def taken(row: Row, text: str, ticked: Collection[int]) -> tuple[str, list[Reason]]:
    """The text of the verdict and the reasons it counts for: those ticked whose words are still there, and those that stand in it verbatim.
    What was ticked anew without its words, because no script put them there, is added at the end; what was deleted again counts no more.
    Ids that are not of this row are nobody's."""
    offers = offered(row, ticked)
    held = _held(row)
    added = [offer for offer in offers if offer.is_ticked and offer.reason.id not in held and not is_said(offer.text, text)]
    cited = [offer.reason for offer in offers
             if offer in added or is_quoted(offer.text, text) or (offer.is_ticked and is_said(offer.text, text))]
    return joined(text, [offer.text for offer in added]) if added else text, cited


def _held(row: Row) -> set[int]:
    return {reason.id for reason in row.verdict.cited} if row.verdict else set()

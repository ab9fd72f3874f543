"""The expected index of a period, for every page that shows it."""
from collections.abc import Sequence
from typing import Any

from app.extensions import db
from app.models import Period
from app.queries import standing
from app.queries.standing import Standing
from app.rules.workflow import DONE
from app.web.known import last_that, lasting


def standing_of(period: Period) -> Standing:
    """The sums as they are now; the best set is sought again only when something of what is approved or sent, or of the region, changed."""
    sums, rules = db.session.execute(standing.sums(period)).all(), period.instrument.index_rules
    last = last_that("done", lambda after: db.session.scalar(standing.last_on_done(after)))
    if last is None:
        return made(period, sums)
    done = tuple(tuple(row) for row in sums if row.status in DONE)
    return standing.read_like(lasting(("standing", period.id), (last, period.region_verified, rules, done), lambda: made(period, sums)), period, sums)


def made(period: Period, sums: Sequence[Any]) -> Standing:
    return standing.read(period, period.instrument.index_rules, sums, db.session.execute(standing.picks(period)))

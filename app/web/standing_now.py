"""The expected index of a period, for every page that shows it."""
from collections.abc import Collection
from decimal import Decimal

from app.extensions import db
from app.models import Period
from app.queries import standing
from app.queries.standing import Standing


def standing_of(period: Period) -> Standing:
    def nth(maturity: Decimal, so_many: int, but: Collection[int]) -> int:
        return db.session.execute(standing.nth(period, maturity, so_many, but)).scalar_one()

    sums, affairs, groups = (db.session.execute(query(period)).all() for query in (standing.sums, standing.affairs, standing.groups))
    return standing.read(period, period.instrument.index_rules, sums, affairs, groups, nth)

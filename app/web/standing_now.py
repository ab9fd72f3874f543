"""The expected index of a period, for every page that shows it."""
from app.extensions import db
from app.models import Period
from app.queries import standing
from app.queries.standing import Standing


def standing_of(period: Period) -> Standing:
    return standing.read(period, period.instrument.index_rules, db.session.execute(standing.sums(period)), db.session.execute(standing.picks(period)))

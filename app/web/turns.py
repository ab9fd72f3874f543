"""Who had a proposal for how long, for the pages of both sides."""
from typing import Any

from app import clock
from app.extensions import db
from app.models import Entry
from app.queries import entries
from app.rules import turns
from app.web.season import zone


def way(entry: Entry) -> dict[str, Any]:
    """`stays` by id of the event that began them, `totals` by holder."""
    found = turns.stays(db.session.execute(entries.turns(entry)).all(), clock.now(), zone())
    return {"stays": {stay.event: stay for stay in found}, "totals": turns.totals(found)}

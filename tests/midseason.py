"""A regency in the middle of its season, laid down as rows: many units, proposals in every state, their rounds and their turns."""
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, text

from app import clock
from app.extensions import db
from app.models import Entry, Event, Innovation, Membership, Round, Unit, User
from app.models.review import Decision
from app.rules.access import Role
from app.rules.codelists import AFFAIRS, BASIC_AFFAIRS, UNIT_KINDS
from app.rules.workflow import Status
from tests.cast import PASSWORD_HASH
from tests.past import UNCHAINED

WAY = {  # how a proposal came to its state: event and who did it
    Status.DRAFT: (), Status.SIGNING: (("prepared", "owner"),), Status.SUBMITTED: (("submitted", "owner"),),
    Status.VERIFIED: (("submitted", "owner"), ("finished", "reviewer")), Status.RETURNED: (("submitted", "owner"), ("returned", "reviewer")),
    Status.APPROVED: (("submitted", "owner"), ("returned", "reviewer"), ("submitted", "owner"), ("approved", "coordinator")),
    Status.SENT: (("submitted", "owner"), ("approved", "coordinator"), ("sent", "coordinator")),
}
SAID = {"submitted": {"round": 1}, "returned": {"rows": ["16"]}, "approved": {"verified": "80"}, "sent": {"number": "SID-1", "maturity": "80"}}
DECIDED = {"returned": Decision.RETURNED, "approved": Decision.APPROVED}


def lay_down(cast, units: int = 60, entries: int = 200, seed: int = 7) -> None:
    """`cast` as `reviewing.desk` gives it. Units of every kind, every third below an earlier one, one archived; every tenth brings nothing."""
    chance, now = Random(seed), clock.now()
    made: list[Unit] = []
    for number in range(units):
        parent = chance.choice(made) if number > 6 and number % 3 == 0 else None
        made.append(Unit.add(f"Unit {number:03d}", UNIT_KINDS[number % len(UNIT_KINDS)], None, parent=parent))
    made[5].archived_at = now
    db.session.add_all(made)
    db.session.flush()
    operators = _operators(made)
    bringing = [unit for number, unit in enumerate(made) if number % 10]
    db.session.execute(insert(Innovation), [
        {"id": 1000 + n, "unit_id": bringing[n % len(bringing)].id, "name": f"INOVASI {n:03d}", "recorded_at": now, "pkpn_touching": [],
         "touching_affairs": [], "summary": "", "is_shown": False, "archive_note": ""} for n in range(entries)])
    rows: dict[Any, list[dict[str, Any]]] = {Entry: [], Round: [], Event: []}
    for n in range(entries):
        _proposal(rows, cast, n, bringing[n % len(bringing)].id, operators, chance, now)
    for model in (Entry, Round, Event):
        db.session.execute(insert(model), rows[model])
    count_rounds()
    cast.period.entries_started = 10_000
    db.session.flush()


def count_rounds() -> None:
    """What proposals store of their rounds, for rounds that no verb made."""
    standing = "FROM round WHERE round.entry_id = entry.id AND coalesce(decision, '') <> 'withdrawn'"
    db.session.execute(text(f"UPDATE entry SET round_number = (SELECT coalesce(max(number), 0) {standing}), "
                            f"decided_rounds = (SELECT count(decision) {standing}) WHERE id >= 1000"))


def _operators(units: list[Unit]) -> dict[int, int]:
    people = []
    for unit in units:
        user = User.add(f"operator-{unit.id}", f"Operator {unit.name}", PASSWORD_HASH, None)
        user.memberships.append(Membership(unit=unit, role=Role.OPERATOR))
        people.append(user)
    db.session.add_all(people)
    db.session.flush()
    return {unit.id: user.id for unit, user in zip(units, people, strict=True)}


def _proposal(rows, cast, n: int, unit: int, operators: dict[int, int], chance: Random, now: datetime) -> None:
    status = chance.choice(list(WAY))
    claimed = Decimal(chance.randint(20, 111))
    evidenced = claimed - chance.randint(0, 15)
    steps = (("entry_started", "owner"), *WAY[status])
    began = now - timedelta(days=chance.randint(len(steps), 40))
    at = [began + (now - began) * step / (len(steps) + 1) for step in range(len(steps))]
    is_decided = any(what in DECIDED for what, _ in steps)
    held = cast.reviewer.id if status not in (Status.DRAFT, Status.SIGNING) and n % 4 else None
    rows[Entry].append({
        "id": 1000 + n, "innovation_id": 1000 + n, "period_id": cast.period.id, "unit_id": unit, "number": 1000 + n, "status": status,
        "moved_at": at[-1], "reviewer_id": held, "head_note": "", "choice_note": "", "development": "",
        "claimed": claimed, "evidenced": max(evidenced, Decimal(0)),
        "verified": max(evidenced - chance.randint(0, 10), Decimal(0)) if is_decided else Decimal(0),
        "main_affair": chance.choice(BASIC_AFFAIRS[:5] if n % 2 else AFFAIRS)})
    people = {"owner": operators[unit], "reviewer": cast.reviewer.id, "coordinator": cast.coordinator.id}
    for (what, who), instant in zip(steps, at, strict=True):
        rows[Event].append({"what": what, "at": instant, "by_id": people[who], "details": SAID.get(what, {}), "is_private": False, "hash": UNCHAINED,
                            "entry_id": 1000 + n})
        if what == "submitted":
            rows[Round].append({
                "entry_id": 1000 + n, "number": 1 + sum(one["entry_id"] == 1000 + n for one in rows[Round][-2:]), "submitted_at": instant,
                "submitted_by_id": people["owner"], "is_reopening": False, "snapshot": {}, "note": "", "profile_note": "", "profile_reply": "",
                "decision": None, "decided_at": None, "decided_by_id": None})
        elif what in DECIDED:
            rows[Round][-1].update(decision=DECIDED[what], decided_at=instant, decided_by_id=people[who])


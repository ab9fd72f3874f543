"""Desk sessions and a visit: some held with promises kept and broken, some still to come, one called off."""
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.demo.content.source import load
from app.demo.diary import ZONE
from app.models import DeskSession, Entry, Innovation, Unit, User
from app.models.desk import Kind
from app.rules.access import Role
from app.rules.workflow import DONE

ARRANGES, PLACE = "agus.bappelitbangda", "Ruang rapat Bappelitbangda"
AHEAD = 5  # working days a session is arranged before it


def sit(session: Session, units: dict[str, Unit], people: dict[str, User]) -> None:
    told = load("sessions")
    made: list[DeskSession] = []
    for kind in ("held", "visit", "coming"):
        for line in told[kind]:
            one = _arranged(session, line, kind == "visit", units, people, made)
            if kind != "coming":
                _hold(one, line)
            elif line.get("called_off"):
                with clock.at(clock.now() - timedelta(hours=6)):
                    one.call_off(people[ARRANGES], line["called_off"])
            made.append(one)
    session.add_all(made)
    session.flush()


def _arranged(session: Session, line: dict[str, Any], is_visit: bool, units: dict[str, Unit], people: dict[str, User],
              made: list[DeskSession]) -> DeskSession:
    unit, facts = units[line["unit"]], {"place": PLACE, "agenda": line.get("agenda", "")}
    if is_visit:
        found = select(Innovation).join(Entry, Entry.innovation_id == Innovation.id).where(Innovation.unit == unit, Entry.status.in_(DONE))
        facts = {"place": unit.name, "kind": Kind.MONITORING, "innovation": session.scalars(found.order_by(Innovation.id)).first()}
    starts = _at(_day(line["day"]), time.fromisoformat(line["at"]))
    with clock.at(min(_at(_day(line["day"] - AHEAD), time(9, 20)), clock.now() - timedelta(hours=20))):
        return DeskSession.arrange(people[ARRANGES], unit, people[line["reviewer"]], starts, 60, others=made, **facts)


def _hold(one: DeskSession, line: dict[str, Any]) -> None:
    said = [(text, _day(days)) for text, days, _ in line["promises"]]
    with clock.at(one.ends_at + timedelta(minutes=20)):
        one.hold(one.reviewer, line["notes"], line["attendance"], said)
    operators = one.unit.people(Role.OPERATOR)
    for promise, (_, _, is_kept) in zip(one.promises, line["promises"], strict=True):
        if is_kept and operators:
            with clock.at(_at(promise.due_on, time(7, 50))):
                one.keep_promise(promise, operators[0])


def _day(offset: int) -> date:
    """So many working days from today."""
    day, step = clock.now().astimezone(ZONE).date(), 1 if offset > 0 else -1
    while offset:
        day += timedelta(days=step)
        offset -= step * (day.weekday() < 5)
    return day


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZONE)

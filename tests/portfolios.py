"""Proposals in bulk with the status, maturity and main affair a test needs, as rows: no verbs, no evidence."""
from collections.abc import Iterable
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from sqlalchemy import text

from app import clock
from app.extensions import db
from app.models import Entry, Innovation, Period, Unit
from app.rules.codelists import BASIC_AFFAIRS
from app.rules.workflow import Status

EDUCATION, HEALTH, WORKS, HOUSING, ORDER, SOCIAL = BASIC_AFFAIRS
_names = count(1)


class Brought(NamedTuple):
    """`points` stand for every depth unless another is named; `choice` is a hand's."""
    points: int | str
    affair: str = "Pangan"
    status: Status = Status.APPROVED
    choice: str | None = None
    name: str = ""
    evidenced: int | str | None = None
    claimed: int | str | None = None


def bring(saved, portfolio: Iterable[Brought], unit: str = "badan", year: int = 2026) -> list[int]:
    """The ids, in order. The cast's own proposal is taken out of the way: it stays a draft without points or affair."""
    db.session.execute(text("UPDATE entry SET claimed = 0, evidenced = 0, verified = 0, main_affair = NULL WHERE id = :id"), {"id": saved.entry})
    period = db.session.query(Period).filter_by(year=year).one()
    return [_one(period, db.session.get(Unit, saved.units[unit]), one).id for one in portfolio]


def _one(period: Period, unit: Unit, one: Brought) -> Entry:
    innovation = Innovation(name=one.name or f"INOVASI {next(_names):04d}", unit=unit, recorded_at=clock.now(), pkpn_touching=[],
                            summary="", is_shown=False, archive_note="", touching_affairs=[], main_affair=one.affair)
    points = Decimal(one.points)
    claimed, evidenced = (points if said is None else Decimal(said) for said in (one.claimed, one.evidenced))
    entry = Entry(innovation=innovation, period=period, unit=unit, number=period.take_number(), status=one.status, moved_at=clock.now(), head_note="",
                  main_affair=one.affair, choice=one.choice, choice_note="Alasan." if one.choice else "", development="",
                  claimed=claimed, evidenced=evidenced, verified=points)
    db.session.add(entry)
    db.session.flush()
    return entry


def region(claimed: str, evidenced: str, verified: str, year: int = 2026) -> None:
    """The three sums of the regional indicators."""
    period = db.session.query(Period).filter_by(year=year).one()
    period.region_claimed, period.region_evidenced, period.region_verified = Decimal(claimed), Decimal(evidenced), Decimal(verified)
    db.session.flush()


def worked_example() -> list[Brought]:
    """SPD 45; 16 of 100 points and 16 of 40; five affairs: all of them give 50.86, without the weak ones 60.43 (domain.md)."""
    affairs = [EDUCATION, HEALTH, WORKS, HOUSING, ORDER, *["Pangan"] * 11]
    return [Brought(100, affair) for affair in affairs] + [Brought(40)] * 16

"""The training regency: made by calling the verbs, with real files, in an order and at times an office would recognise."""
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, instruments
from app.demo import neighbours, offices, region, sessions
from app.demo.content.catalogue import of_year
from app.demo.content.region import claims
from app.demo.content.units import OFFICE
from app.demo.content.words import chance
from app.demo.diary import Diary
from app.demo.ministry import Ministry
from app.demo.offices import one_per_role
from app.demo.shelf import Shelf, draw_all
from app.demo.story import Desk, Plan, Story, reached
from app.models import Innovation, Instrument, Notification, Period, Reason, Unit, User
from app.rules.access import JUDGES, Role
from app.storage import Storage

__all__ = ["build", "one_per_role"]

INSTRUMENT = "iid-2026"
COURSE = ("approved", "submitted", "returned", "verified", "draft", "resubmitted", "approved", "signing", "returned", "approved", "draft",
          "submitted", "started")
BEGINS = {  # days after the opening in which such a story starts
    "registered": (1, 50), "started": (30, 58), "draft": (20, 55), "signing": (40, 57), "submitted": (25, 55), "returned": (10, 40),
    "resubmitted": (10, 40), "verified": (10, 30), "approved": (1, 25),
}
BEGAN = 440  # days ago: before the closed period
NEWS_DAYS = 5  # older notices have been read


def build(session: Session, storage: Storage, accounts: Path, names: dict[str, str], scale: int, say: Callable[[str], None]) -> None:
    """Fill an empty, migrated database; `names` are the regency's as it is installed. The caller commits."""
    say("Menyiapkan kabupaten latihan (sekali saja, sekitar satu menit) …")
    with clock.at(clock.now() - timedelta(days=BEGAN)):
        units = offices.units()
        people = offices.people(units, accounts)
        admin = next(user for user in people.values() if user.has_role(Role.ADMIN))
        house = offices.house(admin, names)
    session.add_all([*units.values(), *people.values(), house])
    instrument = session.scalars(select(Instrument).where(Instrument.code == INSTRUMENT)).one()
    session.add(past := Instrument.publish(offices.closed_instrument(instruments.load(instrument.code))))
    session.flush()
    periods = offices.periods(instrument, past, admin)
    session.add_all(periods)
    offices.share_out(units, people, periods[-1])
    plans = {period: list(plans_for(period)) for period in periods}
    reported = [paper for period in periods for claim in claims(period.year) for paper in claim.papers]
    kept = draw_all(storage, [*(paper for each in plans.values() for plan in each for paper in plan.all_papers()), *reported], say)
    shelf, bank = Shelf(kept), {(reason.row, reason.text): reason for reason in session.scalars(select(Reason))}
    with session.no_autoflush:
        for copy in range(1, scale + 1):
            register: dict[str, Innovation] = {}
            for period, each in plans.items():
                for plan in each:
                    register[plan.source.key] = tell(session, plan, copy, period, units, people, shelf, bank, register.get(plan.source.key))
            neighbours.ask(register.values(), units.values())
        for period in periods:
            region.report(period, units[OFFICE.key], people, shelf)
        send(session, storage, periods, people)
        sessions.sit(session, units, people)
    read_old_news(session)
    innovations = len({plan.source.key for each in plans.values() for plan in each}) * scale
    say(f"  {len(units)} perangkat daerah, {len(people)} orang, {innovations} inovasi")


def plans_for(period: Period) -> Iterator[Plan]:
    """How far each innovation gets: the closed year is decided, the open one is in full swing."""
    is_past = clock.now() > period.repairs_close_at
    for place, source in enumerate(of_year(period.year)):
        if not source.is_eligible(period.year):
            yield Plan(source, period.year, "registered")
        elif is_past:
            yield Plan(source, period.year, "approved", clean=place % 3 == 0)
        else:
            stage = COURSE[place % len(COURSE)]
            yield Plan(source, period.year, stage, clean=stage in ("verified", "approved") and place % 2 == 0)


def tell(session: Session, plan: Plan, copy: int, period: Period, units: dict[str, Unit], people: dict[str, User], shelf: Shelf,
         bank: dict[tuple[str, str], Reason], known: Innovation | None) -> Innovation:
    unit = units[plan.source.unit.key]
    operator = next(iter(unit.people(Role.OPERATOR)))
    judges = [user for user in people.values() if user.has_role(*JUDGES) and not user.serves(unit)]
    draw = chance("mulai", plan.source.key, period.year, copy)
    reviewers = [user for user in judges if user.has_role(Role.REVIEWER)]
    coordinator = next(user for user in judges if user.has_role(Role.COORDINATOR))
    latest = min(clock.now() - timedelta(hours=draw.randint(1, 40)), period.repairs_close_at)
    if not reached(plan.stage, "returned"):
        latest = min(latest, period.closes_at)
    diary = Diary(period.opens_at + timedelta(days=draw.randint(*BEGINS[plan.stage]), hours=draw.randint(1, 8)), latest)

    def save(innovation: Innovation) -> None:
        session.add(innovation)
        session.flush()

    desk = Desk(unit.reviewer or draw.choice(reviewers), coordinator, judges, bank)
    story = Story(plan, unit, period, operator, desk, shelf, diary, save)
    innovation = story.tell(plan.source.name if copy == 1 else f"{plan.source.name} {copy}", known)
    neighbours.show(innovation, operator, diary, plan.stage == "approved")
    save(innovation)
    return innovation


def send(session: Session, storage: Storage, periods: tuple[Period, Period], people: dict[str, User]) -> None:
    closed, current = periods
    ministry = Ministry(session, storage, people[region.LOCKS])
    ministry.close(closed)
    ministry.years_before()
    ministry.begin(current)


def read_old_news(session: Session) -> None:
    recently = clock.now() - timedelta(days=NEWS_DAYS)
    for notice in session.scalars(select(Notification)):
        if notice.event.at < recently:
            with clock.at(notice.event.at + timedelta(days=1)):
                notice.read()
    session.flush()

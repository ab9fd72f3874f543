"""What a letter about a round says, gathered from the recorded verdicts."""
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.exports.letters import Facts, Judged, Person
from app.extensions import db
from app.models import Answer, Round, Unit, User
from app.models.review import Decision
from app.queries import entries, letters, units
from app.rules.numbers import entry_number
from app.rules.workflow import Status
from app.web.jinja import DATE, format_day, format_instant
from app.web.regency import RegencySettings


def facts_of(round_: Round, number: str, day: date, settings: RegencySettings) -> Facts:
    """Levels and points are those of the round, not what later rounds made of them; names and offices those of today."""
    entry, snapshot, zone = round_.entry, round_.snapshot, settings.zone
    period, office, approved = entry.period, db.session.scalar(units.offices().limit(1)), round_.decision == Decision.APPROVED
    rows, finisher = tuple(_row(round_, answer) for answer in entry.answers), round_.finished_by or round_.decided_by
    return Facts(
        number=number, dated_on=day, place=settings.seat, region=settings.region, office=office.name if office else settings.office,
        contact=settings.below_office, unit=entry.unit.name, innovation=snapshot["profile"]["name"],
        register=entry_number(settings.number_prefix, period.year, entry.number, round_.number, period.is_training), year=period.year,
        round=round_.number,
        came=f"{'dibuka kembali' if round_.is_reopening else 'diajukan'} {_day(round_.submitted_at, zone)}",
        decided=_day(round_.decided_at, zone), approved=approved,
        claimed=snapshot["claimed"], evidenced=snapshot["evidenced"], verified=str(sum((Decimal(row.points) for row in rows), Decimal(0))),
        maximum=str(period.instrument.maturity_max), minimum=str(period.minimum_maturity), rows=rows,
        verifiers=tuple(_person(user) for user in _verifiers(round_, finisher)), finisher=_person(finisher),
        approver=_person(round_.decided_by) if round_.finished_by else None,
        signer=_head(office) if office else Person(position=f"Kepala {settings.office}"),
        coordinator=_coordinator(round_.decided_by), unit_head=_head(entry.unit),
        repair_until="" if approved else format_instant(period.deadline(Status.RETURNED, entry.unit), zone),
        note=round_.note, profile_note=round_.profile_note, training=settings.training or period.is_training)


def _row(round_: Round, answer: Answer) -> Judged:
    """As it was submitted, and what the verdict of this round says of it."""
    verdict, row = round_.verdict_on(answer), answer.indicator
    proven = verdict.proven_level if verdict else None
    return Judged(row.code, row.name, round_.snapshot["rows"][row.code]["level"], proven, f"{row.weight * (proven or 0):f}",
                  verdict.reason if verdict else "", bool(verdict and verdict.returned))


def _verifiers(round_: Round, finisher: User | None) -> list[User]:
    """Who gave a verdict in this round; whoever ended it stands behind those that were carried over."""
    judges = round_.judges
    return judges if finisher is None or finisher in judges else [*judges, finisher]


def _head(unit: Unit) -> Person:
    """Who signs for a unit; without an account of its own, the office they hold and a line to write on."""
    head = db.session.scalar(entries.heads_of(unit).limit(1))
    title = f"Kepala {unit.name}"
    return Person(head.name, head.position or title, head.nip or "") if head else Person(position=title)


def _coordinator(decided_by: User | None) -> Person:
    """The one who decided, else the only one there is."""
    known = db.session.scalars(letters.coordinators().limit(2)).all()
    return _person(decided_by if decided_by in known else known[0] if len(known) == 1 else None)


def _person(user: User | None) -> Person:
    return Person(user.name, user.position or "", user.nip or "") if user else Person()


def _day(instant: datetime | None, zone: ZoneInfo) -> str:
    return format_day(instant, zone, DATE) if instant else ""

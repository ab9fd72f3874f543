"""The facts of the papers that leave the house, from the records and the settings of this office."""
from typing import Any

from app import clock
from app.exports import annex, composing, dossier, integrity, register
from app.exports.formal import Person
from app.extensions import db
from app.models import Entry, Unit, User
from app.queries import entries, outgoing, sendings, units
from app.rules.numbers import entry_number
from app.rules.words import on_date
from app.rules.workflow import LABELS as STATES
from app.rules.workflow import Status
from app.web.gate import me
from app.web.jinja import format_instant
from app.web.regency import regency
from app.web.season import today, zone


def number_of(entry: Entry) -> str:
    return entry_number(regency().number_prefix, entry.period.year, entry.number, training=entry.period.is_training)


def dossier_of(entry: Entry, told: dict[str, Any], sent: dossier.Sent | None = None) -> dossier.Dossier:
    """Profile and sheet of what is `told`, as of now. `sent` is known at the moment of sending."""
    house = regency()
    sent = sent or (dossier.Sent(entry.sending.number, entry.sending.sent_on) if entry.sending else None)
    return composing.dossier_of(
        told, outgoing.meanings(entry, told), number_of(entry), region=house.region, place=house.seat, state=state_of(entry, sent),
        maximum=entry.period.instrument.maturity_max, signer=_person(next(iter(entry.heads), None)), dated_on=today(),
        as_of=format_instant(clock.now(), zone()), sent=sent, training=house.training or entry.period.is_training, logo=house.paper_logo)


def state_of(entry: Entry, sent: dossier.Sent | None) -> str:
    if sent:
        return f"Terkirim {on_date(sent.on)}"
    since = on_date(entry.moved_at.astimezone(zone()).date())
    return f"{STATES[Status(entry.status)]} {'' if entry.status == Status.APPROVED else 'sejak '}{since}"


def register_of(year: int) -> register.Register:
    """What was sent in a period, in the order of its days."""
    chosen = sendings.SendingFilter(tab=sendings.SENT, year=year)
    found = db.session.execute(chosen.ordered(chosen.narrow(sendings.rows(me()))))
    house, office = regency(), db.session.scalar(units.offices().limit(1))
    return register.Register(
        region=house.region, office=house.office, contact=house.below_office, place=house.seat, year=year, rows=tuple(map(registered, found)),
        signer=_head(office), dated_on=today(), as_of=format_instant(clock.now(), zone()), training=house.training, logo=house.paper_logo)


def registered(row: Any) -> register.Sent:
    return register.Sent(row.registered, row.sent_on, row.name, row.unit, row.affair or "", row.verified,
                         entry_number(regency().number_prefix, row.year, row.number), row.by)


def annex_of(year: int) -> annex.Annex:
    found = db.session.execute(sendings.leaving(me(), year))
    return annex.Annex(region=regency().region, year=year, made_on=today(), as_of=format_instant(clock.now(), zone()),
                       rows=tuple(annex.Named(row.unit, row.name, row.affair or "", row.initiator) for row in found), training=regency().training)


def pledge_of(year: int, count: int) -> integrity.Pledge:
    house, office = regency(), db.session.scalar(units.offices().limit(1))
    return integrity.Pledge(region=house.region, office=house.office, contact=house.below_office, place=house.seat, year=year, count=count,
                            signer=_head(office), made_on=today(), as_of=format_instant(clock.now(), zone()), training=house.training,
                            logo=house.paper_logo)


def _head(unit: Unit | None) -> Person:
    return _person(db.session.scalars(entries.heads_of(unit).limit(1)).first() if unit else None)


def _person(user: User | None) -> Person:
    return Person(user.name, user.position or "", user.nip or "") if user else Person()

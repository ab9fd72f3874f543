"""A proposal's profile and sheet as PDF, on the day it is sent."""
from datetime import date
from typing import Any

from app.demo.content.units import REGION, SEAT
from app.exports import composing
from app.exports.dossier import Sent, write
from app.exports.formal import Person
from app.models import Entry
from app.queries import outgoing
from app.rules.numbers import entry_number
from app.rules.words import on_date

PREFIX = "LR"


def profile(entry: Entry, told: dict[str, Any], number: str, day: date) -> bytes:
    """`told` as `outgoing.facts` gives it."""
    head = next(iter(entry.heads), None)
    return write(composing.dossier_of(
        told, outgoing.meanings(entry, told), entry_number(PREFIX, entry.period.year, entry.number), region=REGION, place=SEAT,
        state=f"Terkirim {on_date(day)}", maximum=entry.period.instrument.maturity_max, dated_on=day, as_of=on_date(day), sent=Sent(number, day),
        signer=Person(head.name, head.position or "", head.nip or "") if head else Person(), training=True))

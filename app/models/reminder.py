"""That the reminders of a day were made: once, whether a timer or the first visitor asked for them."""
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.models.base import Base
from app.rules.reminders import Item, Kind

if TYPE_CHECKING:
    from app.models.people import User

Reminder = tuple["User", Kind, Sequence[Item]]


class ReminderRun(Base):
    """`on` is a day in the regency's zone; `told` how many people got a notice."""
    __tablename__ = "reminder_run"
    on: Mapped[date] = mapped_column(unique=True)
    at: Mapped[datetime]
    told: Mapped[int]

    @classmethod
    def make(cls, on: date, reminders: Sequence[Reminder]) -> "ReminderRun":
        """Tell everybody, and write down that this day is done."""
        for person, kind, items in reminders:
            person.be_reminded(kind, items)
        return cls(on=on, at=clock.now(), told=len({id(person) for person, _, _ in reminders}))

"""That the reminders of a day were made: once, whether a timer or the first visitor asked for them."""
from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.models.base import Base


class ReminderRun(Base):
    """`on` is a day in the regency's zone; `told` how many people got a notice."""
    __tablename__ = "reminder_run"
    on: Mapped[date] = mapped_column(unique=True)
    at: Mapped[datetime]
    told: Mapped[int]

    @classmethod
    def made(cls, on: date, told: int) -> "ReminderRun":
        return cls(on=on, at=clock.now(), told=told)

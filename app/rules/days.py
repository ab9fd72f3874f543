"""Days of the regency as instants: a day begins at 00.00 there and ends at 23.59.59, both inclusive."""
from datetime import date, datetime, time, timedelta, timezone, tzinfo

YEARS = range(2000, 2201)  # of a day somebody types
EASTERNMOST = timezone(timedelta(hours=9))  # WIT: no regency is further ahead


def begins(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def ends(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(23, 59, 59), zone)


def of(instant: datetime, zone: tzinfo) -> date:
    """The day an instant falls on."""
    return instant.astimezone(zone).date()


def named(text: str) -> date | None:
    """The day an address says (ISO); None for what is no day of our time."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def has_begun(day: date, now: datetime) -> bool:
    """Anywhere in the country; where the clock is kept in UTC, today begins hours before."""
    return day <= of(now, EASTERNMOST)


def working_days_ago(day: date, number: int) -> date:
    """The first of the last `number` working days up to `day`, itself counted when it is one; Saturdays and Sundays are none."""
    while True:
        number -= day.weekday() < 5
        if number <= 0:
            return day
        day -= timedelta(days=1)

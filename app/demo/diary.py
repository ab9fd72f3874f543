"""When things happen in the training regency: in working hours, one after another, never in the future."""
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app import clock

ZONE = ZoneInfo("Asia/Jakarta")
FIRST_HOUR, LAST_HOUR = 8, 16


class Diary:
    """A clock that moves on with each deed and sleeps at night and at weekends; `latest` is where it stops."""

    def __init__(self, begins: datetime, latest: datetime):
        self.now, self.latest = begins, latest

    @contextmanager
    def deed(self, minutes: int) -> Iterator[None]:
        """Something that happens this much later."""
        self.now = min(awake(self.now + timedelta(minutes=minutes)), self.latest)
        with clock.at(self.now):
            yield

    def wait(self, days: int) -> None:
        self.now = min(awake(self.now + timedelta(days=days)), self.latest)


def awake(instant: datetime) -> datetime:
    """The same instant, or the next working morning."""
    local = instant.astimezone(ZONE)
    if local.hour >= LAST_HOUR:
        local = (local + timedelta(days=1)).replace(hour=FIRST_HOUR)
    if local.hour < FIRST_HOUR:
        local = local.replace(hour=FIRST_HOUR)
    while local.weekday() >= 5:
        local = (local + timedelta(days=1)).replace(hour=FIRST_HOUR)
    return local.astimezone(UTC)

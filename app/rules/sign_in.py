"""How long a person waits after wrong passwords: nothing for five, then twice as long each time, at most a quarter of an hour."""
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.rules import Refused

FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def wait_after(failures: int) -> timedelta:
    doublings = min(failures - FREE_TRIES + 1, 10)
    return min(timedelta(seconds=2 ** doublings), LONGEST_WAIT) if failures >= FREE_TRIES else timedelta()


def must_wait(failed_at: Sequence[datetime], now: datetime) -> None:
    """Refuse while the wait since the last wrong password is not over."""
    recent = [at for at in failed_at if now - at < FORGOTTEN_AFTER]
    if not recent:
        return
    left = max(recent) + wait_after(len(recent)) - now
    if left > timedelta():
        raise Refused(f"Terlalu banyak kata sandi salah. Coba lagi {max(1, round(left.total_seconds()))} detik lagi.")

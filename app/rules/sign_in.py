"""How long a person waits after wrong passwords or codes: nothing for five, then twice as long each time, at most a quarter of an hour.
Two wider brakes beside it are for guessing spread thin, and never for the place somebody usually signs in from."""
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from app.rules import Refused

FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)
FREE_NAMES = 30  # different names one address may get wrong in an hour: a whole office behind one proxy on its first morning
FREE_ELSEWHERE = 50  # wrong tries on one account from other addresses
LONGEST_FOR_ADDRESS = timedelta(minutes=1)
USUAL_FOR = timedelta(days=30)  # an address counts as usual for this long after a sign-in from there
SLACK = timedelta(minutes=1)  # a clock that was set back by more than this makes what was written before count as never


class Asked(StrEnum):
    PASSWORD = "kata sandi"
    CODE = "kode"


def wait_after(failures: int, free: int = FREE_TRIES, longest: timedelta = LONGEST_WAIT) -> timedelta:
    doublings = min(failures - free + 1, 10)
    return min(timedelta(seconds=2 ** doublings), longest) if failures >= free else timedelta()


def must_wait(failed_at: Sequence[datetime], now: datetime, asked: Asked = Asked.PASSWORD) -> None:
    """Refuse while the wait since the last wrong try of this account from this address is not over."""
    recent = [at for at in failed_at if is_recent(at, now)]
    if recent:
        _refuse_within(wait_after(len(recent)), max(recent), now, f"Terlalu banyak {asked} salah.")


def must_wait_here(names: int, last: datetime | None, now: datetime) -> None:
    """One password tried on many names (`names` of them wrong from this address within the hour, `last` the latest) is slowed to one a
    minute. A minute and no more, because many people may share one address; whoever has an account that is used from here never asks."""
    if last:
        _refuse_within(wait_after(names, FREE_NAMES, LONGEST_FOR_ADDRESS), last, now, "Terlalu banyak percobaan gagal dari jaringan ini.")


def must_wait_elsewhere(tries: int, last: datetime | None, now: datetime) -> None:
    """One account tried from many addresses. It slows every address but those its owner usually comes from: nobody can lock a person out
    of their own office by guessing from elsewhere."""
    if last:
        _refuse_within(wait_after(tries, FREE_ELSEWHERE), last, now, "Terlalu banyak percobaan gagal untuk akun ini.")


def is_recent(at: datetime, now: datetime) -> bool:
    return -SLACK <= now - at < FORGOTTEN_AFTER


def _refuse_within(wait: timedelta, last: datetime, now: datetime, why: str) -> None:
    left = min(last + wait - now, wait)
    if left > timedelta():
        raise Refused(f"{why} Coba lagi {max(1, round(left.total_seconds()))} detik lagi.")

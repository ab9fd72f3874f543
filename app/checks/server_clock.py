"""Is the clock of the server right now? What was written before now and dated after now asks; only a person who looks at the wall can answer."""
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app import clock, state_file
from app.checks.found import Check, State, Things
from app.config import Settings
from app.models import Event
from app.rules.words import on_date

NAME = "Jam komputer"
SETTLED = "clock_settled"  # the event by which an admin said that the clock is right now
GIVE = timedelta(minutes=2)  # two clocks of one network differ
NOTES = (state_file.NIGHT, state_file.EXAMINATION)
ADVICE = ("Lihat jam di dinding. Bila jam server salah, betulkan sebelum orang bekerja lagi; batas waktu dihitung dari jam itu. Bila benar, dulu ia "
          "terlalu maju: tekan “Jam server sudah benar” di halaman Kesehatan.")
NEEDLESS = "Jam server cocok dengan semua yang tercatat; tidak ada yang perlu dinyatakan."


class Ahead(NamedTuple):
    """How many events are dated after now, and the latest of those nobody has explained yet."""
    count: int = 0
    newest: datetime | None = None


NOTHING_AHEAD = Ahead()


def ahead(things: Things) -> Ahead:
    """The instants decide, not the last row: that one may have been written after the clock went back."""
    late = Event.at > clock.now() + GIVE
    count = things.session.scalar(select(func.count(Event.id)).where(late)) or 0
    if not count:
        return NOTHING_AHEAD
    settled = things.session.scalar(select(func.max(Event.id)).where(Event.what == SETTLED)) or 0
    return Ahead(count, things.session.scalar(select(func.max(Event.at)).where(late, Event.id > settled)))


def time(settings: Settings, events: Ahead = NOTHING_AHEAD) -> Check:
    """Against the events, where they are known, and against what was noted last."""
    known = max([*_noted(settings.data), *([events.newest] if events.newest else [])], default=None)
    if known and clock.now() < known - GIVE:
        return Check(NAME, State.BAD, f"Jam komputer mundur: sekarang {_moment(clock.now(), settings)}, padahal sudah ada yang tercatat pada "
                                      f"{_moment(known, settings)}.", ADVICE)
    if events.count:
        return Check(NAME, State.GOOD, f"Jam server dinyatakan benar. {events.count} catatan di Log bertanggal sesudah sekarang, dari saat jam itu "
                                       "terlalu maju.")
    return Check(NAME, State.GOOD, "Jam server tidak pernah mundur.")


def settle(data: Path) -> None:
    """What was noted after now was noted by a wrong clock, and is held against nobody any more."""
    for name in NOTES:
        told = state_file.read(data / name)
        if (at := _at(told)) and at > clock.now() + GIVE:
            state_file.note(data / name, told | {"ahead": True})


def _noted(data: Path) -> list[datetime]:
    notes = [state_file.read(data / name) for name in NOTES]
    return [at for told in notes if (at := _at(told)) and not told.get("ahead")]


def _at(told: dict) -> datetime | None:
    try:
        at = datetime.fromisoformat(told.get("noted_at") or told["at"])
    except (KeyError, TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def _moment(at: datetime, settings: Settings) -> str:
    local = at.astimezone(ZoneInfo(settings.timezone))
    return f"{on_date(local.date())} pukul {local:%H.%M %Z}"

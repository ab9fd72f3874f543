"""What was announced of a period's days. It is ended with the days it names: nobody reads two closings on one page."""
from datetime import datetime

from app import clock
from app.extensions import db
from app.models import Period
from app.queries import announcements
from app.web.gate import me

ENDED = "Pengumuman pengunduran sebelumnya diakhiri."


def begins(words: str, period: Period) -> str:
    return f"{words} usulan inovasi {period.name} diundur dari "


def end_announced(period: Period, closed_at: datetime, repairs_closed_at: datetime) -> bool:
    """After the days moved from these: whether something had been announced of them."""
    if (period.closes_at, period.repairs_close_at) == (closed_at, repairs_closed_at):
        return False
    found = db.session.scalars(announcements.of_more_time([begins("Pengisian", period), begins("Perbaikan", period)], clock.now())).all()
    for one in found:
        one.end(me())
    return bool(found)

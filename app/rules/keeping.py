"""Which backups are kept: one a day, and one a week further back."""
from collections.abc import Collection
from datetime import date, datetime, timedelta, tzinfo

WEEKS = 8
FRESH = timedelta(days=1)  # of one day's backups the later one replaces the earlier, but not while somebody may still want it


def worth_keeping(made: Collection[datetime], now: datetime, zone: tzinfo, daily: int, weekly: int = WEEKS) -> set[datetime]:
    """The last of each of the `daily` latest days that have one, the last of each of the `weekly` latest weeks that have one, and all of the last
    24 hours. Days without a backup do not count: an office that was closed for a month loses none; nor do days that have not come, which a wrong
    clock wrote: they stay and take nobody's place."""
    days: dict[date, datetime] = {}
    weeks: dict[tuple[int, ...], datetime] = {}
    for moment in sorted(moment for moment in made if moment - now < FRESH):
        local = moment.astimezone(zone)
        days[local.date()] = moment
        weeks[local.isocalendar()[:2]] = moment
    latest = [days[day] for day in sorted(days)[-daily:]] + [weeks[week] for week in sorted(weeks)[-weekly:]]
    return {*latest, *(moment for moment in made if now - moment < FRESH)}

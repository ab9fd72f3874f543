"""The year after: 2026 approved and over, an instrument of 2027 with the forecast's numbers, its period open now."""
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta

from sqlalchemy.orm import object_session

from app import clock, instruments
from app.models import Entry, Instrument, Period
from tests.cast import fill, judge_all

YEAR = 2027
DAYS = ("applied_from", "applied_to", "report_from", "report_to")


def instrument_data(year: int = YEAR) -> dict:
    """The 2026 instrument moved to another year: dates shifted, the rows as they were."""
    data = deepcopy(instruments.load("iid-2026"))
    forecast = next(one for one in data["forecast"] if one["year"] == year)
    window = data["eligibility"]
    shifted = {name: f"{int(window[name][:4]) + year - 2026}{window[name][4:]}" for name in DAYS}
    return data | {"id": f"iid-{year}", "year": year, "title": f"Indeks Inovasi Daerah {year}",
                   "years": {f"T-{back}": year - back for back in range(3)}, "eligibility": window | shifted,
                   "scoring": data["scoring"] | {name: forecast[name] for name in ("minimum_divisor", "minimum_basic_affairs")}}


def changed_data() -> dict:
    """2027 with row 20 renamed, level 2 of row 24 reworded and its highest taken away, row 34 gone, row 36 new, row 26 without pictures."""
    data = instrument_data()
    rows = {row["code"]: row for row in data["indicators"] if row["aspect"] == "SID"}
    rows["20"]["name"] = "Pelatihan inovasi"
    rows["24"]["levels"] = [level | {"label": "Lima perangkat daerah"} if level["level"] == 2 else level for level in rows["24"]["levels"]][:2]
    rows["26"]["evidence"]["file_types"] = ["pdf"]
    data["indicators"] = [row for row in data["indicators"] if row["code"] != "34"] + [deepcopy(rows["31"]) | {"code": "36", "name": "Keberlanjutan"}]
    return data


def fill_more(cast) -> None:
    """Row 18 with a file for each year, row 22 with one that speaks for 2024 alone, row 26 with a picture, rows 24 and 34."""
    for number, year in enumerate((2024, 2025, 2026)):
        fill(cast, "18", 3, file_number=200 + number, years=(year,))
    fill(cast, "22", 2, file_number=210, years=(2024,))
    fill(cast, "26", 1, file_number=211, kind="png")
    fill(cast, "24", 3, file_number=212)
    fill(cast, "34", 2, file_number=213)


@contextmanager
def standing_for(cast, entry: Entry):
    """What is done to `cast.entry` is done to this one."""
    before, cast.entry = cast.entry, entry
    yield cast
    cast.entry = before


def approve(cast, entry: Entry | None = None) -> Entry:
    """Every row at what its evidence carries, row 17 below its claim."""
    with standing_for(cast, entry or cast.entry):
        cast.entry.submit(cast.owner)
        judge_all(cast, **{f"r{answer.indicator.code}": answer.evidenced_level for answer in cast.entry.answers} | {"r17": 1})
        cast.entry.approve(cast.coordinator)
        return cast.entry


def is_over(period: Period, days: int = 200) -> None:
    now = clock.now()
    period.opens_at, period.closes_at = now - timedelta(days=days + 100), now - timedelta(days=days)
    period.repairs_close_at = now - timedelta(days=days - 10)


def open_next(cast, data: dict | None = None, year: int = YEAR, **plan) -> Period:
    now = clock.now()
    instrument = Instrument.publish(data or instrument_data(year))
    if session := object_session(cast.period):  # rows of a proposal point to stored rows of the instrument
        session.add(instrument)
        session.flush()
    dates = {"opens_at": now - timedelta(days=5), "closes_at": now + timedelta(days=40), "repairs_close_at": now + timedelta(days=60)}
    return Period.add(year, instrument, cast.admin, **dates | {"minimum_maturity": 86} | plan)


def turn_the_year(cast, data: dict | None = None, **plan) -> Period:
    """Everything filled and approved in 2026, the period over, the next one open."""
    fill_more(cast)
    approve(cast)
    is_over(cast.period)
    return open_next(cast, data, **plan)

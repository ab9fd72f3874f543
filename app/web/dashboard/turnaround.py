"""Where it is stuck: days with each holder, per reviewer and per unit, and what lies longest now."""
from collections.abc import Callable
from datetime import datetime
from statistics import median
from typing import Any, NamedTuple

from flask import render_template, request, url_for

from app import clock
from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Period
from app.queries import turnaround as queries
from app.queries.turnaround import Pace, PaceFilter, Spell, Stay, Turnaround
from app.rules.turns import HEAD, UNIT
from app.rules.workflow import Status
from app.web.dashboard import bp
from app.web.gate import must
from app.web.listing import PER_PAGE, Page
from app.web.season import period_asked, years, zone
from app.web.sheeting import sheet
from app.web.sorting import Sorting

ON_THE_WAY = (Status.DRAFT, Status.SIGNING, Status.SUBMITTED, Status.VERIFIED, Status.RETURNED)
COLUMNS = [Column("Perangkat daerah", width=40), Column("Usulan", Kind.INTEGER),
           *(Column(f"{what} di {holder} (hari)", Kind.DECIMAL if what == "Tengah" else Kind.INTEGER, 14)
             for holder in ("OPD", "kepala OPD", "kantor") for what in ("Tengah", "Terlama")),
           Column("Putaran per usulan", Kind.DECIMAL), Column("Sudah diputus", Kind.INTEGER), Column("Disetujui putaran pertama", Kind.INTEGER, 14)]


class Reviewer(NamedTuple):
    """`done` are turns ended in this period; `now` how many wait, the oldest `since`."""
    id: int
    name: str
    done: Spell
    now: int
    since: datetime | None


class Line(NamedTuple):
    id: int
    name: str
    pace: Pace

    @property
    def office(self) -> list[Stay]:
        return self.pace.office


@bp.get("/waktu")
def turnaround():
    must("dashboard.view")
    period, chosen = period_asked(), PaceFilter.read(request.args)
    if period is None:
        return render_template("dashboard/turnaround.html", period=None)
    found = measured(period)
    stuck = {row.status: row for row in db.session.execute(queries.standing_still(period))}
    return render_template("dashboard/turnaround.html", period=period, found=found, stuck=[(status, stuck.get(status)) for status in ON_THE_WAY],
                           reviewers=reviewers(period, found), page=page_of(lines(period, found, chosen), chosen), years=years(), chosen=chosen,
                           sort=Sorting("dashboard.turnaround", chosen))


@bp.get("/waktu.xlsx")
def turnaround_xlsx():
    must("dashboard.view")
    period, chosen = period_asked(), PaceFilter.read(request.args)
    found = lines(period, measured(period), chosen) if period else []
    return sheet("Waktu per perangkat daerah", COLUMNS, map(cells, found), f"periode {period.year}" if period else "")


@bp.app_template_filter("tengah")
def middle(stays: list[Stay]) -> float | None:
    """The median of stays, in days."""
    return median(stay.days for stay in stays) if stays else None


def measured(period: Period) -> Turnaround:
    return queries.measured(db.session.execute(queries.turns(period)), clock.now(), zone())


def reviewers(period: Period, found: Turnaround) -> list[Reviewer]:
    """Whoever ended a turn or holds something now; the slowest first."""
    hands = {id: (number, since) for id, number, since in db.session.execute(queries.in_hand(period))}
    names = db.session.execute(queries.names({*found.reviewers, *hands} - {None}))
    people = [Reviewer(id, name, found.reviewers.get(id, Spell()), *hands.get(id, (0, None))) for id, name in names]
    return sorted(people, key=lambda one: (-(one.done.median or 0), one.name, one.id))


def lines(period: Period, found: Turnaround, chosen: PaceFilter) -> list[Line]:
    made = [Line(id, name, found.units[id]) for id, name in db.session.execute(queries.unit_names(period))]
    made.sort(key=lambda line: (line.name, line.id))
    key = KEYS[chosen.sort_key]
    made.sort(key=lambda line: -1 if (known := key(line)) is None else known, reverse=chosen.descending)
    return made


KEYS: dict[str, Callable[[Line], Any]] = {
    "unit": lambda line: line.name, "usulan": lambda line: line.pace.proposals, "opd": lambda line: line.pace.at[UNIT].median,
    "kepala": lambda line: line.pace.at[HEAD].median, "kantor": lambda line: middle(line.office), "putaran": lambda line: line.pace.rounds_each,
    "sekali": lambda line: line.pace.first_share}


def page_of(found: list[Line], chosen: PaceFilter) -> Page:
    """Cut here: medians are not known to the database."""
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(max(1, chosen.page), pages)
    return Page(found[(number - 1) * PER_PAGE:number * PER_PAGE], number, pages, len(found), lambda n: url_for(".turnaround", **chosen.args(page=n)))


def cells(line: Line) -> tuple:
    at, office = line.pace.at, line.office
    pairs = [(spell.median, spell.longest and spell.longest.days) for spell in (at[UNIT], at[HEAD])]
    return (line.name, line.pace.proposals, *pairs[0], *pairs[1], middle(office), max(office, default=Stay(0, 0)).days if office else None,
            line.pace.rounds_each, line.pace.decided, line.pace.first)

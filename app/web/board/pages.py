"""The board on the screen, as a table for an annex, as text for a chat, and as XLSX."""
from typing import Any

from flask import render_template, request, url_for

from app import clock
from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Period, Unit
from app.queries import board
from app.queries.board import BoardFilter, Line, by_lane, counted, holder
from app.rules.lanes import IDLE, LABELS, LANES, Lane
from app.rules.targets import MET, SHORT
from app.rules.workflow import LABELS as STATUSES
from app.rules.workflow import WITH_UNIT, Status
from app.web.board import bp
from app.web.gate import must
from app.web.listing import Page, Tab
from app.web.regency import regency
from app.web.season import period_asked, years, zone
from app.web.sheeting import number_in, quoted, sheet

IN_LANE = 20   # units a lane shows beside the others
PER_PAGE = 50
COLUMNS = [Column("Perangkat daerah", width=40), Column("Jenis", width=18), Column("Di bawah", width=34), Column("Lajur", width=16),
           Column("Keadaan", width=22), Column("Inovasi", width=40), Column("Nomor", width=14), Column("Diam (hari)", Kind.INTEGER),
           Column("Ada di", width=34), Column("Usulan", Kind.INTEGER), Column("Diminta", Kind.INTEGER), Column("Sudah diajukan", Kind.INTEGER),
           Column("Terverifikasi tertinggi", Kind.DECIMAL, 14), Column("Diingatkan", Kind.INSTANT)]
TARGETS = {SHORT: "Belum memenuhi target", MET: "Memenuhi target"}


@bp.get("/")
def index():
    must("dashboard.view")
    period, chosen = period_asked(), BoardFilter.read(request.args)
    if period is None:
        return render_template("board/index.html", period=None)
    every = lines_of(period)
    covered = [line for line in every if chosen.covers(line)]
    said = summed(covered)
    return render_template(
        "board/index.html", period=period, chosen=chosen, **said, tabs=tabs(chosen, said["counts"]), most=IN_LANE, targets=list(TARGETS.items()),
        page=page_of(said["lanes"][Lane(chosen.lane)], chosen) if chosen.lane else None, parents=board.parents(every), years=years(),
        kinds=[(kind, kind) for kind in dict.fromkeys(line.kind for line in every)])


@bp.get("/daftar.xlsx")
def index_xlsx():
    must("dashboard.view")
    period, chosen = period_asked(), BoardFilter.read(request.args)
    found, year = shown(period, chosen), f"periode {period.year}" if period else ""
    return sheet("Satu OPD satu inovasi", COLUMNS, (cells(line, period) for line in found), year, *in_words(chosen))


@bp.get("/cetak", endpoint="print")
def print_page():
    """All units of the filter in the order of the tree, as an annex."""
    must("dashboard.view")
    period, chosen = period_asked(), BoardFilter.read(request.args)
    found = shown(period, chosen)
    return render_template("board/print.html", period=period, chosen=chosen, lines=found, **summed(found),
                           filtered=", ".join(filter(None, in_words(chosen))))


@bp.get("/teks")
def text():
    """The same, short enough for a chat."""
    must("dashboard.view")
    period, chosen = period_asked(), BoardFilter.read(request.args)
    found = shown(period, chosen)
    words = render_template("board/board.txt", period=period, chosen=chosen, **summed(found),
                            filtered=", ".join(filter(None, in_words(chosen)))) if found else ""
    return render_template("board/text.html", period=period, chosen=chosen, words=words)


@bp.app_template_global()
def board_holder(line: Line, period: Period) -> str:
    """Who has it in hand; once a season is over it is with no person of the unit any more."""
    status = Status(line.entry.status) if line.entry else Status.DRAFT
    if period.is_over and status in WITH_UNIT and period.deadline(Status.RETURNED, line.id) < clock.now():
        return "perangkat daerahnya"
    return holder(line, period.needs_signature, regency().office)


def lines_of(period: Period) -> list[Line]:
    return board.lines(db.session.execute(board.units(period)).all(), db.session.execute(board.furthest(period)).all(), clock.now(), zone())


def shown(period: Period | None, chosen: BoardFilter) -> list[Line]:
    """What the filter leaves, in the order of the tree; of one lane, its most urgent first."""
    found = [line for line in lines_of(period) if chosen.covers(line)] if period else []
    return by_lane(found)[Lane(chosen.lane)] if chosen.lane else found


def summed(found: list[Line]) -> dict[str, Any]:
    """What is said above and below these lines; `total` are the units in the four lanes, those apart of them count for themselves."""
    counts = counted(found)
    return {"lanes": by_lane(found), "counts": counts, "total": sum(counts[lane] for lane in LANES), "target": board.target(found), "idle": IDLE}


def page_of(found: list[Line], chosen: BoardFilter) -> Page:
    """Cut here: the order is that of a tree, which the database does not know."""
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(max(1, chosen.page), pages)
    return Page(found[(number - 1) * PER_PAGE:number * PER_PAGE], number, pages, len(found), lambda n: url_for(".index", **chosen.args(page=n)))


def tabs(chosen: BoardFilter, counted: dict[Lane, int]) -> list[Tab]:
    """One per lane; for the units apart only where there are any."""
    counts = {"": sum(counted[lane] for lane in LANES), **counted}
    labels: dict[str, str] = {"": "Semua lajur", **{lane: LABELS[lane] for lane in Lane if lane in LANES or counted[lane] or lane == chosen.lane}}
    return [Tab(label, url_for(".index", **chosen.args(lane=str(lane), page=1)), chosen.lane == lane, counts[lane]) for lane, label in labels.items()]


def in_words(chosen: BoardFilter) -> list[str]:
    """The filter, for what leaves the screen."""
    above = db.session.get(Unit, chosen.parent) if chosen.parent else None
    return [LABELS[Lane(chosen.lane)].lower() if chosen.lane else "", TARGETS.get(chosen.target, "").lower(), chosen.kind,
            f"{above.name} dan di bawahnya" if above else "", quoted(chosen.q)]


def cells(line: Line, period: Any) -> tuple:
    entry, said = line.entry, (line.name, line.kind, line.parent, LABELS[line.lane])
    if entry is None:
        return (*said, "Belum ada usulan", None, None, None, board_holder(line, period), 0, line.wanted, 0, None, None)
    return (*said, STATUSES[Status(entry.status)], entry.name, number_in(period.year, entry.number), line.idle, board_holder(line, period),
            line.number, line.wanted, line.brought, entry.best, entry.reminded_at)

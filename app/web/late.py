"""Units to be nudged: what lies with them and since when, a text for WhatsApp, and a notice inside the app."""
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import Select

from app import clock
from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Period
from app.queries import late, periods
from app.queries.late import UNSTARTED, LateFilter
from app.rules import Refused, days, profile
from app.rules.access import Role
from app.rules.words import listed
from app.rules.workflow import LABELS, Status
from app.web.gate import me, must
from app.web.listing import Tab, page_of
from app.web.season import today, zone
from app.web.sheeting import number_in, quoted, sheet
from app.web.sorting import Sorting

bp = Blueprint("late", __name__, url_prefix="/papan-terlambat")

MOST = 500  # lines in one text, proposals reminded at once
STATES = {UNSTARTED: "Belum mengusulkan", **{str(status): LABELS[status] for status in late.WITH_UNIT}}
COLUMNS = [Column("Perangkat daerah", width=36), Column("Inovasi", width=40), Column("Nomor", width=14), Column("Keadaan", width=22),
           Column("Yang kurang", width=40), Column("Ada di", width=40), Column("Terakhir disentuh", Kind.INSTANT),
           Column("Diam (hari)", Kind.INTEGER), Column("Ditutup", Kind.INSTANT)]


class Line(NamedTuple):
    """A unit that brings nothing (then `id`, `status` and `name` are None), or a proposal that is with its unit. `idle` are days without a
    touch, `until` the instant its unit may act until and `left` the days to it, `lacks` what keeps it from being handed in, in words; `holders`
    have .name and .position."""
    unit_id: int
    unit: str
    id: int | None
    number: int | None
    status: str | None
    name: str | None
    since: datetime
    idle: int
    until: datetime
    left: int
    holders: list[Any]
    lacks: list[str]

    @property
    def is_late(self) -> bool:
        return self.until < clock.now()


@bp.get("/")
def index():
    must("review.remind")
    period, chosen = the_period(), LateFilter.read(request.args)
    page = page_of(narrowed(late.rows(period), chosen), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)))
    return render_template("late/index.html", period=period, chosen=chosen, page=page, lines=lines(period, page.items), tabs=tabs(period, chosen),
                           sort=Sorting("late.index", chosen))


@bp.get("/daftar.xlsx")
def index_xlsx():
    must("review.remind")
    period, chosen = the_period(), LateFilter.read(request.args)
    found = lines(period, db.session.execute(narrowed(late.rows(period), chosen)).all())
    unit = next((line.unit for line in found), "") if chosen.unit else ""
    return sheet("Yang perlu diingatkan", COLUMNS, (cells(line, period) for line in found), f"periode {period.year}", STATES.get(chosen.state, ""),
                 quoted(chosen.q), unit, f"diam {chosen.idle} hari atau lebih" if chosen.idle else "")


@bp.get("/teks")
def text():
    """Short enough to be read in a chat; the whole filtered list, or one unit."""
    must("review.remind")
    period, chosen = the_period(), LateFilter.read(request.args)
    found = lines(period, db.session.execute(narrowed(late.rows(period), chosen).limit(MOST)).all())
    units = by_unit(found)
    words = render_template(f"late/{'unit' if len(units) == 1 else 'all'}.txt", lines=found, units=units, period=period, today=today(),
                            address=url_for("home.show", _external=True)) if units else ""
    return render_template("late/text.html", chosen=chosen, lines=found, units=units, words=words)


@bp.post("/ingatkan")
def remind():
    """Inside the app: one proposal, or all of the filtered list. Who was reminded today already is not told twice."""
    must("review.remind")
    period, chosen, one = the_period(), LateFilter.read(request.form), request.form.get("usulan", type=int)
    wanted = late.entry_ids(period).where(late.Entry.id == one) if one else chosen.narrow(late.entry_ids(period), midnight()).limit(MOST)
    told, done, refused = set(), 0, []
    for entry in db.session.scalars(late.to_remind(wanted)).unique():
        try:
            told.update(user.name for user in entry.remind(me()))
            done += 1
        except Refused as reason:
            refused.append(str(reason))
    db.session.commit()
    say(done, len(told), refused)
    return redirect(url_for(".index", **chosen.args()), 303)


def cells(line: Line, period: Period) -> tuple:
    """The same as XLSX."""
    return (line.unit, line.name, number_in(period.year, line.number) if line.number else None, STATES[line.status or UNSTARTED],
            "; ".join(line.lacks), "\n".join(", ".join(filter(None, (one.name, one.position))) for one in line.holders) or "belum ada operator",
            line.since, line.idle, line.until)


def say(done: int, people: int, refused: list[str]) -> None:
    if done:
        flash(f"Pengingat untuk {done} usulan sampai di {people} orang.")
    if len(refused) == 1:
        flash(refused[0], "warning")
    elif refused:
        flash(f"{len(refused)} usulan tidak diingatkan lagi: sudah diingatkan hari ini, atau perangkat daerahnya belum punya akun.", "warning")
    if not done and not refused:
        flash("Tidak ada usulan yang dapat diingatkan dalam daftar ini. Untuk yang belum mengusulkan, salin teks WhatsApp-nya.", "warning")


def the_period() -> Period:
    found = db.session.scalar(periods.current(clock.now()))
    if found is None:
        raise Refused("Belum ada periode penilaian yang dibuka, jadi belum ada yang terlambat.")
    return found


def midnight() -> datetime:
    return days.begins(today(), zone())


def narrowed(query: Select, chosen: LateFilter) -> Select:
    return chosen.ordered(chosen.narrow(query, midnight()))


def lines(period: Period, rows: Iterable[Any]) -> list[Line]:
    """With who holds each and what it lacks; in a fixed number of SELECTs."""
    rows = list(rows)
    people, lacks = defaultdict(list), lacking(period, [row.id for row in rows if row.id])
    for one in db.session.execute(late.people({row.unit_id for row in rows})):
        people[one.unit_id, one.role].append(one)

    def holders(row: Any) -> list[Any]:
        heads, operators = people[row.unit_id, Role.HEAD], people[row.unit_id, Role.OPERATOR]
        return heads if row.status == Status.SIGNING and period.needs_signature and heads else operators

    return [Line(row.unit_id, row.unit, row.id, row.number, row.status, row.name, row.since, (today() - day_of(row.since)).days,
                 *until(period, row), holders(row), lacks[row.id]) for row in rows]


def until(period: Period, row: Any) -> tuple[datetime, int]:
    """A head may sign as long as repairs are taken."""
    status = Status.RETURNED if row.status in (Status.RETURNED, Status.SIGNING) else Status.DRAFT
    instant = period.deadline(status, row.unit_id)
    return instant, (day_of(instant) - today()).days


def day_of(instant: datetime) -> date:
    return days.of(instant, zone())


def lacking(period: Period, ids: list[int]) -> dict[int, list[str]]:
    """What keeps these proposals from being handed in, in words."""
    codes: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for entry, code, returned in db.session.execute(late.lacking(ids)):
        codes[entry, bool(returned)].append(code)
    words: dict[int, list[str]] = defaultdict(list)
    for (entry, returned), rows in codes.items():
        noun = f"baris {listed(rows)}" if len(rows) <= 6 else f"{len(rows)} baris"
        words[entry].append(f"{noun} dikembalikan" if returned else f"{noun} (wajib) belum berbukti")
    for entry, innovation in db.session.execute(late.innovations(ids)):
        if gaps := profile.gaps(innovation.profile(), period.instrument.window):
            words[entry].insert(0, f"{len(gaps)} butir profil belum lengkap")
    return words


def by_unit(found: list[Line]) -> dict[str, list[Line]]:
    units: dict[str, list[Line]] = {}
    for line in sorted(found, key=lambda line: (line.unit, line.name or "", line.id or 0)):
        units.setdefault(line.unit, []).append(line)
    return units


def tabs(period: Period, chosen: LateFilter) -> list[Tab]:
    plain = LateFilter(unit=chosen.unit, q=chosen.q, idle=chosen.idle)
    found = {status or UNSTARTED: number for status, number in db.session.execute(plain.narrow(late.counts(period), midnight()))}
    return [Tab(label, url_for(".index", **chosen.args(state=state, page=1)), state == chosen.state,
                found.get(state, 0) if state else sum(found.values())) for state, label in {"": "Semua", **STATES}.items()]

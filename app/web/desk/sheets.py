"""The schedule and the promises as XLSX."""
from flask import request

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import DeskSession, Promise
from app.models.desk import State
from app.queries import desk
from app.queries.desk import ALL, DONE, OVERDUE, DeskFilter, PromiseFilter
from app.web.desk import bp
from app.web.desk.pages import WORDS, in_words, listed
from app.web.gate import me, must
from app.web.season import today
from app.web.sheeting import name_of, sheet

COLUMNS = [Column("Mulai", Kind.INSTANT), Column("Menit", Kind.INTEGER), Column("Jenis", width=22), Column("Perangkat daerah", width=36),
           Column("Inovasi", width=36), Column("Verifikator", width=28), Column("Tempat", width=28), Column("Keadaan", width=18),
           Column("Hadir", width=50), Column("Risalah", width=80)]
PROMISED = [Column("Janji", width=60), Column("Perangkat daerah", width=36), Column("Paling lambat", Kind.DATE), Column("Keadaan", width=16),
            Column("Selesai", Kind.INSTANT), Column("Ditandai oleh", width=28), Column("Verifikator", width=28), Column("Sesi", Kind.INSTANT)]
STATES = {State.COMING: "terjadwal", State.DUE: "belum ditutup", State.HELD: "selesai", State.CANCELLED: "dibatalkan"}


@bp.get("/daftar.xlsx")
def index_xlsx():
    must("desk.list")
    chosen = DeskFilter.read(request.args)
    return sheet("Pendampingan", COLUMNS, map(line, db.session.scalars(listed(chosen))), in_words(chosen))


@bp.get("/janji.xlsx")
def promises_xlsx():
    must("desk.list")
    chosen, now = PromiseFilter.read(request.args), today()
    found = db.session.scalars(chosen.ordered(chosen.narrow(desk.promises(me()), now)))
    state = {OVERDUE: "lewat waktu", DONE: "selesai", ALL: "semua"}.get(chosen.state, "belum selesai")
    return sheet("Janji pendampingan", PROMISED, (promised(one, now) for one in found), state, name_of(chosen.unit, desk.units(me())),
                 name_of(chosen.siapa, desk.reviewers(me())))


def line(one: DeskSession) -> tuple:
    held = one.held_at is not None  # before that the minutes are only the reviewer's
    return (one.starts_at, one.minutes, WORDS[one.kind], one.unit.name, one.innovation.name if one.innovation else "", one.reviewer.name, one.place,
            STATES[one.state], ", ".join(one.attendance) if held else "", one.notes if held else "")


def promised(one: Promise, now) -> tuple:
    state = "selesai" if one.done_at else "lewat waktu" if one.is_overdue(now) else "belum selesai"
    return (one.text, one.session.unit.name, one.due_on, state, one.done_at, one.done_by.name if one.done_by else "", one.session.reviewer.name,
            one.session.starts_at)

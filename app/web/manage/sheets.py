"""The lists under Kelola as XLSX."""
from collections.abc import Iterator
from typing import Any

from flask import request

from app import clock
from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Extension, User
from app.queries import extensions as more_time
from app.queries import people as accounts
from app.queries import periods as years
from app.queries import units as offices
from app.queries.people import CLOSED, EXPIRED, SLIP, PersonFilter
from app.queries.units import ARCHIVED, UnitFilter
from app.rules.access import ROLE_LABELS, Role
from app.rules.workflow import DONE
from app.web.gate import get_period, must
from app.web.manage import people, periods, units
from app.web.manage.period_pages import counts
from app.web.sheeting import macro, name_of, quoted, sheet

UNITS = [Column("Nama", width=44), Column("Jenis", width=16), Column("Di bawah", width=36), Column("Operator", Kind.INTEGER),
         Column("Kepala", Kind.INTEGER), Column("Inovasi", Kind.INTEGER), Column("Keadaan", width=18)]
PEOPLE = [Column("Nama", width=34), Column("Nama pengguna", width=26), Column("Jabatan", width=34), Column("Peran", width=60),
          Column("Terakhir masuk", Kind.INSTANT), Column("Keadaan", width=12)]
PERIODS = [Column("Periode", Kind.YEAR), Column("Latihan", width=10), Column("Instrumen", width=40), Column("Keadaan", width=18),
           Column("Dibuka", Kind.INSTANT), Column("Ditutup", Kind.INSTANT), Column("Perbaikan sampai", Kind.INSTANT),
           Column("Layak dikirim mulai (poin)", Kind.DECIMAL, 16), Column("Usulan", Kind.INTEGER), Column("Disetujui", Kind.INTEGER)]
EXTENSIONS = [Column("Perangkat daerah", width=40), Column("Sampai", Kind.INSTANT), Column("Alasan", width=60), Column("Diberi oleh", width=28),
              Column("Diberi pada", Kind.INSTANT), Column("Keadaan", width=14), Column("Diakhiri", Kind.INSTANT)]
ALL = "semua"
STATES = {ARCHIVED: "diarsipkan", CLOSED: "nonaktif", SLIP: "belum ganti kata sandi", EXPIRED: "kata sandi sementara lewat", ALL: "semua keadaan"}


@units.get("/daftar.xlsx")
def index_xlsx():
    must("unit.manage")
    chosen = UnitFilter.read(request.args)
    found = db.session.execute(chosen.ordered(chosen.narrow(offices.rows())))
    lines = ((one.name, one.kind, one.parent, one.operators, one.heads, one.innovations, standing(one)) for one in found)
    return sheet("Perangkat daerah", UNITS, lines, quoted(chosen.q), chosen.kind, under(chosen), STATES.get(chosen.state, ""),
                 "belum ada operator" if chosen.unserved else "", "belum ada akun kepala" if chosen.headless else "")


@people.get("/daftar.xlsx", endpoint="index_xlsx")
def people_xlsx():
    """Says nothing of passwords, not even that one was not changed yet: a file travels."""
    must("person.manage")
    chosen = PersonFilter.read(request.args)
    query = chosen.narrow(accounts.rows(), clock.now())
    roles = accounts.by_person(db.session.execute(accounts.roles_of(query.with_only_columns(User.id))))
    lines = ((one.name, one.username, one.position, "\n".join(f"{ROLE_LABELS[Role(held.role)]}, {held.unit}" for held in roles[one.id]), one.seen_at,
              "nonaktif" if one.deactivated_at else "aktif") for one in db.session.execute(chosen.ordered(query)))
    return sheet("Orang", PEOPLE, lines, quoted(chosen.q), ROLE_LABELS[Role(chosen.role)] if chosen.role in ROLE_LABELS else "",
                 STATES.get(chosen.state, ""))


@periods.get("/daftar.xlsx", endpoint="index_xlsx")
def periods_xlsx():
    must("period.manage")
    return sheet("Periode penilaian", PERIODS, seasons())


@periods.get("/<int:id>/perpanjangan.xlsx")
def extensions_xlsx(id):
    period = get_period(id, "extension.give")
    return sheet(f"Perpanjangan periode {period.name}", EXTENSIONS, map(given, db.session.scalars(more_time.of(period, clock.now()))))


def under(chosen: UnitFilter) -> str:
    name = name_of(chosen.parent, offices.parents())
    return f"di bawah {name}" if name else ""


def standing(unit: Any) -> str:
    return f"digabung ke {unit.heir}" if unit.heir else "diarsipkan" if unit.archived_at else "kantor pengelola" if unit.is_office else "aktif"


def seasons() -> Iterator[tuple]:
    found, state = counts(), macro("manage/periods/_state.html", "standing")
    for one in db.session.scalars(years.with_training()):
        count = found[one.id]
        yield (one.year, "latihan" if one.is_training else "", one.instrument.title, state(one), one.opens_at, one.closes_at,
               one.repairs_close_at, one.minimum_maturity, sum(count.values()), sum(count.get(status, 0) for status in DONE))


def given(one: Extension) -> tuple:
    return (one.unit.name, one.until, one.reason, one.given_by.name, one.given_at,
            "berlaku" if one.is_running else "diakhiri" if one.ended_at else "sudah lewat", one.ended_at)

"""From an empty server to a season: the six steps of the administrator, each with its state and what comes next."""
from pathlib import Path
from typing import NamedTuple

from flask import current_app, url_for

from app import backups, clock
from app.extensions import db
from app.models import Period, User
from app.queries import periods, readiness
from app.queries.readiness import Readiness
from app.web.jinja import format_age, format_day
from app.web.regency import regency
from app.web.season import today, zone

DONE, TODO, LOOK = "done", "todo", "look"
ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


class Step(NamedTuple):
    """`says` is what is there, or what it is for; `verb` is the next action at `url`; `place` shows all of it."""
    title: str
    state: str
    says: str
    verb: str
    url: str
    place: str


def ready(user: User) -> Readiness:
    return Readiness(*db.session.execute(readiness.readiness(user, clock.now())).one())


def steps(state: Readiness) -> list[Step]:
    """In the order in which they are done."""
    made = [house(), units(state), people(state), instrument(), period()]
    return [*made, backup()] if "backups.index" in current_app.view_functions else made


def house() -> Step:
    now, place = regency(), url_for("regency.index")
    if not now.is_saved:
        return Step("Daerah dan kantor", TODO, "Nama daerah, kop surat, logo, warna, dan zona waktu.", "Isi data daerah", place, place)
    return Step("Daerah dan kantor", DONE, f"{now.region} · {now.office} · {ZONES[now.timezone]}", "", "", place)


def units(state: Readiness) -> Step:
    title, place = "Perangkat daerah", url_for("units.index")
    if not state.units:
        return Step(title, TODO, "Dinas, badan, kecamatan, puskesmas, sekolah: semua yang akan mengusulkan inovasi. Satu per satu, atau sekaligus "
                    "dari XLSX.", "Tambah perangkat daerah", url_for("units.new"), place)
    return Step(title, DONE, f"{state.units} selain kantor pengelola", "", "", place)


def people(state: Readiness) -> Step:
    title, place, says = "Orang", url_for("people.index"), f"{state.people} akun selain akun Anda"
    if not state.people:
        return Step(title, TODO, "Satu akun untuk satu orang, dengan perannya. Kata sandi sementaranya dicetak dan diserahkan langsung.",
                    "Tambah orang", url_for("people.new"), place)
    if state.unserved:
        return Step(title, LOOK, f"{says}; {state.unserved} perangkat daerah belum punya operator", "Lihat yang belum punya operator",
                    url_for("units.index", unserved=1), place)
    if not state.judges:
        return Step(title, LOOK, f"{says}; belum ada verifikator yang memeriksa usulan", "Tambah verifikator", url_for("people.new"), place)
    if not state.signed_in or state.expired:
        late = f"{state.expired} kata sandi sementara sudah lewat waktu" if state.expired else "belum ada yang masuk"
        return Step(title, LOOK, f"{says}; {late}", "Lihat yang belum masuk", url_for("people.index", state="slip"), place)
    return Step(title, DONE, says, "", "", place)


def instrument() -> Step:
    title, place, newest = "Instrumen", url_for("instruments.index"), db.session.scalar(periods.instruments().limit(1))
    if newest is None:
        return Step(title, TODO, "Indikator dan bobot tahun ini; tanpa itu periode tidak dapat dibuka.", "Impor instrumen",
                    url_for("instruments.upload"), place)
    if newest.year < today().year:
        return Step(title, LOOK, f"{newest.title}; untuk {today().year} belum ada", "Buka instrumen", place, place)
    return Step(title, DONE, newest.title, "", "", place)


def period() -> Step:
    title, place, newest = "Periode", url_for("periods.index"), db.session.scalar(periods.newest_first().limit(1))
    if newest is None:
        return Step(title, TODO, "Pilih instrumen tahun ini, lalu tentukan kapan pengisian dibuka dan ditutup.", "Tambah periode",
                    url_for("periods.new"), place)
    says = f"Periode {newest.year}, {standing(newest)}"
    if newest.year < today().year and newest.repairs_close_at < clock.now():
        return Step(title, LOOK, f"{says}; {today().year} belum dibuka", "Tambah periode", url_for("periods.new"), place)
    return Step(title, DONE, says, "", "", place)


def standing(period: Period) -> str:
    if clock.now() < period.opens_at:
        return f"dibuka {format_day(period.opens_at, zone())}"
    return f"{'dibuka sampai' if clock.now() <= period.closes_at else 'pengisian ditutup'} {format_day(period.closes_at, zone())}"


def backup() -> Step:
    here = regency()
    if here.database_url:
        return dump(here.backups)
    title, place, newest = "Cadangan", url_for("backups.index"), backups.latest(here.backups)
    if newest is None:
        return Step(title, TODO, "Salinan basis data dan semua berkas, di folder atau USB lain.", "Buat cadangan", place, place)
    says = f"Terakhir {format_day(newest.made_at, zone())}"
    if newest.is_old:
        return Step(title, LOOK, f"{says}, {format_age(newest.made_at, clock.now(), zone())} yang lalu", "Buat cadangan baru", place, place)
    return Step(title, DONE, says, "", "", place)


def dump(folder: Path) -> Step:
    """PostgreSQL is backed up by its own tools, on the server; what can be done here is to read how."""
    title, place, newest = "Cadangan", url_for("backups.index"), backups.newest_dump(folder)
    verb, how = "Baca caranya", url_for("help.guide", panduan="postgresql")
    if newest is None:
        return Step(title, TODO, f"Basis data ini PostgreSQL: minta pengelola server menjadwalkan pg_dump tiap malam ke {folder}", verb, how, place)
    says = f"Dump PostgreSQL terakhir {format_day(newest.made_at, zone())}"
    if not newest.is_whole:
        return Step(title, LOOK, f"{newest.name} bukan dump yang utuh; pg_dump mungkin terhenti", verb, how, place)
    if newest.is_old:
        return Step(title, LOOK, f"{says}, {format_age(newest.made_at, clock.now(), zone())} yang lalu", verb, how, place)
    return Step(title, DONE, says, "", "", place)

"""All checks in their order: what decides whether the others can be trusted comes first."""
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from app.checks import around, database, kept, log, scores, search, server_clock, tallies
from app.checks.certificate import certificate
from app.checks.found import Check, State, Things
from app.config import Settings

DEEP: dict[str, Callable[[Things], Check]] = {
    "Versi basis data": database.version, "Keutuhan basis data": database.wholeness, "Penjaga catatan": database.guards, "Log": log.log,
    "Indeks pencarian": search.search, "Nilai usulan": scores.scores, "Jumlah usulan": tallies.tallies, "Indikator daerah": scores.regional,
    "Yang sudah dikirim": kept.sendings, "Instrumen": kept.instruments, "Berkas bukti": kept.files,
}


def deep(name: str, things: Things) -> Check:
    """One of DEEP. What cannot even be looked at is broken, and says why."""
    try:
        return DEEP[name](things)
    except (SQLAlchemyError, OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        return Check(name, State.BAD, "Tidak dapat diperiksa: datanya tidak terbaca.",
                     "Simpan folder data dan cadangan yang ada, lalu pulihkan dari cadangan terakhir yang baik.",
                     (f"{type(trouble).__name__}: {trouble}".splitlines()[0][:300],))
    finally:
        things.forget()


def light(things: Things) -> list[Check]:
    """Two statements."""
    settings = things.settings
    return [*_ages(settings), around.reminders(things), around.disk(settings), server_clock.time(settings, server_clock.ahead(things)),
            around.rights(settings), *certificate(settings)]


def glance(settings: Settings) -> list[Check]:
    """Without a word to the database, for the line on the first page; a second place nobody wants, or a backup that cannot be seen from here, is no
    news there."""
    silent = "Cadangan" if settings.database_url else "" if settings.backup_second else "Tempat kedua"
    ages = [check for check in _ages(settings) if check.name != silent]
    return [*ages, around.disk(settings), server_clock.time(settings), around.rights(settings), *certificate(settings)]


def _ages(settings: Settings) -> list[Check]:
    if settings.database_url:
        return [around.outside(settings), around.nightly(settings)]
    return [around.backup(settings), around.second(settings), around.drill(settings), around.nightly(settings)]

"""The database itself: is it of this version, is it whole, and does it still refuse what must never happen?"""
from collections.abc import Iterator

from sqlalchemy import text

from app.called import called
from app.checks.found import Check, State, Things
from app.config import ROOT

GUARDS = {dialect: {f"{table}_no_{verb}" for table in ("event", "sending") for verb in ("update", "delete", third)}
          for dialect, third in (("sqlite", "replace"), ("postgresql", "truncate"))}  # migration 0007
REBUILD = (f"Basis data diubah di luar aplikasi. Jalankan {called('susun-ulang')}; bila sesudahnya masih begitu, pulihkan cadangan terakhir "
           "yang baik.")  # for what the database keeps beside the content


def version(things: Things) -> Check:
    from alembic.runtime.migration import MigrationContext  # 10 MB: for who looks after the database
    from alembic.script import ScriptDirectory

    found = MigrationContext.configure(things.session.connection()).get_current_revision()
    newest = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    if found == newest:
        return Check("Versi basis data", State.GOOD, f"Basis data cocok dengan versi aplikasi ini (revisi {found}).")
    return Check("Versi basis data", State.BAD, f"Basis data memakai revisi {found}, aplikasi ini memerlukan {newest}.",
                 f"Jalankan {called('serve')} dengan versi aplikasi yang benar; ia menyesuaikan basis data sendiri.")


def wholeness(things: Things) -> Check:
    broken = _on_sqlite if things.session.connection().dialect.name == "sqlite" else _on_postgresql
    return Check.of("Keutuhan basis data", broken(things), "Basis data utuh dan semua rujukannya ada.", "Basis data rusak di {} tempat.",
                    "Jangan teruskan pekerjaan. Simpan folder data dan cadangan yang ada, lalu pulihkan dari cadangan terakhir yang baik.")


def guards(things: Things) -> Check:
    """A table that was built anew without them would take changes again, and nobody would notice."""
    missing = GUARDS[things.session.connection().dialect.name] - triggers(things)
    return Check.of("Penjaga catatan", [f"Penjaga {name} tidak ada" for name in sorted(missing)],
                    "Basis data menolak setiap perubahan pada log dan pada yang sudah dikirim.",
                    "{} penjaga tidak ada: log atau yang sudah dikirim dapat diubah tanpa ditolak.",
                    "Seseorang mengubah basis data di luar aplikasi, atau pembaruan tidak selesai. Hubungi pembuat pemasangan ini.")


def triggers(things: Things) -> set[str]:
    """Those that are there and act."""
    names = {"sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'", "postgresql":
             "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal"}
    return set(things.session.scalars(text(names[things.session.connection().dialect.name])))


def _on_sqlite(things: Things) -> Iterator[str]:
    for result in things.session.scalars(text("PRAGMA integrity_check")):
        if result != "ok":
            yield f"Basis data rusak: {result}"
    for row in things.session.execute(text("PRAGMA foreign_key_check")):
        yield f"Rujukan putus di tabel {row[0]}, baris {row[1]}"


def _on_postgresql(things: Things) -> Iterator[str]:
    """It keeps references itself, unless somebody told it not to."""
    for name in things.session.scalars(text("SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY conname")):
        yield f"Aturan {name} tidak berlaku untuk semua baris"
    for name in things.session.scalars(text("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")):
        yield f"Indeks {name} tidak sah"

"""`siapkan`: everything between a fresh folder and a server that can start. Run at a start that finds something to do; does nothing twice."""
import os
from pathlib import Path

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import Connection, func, select, text

from app import instruments, passwords
from app.called import called
from app.extensions import db
from app.models import Instrument, Reason, Unit, User
from app.models.house import House
from app.models.regency import SETTINGS
from app.rules.access import Role
from app.rules.troubles import kind_of

MIGRATIONS = str(Path(__file__).parents[2] / "migrations")


@click.command("siapkan", help="Siapkan basis data, instrumen, dan admin pertama (aman diulang).")
@click.option("--demo", is_flag=True, help="Isi dengan kabupaten latihan bila masih kosong.")
@click.option("--scale", type=click.IntRange(1, 100), default=1, metavar="N", help="Perbanyak data latihan N kali.")
@with_appcontext
def siapkan(demo: bool, scale: int) -> None:
    if not demo and accounts().exists():
        raise click.ClickException("Folder ini berisi data latihan. Jalankan dengan --demo, atau pilih folder lain.")
    migrate_database()
    publish_instruments()
    seed_reasons()
    if demo:
        build_demo(scale)
    else:
        first_admin()
    db.session.commit()


def must_be_ready() -> None:
    """For the commands that work on what `siapkan` made."""
    missing = on_sqlite() and not Path(str(db.engine.url.database)).exists()
    if missing or revision(db.session.connection()) != ScriptDirectory(MIGRATIONS).get_current_head():
        folder = current_app.config["LUMBUNG"].data
        raise click.ClickException(f"Folder data {folder} belum disiapkan untuk versi ini. Jalankan dulu: {called('serve')}")


def on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def accounts() -> Path:
    """The list of passwords that a training regency comes with, and nothing else."""
    return Path(current_app.config["LUMBUNG"].data) / "akun.csv"


def migrate_database() -> None:
    """Bring the database to this code's version; refuse one that is newer than the code."""
    with db.engine.connect() as connection:
        found = revision(connection)
        if not on_sqlite() and found is None:
            must_sort_alike(connection)
    known = {script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions()}
    if found and found not in known:
        raise click.ClickException(f"Basis data ini dibuat oleh versi Lumbung Inovasi yang lebih baru (revisi {found}). "
                                   "Pasang versi yang sama atau lebih baru; basis data tidak diubah.")
    if found != ScriptDirectory(MIGRATIONS).get_current_head():
        if found and on_sqlite():
            from app.cli.upgrade import safely  # which needs this module

            safely()
        else:
            in_place(found)
    if on_sqlite():
        os.chmod(db.engine.url.database, 0o600)


def must_sort_alike(connection: Connection) -> None:
    """Names and the search for tags go by the letters' numbers, as in SQLite."""
    found = connection.execute(text("SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = current_database()")).one()
    if found[0] != "UTF8" or found[1] not in ("C", "POSIX", "C.UTF-8", "C.utf8"):
        raise click.ClickException("Basis data PostgreSQL harus dibuat dengan --encoding=UTF8 --locale=C.UTF-8; lihat docs/postgresql.md.")


def in_place(found: str | None) -> None:
    """All migrations or none: a new database, or one on PostgreSQL."""
    try:
        upgrade(directory=MIGRATIONS)
        if found:
            House(db.session()).change_version(found, str(ScriptDirectory(MIGRATIONS).get_current_head()))
            db.session.commit()
    except (Exception, SystemExit) as trouble:  # Flask-Migrate ends the program for a RuntimeError
        if kind_of(trouble):
            raise
        raise click.ClickException(f"Basis data tidak dapat disesuaikan dari revisi {found} ({str(trouble).splitlines()[0]}). Tidak ada yang "
                                   "berubah: jalankan lagi versi aplikasi yang sebelumnya, dan laporkan pesan ini.") from trouble


def publish_instruments() -> None:
    """Only complete instruments can carry a period; a published one is never touched again."""
    published = set(db.session.scalars(select(Instrument.code)))
    for code in instruments.codes():
        data = instruments.load(code)
        if code not in published and data["complete"]:
            db.session.add(Instrument.publish(data))
            click.echo(f"Instrumen {data['title']} dipasang.")
    db.session.flush()


def seed_reasons() -> None:
    """The bank of reasons as shipped, once; afterwards it is the office's own."""
    if not db.session.scalar(select(func.count(Reason.id))):
        db.session.add_all(Reason.add(row, cause, text, by=None) for row, each in instruments.reasons().items() for cause, text in each)
        db.session.flush()


def first_admin() -> None:
    """One office, one administrator, one password that is shown once."""
    if db.session.scalar(select(func.count(User.id))):
        return
    settings = current_app.config["LUMBUNG"]
    slip = passwords.one_time_password()
    admin = User.add("admin", "Administrator", passwords.hash_password(slip), by=None)
    office = Unit.add(settings.full_office, "Badan", by=None, is_office=True)
    admin.give_role(Role.ADMIN, office, by=None)
    db.session.add_all([admin, office])
    click.echo("\nAdmin pertama dibuat. Catat sekarang, hanya ditampilkan sekali:\n"
               f"  nama pengguna   admin\n  kata sandi      {slip}\n"
               "Kata sandi ini berlaku tiga hari dan diganti saat pertama kali masuk.\n")


def build_demo(scale: int) -> None:
    from app.demo import builder  # the demo's texts and drawing are only read when asked for

    if not db.session.scalar(select(func.count(Unit.id))):
        settings = current_app.config["LUMBUNG"]
        names = {name: getattr(settings, name) for name in SETTINGS}
        builder.build(db.session, current_app.extensions["storage"], accounts(), names, scale, say=click.echo)
    elif not accounts().exists():
        raise click.ClickException("Folder ini berisi data kantor, bukan data latihan. Pilih folder lain dengan --data.")
    click.echo(f"\nAkun latihan (juga di {accounts()}):\n{builder.one_per_role(accounts())}")

"""`upgrade`: an older database brought to this version on a copy, and the way back when anything fails; `hidup`, which looks whether it answers."""
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from app import backups
from app.checks.scores import scores
from app.cli.doctor import everything
from app.cli.progress import Line
from app.cli.setup import migrate_database, must_be_ready, on_sqlite, revision
from app.cli.staged import closed, writing_to
from app.extensions import db
from app.models import Entry
from app.models.house import House

MANY = 2000  # proposals; recounting more takes minutes


@click.command("upgrade", help="Perbarui basis data ke versi ini: cadangan, salinan, pemeriksaan, lalu ganti; kembali sendiri bila gagal.")
@with_appcontext
def upgrade() -> None:
    if not (safely() if on_sqlite() else in_one_transaction()):
        must_be_ready()  # the wrong folder is not up to date
        click.echo("Basis data sudah sesuai dengan versi ini. Tidak ada yang diubah.")


def in_one_transaction() -> bool:
    """PostgreSQL takes all migrations or none; the way back from them is the dump that was made before."""
    with db.engine.connect() as connection:
        before = revision(connection)
    migrate_database()
    with db.engine.connect() as connection:
        after = revision(connection)
    if before != after:
        click.echo(f"Basis data diperbarui dari revisi {before} ke {after}. Jalan mundurnya dump yang dibuat sebelum ini; lihat docs/postgresql.md.")
    return before != after


def safely() -> bool:
    """False when there was nothing to do; Refused with the reason, and the database as before, when it did not work out."""
    settings = closed()
    with Line() as line:
        done = backups.upgrade(settings.data, settings.backups, ZoneInfo(settings.timezone), dress, line.say)
    if done:
        click.echo(f"Basis data diperbarui dari revisi {done.before} ke {done.after}. Cadangan sebelum pembaruan: {done.backup.path}")
    return done is not None


def dress(database: Path, before: str, after: str) -> None:
    with writing_to(database) as session:
        House(session).change_version(before, after)


@click.command("hidup", hidden=True, help="Coba buka aplikasi: halaman masuk dan /sehat.")
@click.option("--skor", is_flag=True, help="Hitung ulang skor saja.")
@with_appcontext
def hidup(skor: bool) -> None:
    if skor:
        few = (db.session.scalar(select(func.count(Entry.id))) or 0) <= MANY
        if few and (faults := scores(everything()).faults):
            raise click.ClickException(faults[0])
        return
    settings = current_app.config["LUMBUNG"]
    host = settings.trusted_hosts[0] if settings.trusted_hosts else "localhost"
    client = current_app.test_client()
    for path in ("/masuk", "/sehat"):
        code = client.get(path, base_url=f"{'https' if settings.https else 'http'}://{host}").status_code
        if code != 200:
            raise click.ClickException(f"halaman {path} menjawab {code}")

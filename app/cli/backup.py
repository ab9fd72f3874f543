"""`backup`: the database and every file it names, written into a folder of their own and read again. Exit 1 with the reason when there is none."""
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app import backups
from app.backups import Backup
from app.cli.doctor import everything
from app.cli.setup import must_be_ready
from app.cli.staged import closed, must_be_sqlite
from app.config import Settings
from app.extensions import db
from app.rules.words import file_size

MOST_NAMED = 20


@click.command("backup", help="Buat cadangan: basis data dan semua berkas (aman saat aplikasi dipakai).")
@click.option("--ke", "target", type=click.Path(path_type=Path), metavar="FOLDER",
              help="Folder tujuan, misalnya di flashdisk; di sana cadangan lama tidak dihapus.")
@click.option("--kedua", "second", is_flag=True, help="Salin cadangan terbaru ke tempat kedua (pengaturan backup_second).")
@with_appcontext
def backup(target: Path | None, second: bool) -> None:
    if second:
        copied(closed())
        return
    must_be_ready()
    must_be_sqlite()
    settings = current_app.config["LUMBUNG"]
    zone = everything().zone
    db.session.remove()  # the copy is made beside the app's own connections
    folder = target.expanduser().absolute() if target else settings.backups
    with backups.alone(settings.data) as diary:
        made = backups.make(settings.data, folder, zone, diary.say)
        gone = [] if target else backups.prune(folder, zone, settings.backup_keep)
    told(made, gone)


def copied(settings: Settings) -> None:
    done = backups.copy_to_second(settings)
    click.echo(f"Salinan selesai: {done.backup.path}\n  {done.backup.files} berkas, {file_size(done.backup.size)}, sudah dibaca ulang dan cocok."
               if done.anew else f"Cadangan terbaru sudah ada di tempat kedua: {done.backup.path}")
    if done.is_beside:
        click.echo("PERHATIAN: tempat kedua itu sedisk dengan datanya. Mungkin flashdisknya tidak terpasang; bila disk ini rusak, semuanya hilang.")
    if done.removed:
        click.echo(f"  {done.removed} salinan lama dihapus.")


def told(made: Backup, gone: list[str]) -> None:
    click.echo(f"Cadangan selesai: {made.path}\n  {made.files} berkas, {file_size(made.size)}, sudah dibaca ulang dan cocok.")
    if gone:
        click.echo(f"  {len(gone)} cadangan lama dihapus.")
    if made.gaps:
        click.echo(f"PERHATIAN: {len(made.gaps)} berkas di folder data hilang atau berubah, "
                   f"{len(made.missing)} di antaranya tidak ada dalam cadangan ini:")
    for gap in made.gaps[:MOST_NAMED]:
        click.echo(f"  {gap.fault}: {gap.name}" + (" (masih utuh dalam cadangan ini)" if gap.rescued else ""))
    if len(made.gaps) > MOST_NAMED:
        click.echo(f"  dan {len(made.gaps) - MOST_NAMED} lainnya")

"""`restore`: which backups there are, one of them in the place of what is there now, and the way back from that."""
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from app import backups
from app.backups import Backup, Dump
from app.backups.shelf import read
from app.called import called
from app.cli.progress import Line
from app.cli.setup import must_be_ready, on_sqlite
from app.cli.staged import closed, writing_to
from app.config import Settings
from app.extensions import db
from app.models import Event
from app.models.house import House
from app.rules import Refused
from app.rules.words import file_size, on_date

BACK = f"Batal kembali: {called('restore --batal')}"


@click.command("restore", help="Pulihkan cadangan; tanpa nama: tampilkan daftarnya.")
@click.argument("which", required=False, metavar="[NAMA|NOMOR|FOLDER]")
@click.option("--batal", is_flag=True, help="Batalkan pemulihan terakhir.")
@click.option("--ya", is_flag=True, help="Jangan bertanya lagi.")
@with_appcontext
def restore(which: str | None, batal: bool, ya: bool) -> None:
    if which and not batal and not on_sqlite():
        say_so(which, ya)
        return
    settings = closed()
    if batal:
        undo(settings, ya)
    elif which:
        bring_back(settings, chosen(settings, which), ya)
    else:
        tell(settings)


def say_so(which: str, sure: bool) -> None:
    """On PostgreSQL pg_restore did it. What is left: to write into the log why its end is not the one that was known, and to let everybody sign in
    anew."""
    must_be_ready()
    name = restored_dump(current_app.config["LUMBUNG"].backups, which).name
    newest = db.session.scalar(select(func.max(Event.at)))
    click.echo(f"Dicatat di Log: basis data dipulihkan dari dump {name} dengan pg_restore. Semua orang masuk ulang.")
    must_agree(sure)
    House(db.session()).be_restored(name, newest.isoformat() if newest else "", undone=False)
    db.session.commit()
    click.echo(f"Selesai. Periksa isinya: {called('doctor')}")


def restored_dump(folder: Path, which: str) -> Dump:
    """Refused where there is none: a slip would end all sessions and take any end of the log for right."""
    dump = backups.dump_called(folder, which)
    if dump is None:
        raise Refused(f"Tidak ada dump {which} di {folder}, dan bukan pula jalur sebuah dump. Sebut berkas yang baru dipulihkan pg_restore.")
    if not dump.is_whole:
        raise Refused(f"{dump.path} bukan dump yang utuh; pg_dump mungkin terhenti.")
    return dump


def tell(settings: Settings) -> None:
    found = numbered(settings)
    if not found:
        click.echo(f"Belum ada cadangan di {settings.backups}" + (f" atau {settings.backup_second}." if settings.backup_second else "."))
        return
    place = None
    for number, backup in enumerate(found, 1):
        if backup.path.parent != place:
            place = backup.path.parent
            click.echo(f"{'Tempat kedua' if place == settings.backup_second else 'Cadangan di'} {place}:")
        click.echo(f"  {number:>2}  {moment(backup.made_at)}  {backup.files} berkas, {file_size(backup.size)}  {backup.name}"
                   + (f"  ({len(backup.missing)} berkas hilang)" if backup.missing else ""))
    click.echo(f"Pulihkan dengan nomor atau nama, misalnya: {called('restore 1')}")


def numbered(settings: Settings) -> list[Backup]:
    """Those at home and then those in the second place, each the newest first."""
    return [*backups.all_in(settings.backups), *(backups.all_in(settings.backup_second) if settings.backup_second else [])]


def chosen(settings: Settings, which: str) -> Backup:
    found = numbered(settings)
    if which.isdigit() and 0 < int(which) <= len(found):
        return found[int(which) - 1]
    backup = next((one for one in found if one.name == which), None) or read(Path(which).expanduser().absolute())
    if backup is None:
        raise Refused(f"Tidak ada cadangan {which}. Lihat daftarnya: {called('restore')}")
    return backup


def bring_back(settings: Settings, backup: Backup, sure: bool) -> None:
    backups.must_be_stopped(settings.data)
    click.echo(f"Cadangan {moment(backup.made_at)} ({backup.files} berkas, {file_size(backup.size)}) menggantikan isi {settings.data}.\n"
               "Yang ditulis sesudah itu tidak ada lagi di aplikasi, tetapi disimpan dulu dan dapat dikembalikan. Semua orang masuk ulang.")
    must_agree(sure)
    with Line() as line:
        done = backups.restore(settings.data, backup, restored_by(backup.name, backup.made_at.isoformat(), undone=False), line.say)
    click.echo(f"Selesai. Isi aplikasi adalah cadangan {moment(backup.made_at)}; {done.files} berkas dikembalikan dari cadangan.")
    if done.lost:
        click.echo(f"PERHATIAN: {done.lost} berkas tidak ada dalam cadangan ini dan tidak ada di server. Jalankan: {called('doctor')}")
    if done.kept:
        click.echo(f"Isi sebelumnya disimpan di {done.kept}. {BACK}")


def undo(settings: Settings, sure: bool) -> None:
    backups.must_be_stopped(settings.data)
    told = backups.last_restore(settings.data)
    if told:
        click.echo(f"Isi sebelum pemulihan {moment(local(told['at'], settings))} dikembalikan; yang sekarang disimpan. Semua orang masuk ulang.")
        must_agree(sure)
    with Line() as line:
        backups.undo(settings.data, restored_by(told["name"], told["made_at"], undone=True) if told else lambda _: None, line.say)
    click.echo(f"Selesai. Pemulihan dibatalkan; isi sebelumnya dipakai lagi. {BACK}")


def restored_by(name: str, made_at: str, undone: bool) -> Callable[[Path], None]:
    """What is written into the log of a database before it comes into use."""
    def dress(database: Path) -> None:
        with writing_to(database) as session:
            House(session).be_restored(name, made_at, undone)
    return dress


def must_agree(sure: bool) -> None:
    if not sure and click.prompt("Ketik ya untuk melanjutkan", default="tidak") != "ya":
        raise Refused("Tidak jadi; tidak ada yang berubah.")


def local(instant: Any, settings: Settings) -> datetime:
    zone: tzinfo = ZoneInfo(settings.timezone)
    return datetime.fromisoformat(instant).astimezone(zone)


def moment(instant: datetime) -> str:
    """On the clock it was made by: 21 November 2026 pukul 02.00."""
    return f"{on_date(instant.date())} pukul {instant:%H.%M}"

"""`ganti-kunci`: another secret of this installation, when the old one may have been seen."""
import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import update

from app import clock, journal, locks
from app.cli.restore import must_agree
from app.cli.setup import must_be_ready
from app.config import Settings
from app.extensions import db
from app.models import Session
from app.rules import Refused

WHAT_ENDS = ("Kunci rahasia diganti: semua orang masuk ulang, dan yang sedang terbuka di peramban perlu dimuat ulang. "
             "Kata sandi, langkah kedua, isian, dan log tidak berubah.")


@click.command("ganti-kunci", help="Ganti kunci rahasia; semua sesi berakhir.")
@click.option("--ya", is_flag=True, help="Jangan bertanya lagi.")
@with_appcontext
def ganti_kunci(ya: bool) -> None:
    must_be_ready()
    settings: Settings = current_app.config["LUMBUNG"]
    held = locks.take(settings.data / locks.SERVER, patience=1)
    if held is None:  # its processes would go on with the old one
        raise Refused("Lumbung Inovasi sedang berjalan dengan folder data ini. Hentikan dulu, lalu ulangi.")
    with held:
        click.echo(WHAT_ENDS)
        must_agree(ya)
        renew(settings)
    click.echo("Selesai. Jalankan lagi aplikasinya.")


def renew(settings: Settings) -> None:
    settings.renew_secret()
    db.session.execute(update(Session).where(Session.ended_at.is_(None)).values(ended_at=clock.now()))
    db.session.commit()
    journal.note(settings.data, "kunci diganti")

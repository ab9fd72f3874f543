"""`drill`: the newest backup restored into a folder of its own and proved there. Exit 1 when that does not work out."""
import click
from flask.cli import with_appcontext

from app import backups
from app.cli.staged import closed


@click.command("drill", help="Latihan pemulihan: coba pulihkan cadangan terbaru ke folder sementara (aman saat aplikasi dipakai).")
@with_appcontext
def drill() -> None:
    done = backups.rehearse(closed())
    if not done.ok:
        raise click.ClickException(done.words)
    click.echo(done.words)

"""`susun-ulang`: make anew what the database keeps beside what people wrote: the index of words, and the counts of proposals."""
import click
from flask.cli import with_appcontext
from sqlalchemy import delete, insert, inspect, text

from app.cli.setup import must_be_ready, on_sqlite
from app.extensions import db
from app.models import Tally
from app.queries import tally
from app.rules import Refused


@click.command("susun-ulang", help="Susun ulang indeks pencarian dan jumlah usulan dari isinya; isinya sendiri tidak diubah.")
@with_appcontext
def rebuild() -> None:
    must_be_ready()
    if on_sqlite():
        if not inspect(db.session.connection()).has_table("innovation_search"):
            raise Refused("Indeks pencarian tidak ada di basis data ini, jadi tidak dapat disusun ulang. Pulihkan cadangan terakhir yang baik.")
        db.session.execute(text("INSERT INTO innovation_search (innovation_search) VALUES ('rebuild')"))
    db.session.execute(delete(Tally))
    db.session.execute(insert(Tally).from_select(tally.COLUMNS, tally.again()))
    db.session.commit()
    what = "Indeks pencarian dan jumlah usulan" if on_sqlite() else "Jumlah usulan"  # PostgreSQL keeps its index itself
    click.echo(f"{what} disusun ulang. Periksa: python3 lumbung.py doctor")

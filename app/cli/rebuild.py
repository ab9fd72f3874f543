"""`susun-ulang`: make anew what the database keeps beside what people wrote, and what keeps it right: the index of words, the counts of proposals.
What doctor misses of them is made by the words of the migrations."""
from types import ModuleType

import click
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask.cli import with_appcontext
from sqlalchemy import delete, insert, text

from app.called import called
from app.checks.search import INDEXES
from app.checks.search import TRIGGERS as INDEXERS
from app.checks.tallies import COUNTERS
from app.cli.setup import MIGRATIONS, must_be_ready, on_sqlite
from app.extensions import db
from app.models import Tally
from app.queries import tally


@click.command("susun-ulang", help="Susun ulang indeks pencarian dan jumlah usulan dari isinya; isinya sendiri tidak diubah.")
@with_appcontext
def rebuild() -> None:
    must_be_ready()
    for statement in removals():
        db.session.execute(text(statement))
    with Operations.context(MigrationContext.configure(db.session.connection())):
        migration("0008").search()
        migration("0009").watch()
    db.session.execute(delete(Tally))
    db.session.execute(insert(Tally).from_select(tally.COLUMNS, tally.again()))
    db.session.commit()
    click.echo("Indeks pencarian dan jumlah usulan disusun ulang. Server yang sedang berjalan menunjukkannya paling lambat satu menit lagi. "
               f"Periksa: {called('doctor')}")


def removals() -> list[str]:
    """Of what is still there, whole or not."""
    if on_sqlite():
        return [*(f"DROP TRIGGER IF EXISTS {name}" for name in sorted(INDEXERS | COUNTERS["sqlite"])), "DROP TABLE IF EXISTS innovation_search"]
    return [*(f"DROP INDEX IF EXISTS {name}" for name in sorted(INDEXES)), "DROP TRIGGER IF EXISTS entry_tally ON entry",
            "DROP FUNCTION IF EXISTS entry_tally()"]


def migration(revision: str) -> ModuleType:
    """That made these things: their words stand there and nowhere else."""
    return ScriptDirectory(MIGRATIONS).get_revision(revision).module

"""`doctor`: look at everything that is stored and what is around it. Changes nothing; exit 1 when something is broken."""
import click
from flask import current_app
from flask.cli import with_appcontext

from app import checks
from app.checks import Check, State, Things
from app.cli.setup import must_be_ready
from app.extensions import db, only_reading

MARKS = {State.GOOD: "✓", State.LOOK: "!", State.BAD: "✗"}


@click.command("doctor", help="Periksa basis data, log, nilai, yang terkirim, instrumen, berkas, cadangan, jadwal, disk, dan jam.")
@with_appcontext
def doctor() -> None:
    must_be_ready()
    with only_reading():
        found = [*checks.examine(everything()), *checks.light(everything())]
    for check in found:
        told(check)
    if broken := sum(check.state is State.BAD for check in found):
        raise click.ClickException(f"{broken} hal rusak.")


def everything() -> Things:
    return Things(db.session(), current_app.config["LUMBUNG"], current_app.extensions["storage"])


def told(check: Check) -> None:
    click.echo(f"{MARKS[check.state]} {check.name}: {check.says}")
    for fault in check.faults:
        click.echo(f"    {fault}")
    if check.advice:
        click.echo(f"    → {check.advice}")

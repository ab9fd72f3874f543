"""`ingatkan`: the reminders of the day, for a timer. Run it as often as you like; each day is done once."""
from collections import Counter

import click
from flask.cli import with_appcontext

from app import clock
from app.cli.doctor import everything
from app.cli.setup import must_be_ready
from app.extensions import db
from app.models import ReminderRun
from app.queries import reminders
from app.rules import days
from app.rules.reminders import Kind
from app.rules.words import on_date

WORDS = {
    Kind.DEADLINE: "batas waktu mendekat", Kind.IDLE: "usulan belum dilanjutkan", Kind.SIGNING: "menunggu pengesahan",
    Kind.JUDGING: "menunggu putusan", Kind.UNSHARED: "belum dibagikan", Kind.APPROVING: "menunggu persetujuan",
    Kind.UNSTARTED: "belum mengusulkan inovasi", Kind.PROMISE: "janji pendampingan lewat waktu",
}


@click.command("ingatkan", help="Buat pengingat hari ini (aman diulang; sekali sehari per orang).")
@with_appcontext
def ingatkan() -> None:
    must_be_ready()
    now, zone = clock.now(), everything().zone
    today = days.of(now, zone)
    if done := db.session.scalar(reminders.run_on(today)):
        click.echo(f"Pengingat {on_date(today)} sudah dibuat pukul {done.at.astimezone(zone):%H.%M}, {done.told} orang. Tidak ada yang diulang.")
        return
    found = reminders.for_today(db.session(), now, zone)
    run = ReminderRun.make(today, found)
    db.session.add(run)
    db.session.commit()
    click.echo(f"Pengingat {on_date(today)}: {run.told} orang diberi tahu.")
    for kind, people in sorted(Counter(kind for _, kind, _ in found).items()):
        click.echo(f"  {people:4} orang  {WORDS[kind]}")

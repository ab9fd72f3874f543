"""`malam`: everything that keeps an installation well, once a night. One step's failure stops no other; exit 1 when one failed."""
from collections.abc import Callable
from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import delete

from app import backups, checks, clock, locks
from app.checks import State, Step
from app.cli.doctor import everything
from app.cli.setup import must_be_ready, on_sqlite
from app.config import Settings
from app.extensions import db, only_reading
from app.models import FailedSignIn, Session
from app.queries import drafts, files
from app.rules import Refused, retention
from app.rules.words import file_size
from app.storage.sweeping import sweep

LOCK = "malam.kunci"  # in the data folder
BUSY = "Pekerjaan malam lain sedang berjalan. Tunggu sampai selesai."
WEEK = timedelta(days=6, hours=12)  # a timer is never quite on the hour
UNEXPECTED = "gangguan yang tidak terduga ({}); rinciannya di catatan server"


@click.command("malam", help="Pekerjaan tiap malam: rapikan, periksa semuanya, cadangkan, salin ke tempat kedua, latih pemulihan.")
@with_appcontext
def malam() -> None:
    must_be_ready()
    settings: Settings = current_app.config["LUMBUNG"]
    lock = locks.take(settings.data / LOCK, patience=1)
    if lock is None:
        raise click.ClickException(BUSY)
    with lock:
        trusted: list[checks.Head] = []
        works = [("Sapu berkas", sweep_files), ("Rapikan catatan masuk dan ketikan", tidy), ("Periksa semuanya", lambda: examine(trusted))]
        if on_sqlite():  # what a move to PostgreSQL left in the folder is old: a backup of it would look like one
            works += [("Cadangkan", lambda: back_up(settings)), ("Salin ke tempat kedua", lambda: copy(settings)),
                      ("Latih pemulihan", lambda: rehearse(settings))]
        done = [step(name, work) for name, work in works]
        checks.note(settings.data, done, trusted[0] if trusted else None)
    if failed := sum(bool(each.trouble) for each in done):
        raise click.ClickException(f"{failed} dari {len(done)} pekerjaan malam gagal.")


def step(name: str, work: Callable[[], str]) -> Step:
    """Done, or why not."""
    try:
        done = Step(name, work())
    except Refused as reason:
        done = Step(name, "", str(reason))
    except Exception as trouble:
        current_app.logger.exception("%s", name)
        done = Step(name, "", UNEXPECTED.format(type(trouble).__name__))
    db.session.remove()
    click.echo(f"✗ {name}: {done.trouble}" if done.trouble else f"✓ {name}: {done.says}")
    return done


def sweep_files() -> str:
    def named(hashes):
        with only_reading():
            return db.session.scalars(files.named(hashes)).all()

    swept = sweep(current_app.extensions["storage"], named)
    if not (swept.files or swept.temporaries or swept.drawings):
        return "tidak ada yang perlu dihapus."
    return (f"{len(swept.files)} berkas tanpa pemilik, {swept.temporaries} berkas sementara, dan {swept.drawings} gambar lama dihapus "
            f"({file_size(swept.size)}).")


def tidy() -> str:
    now = clock.now()
    gone = [db.session.execute(statement).rowcount for statement in (  # type: ignore[attr-defined]
        delete(Session).where(Session.started_at < now - retention.SESSIONS), delete(FailedSignIn).where(FailedSignIn.at < now - retention.FAILURES),
        drafts.older_than(now - retention.DRAFTS))]
    db.session.commit()
    return "{} sesi, {} percobaan masuk, dan {} ketikan lama dihapus.".format(*gone)


def examine(trusted: list[checks.Head]) -> str:
    """Where the log ended is noted only when all of it was found linked."""
    with only_reading():
        head = checks.head_of(db.session())
        found = checks.examine(everything())
    if head and next(check for check in found if check.name == "Log").state is State.GOOD:
        trusted.append(head)
    for fault in (f"{check.name}: {fault}" for check in found for fault in check.faults):
        click.echo(f"    {fault}")
    if broken := [check.name.lower() for check in found if check.state is State.BAD]:
        raise Refused(f"ada yang rusak: {', '.join(broken)}. Lihat halaman Kesehatan.")
    return f"{len(found)} hal diperiksa, semuanya baik."


def back_up(settings: Settings) -> str:
    zone = everything().zone
    db.session.remove()
    with backups.alone(settings.data) as diary:
        made = backups.make(settings.data, settings.backups, zone, diary.say)
        gone = backups.prune(settings.backups, zone, settings.backup_keep)
        backups.prune_kept(settings.data)
    if made.missing:
        raise Refused(f"cadangan {made.name} dibuat, tetapi {len(made.missing)} berkas tidak ada di dalamnya. Lihat halaman Cadangan.")
    return f"{made.name}, {made.files} berkas, {file_size(made.size)}; {len(gone)} cadangan lama dihapus."


def copy(settings: Settings) -> str:
    there = backups.second_state(settings)
    if there.kind == "unset":
        return "belum diatur."
    if there.kind == "away" and not there.is_old:
        return "sedang tidak terpasang; salinan terakhir masih cukup baru."
    copied = backups.copy_to_second(settings)
    done = f"{copied.backup.name} {'disalin dan dibaca ulang' if copied.anew else 'sudah ada di sana'}."
    return f"{done} Tempat kedua itu sedisk dengan datanya; mungkin flashdisknya tidak terpasang." if copied.is_beside else done


def rehearse(settings: Settings) -> str:
    last = backups.last_drill(settings.data)
    if last and last.ok and abs(clock.now() - last.at) < WEEK:
        return "belum waktunya; seminggu sekali."
    drill = backups.rehearse(settings)
    if not drill.ok:
        raise Refused(drill.words)
    return drill.words

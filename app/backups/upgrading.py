"""To a newer version and, when anything fails, back by itself: backup, a migrated copy, checks, switch, a look whether the app answers."""
from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import NamedTuple

from app import clock
from app.backups import disk, proving, revisions
from app.backups.making import SPARE, Say, make
from app.backups.shelf import DATABASE, Backup
from app.backups.switching import Change, changing, exclusively
from app.called import called
from app.rules import Refused

SAME = "Pembaruan dibatalkan; basis data lama tetap dipakai dan tidak berubah."
Dress = Callable[[Path, str, str], None]  # writes into the log of a database from which revision to which it came


class Upgraded(NamedTuple):
    before: str
    after: str
    backup: Backup


def upgrade(data: Path, target: Path, zone: tzinfo, dress: Dress, say: Say = lambda *_: None, scripts: Path = revisions.SCRIPTS) -> Upgraded | None:
    """None when there is nothing to do. Refused with a sentence, and the database as it was, when it does not work out; `target` is where the
    backup goes."""
    with exclusively(data):
        before, after = revisions.of(data / DATABASE), revisions.known(scripts)[0]
        if before in (None, after):
            return None
        revisions.must_be_known(before, "Basis data ini", scripts)
        assert before
        say("Cadangan dibuat lebih dulu", 0, 0)
        backup = make(data, target, zone, say)
        disk.data_must_have_room(data, 5 * (data / DATABASE).stat().st_size + SPARE)
        with changing(data) as change:
            say("Salinan basis data dimigrasikan", 0, 0)
            _bring_up(change, before, scripts)
            dress(change.new / DATABASE, before, after)
            say("Basis data diganti", 0, 0)
            change.switch({"kind": "upgrade", "at": clock.now().isoformat(), "before": before, "after": after}, keep=False)
            say("Versi baru dicoba dibuka", 0, 0)
            if fault := revisions.answers(data):
                change.back()
                raise Refused(f"Versi baru tidak dapat dibuka: {fault}. {SAME}")
        return Upgraded(before, after, backup)


def _bring_up(change: Change, before: str, scripts: Path) -> None:
    """The copy migrated, and nothing lost on the way but what a migration says it takes away."""
    change.keep_old()
    if not change.is_whole:
        raise Refused(f"Basis data rusak. Pulihkan dari cadangan: {called('restore')}. {SAME}")
    old, new = change.old / DATABASE, change.new / DATABASE
    disk.copy(old, new)
    try:
        revisions.bring_up(change.new, scripts)
    except Refused as reason:
        raise Refused(f"{reason}. {SAME}") from None
    declared = revisions.shrunk(before, scripts)
    kept = {table: number for table, number in proving.counts(old).items() if table not in declared}
    fault = proving.fault_in(new, kept, exactly=False)
    if not fault and proving.scores(new) != proving.scores(old) and revisions.command(change.new, "hidup", "--skor").returncode:
        fault = "skor tersimpan berbeda dari hitungan ulang"
    if fault:
        raise Refused(f"Salinan yang dimigrasikan tidak cocok: {fault}. {SAME}")

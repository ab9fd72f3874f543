"""Backups: the database as it was at one moment and every file it names, written down whole, read again, and only then called a backup.

Stands beside the models: nothing here knows Flask or the session. The secret key is left out on purpose: who finds a backup must not be
able to sign in with it, and an installation makes itself a new one (everybody signs in again).
"""
from app.backups.disk import existing, is_beside
from app.backups.drill import Drill, last_drill, rehearse
from app.backups.dumps import Dump, dump_called, newest_dump
from app.backups.making import make
from app.backups.restoring import last as last_restore
from app.backups.restoring import restore, undo
from app.backups.running import Diary, Run, alone, start, state
from app.backups.second import Copied, Second, copy_to_second, second_state
from app.backups.shelf import Backup, all_in, latest, prune
from app.backups.switching import must_be_stopped, prune_kept, settle
from app.backups.upgrading import upgrade

__all__ = ["Backup", "Copied", "Diary", "Drill", "Dump", "Run", "Second", "all_in", "alone", "copy_to_second", "dump_called", "existing", "is_beside",
           "last_drill", "last_restore", "latest", "make", "must_be_stopped", "newest_dump", "prune", "prune_kept", "rehearse", "restore",
           "second_state", "settle", "start", "state", "undo", "upgrade"]

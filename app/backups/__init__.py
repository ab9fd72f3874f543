"""Backups: the database as it was at one moment and every file it names, written down whole, read again, and only then called a backup.

Stands beside the models: nothing here knows Flask or the session. The secret key is left out on purpose: who finds a backup must not be
able to sign in with it, and an installation makes itself a new one (everybody signs in again).
"""
from app.backups.making import make
from app.backups.running import Diary, Run, alone, start, state
from app.backups.shelf import Backup, all_in, latest, prune

__all__ = ["Backup", "Diary", "Run", "all_in", "alone", "latest", "make", "prune", "start", "state"]

"""The office's own virus scanner, asked about every file before it is kept. What it cannot answer for is refused: it is set up because it counts."""

import logging
import os
import shlex
import subprocess
from pathlib import Path
from threading import BoundedSemaphore

from .child import BUSY, PASSED_ON, Busy
from .rejected import Rejected

SECONDS = 60
AT_ONCE = 2
QUEUE_SECONDS = 60
CLEAN, INFECTED = 0, 1  # what clamscan and clamdscan end with

FOUND = "Pemindai virus menemukan sesuatu dalam berkas ini, jadi berkas ini tidak disimpan. Beri tahu admin sebelum membukanya lagi."
UNSURE = "Berkas ini tidak dapat diperiksa dari virus, jadi tidak disimpan. Coba lagi beberapa menit lagi; bila tetap, beri tahu admin."

log = logging.getLogger(__name__)


class Scanner:
    """Runs `command` with the path of a file behind it, without a shell; without a command every file passes."""

    def __init__(self, command: str = "", seconds: float = SECONDS):
        self.command = tuple(shlex.split(command, posix=os.name != "nt"))
        self.seconds = seconds
        self.slots = BoundedSemaphore(AT_ONCE)

    def check(self, path: Path) -> None:
        """Raises Rejected unless the scanner says that the file is clean."""
        if not self.command:
            return
        if not self.slots.acquire(timeout=QUEUE_SECONDS):
            raise Busy(BUSY)
        try:
            answer = self._ask(path)
        finally:
            self.slots.release()
        if answer == INFECTED:
            raise Rejected(FOUND)
        if answer != CLEAN:
            raise Rejected(UNSURE)

    def _ask(self, path: Path) -> int | None:
        """What it ended with; None when it did not start or did not end in time."""
        try:
            done = subprocess.run(
                [*self.command, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=self.seconds,
                check=False,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (subprocess.TimeoutExpired, OSError) as trouble:
            log.warning("the scanner did not answer: %.200r", trouble)
            return None
        if done.returncode not in (CLEAN, INFECTED):
            log.warning("the scanner ended with %s: %.200r", done.returncode, done.stderr)
        return done.returncode

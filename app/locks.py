"""A lock file in the data folder. The lock is the system's: it is gone with the last process that held it, so a crash leaves none behind."""
import os
import select
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

SELDOM, OFTEN = 0.05, 0.01  # seconds between two looks; the second where a bell may be missed
SERVER = "server.kunci"  # held by all processes of a server that runs on the folder


class Bell:
    """Rung by whoever lets go of a lock, so that who waits for it need not look again and again. It is heard in this process and in those forked
    from it; everybody else, and Windows, looks every so often."""

    def __init__(self) -> None:
        self.line = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC) if hasattr(os, "eventfd") else None

    def ring(self) -> None:
        if self.line is not None:
            os.eventfd_write(self.line, 1)

    def wait(self, seconds: float) -> None:
        if self.line is None:
            time.sleep(seconds)
        elif select.select([self.line], [], [], seconds)[0]:
            with suppress(BlockingIOError):  # another was quicker
                os.eventfd_read(self.line)


def take(path: Path, patience: float = 0, shared: bool = False, bell: Bell | None = None) -> IO[bytes] | None:
    """The open file that holds the lock until it is closed; None while another has it, after trying for so many seconds. `shared` holders bear
    each other. OSError where the folder cannot be written."""
    file = open(path, "ab", buffering=0, opener=lambda name, flags: os.open(name, flags, 0o600))  # noqa: SIM115 - closed by who asked
    until = time.monotonic() + patience
    while not _taken(file, shared):
        if time.monotonic() >= until:
            file.close()
            return None
        if bell:
            bell.wait(OFTEN)
        else:
            time.sleep(SELDOM)
    return file


def is_held(path: Path) -> bool:
    """Looking holds it for a blink; who takes it should be patient."""
    try:
        with path.open("r+b") as file:
            return not _taken(file, False)
    except OSError:  # nobody ever took it
        return False


def _taken(file: IO[bytes], shared: bool) -> bool:
    try:
        if os.name == "nt":
            import msvcrt
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        return True
    except OSError:
        return False

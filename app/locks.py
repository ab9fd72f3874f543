"""A lock file in the data folder. The lock is the system's: it is gone with the last process that held it, so a crash leaves none behind."""
import os
import time
from pathlib import Path
from typing import IO

SERVER = "server.kunci"  # held by all processes of a server that runs on the folder


def take(path: Path, patience: float = 0, shared: bool = False) -> IO[str] | None:
    """The open file that holds the lock until it is closed; None while another has it, after trying for so many seconds. `shared` holders bear
    each other. OSError where the folder cannot be written."""
    file = path.open("a+")
    until = time.monotonic() + patience
    while not _taken(file, shared):
        if time.monotonic() >= until:
            file.close()
            return None
        time.sleep(0.05)
    return file


def is_held(path: Path) -> bool:
    """Looking holds it for a blink; who takes it should be patient."""
    try:
        with path.open("r+") as file:
            return not _taken(file, False)
    except OSError:  # nobody ever took it
        return False


def _taken(file: IO[str], shared: bool) -> bool:
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

"""One at a time, in a process of its own that outlives the browser; and how far it is, for whoever looks."""
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from app import clock
from app.rules import Refused

LOCK, NOTE = "cadangan.kunci", "cadangan.json"  # in the data folder
BUSY = "Pencadangan lain sedang berjalan. Tunggu sampai selesai."
SLOW_START = timedelta(seconds=30)
EVERY = 0.5  # seconds between two notes of how far it is
# The process in between ends at once, so that nobody waits for the one that works and none is left behind
LAUNCH = ("import os, subprocess, sys; new = {'start_new_session': True} if os.name == 'posix' else {'creationflags': 0x08000200}; "
          "subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **new); os._exit(0)")


class Run(NamedTuple):
    """`kind` is idle, starting, running, failed or interrupted; `words` is the step, or why it failed."""
    kind: str = "idle"
    words: str = ""
    done: int = 0
    total: int = 0
    at: datetime | None = None

    @property
    def is_busy(self) -> bool:
        return self.kind in ("starting", "running")


class Diary:
    """What a run says of itself, kept in a small file."""

    def __init__(self, data: Path):
        self.path, self.written = data / NOTE, 0.0

    def say(self, words: str, done: int, total: int) -> None:
        """How far it is; not more often than anybody looks."""
        if time.monotonic() - self.written >= EVERY:
            self.written = time.monotonic()
            self.note("running", words, done, total)

    def note(self, kind: str, words: str = "", done: int = 0, total: int = 0) -> None:
        draft = self.path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):  # a full disk must not keep a backup from being made on another
            draft.write_text(json.dumps({"kind": kind, "words": words, "done": done, "total": total, "at": clock.now().isoformat()}), "utf-8")
            draft.replace(self.path)


@contextmanager
def alone(data: Path) -> Iterator[Diary]:
    """For the one who makes a backup; Refused while another does. The lock is the system's: it is gone with the process that held it, so
    a crash leaves none behind. What goes wrong inside is noted."""
    with _opened(data) as file:
        if not _taken(file, patience=1):
            raise Refused(BUSY)
        diary = Diary(data)
        diary.note("running", "Pencadangan dimulai")
        try:
            yield diary
        except Refused as reason:
            diary.note("failed", str(reason))
            raise
        except Exception:
            diary.note("failed", "Pencadangan berhenti karena gangguan yang tidak terduga. Jalankan python3 lumbung.py backup di server untuk "
                                 "melihat sebabnya.")
            raise
        diary.note("idle")


def state(data: Path) -> Run:
    """How it stands now; looking changes nothing."""
    run = _noted(data)
    if run.kind == "starting" and run.at and clock.now() - run.at > SLOW_START:
        return run._replace(kind="failed", words="Pencadangan tidak dapat dimulai. Jalankan python3 lumbung.py backup di server.")
    if run.kind == "running" and not _is_held(data):
        run = _noted(data)  # it may have ended in between
        return run._replace(kind="interrupted") if run.kind == "running" else run
    return run


def start(data: Path, command: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
    """Let `command` (which takes the lock) work on by itself. Refused when one is at it."""
    if state(data).is_busy or _is_held(data):
        raise Refused(BUSY)
    Diary(data).note("starting", "Pencadangan dimulai")
    try:
        subprocess.run([sys.executable, "-I", "-c", LAUNCH, *command], cwd=folder, env=dict(env), check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        Diary(data).note("failed", "Pencadangan tidak dapat dimulai. Jalankan python3 lumbung.py backup di server.")


def _opened(data: Path) -> TextIO:
    try:
        return (data / LOCK).open("a+")
    except OSError:
        raise Refused(f"Folder data {data} tidak dapat ditulisi; jalankan dengan akun yang memasang aplikasi ini, atau kosongkan disknya.") from None


def _noted(data: Path) -> Run:
    try:
        told: dict[str, Any] = json.loads((data / NOTE).read_text("utf-8"))
        return Run(told["kind"], told["words"], told["done"], told["total"], datetime.fromisoformat(told["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Run()


def _is_held(data: Path) -> bool:
    try:
        with (data / LOCK).open("r+") as file:
            return not _taken(file, patience=0)
    except OSError:  # nobody ever made one
        return False


def _taken(file: TextIO, patience: float) -> bool:
    """Take the lock, trying for so many seconds: whoever only looks holds it for a blink. It ends when the file is closed."""
    until = time.monotonic() + patience
    while True:
        try:
            if os.name == "nt":
                import msvcrt
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
            else:
                import fcntl
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.05)

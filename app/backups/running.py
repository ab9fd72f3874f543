"""One at a time, in a process of its own that outlives the browser; and how far it is, for whoever looks."""
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, NamedTuple

from app import clock, locks, state_file
from app.called import called
from app.rules import Refused

LOCK = "cadangan.kunci"  # in the data folder
BUSY = "Pencadangan lain sedang berjalan. Tunggu sampai selesai."
TASKS = {"backup": "Pencadangan", "salin": "Penyalinan ke tempat kedua", "drill": "Latihan pemulihan"}  # by the word that starts it
COMMANDS = {"backup": "backup", "salin": "backup --kedua", "drill": "drill"}
SLOW_START = timedelta(seconds=30)
EVERY = 0.5  # seconds between two notes of how far it is
# The process in between ends at once, so that nobody waits for the one that works and none is left behind
LAUNCH = ("import os, subprocess, sys; new = {'start_new_session': True} if os.name == 'posix' else {'creationflags': 0x08000200}; "
          "subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **new); os._exit(0)")


class Run(NamedTuple):
    """`kind` is idle, starting, running, failed or interrupted; `words` is the step, or why it failed; `task` one of TASKS."""
    kind: str = "idle"
    words: str = ""
    done: int = 0
    total: int = 0
    at: datetime | None = None
    task: str = "backup"

    @property
    def is_busy(self) -> bool:
        return self.kind in ("starting", "running")

    @property
    def label(self) -> str:
        return TASKS.get(self.task, TASKS["backup"])


class Diary:
    """What a run says of itself, kept in a small file."""

    def __init__(self, data: Path, task: str = "backup"):
        self.path, self.task, self.written = data / state_file.BACKUP, task, 0.0

    def say(self, words: str, done: int, total: int) -> None:
        """How far it is; not more often than anybody looks."""
        if time.monotonic() - self.written >= EVERY:
            self.written = time.monotonic()
            self.note("running", words, done, total)

    def note(self, kind: str, words: str = "", done: int = 0, total: int = 0) -> None:
        state_file.note(self.path, {"kind": kind, "words": words, "done": done, "total": total, "at": clock.now().isoformat(), "task": self.task})


@contextmanager
def alone(data: Path, task: str = "backup") -> Iterator[Diary]:
    """For the one who makes a backup, copies or rehearses it; Refused while another does. What goes wrong inside is noted."""
    with hold(data):
        diary = Diary(data, task)
        diary.note("running", TASKS[task] + " dimulai")
        try:
            yield diary
        except Refused as reason:
            diary.note("failed", str(reason))
            raise
        except Exception:
            diary.note("failed", f"{TASKS[task]} berhenti karena gangguan yang tidak terduga. Jalankan {called(COMMANDS[task])} di "
                                 "server untuk melihat sebabnya.")
            raise
        diary.note("idle")


def state(data: Path) -> Run:
    """How it stands now; looking changes nothing."""
    run = _noted(data)
    if run.kind == "starting" and run.at and abs(clock.now() - run.at) > SLOW_START:
        return run._replace(kind="failed", words=_never_began(run.task))
    if run.kind == "running" and not _is_held(data):
        run = _noted(data)  # it may have ended in between
        return run._replace(kind="interrupted") if run.kind == "running" else run
    return run


def start(data: Path, command: Sequence[str], folder: Path, env: Mapping[str, str], task: str = "backup") -> None:
    """Let `command` (which takes the lock) work on by itself. Refused when one is at it."""
    if state(data).is_busy or _is_held(data):
        raise Refused(BUSY)
    Diary(data, task).note("starting", TASKS[task] + " dimulai")
    try:
        subprocess.run([sys.executable, "-I", "-c", LAUNCH, *command], cwd=folder, env=dict(env), check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        Diary(data, task).note("failed", _never_began(task))


def _never_began(task: str) -> str:
    return f"{TASKS[task]} tidak dapat dimulai. Jalankan {called(COMMANDS[task])} di server."


def hold(data: Path) -> IO[str]:
    """The lock of whoever works on backups, held until the file is closed; Refused while another has it."""
    try:
        file = locks.take(data / LOCK, patience=1)
    except OSError:
        raise Refused(f"Folder data {data} tidak dapat ditulisi; jalankan dengan akun yang memasang aplikasi ini, atau kosongkan disknya.") from None
    if file is None:
        raise Refused(BUSY)
    return file


def _noted(data: Path) -> Run:
    told = state_file.read(data / state_file.BACKUP)
    try:
        return Run(told["kind"], told["words"], told["done"], told["total"], datetime.fromisoformat(told["at"]), told.get("task", "backup"))
    except (ValueError, KeyError, TypeError):
        return Run()


def _is_held(data: Path) -> bool:
    return locks.is_held(data / LOCK)

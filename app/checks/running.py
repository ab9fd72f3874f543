"""The deep check: one at a time, in a process of its own that outlives the browser; what it found stays until the next."""
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from app import clock, locks, state_file
from app.backups.running import LAUNCH
from app.called import called
from app.checks import everything
from app.checks.around import ago
from app.checks.everything import DEEP, deep
from app.checks.found import Check, State, Things
from app.config import Settings
from app.rules import Refused

LOCK = "periksa.kunci"  # in the data folder
BUSY = "Pemeriksaan lain sedang berjalan. Tunggu sampai selesai."
NEVER = f"Pemeriksaan tidak dapat dimulai. Jalankan {called('doctor')} di server untuk melihat sebabnya."
SLOW_START = timedelta(seconds=30)
WEEK = timedelta(days=8)  # and a day for a computer that was off


class Examination(NamedTuple):
    """The last one that ended (`at`, `checks`), and how one that runs now stands: `kind` is idle, starting, running, failed or interrupted, `words`
    what is looked at, the `done`th of `total`."""
    at: datetime | None = None
    checks: tuple[Check, ...] = ()
    kind: str = "idle"
    words: str = ""
    done: int = 0
    total: int = 0

    @property
    def is_busy(self) -> bool:
        return self.kind in ("starting", "running")


def last(data: Path) -> Examination:
    """Looking changes nothing."""
    told = state_file.read(data / state_file.EXAMINATION)
    try:
        found = Examination(told["at"] and datetime.fromisoformat(told["at"]), tuple(map(Check.read, told["checks"])), told["kind"], told["words"],
                            told["done"], told["total"])
        began = datetime.fromisoformat(told["noted_at"])
    except (KeyError, TypeError, ValueError):
        return Examination()
    if found.kind == "starting" and abs(clock.now() - began) > SLOW_START:
        return found._replace(kind="failed", words=NEVER)
    if found.kind == "running" and not locks.is_held(data / LOCK):
        return found._replace(kind="interrupted")
    return found


def examine(things: Things, say: Callable[[str], None] = lambda _: None) -> list[Check]:
    """All deep checks, noted as they go; Refused while another does it. Where the data folder cannot be written it is done without a note."""
    data = things.settings.data
    try:
        lock = locks.take(data / LOCK, patience=1)
        if lock is None:
            raise Refused(BUSY)
    except OSError:
        lock = None
    before, found = last(data), []
    try:
        for number, name in enumerate(DEEP):
            say(name)
            _note(data, before._replace(kind="running", words=name, done=number, total=len(DEEP)))
            found.append(deep(name, things))
        _note(data, Examination(clock.now(), tuple(found)))
    except BaseException:
        _note(data, before._replace(kind="failed", words=f"Pemeriksaan berhenti sebelum selesai. Jalankan {called('doctor')} di server."))
        raise
    finally:
        if lock:
            lock.close()
    return found


def thorough(now: Examination) -> Check:
    """Whether the deep checks below are of these days."""
    name, advice = "Pemeriksaan menyeluruh", "Tekan Periksa sekarang; pekerjaan malam memeriksanya tiap hari."
    if now.at is None:
        return Check(name, State.LOOK, "Isi basis data dan berkas belum pernah diperiksa.", advice)
    if abs(clock.now() - now.at) > WEEK:
        return Check(name, State.LOOK, f"Isi basis data dan berkas terakhir diperiksa {ago(now.at)}.", advice)
    return Check(name, State.GOOD, "Isi basis data dan berkas diperiksa dalam minggu ini.")


def wrong(settings: Settings) -> list[Check]:
    """What is not as it should be, the worst first, as far as it can be told without the database."""
    found = [*everything.glance(settings), *last(settings.data).checks]
    return sorted((check for check in found if check.state is not State.GOOD), key=lambda check: check.state is State.LOOK)


def start(data: Path, command: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
    """Let `command` (which takes the lock) work on by itself. Refused when one is at it."""
    now = last(data)
    if now.is_busy or locks.is_held(data / LOCK):
        raise Refused(BUSY)
    _note(data, now._replace(kind="starting", words="Pemeriksaan dimulai"))
    try:
        subprocess.run([sys.executable, "-I", "-c", LAUNCH, *command], cwd=folder, env=dict(env), check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        _note(data, now._replace(kind="failed", words=NEVER))


def _note(data: Path, now: Examination) -> None:
    told: dict[str, Any] = {**now._asdict(), "at": now.at and now.at.isoformat(), "checks": [check.told() for check in now.checks],
                            "noted_at": clock.now().isoformat()}
    state_file.note(data / state_file.EXAMINATION, told)

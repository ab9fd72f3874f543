"""Asks a child process about a file: a crash or a hang is a refusal, never an outage."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore

from .nursery import Nursery
from .rejected import Rejected

HERE = Path(__file__).parent
SECONDS = 20
AT_ONCE = 2
QUEUE_SECONDS = 30

# Isolated (-I): no environment, working folder or user packages decide what is imported.
# Started under a bare package made on the spot: the real ones above it would bring in Flask and
# the parent's half of this package, 0.3 s each time.
START = (
    "import sys, types; package = types.ModuleType('storage'); "
    f"package.__path__ = [{str(HERE)!r}]; sys.modules['storage'] = package; "
    "from storage import worker"
)
ALONE = (sys.executable, "-I", "-X", "utf8", "-c")
WORKER = (*ALONE, f"{START}; sys.exit(worker.main())")
NURSERY = (*ALONE, f"{START}, nursery; sys.exit(nursery.serve())")
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")

UNREADABLE = "Berkas ini tidak dapat dibaca dengan aman: isinya rusak atau terlalu rumit. Buka di komputer Anda, simpan ulang, lalu unggah lagi."
BUSY = "Server sedang memeriksa berkas lain. Tunggu sebentar, lalu coba lagi."

log = logging.getLogger(__name__)


class Busy(Rejected):
    """Nothing is wrong with the file: the server has too much to read just now."""


def told() -> dict[str, str]:
    """The environment of a child: nothing it need not know."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}


nursery = Nursery(NURSERY, told()) if sys.platform == "linux" else None


class Child:
    """Runs `command` with a request behind it, `at_once` of them at a time in this process. The usual one comes out of the nursery."""

    def __init__(
        self,
        command: Sequence[str] = WORKER,
        seconds: float = SECONDS,
        at_once: int = AT_ONCE,
        queue_seconds: float = QUEUE_SECONDS,
    ):
        self.command = tuple(command)
        self.seconds = seconds
        self.queue_seconds = queue_seconds
        self.slots = BoundedSemaphore(at_once)

    def get_ready(self) -> None:
        if nursery and self.command == WORKER:
            nursery.begin()

    def ask(self, *request: object, otherwise: str = UNREADABLE, wait: float | None = None) -> dict:
        """What the child found; Rejected with its sentence, or with `otherwise` when it failed.

        Busy when its turn did not come in `wait` seconds, or in those of the queue.
        """
        if not self.slots.acquire(timeout=self.queue_seconds if wait is None else wait):
            raise Busy(BUSY)
        try:
            answer = self._run([str(word) for word in request])
        finally:
            self.slots.release()
        if "found" in answer:
            return answer["found"]
        if "rejected" in answer:
            raise Rejected(answer["rejected"])
        log.warning("child failed on %s: %.200r", request[0], answer.get("crashed"))
        raise Rejected(otherwise)

    def _run(self, request: list[str]) -> dict:
        printed = nursery.ask(request, self.seconds) if nursery and self.command == WORKER else None
        if printed is None:
            return self._run_alone(request)
        return _read(printed, f"died, or gave no answer in {self.seconds} s")

    def _run_alone(self, request: list[str]) -> dict:
        try:
            done = subprocess.run(
                [*self.command, *request],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self.seconds,
                check=False,
                env=told(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except subprocess.TimeoutExpired:
            return {"crashed": f"no answer in {self.seconds} s"}
        except OSError as trouble:
            return {"crashed": f"did not start: {trouble}"}
        return _read(done.stdout, f"ended with {done.returncode} and no answer")


def _read(printed: bytes, otherwise: str) -> dict:
    try:
        answer = json.loads(printed)
    except ValueError:
        return {"crashed": otherwise}
    return answer if isinstance(answer, dict) else {"crashed": "answered something else"}

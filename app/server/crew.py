"""The parent: has the processes made that share the port, replaces the dead, stops them together.

They are made by a copy of the parent that reads the program, is copied in turn, and ends: what its copies do not change they share, and nobody
holds the program in memory only to be copied (measured: 129 MB a process when each reads it by itself, and 77 MB for a parent that has read it).
So what only the copies need is imported there.
"""

import ctypes
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NoReturn

from app.config import SettingError, Settings
from app.server.address import announce
from app.server.signals import stop_signals

PATIENCE = 30  # seconds for the processes to end by themselves
GLANCE = 0.02  # seconds between two looks whether one has ended
ADOPT = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
QUICK, WINDOW, GIVE_UP = 10, 60, 5  # give up at 5 deaths within 60 s, each within 10 s of life


@dataclass(eq=False)
class Child:
    pid: int
    line: socket.socket  # carries one byte when the child listens; closes when it dies
    born: float
    listens: bool = False


class Crew:
    def __init__(self, settings: Settings, factory: str):
        """All processes hold the open lock file that says a server runs on this folder; the last to end lets go."""
        self.settings, self.factory = settings, factory
        self.size = settings.processes or min(os.cpu_count() or 1, 4)
        self.children: set[Child] = set()
        self.ended: dict[int, int] = {}  # exit codes
        self.due = [0.0] * self.size  # when the missing processes are to start
        self.quick_deaths: deque[float] = deque(maxlen=GIVE_UP)
        self.announced = False
        self.wake, self._waker = socket.socketpair()
        self.selector = selectors.DefaultSelector()
        self._take_signals()
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)  # children of the copy in between become children of this process

    def run(self) -> None:
        """Until a signal to stop; SettingError when the processes cannot live, NotMade when they cannot be made."""
        try:
            while True:
                self._start_due()
                for key, _ in self.selector.select(self._until_due()):
                    if key.fileobj is self.wake:
                        return
                    self._hear(key.data)
        finally:
            self._stop()

    def _take_signals(self):
        self.selector.register(self.wake, selectors.EVENT_READ)
        self._waker.setblocking(False)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        for number in stop_signals():
            signal.signal(number, lambda *_: None)  # the byte it writes is what wakes
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # lumbung.py holds it back

    def _until_due(self) -> float | None:
        return max(0.0, min(self.due) - time.monotonic()) if self.due else None

    def _start_due(self):
        now = time.monotonic()
        ready = [due for due in self.due if due <= now]
        self.due = [due for due in self.due if due > now]
        if ready:
            self._start(len(ready))

    def _start(self, number: int):
        pairs = [socket.socketpair() for _ in range(number)]
        reading, writing = os.pipe()
        maker = os.fork()
        if maker == 0:
            self._make(pairs, writing)
        os.close(writing)
        with open(reading, encoding="ascii") as told:
            pids = [int(line) for line in told]  # all of them, or nothing can be made
        os.waitpid(maker, 0)
        for _, theirs in pairs:
            theirs.close()
        for pid, (ours, _) in zip(pids, pairs, strict=False):
            child = Child(pid, ours, time.monotonic())
            self.children.add(child)
            self.selector.register(ours, selectors.EVENT_READ, child)
        if len(pids) < number:
            raise NotMade

    def _make(self, pairs: list[tuple[socket.socket, socket.socket]], writing: int) -> NoReturn:
        """In the copy in between."""
        with the_end():
            from app.server.worker import build

            signal.set_wakeup_fd(-1)
            app = build(self.factory)
            for _, line in pairs:
                if (pid := os.fork()) == 0:
                    os.close(writing)
                    self._live(app, line, pairs)
                os.write(writing, b"%d\n" % pid)

    def _live(self, app, line: socket.socket, pairs: list[tuple[socket.socket, socket.socket]]) -> NoReturn:
        """In the new process: nothing of the parent's or of its sisters' but the app and this end of the line."""
        with the_end():
            from app.server.worker import serve_child

            os.setpgid(0, 0)  # Ctrl+C reaches the parent alone, which passes it on
            self.selector.close()
            for other in (self.wake, self._waker, *(child.line for child in self.children), *(end for pair in pairs for end in pair)):
                if other is not line:
                    other.close()
            serve_child(self.settings, app, line)

    def _hear(self, child: Child):
        try:
            child.listens = bool(child.line.recv(1))
        except ConnectionError:
            child.listens = False
        if not child.listens:
            self._bury(child)
        elif not self.announced and sum(c.listens for c in self.children) == self.size:
            self.announced = True
            announce(self.settings)

    def _bury(self, child: Child):
        self.selector.unregister(child.line)
        self.children.remove(child)
        code = self._end(child, time.monotonic() + 1)
        now = time.monotonic()
        if now - child.born >= QUICK:
            self.due.append(now)
        else:
            self.quick_deaths.append(now)
            recent = sum(now - death < WINDOW for death in self.quick_deaths)
            if recent == GIVE_UP:
                raise SettingError(f"Server berhenti karena prosesnya gagal {GIVE_UP} kali berturut-turut; "
                                   "penyebabnya tertulis di atas.")
            self.due.append(now + 0.1 * 2**recent)
        print(f"Satu proses server berhenti (kode {code}) dan dijalankan lagi.",
              file=sys.stderr, flush=True)

    def _stop(self):
        for child in self.children:
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGTERM)
            child.line.shutdown(socket.SHUT_WR)  # for one that had not begun to listen to signals
        until = time.monotonic() + PATIENCE
        for child in self.children:
            self._end(child, until)
        print("Lumbung Inovasi berhenti.", flush=True)

    def _end(self, child: Child, until: float) -> int | None:
        """Its exit code, once it has ended by itself or its time is up; None where the system gives it to somebody else."""
        child.line.close()
        while (code := self._code(child.pid)) is None and self._lives(child.pid):
            if time.monotonic() >= until:
                os.kill(child.pid, signal.SIGKILL)
            time.sleep(GLANCE)
        return code

    def _code(self, pid: int) -> int | None:
        with suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                self.ended[found[0]] = os.waitstatus_to_exitcode(found[1])
        return self.ended.pop(pid, None)

    @staticmethod
    def _lives(pid: int) -> bool:
        with suppress(ProcessLookupError):
            os.kill(pid, 0)
            return True
        return False


class NotMade(Exception):
    """The program could not be read; why was told already."""


@contextmanager
def the_end() -> Generator[None, None, NoReturn]:
    """Of a copy: what went wrong is told, and nothing is done that the process it was copied from had to do at its own end."""
    code = 1
    try:
        yield
        code = 0
    except (SettingError, SystemExit) as reason:
        print(reason, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)

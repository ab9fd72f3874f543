"""The parent: starts the processes that share the port, replaces the dead, stops them together.

It makes the app once, before it has any thread or connection, and every process is a copy of it: what they do not change they share, and a
process that dies is replaced at once (measured: 129 MB each when started anew).
"""

import multiprocessing
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from dataclasses import dataclass

from app.config import SettingError, Settings
from app.server.address import announce
from app.server.worker import serve_child, stop_signals

PATIENCE = 30  # seconds for the processes to end by themselves
QUICK, WINDOW, GIVE_UP = 10, 60, 5  # give up at 5 deaths within 60 s, each within 10 s of life


@dataclass(eq=False)
class Child:
    process: multiprocessing.process.BaseProcess
    line: socket.socket  # carries one byte when the child listens; closes when it dies
    born: float
    listens: bool = False


class Crew:
    def __init__(self, settings: Settings, app):
        """All processes hold the open lock file that says a server runs on this folder; the last to end lets go."""
        self.settings, self.app = settings, app
        self.size = settings.processes or min(os.cpu_count() or 1, 4)
        self.children: set[Child] = set()
        self.due = [0.0] * self.size  # when the missing processes are to start
        self.quick_deaths: deque[float] = deque(maxlen=GIVE_UP)
        self.announced = False
        self.wake, self._waker = socket.socketpair()
        self.selector = selectors.DefaultSelector()
        self._take_signals()

    def run(self) -> None:
        """Until a signal to stop; SettingError when the processes cannot live."""
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
        for _ in ready:
            self._start()

    def _start(self):
        ours, theirs = socket.socketpair()
        process = multiprocessing.get_context("fork").Process(target=self._live, args=(ours, theirs))
        process.start()
        theirs.close()
        child = Child(process, ours, time.monotonic())
        self.children.add(child)
        self.selector.register(ours, selectors.EVENT_READ, child)

    def _live(self, ours: socket.socket, theirs: socket.socket):
        """In the new process: nothing of the parent's but the app and this end of the line."""
        os.setpgid(0, 0)  # Ctrl+C reaches the parent alone, which passes it on
        signal.set_wakeup_fd(-1)
        self.selector.close()
        for line in (ours, self.wake, self._waker, *(child.line for child in self.children)):
            line.close()
        serve_child(self.settings, self.app, theirs)

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
        _end(child, time.monotonic() + 1)
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
        print(f"Satu proses server berhenti (kode {child.process.exitcode}) dan dijalankan lagi.",
              file=sys.stderr, flush=True)

    def _stop(self):
        for child in self.children:
            child.process.terminate()
        until = time.monotonic() + PATIENCE
        for child in self.children:
            _end(child, until)
        print("Lumbung Inovasi berhenti.", flush=True)


def _end(child: Child, until: float) -> None:
    child.process.join(max(0.0, until - time.monotonic()))
    if child.process.exitcode is None:
        child.process.kill()
        child.process.join()
    child.line.close()

"""A process that has read the libraries and makes a child of itself for every request: a tenth of what a new process costs.

What a child may do, and what it is told, is the same as for one started alone (worker.py); only its beginning is shorter. `Nursery` is the
server's end of the line, `serve` the other. Linux only; where there is none, a process is started for each file.
"""

import atexit
import gc
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock

GRACE = 10  # seconds beyond those of a child: for the start of the nursery itself
LONGEST = 64 * 1024  # bytes of a request
LONGEST_ANSWER = 1024 * 1024

log = logging.getLogger(__name__)


class Nursery:
    """`command` starts it; `env` is all it is told of the environment. One for all threads of a process, and for its copies: who finds that it
    is gone starts one of their own."""

    def __init__(self, command: Sequence[str], env: dict[str, str]):
        self.command, self.env = tuple(command), env
        self.lock, self.owner = Lock(), 0
        self.process: subprocess.Popen | None = None
        self.line: socket.socket | None = None
        atexit.register(self.end)

    def begin(self) -> None:
        """Now rather than with the first request, so that copies of this process share it."""
        with self.lock, suppress(OSError):
            self._start()

    def ask(self, words: Sequence[str], seconds: float) -> bytes | None:
        """What the child printed, "\\n" first; only that when it died or took longer than `seconds`. None when no child began."""
        reading, writing = os.pipe()
        try:
            if (line := self._send(json.dumps([seconds, *words]).encode(), writing)) is None:
                return None
            printed = _all_of(reading, time.monotonic() + seconds + GRACE)
        finally:
            os.close(reading)
        if printed is None:
            self.end(line)  # its children end by their own clocks: it is the nursery that hangs
        return printed or None

    def end(self, line: socket.socket | None = None) -> None:
        """Stop it, unless it is another than that of `line` by now."""
        with self.lock:
            if line in (None, self.line):
                self._end()

    def _send(self, message: bytes, pipe: int) -> socket.socket | None:
        with self.lock:
            try:
                for _ in range(2):  # the one of before may have ended since: that shows only when it is written to
                    if self.line is None:
                        self._start()
                    assert self.line is not None
                    with suppress(ConnectionError):
                        socket.send_fds(self.line, [message], [pipe])
                        return self.line
                    self._end()
            except OSError as trouble:
                log.warning("no nursery: %s", trouble)
            finally:
                os.close(pipe)
        return None

    def _start(self) -> None:
        self._end()
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.owner = os.getpid()
        with theirs:
            self.process = subprocess.Popen(self.command, stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.env)

    def _end(self) -> None:
        """A copy of this process leaves alone what belongs to the one it was copied from."""
        if self.line is not None:
            self.line.close()
        if self.process is not None and self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        self.process = self.line = None


def _all_of(pipe: int, until: float) -> bytes | None:
    """All that is written until the other end closes; None when it does not."""
    found, waiting = b"", select.poll()
    waiting.register(pipe, select.POLLIN)
    while waiting.poll(max(0.0, until - time.monotonic()) * 1000):
        if not (more := os.read(pipe, LONGEST)) or len(found) > LONGEST_ANSWER:
            return found
        found += more
    return None


def serve() -> int:
    """Ends when nobody is left who could ask: so it needs no signal, and a service that is being stopped finishes its uploads."""
    from . import documents, pictures, video, words  # noqa: F401 - here, once, instead of in every child

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    line = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    gc.freeze()
    while True:
        message, pipes, *_ = socket.recv_fds(line, LONGEST, 1)
        if not message:
            return 0
        if os.fork() == 0:
            try:
                line.close()
                _live(message, *pipes)
            finally:
                os._exit(1)
        for pipe in pipes:
            os.close(pipe)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:  # what they have to say is in their pipes
                pass


def _live(message: bytes, pipe: int) -> None:
    """One request, until its answer or until its time is up: then the clock kills it, whatever it does."""
    from . import worker

    seconds, *request = json.loads(message)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    os.dup2(pipe, 1)
    os.close(pipe)
    os.write(1, b"\n")
    sys.argv[1:] = request
    worker.main()
    sys.stdout.flush()

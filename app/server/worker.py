"""One process that serves: waitress, and an end that leaves no request unanswered."""

import gc
import importlib
import logging
import os
import select
import signal
import socket
import tempfile
import threading
import time

from waitress import create_server, wasyncore

from app.config import Settings
from app.server.address import bind
from app.server.channel import Channel
from app.server.memory import hold_less
from app.server.signals import stop_signals
from app.server.tls import SecureChannel, context_of

WINDOWS = os.name == "nt"
FINISHING = 25  # seconds for requests in flight; the parent waits a little longer
BACKLOG = 1024
ARRIVING = 64 * 1024  # bytes of a request kept in memory while it arrives: a hundred slow lines at once bring files of megabytes
SPOOLED = 64 * 1024 * 1024  # bytes of one answer put on disk for a slow line, so that its thread may serve others


class Worker:
    """Listens as soon as it is made; serves while it runs; stops by any signal to stop."""

    def __init__(self, settings: Settings, app, *, shared: bool):
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        tempfile.tempdir = _room(settings)
        self.stopping = False
        self.map = {}  # waitress's sockets: the listener, its trigger and every connection
        self.server = create_server(
            app,
            map=self.map,
            sockets=[bind(settings, shared=shared)],
            threads=settings.threads,
            connection_limit=450 if WINDOWS else 1000,  # select() ends at 512 there
            asyncore_use_poll=not WINDOWS,
            backlog=BACKLOG,
            channel_timeout=60,
            inbuf_overflow=ARRIVING,
            outbuf_high_watermark=SPOOLED,
            ident=None,
            max_request_body_size=settings.max_request_bytes,
            url_scheme="https" if settings.https else "http",
            clear_untrusted_proxy_headers=not settings.proxies,  # ProxyFix needs them
            log_socket_errors=False,
        )
        self.server.tls = context_of(settings)
        self.server.channel_class = SecureChannel if self.server.tls else Channel
        for number in stop_signals():
            signal.signal(number, self.stop)

    def stop(self, *_):
        self.stopping = True
        self.server.pull_trigger()

    def run(self):
        while not self.stopping:
            self._turn(1)
        self._finish()

    def _turn(self, seconds):
        wasyncore.loop(seconds, use_poll=not WINDOWS, map=self.map, count=1)

    def _finish(self):
        until = time.monotonic() + FINISHING
        for _ in range(BACKLOG):  # who has connected already is served
            if not select.select([self.server.socket], [], [], 0)[0]:
                break
            self.server.handle_accept()
        wasyncore.dispatcher.close(self.server)  # the socket alone: the trigger wakes the loop
        self._turn(0)
        while self._busy() and time.monotonic() < until:
            self._turn(1)
        self.server.task_dispatcher.shutdown(timeout=1)

    def _busy(self):
        channels = self.server.active_channels.values()
        return any(c.request or c.requests or c.total_outbufs_len for c in channels)


def serve_child(settings: Settings, app, line: socket.socket) -> None:
    """Serve until a signal, or until the parent's end of the line is gone."""
    worker = Worker(settings, app, shared=True)

    def stop_when_alone():
        line.recv(1)
        worker.stop()

    threading.Thread(target=stop_when_alone, daemon=True).start()
    line.send(b"1")
    worker.run()


def build(factory: str):
    """The app of `module:factory`. Garbage is not looked for meanwhile: a program being read makes next to none, and the search takes as long as
    the reading."""
    hold_less()
    gc.disable()
    module, _, name = factory.partition(":")
    app = getattr(importlib.import_module(module), name)()
    if storage := getattr(app, "extensions", {}).get("storage"):
        storage.get_ready()
    gc.enable()
    gc.freeze()  # what is here now stays: collections look only at what requests make (a third of the time of loading a proposal)
    return app


def _room(settings: Settings) -> str:
    """Where waitress and Werkzeug put bodies on their way: /tmp may be memory."""
    folder = settings.open_data() / "incoming"
    folder.mkdir(mode=0o700, exist_ok=True)
    return str(folder)

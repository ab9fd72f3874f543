"""A server that is there at once: `python -m app.server` in a copy of a process that has read the program already, so that no test waits for that.
The copy goes the ordinary way from its first line; a start from nothing is what test_server.py, test_launcher.py and faults/ are about."""
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from functools import cache
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from app import create_app
from app.config import ROOT, Settings

compiled: Path  # where the copies keep templates that one of them has compiled


def serve(env: dict[str, str], log: Path, anew: bool = False) -> "Server | subprocess.Popen":
    """The server with nothing but this environment, in a session of its own; what it says is added to the log. `anew` is for who looks at the
    process itself."""
    if hasattr(os, "fork") and not anew:
        return Server(env, log)
    with open(log, "ab") as file:
        return subprocess.Popen([sys.executable, "-m", "app.server"], cwd=ROOT, env=env, stdout=file, stderr=file, start_new_session=True)


class Server:
    """To be asked as subprocess.Popen is."""

    def __init__(self, env: dict[str, str], log: Path):
        self.returncode: int | None = None
        self.pid = maker().ask({"start": env, "log": str(log)})

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = maker().ask({"ended": self.pid})
        return self.returncode

    def wait(self, seconds: float = 40) -> int:
        until = time.monotonic() + seconds
        while self.poll() is None:
            assert time.monotonic() < until, "the server did not end"
            time.sleep(0.01)
        return self.returncode

    def terminate(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)


class Maker:
    """The process that is copied: makes servers and says whether one has ended; gone with whoever asks."""

    def __init__(self):
        ours, theirs = socket.socketpair()
        words = f"from tests import warm; warm.answer({theirs.fileno()})"
        self.process = subprocess.Popen([sys.executable, "-c", words], cwd=ROOT, env={"PATH": os.environ["PATH"]}, pass_fds=[theirs.fileno()],
                                        start_new_session=True)
        theirs.close()
        self.line = ours.makefile("rw", encoding="utf-8")
        ours.close()  # with the line
        atexit.register(self.leave)

    def ask(self, question: dict) -> int | None:
        self.line.write(json.dumps(question) + "\n")
        self.line.flush()
        return json.loads(self.line.readline())

    def leave(self) -> None:
        self.line.close()
        self.process.wait(40)


@cache
def maker() -> Maker:
    return Maker()


# In the process that is copied

def answer(number: int) -> None:
    global compiled
    alive = set()
    with tempfile.TemporaryDirectory() as folder, socket.socket(fileno=number) as end, end.makefile("rw", encoding="utf-8") as line:
        compiled = Path(folder)
        read_the_program(compiled / "data")
        for question in map(json.loads, line):
            if "start" in question:
                said = copy(question["start"], question["log"], number)
                alive.add(said)
            else:
                pid, status = os.waitpid(question["ended"], os.WNOHANG)
                said = os.waitstatus_to_exitcode(status) if pid else None
                alive -= {pid}
            line.write(json.dumps(said) + "\n")
            line.flush()
        for pid in alive:
            os.killpg(pid, signal.SIGKILL)


def read_the_program(folder: Path) -> None:
    import app.server.crew  # noqa: F401
    create_app(Settings.load({"LUMBUNG_DATA": str(folder)}))
    assert threading.active_count() == 1, "a thread would not come along into a copy"


def copy(env: dict[str, str], log: str, line: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()
        os.close(line)
        with open(log, "ab") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        os.environ.clear()
        os.environ.update(env)
        sys.argv = ["app.server", "--app", "tests.warm:create"]
        from app.server.__main__ import main
        code = main()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def create():
    app = create_app()
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    return app

"""Servers that are measured: started, awaited, watched from outside, ended."""
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TICK = os.sysconf("SC_CLK_TCK")
PROCESSES, THREADS = 2, 4


@dataclass
class Server:
    """`address` answers; `process` is the first of its processes."""
    address: str
    process: subprocess.Popen

    def family(self) -> list[int]:
        """All its processes that live now."""
        children: dict[int, list[int]] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # ended meanwhile
            children.setdefault(int(words[1]), []).append(int(stat.parent.name))
        found = [self.process.pid]
        for pid in found:
            found += children.get(pid, [])
        return found

    def cpu(self) -> float:
        """Seconds of the processor its living processes took, and those that ended below them."""
        total = 0
        for pid in self.family():
            try:
                words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            total += sum(map(int, words[11:15]))  # its own, and its children's that were waited for
        return total / TICK

    def memory(self) -> tuple[float, float]:
        """MB of all its processes: proportional (what is shared counts once), and resident."""
        pss = rss = 0
        for pid in self.family():
            try:
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            sizes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines[1:])}
            pss, rss = pss + sizes["Pss"], rss + sizes["Rss"]
        return pss / 1024, rss / 1024


class MemoryWatch(threading.Thread):
    """The most it took, looked at twice a second while the block runs."""

    def __init__(self, server: Server):
        super().__init__(daemon=True)
        self.server, self.pss, self.rss, self.over = server, 0.0, 0.0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.5):
            pss, rss = self.server.memory()
            self.pss, self.rss = max(self.pss, pss), max(self.rss, rss)

    def __enter__(self) -> "MemoryWatch":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def ours(data: Path, factory: str = "app:served", processes: int = PROCESSES) -> Iterator[Server]:
    """The app as it is served in an office."""
    port = free_port()
    settings = {"LUMBUNG_DATA": str(data), "LUMBUNG_HOST": "127.0.0.1", "LUMBUNG_PORT": str(port), "LUMBUNG_PROCESSES": str(processes)}
    with running([sys.executable, "-m", "app.server", "--app", factory], settings, f"http://127.0.0.1:{port}", "/sehat", data) as server:
        yield server


@contextmanager
def running(words: list[str], settings: dict[str, str], address: str, alive: str, room: Path) -> Iterator[Server]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("LUMBUNG_")} | settings | {"PYTHONPATH": str(ROOT)}
    with open(room / "server.log", "wb") as log, subprocess.Popen(words, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT) as process:
        try:
            await_answer(address + alive, process, room / "server.log")
            yield Server(address, process)
        finally:
            process.terminate()
            process.wait(60)


def await_answer(url: str, process: subprocess.Popen, log: Path, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"The server did not answer at {url}.\n{log.read_text()[-2000:]}")

"""Part `start`: seconds from the command until the app answers, on an installation that is there already."""
import os
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks import servers
from benchmarks.copies import working_copy
from benchmarks.options import Options
from benchmarks.report import Report

MOST = 3


def measure(options: Options, report: Report) -> None:
    data = working_copy(options.room, options.sizes[0], "start")
    starts = [once(data) for _ in range(options.rounds)]
    report.table("start", f"Start at {options.sizes[0]:,} innovations", [
        {"": f"{how()} until /sehat answers", "median s": statistics.median(starts), "shortest s": min(starts), "longest s": max(starts)}])
    report.target("start", statistics.median(starts), MOST, "s")


def how() -> str:
    import lumbung

    return "lumbung.py serve" if lumbung.installed(lumbung.RUNTIME) else "its two steps (--check, serve)"


def once(data: Path) -> float:
    port = servers.free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LUMBUNG_", "FLASK_"))} | {
        "LUMBUNG_DATA": str(data), "LUMBUNG_HOST": "127.0.0.1", "LUMBUNG_PORT": str(port), "PYTHONPATH": str(servers.ROOT)}
    began = time.monotonic()
    with open(data / "start.log", "wb") as log, subprocess.Popen(
            _words(), cwd=servers.ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True) as process:
        try:
            while time.monotonic() - began < 120:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat", timeout=2):
                        return time.monotonic() - began
                except OSError:
                    time.sleep(0.01)
            raise SystemExit((data / "start.log").read_text()[-2000:])
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)


def _words() -> list[str]:
    """The launcher when its libraries are in place: otherwise it would install them, which is another matter."""
    import lumbung

    if lumbung.installed(lumbung.RUNTIME):
        return [sys.executable, "lumbung.py", "serve"]
    steps = ("-m app.server --check", "-m app.server")  # between them nothing is left to prepare
    return ["/bin/sh", "-c", " && ".join(f"{sys.executable} {step}" for step in steps)]

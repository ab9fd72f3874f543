"""Bursts of requests by wrk, and what came of them."""
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks.servers import Server

CONNECTIONS = 16
LONGEST = 40  # seconds of a burst that nothing came of
SCRIPT = Path(__file__).with_name("load.lua")


class Request(NamedTuple):
    """`body` and `other` take turns, so that a save always changes something."""
    path: str
    cookies: str
    method: str = "GET"
    body: str = ""
    other: str = ""


class Burst(NamedTuple):
    rate: float  # answers a second
    p50: float  # milliseconds
    p95: float
    cpu: float  # milliseconds of the server's processor an answer


@dataclass
class Target:
    """What is asked of which server; right is an answer with this status and this word in it."""
    name: str
    server: Server
    requests: Sequence[Request]
    status: int = 200
    word: str = ""
    bursts: list[Burst] = field(default_factory=list)

    def burst(self, seconds: int, connections: int = CONNECTIONS, keep: bool = True) -> Burst:
        """Longer when not even one answer came."""
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
            lines = ["\t".join((one.method, one.path, one.cookies, one.body, one.other)) for one in self.requests]
            file.write("\n".join([f"{self.status}\t{self.word}", *lines]))
            file.flush()
            before = self.server.cpu()
            said = subprocess.run([wrk(), "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", SCRIPT, self.server.address, "--",
                                   file.name], capture_output=True, text=True, check=True).stdout
            spent = self.server.cpu() - before
        line = next(line for line in said.splitlines() if line.startswith("RESULT "))
        answers, micros, p50, p95, wrong, lost = map(float, line.split()[1:])
        if wrong or lost:
            raise SystemExit(f"{self.name}: of {answers:.0f} answers {wrong:.0f} were wrong and {lost:.0f} were lost.")
        if not answers:
            if seconds > LONGEST:
                raise SystemExit(f"{self.name}: no answer in {seconds} seconds.")
            return self.burst(3 * seconds, connections, keep)
        found = Burst(answers / micros * 1e6, p50 / 1000, p95 / 1000, 1000 * spent / answers)
        if keep:
            self.bursts.append(found)
        return found

    def median(self) -> Burst:
        return Burst(*(statistics.median(column) for column in zip(*self.bursts, strict=True)))


def take_turns(targets: Sequence[Target], rounds: int, seconds: int, connections: int = CONNECTIONS) -> None:
    """Each for a moment, round after round: what else the machine does then weighs on all of them alike."""
    for target in targets:
        target.burst(3, connections, keep=False)
    for number in range(rounds):
        print(f"  round {number + 1} of {rounds}", flush=True)
        for target in targets if number % 2 == 0 else reversed(targets):
            target.burst(seconds, connections)


def wrk() -> str:
    return shutil.which("wrk") or _missing()


def _missing() -> str:
    raise SystemExit("wrk is missing: apt-get install wrk")

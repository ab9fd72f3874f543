"""`.venv/bin/python -m benchmarks.postgresql URL`: the same data on SQLite and in an empty PostgreSQL database, lists and saves in turns; there from
one host with two processes, and from two hosts with one each that share the files."""
import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace

from benchmarks import servers
from benchmarks.copies import working_copy
from benchmarks.load import CONNECTIONS, Target
from benchmarks.pages import asked_of
from benchmarks.report import Report
from benchmarks.subjects import drafts

WORDS = [sys.executable, "-m", "flask", "--app", "wsgi"]


class Hosts:
    """Servers on the same data; `database` is the first process of PostgreSQL, to count what it takes too."""

    def __init__(self, name: str, hosts: list[servers.Server], database: int | None):
        self.name, self.hosts = name, hosts
        self.database = servers.Server("", SimpleNamespace(pid=database)) if database else None  # type: ignore[arg-type]
        self.found: dict[str, list[tuple[float, float, float]]] = {"list": [], "save": []}

    def enter(self, asked: list) -> None:
        self.targets = [{target.name: target for target in asked_of(host, "", asked, None)} for host in self.hosts]

    def burst(self, name: str, seconds: int, keep: bool = True) -> None:
        """All hosts at once; the same number of connections together, whoever they go to."""
        before = self.database.cpu() if self.database else 0
        one: list[Target] = [targets[name] for targets in self.targets]
        with ThreadPoolExecutor(len(one)) as pool:
            bursts = list(pool.map(lambda target: target.burst(seconds, CONNECTIONS // len(one)), one))
        rate = sum(burst.rate for burst in bursts)
        spent = (self.database.cpu() - before) * 1000 / (rate * seconds) if self.database else 0
        if keep:
            app = sum(burst.cpu * burst.rate for burst in bursts) / rate
            self.found[name].append((rate, max(burst.p95 for burst in bursts), app + spent))

    def row(self, name: str) -> dict[str, object]:
        rate, late, cpu = (sorted(column)[len(column) // 2] for column in zip(*self.found[name], strict=True))
        return {"": f"{name}, {self.name}", "per second": rate, "p95 ms": late, "CPU ms": cpu}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.postgresql", description=__doc__)
    parser.add_argument("url", help="of an empty database")
    parser.add_argument("--postmaster", type=int, help="first process of PostgreSQL, when it runs on this machine")
    parser.add_argument("--size", type=int, default=5_000, metavar="N", help="innovations")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="of one burst")
    parser.add_argument("--room", type=Path, default=Path(tempfile.gettempdir()) / "lumbung-ukur")
    asked = parser.parse_args()
    report = Report(sizes=[asked.size], rounds=asked.rounds, seconds=asked.seconds)
    with laid_out(asked) as kinds:
        for number in range(-1, asked.rounds):
            for name in ("list", "save"):
                for kind in kinds if number % 2 else kinds[::-1]:
                    kind.burst(name, asked.seconds, keep=number >= 0)
    report.table("postgresql", f"SQLite and PostgreSQL at {asked.size:,} innovations, medians", [kind.row(name) for name in ("list", "save")
                                                                                                 for kind in kinds])
    report.close()


@contextmanager
def laid_out(asked: argparse.Namespace) -> Iterator[list[Hosts]]:
    """Entered by the people who ask; the folder of the second host has the first one's key and files."""
    plain, moved = (working_copy(asked.room, asked.size, part) for part in ("sqlite", "postgresql"))
    command(plain, "upgrade")
    command(moved, "upgrade")
    there = {"DATABASE_URL": asked.url}
    command(moved, "pindah", **there)
    other = asked.room / "kerja-postgresql-2"
    other.mkdir(exist_ok=True)
    for name in ("secret", "files"):
        (other / name).unlink(missing_ok=True)
        (other / name).symlink_to(moved / name)
    people = drafts(plain, 40)
    with ExitStack() as stack:
        def host(data: Path, processes: int, **settings: str) -> servers.Server:
            port = servers.free_port()
            told = {"LUMBUNG_DATA": str(data), "LUMBUNG_HOST": "127.0.0.1", "LUMBUNG_PORT": str(port), **settings,
                    "LUMBUNG_PROCESSES": str(processes)}
            words = [sys.executable, "-m", "app.server"]
            return stack.enter_context(servers.running(words, told, f"http://127.0.0.1:{port}", "/sehat", data))
        kinds = [Hosts("SQLite", [host(plain, 2)], None), Hosts("PostgreSQL", [host(moved, 2, **there)], asked.postmaster),
                 Hosts("PostgreSQL, two hosts", [host(moved, 1, **there), host(other, 1, **there)], asked.postmaster)]
        for kind in kinds:
            kind.enter(people)
        yield kinds


def command(data: Path, word: str, **settings: str) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("LUMBUNG_")} | {"LUMBUNG_DATA": str(data)} | settings
    done = subprocess.run([*WORDS, word], cwd=servers.ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{word}: {done.stdout[-500:]}{done.stderr[-500:]}")


if __name__ == "__main__":
    main()

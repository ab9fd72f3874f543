"""`.venv/bin/python -m benchmarks [part ...]`: see README.md beside this."""
import argparse
import signal
import sys
import tempfile
from pathlib import Path

from benchmarks import fresh, growth, night, pages, start, weight
from benchmarks.options import Options
from benchmarks.report import Report

PARTS = {"pages": pages, "growth": growth, "fresh": fresh, "night": night, "weight": weight, "start": start}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures the app beside a hello page and beside Django.")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all of them when none is named")
    parser.add_argument("--sizes", nargs=2, type=int, default=(5_000, 50_000), metavar="N", help="innovations, the smaller and the larger number")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="of one burst")
    parser.add_argument("--minutes", type=float, default=3, help="of the deadline night")
    parser.add_argument("--room", type=Path, default=Path(tempfile.gettempdir()) / "lumbung-ukur", help="keeps data and Django's environment")
    parser.add_argument("--without-django", action="store_true")
    asked = parser.parse_args()
    asked.room.mkdir(mode=0o700, parents=True, exist_ok=True)
    options = Options(asked.room, tuple(asked.sizes), asked.rounds, asked.seconds, asked.minutes, not asked.without_django)
    report = Report(sizes=options.sizes, rounds=options.rounds, seconds=options.seconds)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # so that the servers end too
    try:
        for name in asked.parts or PARTS:
            PARTS[name].measure(options, report)
    finally:
        report.close()


if __name__ == "__main__":
    main()

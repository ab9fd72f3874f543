"""How far a long command is: one line on a screen, nothing where the output goes into a file."""
import sys
import time
from types import TracebackType

import click

from app.rules.words import file_size

EVERY = 0.2  # seconds


class Line:
    def __enter__(self) -> "Line":
        self.step, self.written, self.shows = "", 0.0, sys.stdout.isatty()
        return self

    def say(self, step: str, done: int, total: int) -> None:
        if not self.shows:
            return
        if step != self.step and self.step:
            click.echo()
        if step != self.step or time.monotonic() - self.written >= EVERY:
            self.step, self.written = step, time.monotonic()
            click.echo(f"\r{step}" + (f": {file_size(done)} dari {file_size(total)}   " if total else " ..."), nl=False)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.shows and self.step:
            click.echo()

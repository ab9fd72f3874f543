"""Who was let in, turned away, or took what: one line of JSON each, in a file a day in the data folder, beside the chained log in the database.

Also what never reaches the database, and also while it is gone. No names and no words people typed: an account by its number, a page by its
path. JSON escapes line breaks, so a line is a line whatever was in the address.
"""
import json
import logging
import os
from contextlib import suppress
from datetime import UTC, date, timedelta
from pathlib import Path

from app import clock

FOLDER = "catatan"
KEPT_FOR = timedelta(days=180)
MOST_BYTES = 20 * 1024 * 1024  # a day: whoever makes thousands of refusals fills no disk,
KEPT_FREE = 10 * 1024 * 1024   # and leaves room for what was done afterwards
REFUSALS = ("gagal masuk", "kiriman ditolak", "ditolak", "tidak terlihat")
LONGEST = 200

log = logging.getLogger(__name__)


def note(data: Path, what: str, **facts: str | int | None) -> None:
    """One write at the end of the file, so that the lines of several processes never mix. A disk that takes nothing is no reason to refuse."""
    now = clock.now().astimezone(UTC)
    told = {name: value[:LONGEST] if isinstance(value, str) else value for name, value in facts.items() if value is not None}
    line = json.dumps({"waktu": now.isoformat(timespec="seconds"), "apa": what, **told}) + "\n"
    path = data / FOLDER / f"{now:%Y-%m-%d}.jsonl"
    try:
        if not path.exists():
            _begin_day(path.parent, now.date())
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.fstat(handle).st_size < MOST_BYTES + (0 if what in REFUSALS else KEPT_FREE):
                os.write(handle, line.encode())
        finally:
            os.close(handle)
    except OSError as trouble:
        log.warning("not written down: %s", trouble)


def _begin_day(folder: Path, today: date) -> None:
    """With the first line of a day, files older than they are kept for go."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.glob("*.jsonl"):
        with suppress(OSError, ValueError):
            if today - date.fromisoformat(old.stem) > KEPT_FOR:
                old.unlink()

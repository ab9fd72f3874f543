"""A restore, or its undoing, killed before every single thing it does to the disk: run as a program of one thread, so that it may fork.

`python -m tests.killed restore|undo DATA BACKUP SCRATCH` prints how often it was killed, and how often the old and the new were found."""
import json
import os
import shutil
import signal
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from app import backups, extensions  # noqa: F401  the second sets up how databases are opened
from app.backups.shelf import read
from app.backups.switching import DYING, KEPT, WORK
from app.cli.restore import restored_by
from tests.backed import ask, is_sound, named

TOUCHES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "sqlite3.connect"}
MARK = "SELECT count(*) FROM unit WHERE name = 'Dinas Sesudahnya'"  # of what was written after the backup


def count_touches(deadline: int, count: list[int]) -> None:
    def look(event, arguments):
        if event in TOUCHES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            count[0] += 1
            if count[0] == deadline:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(look)


def in_a_child(work, deadline: int) -> int:
    """How often the disk was touched; 0 when it was killed."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        count = [0]
        count_touches(deadline, count)
        work()
        os.write(theirs, str(count[0]).encode())
        os._exit(0)
    os.close(theirs)
    os.waitpid(child, 0)
    with os.fdopen(ours) as told:
        return int(told.read() or 0)


def fresh(data: Path, scratch: Path) -> Path:
    """The folder as a server leaves it that lost its power: what was written last stands in the log beside the database only."""
    shutil.copytree(data, scratch)
    with closing(connect(scratch / "lumbung.sqlite")) as writing:
        writing.execute("PRAGMA wal_autocheckpoint=0")
        writing.execute("UPDATE unit SET name = 'Dinas Sesudahnya' WHERE id = 1")
        writing.commit()
        for ending in ("", "-wal"):
            shutil.copy(f"{scratch}/lumbung.sqlite{ending}", f"{scratch}/salinan{ending}")
    for ending in ("", "-wal"):
        os.replace(f"{scratch}/salinan{ending}", f"{scratch}/lumbung.sqlite{ending}")
    return scratch


def main(what: str, data: Path, path: Path, scratch: Path) -> None:
    backup = read(path)
    assert backup

    def again(folder):
        backups.restore(folder, backup, restored_by(backup.name, backup.made_at.isoformat(), False))

    def back(folder):
        backups.undo(folder, restored_by(backup.name, backup.made_at.isoformat(), True))

    work, base = again if what == "restore" else back, fresh(data, scratch / "asal")
    if what == "undo":
        again(base)
        for path in base.glob("files/*/*"):
            if path.name not in named(base / "lumbung.sqlite"):
                path.unlink()  # as the nightly sweep does; it comes back from what was put aside

    def prepared():
        shutil.rmtree(scratch / "coba", ignore_errors=True)
        return shutil.copytree(base, scratch / "coba")

    def found(folder):
        assert is_sound(folder)
        new = ask(folder, "SELECT count(*) FROM event WHERE what = 'backup_restored' ORDER BY id DESC") > (what == "undo" and ask(folder, MARK) == 0)
        assert ask(folder, MARK) == (new == (what == "undo")), "half"
        return new

    folder, outcome = prepared(), {"old": 0, "new": 0}
    total = in_a_child(lambda: work(folder), -1)
    for deadline in range(1, total + 1):
        folder = prepared()
        assert in_a_child(lambda folder=folder: work(folder), deadline) == 0
        new = found(folder)
        backups.settle(folder)
        assert found(folder) == new and not any((folder / left).exists() for left in (WORK, DYING))
        assert not new or ((folder / KEPT / "lumbung.sqlite").exists() and {one.name for one in folder.glob("files/*/*")} >= set(
            named(folder / "lumbung.sqlite")))
        outcome["new" if new else "old"] += 1
    print(json.dumps({"killed": total, **outcome}))


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))

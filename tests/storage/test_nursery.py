"""The process whose children read the files: gone or stuck, it costs nobody a file; and it outlives nobody."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import pytest

from app.storage import Rejected
from app.storage.child import UNREADABLE, WORKER, Child, nursery, told

from . import samples

pytestmark = pytest.mark.skipif(nursery is None, reason="Linux only: elsewhere each file has a process started for it")
ROOT = Path(__file__).parents[2]
ONE_PAGE = {"pages": 1, "active": []}


@pytest.fixture
def paper(tmp_path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(samples.pdf())
    return path


def elsewhere(code: str, *words: object) -> list[str]:
    """What a process of its own prints; it has a nursery of its own too."""
    start = "import os, sys\nfrom app.storage.child import Child, nursery\n"
    done = subprocess.run([sys.executable, "-c", start + dedent(code), *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_its_children_answer_as_one_started_alone(paper):
    asked = ("inspect", "pdf", paper)
    assert Child().ask(*asked) == Child(command=(*WORKER[:-1], WORKER[-1] + "  # alone")).ask(*asked) == ONE_PAGE


def test_a_child_that_takes_too_long_is_ended_and_the_next_file_is_read(paper):
    with pytest.raises(Rejected) as refusal:
        Child(seconds=0.0005).ask("inspect", "pdf", paper)
    assert str(refusal.value) == UNREADABLE
    assert Child().ask("inspect", "pdf", paper) == ONE_PAGE


def test_a_file_is_read_also_when_the_nursery_was_killed(paper):
    Child().ask("inspect", "pdf", paper)
    os.kill(nursery.process.pid, signal.SIGKILL)
    assert [Child().ask("inspect", "pdf", paper) for _ in range(2)] == [ONE_PAGE] * 2


def test_it_is_told_nothing_it_need_not_know(paper, monkeypatch):
    monkeypatch.setenv("LUMBUNG_SECRET", "rahasia")
    assert "LUMBUNG_SECRET" not in told()
    Child().ask("inspect", "pdf", paper)
    kept = Path(f"/proc/{nursery.process.pid}/environ").read_bytes()
    assert {entry.partition(b"=")[0].decode() for entry in kept.split(b"\0") if entry} <= set(told())


def test_copies_of_a_process_share_it_and_do_without_it_when_it_is_gone(paper):
    code = """
        nursery.begin()
        first = nursery.process.pid
        for gone in (False, True):
            if gone:
                nursery.process.kill()
                nursery.process.wait()
            if os.fork() == 0:
                pages = Child().ask('inspect', 'pdf', sys.argv[1])['pages']
                print(pages, nursery.process.pid == first, flush=True)
                nursery.end()
                os._exit(0)
            os.wait()
        """
    assert elsewhere(code, paper) == ["1", "True", "1", "False"]


def test_it_ends_with_whoever_could_ask(paper):
    (pid,) = elsewhere("Child().ask('inspect', 'pdf', sys.argv[1]); print(nursery.process.pid, flush=True); os._exit(0)", paper)
    until = time.monotonic() + 5
    while lives(int(pid)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not lives(int(pid))

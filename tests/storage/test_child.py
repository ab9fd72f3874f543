"""A child that hangs, dies, talks nonsense or grows is a refusal with a sentence."""

import io
import json
import subprocess
import sys
import threading
import time
import zlib

import pytest

from app.storage import Rejected, Storage
from app.storage.child import UNREADABLE, WORKER, Child

from . import samples

ANSWER = "import json, os, sys; print(json.dumps({'found': %s}))"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def child(code: str, **options) -> Child:
    return Child(command=(sys.executable, "-c", code), **options)


@pytest.mark.parametrize(
    ("code", "seconds"),
    [
        ("import time; time.sleep(60)", 0.3),
        ("while True: pass", 0.3),
        ("import os; os.abort()", 20),
        ("raise SystemExit(3)", 20),
        ("print('not json')", 20),
        ("print(5)", 20),
        ('print(\'{"crashed": "ValueError: x"}\')', 20),
    ],
    ids=["sleeps", "spins", "aborts", "exits", "babbles", "counts", "confesses"],
)
def test_a_failing_child_is_a_refusal(tmp_path, code, seconds):
    store = Storage(tmp_path, samples.MEGABYTE, child(code, seconds=seconds))
    began = time.monotonic()
    with pytest.raises(Rejected) as refusal:
        store.take(io.BytesIO(samples.pdf()), "a.pdf", {"pdf"})
    assert str(refusal.value) == UNREADABLE
    assert time.monotonic() - began < 5
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_child_that_cannot_start_is_a_refusal():
    with pytest.raises(Rejected, match="tidak dapat dibaca dengan aman"):
        Child(command=["/does/not/exist"]).ask("inspect")


def test_the_child_is_told_nothing_it_need_not_know(monkeypatch):
    monkeypatch.setenv("LUMBUNG_SECRET", "rahasia")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    names = child(ANSWER % "sorted(os.environ)").ask()
    assert not {"LUMBUNG_SECRET", "PYTHONPATH"} & set(names)


def test_the_child_has_no_keyboard_and_gets_its_words_as_words():
    words = child(ANSWER % "[sys.stdin.read(), *sys.argv[1:]]").ask("a b", ";ls", "é")
    assert words == ["", "a b", ";ls", "é"]


def test_the_worker_starts_without_the_app_around_it():
    code = WORKER[-1].replace("sys.exit(worker.main())", "print(*sys.modules)")
    loaded = subprocess.run([*WORKER[:-1], code], capture_output=True, text=True, check=True)
    modules = set(loaded.stdout.split())
    assert "storage.worker" in modules
    assert not {"app", "flask", "sqlalchemy", "PIL", "pikepdf", "pypdfium2"} & modules


def test_the_worker_says_on_one_line_what_it_cannot_do():
    done = subprocess.run([*WORKER, "unknown"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"crashed": "KeyError: 'unknown'"}
    assert done.stdout.count("\n") == 1


@POSIX
def test_the_worker_cannot_grow_without_end():
    code = WORKER[-1].replace("sys.exit(worker.main())", "worker.limits.apply(); bytearray(1600 * 1024 * 1024)")
    done = subprocess.run([*WORKER[:-1], code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith("MemoryError\n")


def unpacks_to(megabytes: int) -> bytes:
    """A PDF without pages; its object stream is twice compressed blanks, a few kilobytes here."""
    squeeze = zlib.compressobj(9)
    objects = b"1 0 2 29 <</Type/Catalog/Pages 2 0 R>><</Type/Pages/Kids[]/Count 0>>"
    first = squeeze.compress(objects) + squeeze.flush(zlib.Z_FULL_FLUSH)
    blanks = squeeze.compress(b" " * samples.MEGABYTE) + squeeze.flush(zlib.Z_FULL_FLUSH)
    packed = zlib.compress(first + blanks * megabytes, 9)
    stream = b"4 0 obj<</Type/ObjStm/N 2/First 9/Filter[/FlateDecode/FlateDecode]/Length %d>>"
    content = b"%PDF-1.5\n" + stream % len(packed) + b"stream\n" + packed
    content += b"\nendstream endobj\n"
    rows = (b"\0\0\0\0", b"\2\0\4\0", b"\2\0\4\1", b"\0\0\0\0", b"\1\0\x09\0")
    table = b"5 0 obj<</Type/XRef/Size 5/W[1 2 1]/Root 1 0 R/Length 20>>stream\n" + b"".join(rows)
    end = b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % len(content)
    return content + table + end


@POSIX
@pytest.mark.parametrize(("megabytes", "sentence"), [(3, "PDF ini tidak punya halaman"), (3000, "PDF ini rusak")])
def test_a_document_that_unpacks_to_gigabytes_is_not_read(take, on_disk, megabytes, sentence):
    content = unpacks_to(megabytes)
    assert len(content) < 10_000
    with pytest.raises(Rejected, match=sentence):
        take("bom.pdf", content)
    assert on_disk() == []


def test_who_waits_too_long_for_a_turn_is_told_so():
    slow = child("import time; time.sleep(0.5); print('{\"found\": 1}')", at_once=1, queue_seconds=0.1)
    first = threading.Thread(target=slow.ask)
    first.start()
    time.sleep(0.2)
    with pytest.raises(Rejected, match=r"Server sedang memeriksa berkas lain"):
        slow.ask()
    first.join()


def test_only_so_many_children_at_once(tmp_path):
    """Each child notes when it begins and ends; never more than two at a time."""
    code = "import sys, time; began = time.time(); time.sleep(0.2);print('{\"found\": [%f, %f]}' % (began, time.time()))"
    both = child(code, at_once=2)
    spans = []
    threads = [threading.Thread(target=lambda: spans.append(both.ask())) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    at_once = [sum(a <= began < b for a, b in spans) for began, _ in spans]
    assert (len(spans), max(at_once)) == (5, 2)

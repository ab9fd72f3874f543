"""Two people, one file, one moment."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

from app.storage import Storage

from . import samples

HANDS = 6


def together(act):
    """`act` from several hands that let go at the same moment, each with a store of its own."""
    ready = threading.Barrier(HANDS)

    def one(_):
        ready.wait()
        return act()

    with ThreadPoolExecutor(HANDS) as hands:
        return list(hands.map(one, range(HANDS)))


def test_the_same_upload_at_once_succeeds_for_everyone(tmp_path, on_disk):
    def take():
        store = Storage(tmp_path, samples.MEGABYTE)
        return store.take(io.BytesIO(samples.pdf()), "a.pdf", {"pdf"})

    (stored,) = set(together(take))
    assert on_disk() == [f"files/{stored.sha256[:2]}/{stored.sha256}"]


def test_the_same_page_at_once_succeeds_for_everyone(tmp_path, take, on_disk):
    sha256 = take("a.pdf", samples.pdf(2)).sha256

    def draw():
        return Storage(tmp_path, samples.MEGABYTE).page(sha256, 1, ahead=1).read_bytes()

    assert len(set(together(draw))) == 1
    assert [name.rpartition("/")[2] for name in on_disk()] == [sha256, "p1.webp", "p2.webp"]


def test_the_same_preview_at_once_succeeds_for_everyone(tmp_path, take):
    sha256 = take("a.png", samples.png()).sha256

    def draw():
        return Storage(tmp_path, samples.MEGABYTE).preview(sha256).read_bytes()

    assert len(set(together(draw))) == 1

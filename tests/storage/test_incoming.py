"""Temporaries: never more than a chunk in memory, and swept when a crash left them behind."""

import os
import time
import tracemalloc

from app.storage import Storage

from . import samples
from .samples import MEGABYTE


class Film:
    """A whole MP4 with 50 MB of frames, made while it is read."""

    def __init__(self):
        frames = 50 * MEGABYTE
        head = samples.ftyp() + samples.moov(60) + (frames + 8).to_bytes(4, "big") + b"mdat"
        self.size = len(head) + frames
        self.pieces = self._pieces(head, frames)

    def _pieces(self, head, frames):
        yield head
        for _ in range(frames // MEGABYTE * 4):
            yield bytes(MEGABYTE // 4)

    def read(self, size=-1):
        return next(self.pieces, b"")


def test_a_big_film_passes_through_little_memory(tmp_path):
    store, film = Storage(tmp_path, 100 * MEGABYTE), Film()
    tracemalloc.start()
    try:
        stored = store.take(film, "video.mp4", {"mp4"}, max_seconds=300)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (stored.size, stored.seconds) == (film.size, 60)
    assert peak < 4 * MEGABYTE


def test_only_what_nobody_uses_any_more_is_swept(storage):
    assert storage.forget_incoming() == 0
    incoming = storage.root / "incoming"
    (incoming / "left").write_bytes(b"x")
    (incoming / "desk").mkdir()
    (incoming / "desk" / "p1.part").write_bytes(b"x")
    (incoming / "in-use").write_bytes(b"x")
    long_ago = time.time() - 7200
    for name in ("left", "desk"):
        os.utime(incoming / name, (long_ago, long_ago))
    assert storage.forget_incoming() == 2
    assert [path.name for path in incoming.iterdir()] == ["in-use"]
    assert storage.forget_incoming(older_than=-60) == 1

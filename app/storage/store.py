"""The store: takes a file in, hands out its path and the pictures drawn from it."""

import errno
import io
import math
import os
import re
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from . import content, polyglots, video
from .child import Busy, Child
from .incoming import Incoming, settle
from .rejected import Rejected
from .scanning import Scanner
from .text import Box, Page, Text, boxes, load

SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_AHEAD = 4
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
READING = 1  # of text.json and boxes.bin: another number reads every document again


@dataclass(frozen=True)
class Stored:
    """What is known of a kept file; pages for PDF, seconds for video, pixels for pictures.

    `active` names what could run inside a PDF ("/JavaScript", …): a warning to the reviewer,
    not a reason to refuse.
    """

    sha256: str
    size: int
    kind: str
    pages: int | None = None
    seconds: int | None = None
    width: int | None = None
    height: int | None = None
    active: tuple[str, ...] = ()


class Storage:
    """Files under `root`: `files/<ab>/<sha256>`, `previews/<ab>/<sha256>/`, `incoming/`.

    `child` reads and draws the files in a process of its own, `scanner` is asked about each before
    it is kept. Safe to use from several threads
    and several processes on one folder: names are unique until one rename makes a file visible.
    """

    def __init__(self, root: Path, max_bytes: int, child: Child | None = None, scanner: Scanner | None = None):
        self.root = Path(root)
        self.max_bytes = max_bytes
        self.incoming = Incoming(self.root / "incoming")
        self.child = child or Child()
        self.scanner = scanner or Scanner()

    def get_ready(self) -> None:
        """Before a server makes copies of itself: what a crash left goes, and what they can share is started once."""
        self.forget_incoming()
        self.child.get_ready()

    def take(
        self,
        stream: BinaryIO,
        filename: str,
        allowed: Collection[str],
        max_seconds: int | None = None,
        sides: tuple[int, int] | None = None,
    ) -> Stored:
        """Keep what `stream` brings if it is truly one of the `allowed` kinds.

        Raises Rejected and leaves nothing on disk otherwise. `filename` only says what the file
        claims to be; it never becomes part of a path. `sides` are the fewest and the most pixels
        that each side of a picture may have.
        """
        extension = content.extension_of(filename, allowed)
        kind = content.KINDS[extension]
        try:
            with self.incoming.receive(stream, self.max_bytes) as arrived:
                content.check(arrived.path, extension)
                polyglots.check(arrived.path, kind)
                self.scanner.check(arrived.path)
                facts = self.child.ask("inspect", kind, arrived.path)
                video.check_length(facts.get("seconds"), max_seconds)
                _check_sides(facts, sides)
                settle(arrived.path, self.path(arrived.sha256), durable=True)
        except OSError as trouble:
            if trouble.errno not in FULL:
                raise
            raise Rejected("Ruang penyimpanan server penuh, berkas ini belum tersimpan. Beri tahu admin, lalu unggah lagi.") from trouble
        facts["active"] = tuple(facts.get("active", ()))
        return Stored(arrived.sha256, arrived.size, kind, **facts)

    def keep(self, content: bytes, kind: str, pages: int | None = None, seconds: int | None = None, durable: bool = False) -> Stored:
        """Keep what the app made itself (training papers, letters): nothing to inspect, the facts are the maker's. `durable` waits for
        the disk, for what could not be made again."""
        with self.incoming.receive(io.BytesIO(content), max(self.max_bytes, len(content))) as arrived:
            settle(arrived.path, self.path(arrived.sha256), durable=durable)
        return Stored(arrived.sha256, arrived.size, kind, pages, seconds)

    def paper(self, facts: str) -> Path:
        """Where a paper the app writes is cached, by the fingerprint of its facts; `keep_paper` puts it there. It can always be written again."""
        return self._place("previews", facts) / "kertas.pdf"

    def keep_paper(self, facts: str, content: bytes) -> Path:
        with self.incoming.receive(io.BytesIO(content), len(content)) as arrived:
            settle(arrived.path, self.paper(facts))
        return self.paper(facts)

    def path(self, sha256: str) -> Path:
        """Where the original bytes are (or would be); ValueError for anything but a hash."""
        return self._place("files", sha256)

    def page(self, sha256: str, number: int, ahead: int = 0) -> Path:
        """WEBP of one page (from 1) of a kept PDF, drawn once and cached.

        `ahead` (at most 4) also draws that many following pages while the child is up: it saves
        its start for someone who reads on.
        """
        folder = self._place("previews", sha256)
        wanted = folder / f"p{number}.webp"
        if not _is_whole(wanted):
            following = range(number + 1, number + 1 + min(ahead, MOST_AHEAD))
            missing = [n for n in following if not _is_whole(folder / f"p{n}.webp")]
            self._draw(
                wanted,
                ("draw", self._original(sha256), number, *missing),
                f"Halaman {number} dokumen ini tidak dapat digambar dengan aman. Unduh berkas aslinya untuk membacanya.",
            )
        return wanted

    def preview(self, sha256: str) -> Path:
        """WEBP of a kept picture: upright, at most 1600 px, without its metadata; cached."""
        wanted = self._place("previews", sha256) / "preview.webp"
        if not _is_whole(wanted):
            self._draw(
                wanted,
                ("shrink", self._original(sha256)),
                "Gambar ini tidak dapat ditampilkan dengan aman. Unduh berkas aslinya untuk melihatnya.",
            )
        return wanted

    def text(self, sha256: str, until: float = math.inf) -> Text | None:
        """What a machine can read in a kept PDF: read once, cached. Without pages when it cannot be read, which is no reason to refuse it;
        None when the reading could not begin before `until` (of time.monotonic). Two who ask at once both read, and leave the same."""
        known = self._reading(sha256) / "text.json"
        if not _is_whole(known):
            if not self.path(sha256).is_file():
                return Text()
            if (left := until - time.monotonic()) <= 0:
                return None
            try:
                self._read(known, sha256, None if left == math.inf else left)
            except Busy:
                return None
        return load(known)

    def boxes(self, sha256: str, page: Page, words: Collection[int]) -> list[Box]:
        """Where words stand on a page of a text read before, by their numbers in its first order."""
        return boxes(self._reading(sha256) / "boxes.bin", page, words)

    def forget_incoming(self, older_than: int = 3600) -> int:
        """Remove temporaries that a crash left behind; those younger (seconds) may be in use. A file that was being looked at, whether anybody
        names it (sweeping.py), goes back to its place."""
        for aside in self.incoming.folder.glob("*/*"):
            if SHA256.fullmatch(aside.name) and aside.is_file() and not self.path(aside.name).exists():
                os.replace(aside, self.path(aside.name))
        return self.incoming.sweep(older_than)

    def _draw(self, wanted: Path, request: tuple, otherwise: str) -> None:
        """Let the child draw, keep every finished picture, and mind only about `wanted`.

        A later page that breaks the child must not cost the reader the page already drawn.
        """
        verb, original, *numbers = request
        with self.incoming.folder_for_one() as desk:
            try:
                self.child.ask(verb, original, desk, *numbers, otherwise=otherwise)
            except Rejected:
                if not (desk / wanted.name).exists():
                    raise
            for picture in desk.glob("*.webp"):
                settle(picture, wanted.parent / picture.name)

    def _read(self, known: Path, sha256: str, wait: float | None) -> None:
        """The boxes first: whoever finds a text finds its boxes. What the child cannot read is kept as unreadable, not tried again and again."""
        with self.incoming.folder_for_one() as desk:
            try:
                self.child.ask("read", self._original(sha256), desk, wait=wait)
            except Busy:
                raise
            except Rejected:
                (desk / "boxes.bin").write_bytes(b"")
                (desk / known.name).write_text('{"total": 0, "pages": []}', encoding="utf-8")
            for name in ("boxes.bin", known.name):
                settle(desk / name, known.parent / name)

    def _reading(self, sha256: str) -> Path:
        return self._place("previews", sha256) / f"teks-{READING}"

    def _original(self, sha256: str) -> Path:
        original = self.path(sha256)
        if not original.is_file():
            raise Rejected("Berkas aslinya tidak ada di penyimpanan. Beri tahu admin.")
        return original

    def _place(self, shelf: str, sha256: str) -> Path:
        if not SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256 in lower-case hex")
        return self.root / shelf / sha256[:2] / sha256


def _check_sides(facts: dict, sides: tuple[int, int] | None) -> None:
    if sides and not (sides[0] <= min(facts["width"], facts["height"]) and max(facts["width"], facts["height"]) <= sides[1]):
        raise Rejected(f"Gambar ini {facts['width']} × {facts['height']} piksel. Setiap sisinya perlu {sides[0]} sampai {sides[1]} piksel.")


def _is_whole(path: Path) -> bool:
    """A power cut can leave an empty file under a finished name: draw that one again."""
    return path.is_file() and os.path.getsize(path) > 0

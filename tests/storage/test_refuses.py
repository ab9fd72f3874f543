"""Every hostile or broken file is refused with a sentence, and nothing of it stays."""

import errno
import io
import re

import pytest

from app.storage import Rejected, Storage

from .hostile import TABLE
from .samples import MEGABYTE, pdf

SENTENCE = re.compile(r"[A-Z].+[a-z0-9)]\.")


@pytest.mark.parametrize(("name", "content", "fragment"), TABLE, ids=[name or "nameless" for name, *_ in TABLE])
def test_hostile_file_is_refused_and_leaves_nothing(take, on_disk, name, content, fragment):
    with pytest.raises(Rejected) as refusal:
        take(name, content, max_seconds=300)
    sentence = str(refusal.value)
    assert fragment in sentence
    assert SENTENCE.fullmatch(sentence)
    assert on_disk() == []


@pytest.mark.parametrize(
    ("allowed", "sentence"),
    [
        ({"pdf"}, "Berkas .exe tidak dapat diterima di sini. Unggah berkas PDF."),
        (
            {"jpeg", "PDF"},
            "Berkas .exe tidak dapat diterima di sini. Unggah berkas PDF atau JPG.",
        ),
        (
            ["png", "jpg", "jpeg", "pdf"],
            "Berkas .exe tidak dapat diterima di sini. Unggah berkas PDF, JPG, atau PNG.",
        ),
    ],
)
def test_the_kinds_that_are_welcome_are_named(take, allowed, sentence):
    with pytest.raises(Rejected) as refusal:
        take("a.exe", b"MZ", allowed=allowed)
    assert str(refusal.value) == sentence


def test_a_kind_that_is_not_asked_for_here_is_refused(take):
    with pytest.raises(Rejected, match=r"Berkas \.pdf tidak dapat diterima di sini"):
        take("a.pdf", pdf(), allowed={"png"})


@pytest.mark.parametrize(("limit", "spoken"), [(MEGABYTE, "1"), (2_621_440, "2,5"), (100 * MEGABYTE, "100")])
def test_the_limit_is_named_and_reading_stops_there(tmp_path, limit, spoken):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return bytes(size)

    stream = Endless()
    with pytest.raises(Rejected) as refusal:
        Storage(tmp_path, limit).take(stream, "a.mp4", {"mp4"})
    assert str(refusal.value) == (f"Berkas ini lebih besar dari {spoken} MB. Perkecil berkasnya, lalu unggah lagi.")
    assert stream.given <= limit + 256 * 1024


class Failing(io.RawIOBase):
    """A stream that breaks off after its first piece."""

    def __init__(self, trouble):
        self.pieces = iter([pdf()])
        self.trouble = trouble

    def read(self, size=-1):
        for piece in self.pieces:
            return piece
        raise self.trouble


def test_a_full_disk_is_said_in_words(storage, on_disk):
    with pytest.raises(Rejected, match=r"Ruang penyimpanan server penuh"):
        storage.take(Failing(OSError(errno.ENOSPC, "full")), "a.pdf", {"pdf"})
    assert on_disk() == []


def test_a_broken_connection_is_nobodys_refusal_and_leaves_nothing(storage, on_disk):
    with pytest.raises(ConnectionResetError):
        storage.take(Failing(ConnectionResetError()), "a.pdf", {"pdf"})
    assert on_disk() == []


def test_a_refused_upload_does_not_touch_the_same_bytes_kept_before(take, storage):
    stored = take("a.pdf", pdf())
    with pytest.raises(Rejected):
        take("a.png", pdf())
    assert storage.path(stored.sha256).read_bytes() == pdf()

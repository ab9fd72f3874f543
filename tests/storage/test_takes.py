"""What is welcome, and what is known of it afterwards."""

import hashlib
import os
import struct
import sys

import pikepdf
import pytest
from PIL import Image

from app.storage import Stored

from . import samples


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_pdf_is_kept_under_its_hash_with_its_pages(take, storage, on_disk):
    content = samples.pdf(3)
    stored = take("SK Bupati.PDF", content)
    assert stored == Stored(sha(content), len(content), "pdf", pages=3)
    assert storage.path(stored.sha256).read_bytes() == content
    assert on_disk() == [f"files/{stored.sha256[:2]}/{stored.sha256}"]


@pytest.mark.parametrize("name", ["foto.jpg", "foto.jpeg", "FOTO.JPEG", " foto.exe.jpg "])
def test_jpg_by_any_of_its_names(take, name):
    content = samples.jpg()
    expected = Stored(sha(content), len(content), "jpg", width=40, height=30)
    assert take(name, content, allowed={"jpeg"}) == expected


def test_png_and_video(take):
    png, film = samples.png(), samples.mp4(seconds=299.6)
    assert take("tangkapan.png", png) == Stored(sha(png), len(png), "png", width=40, height=30)
    assert take("video.mp4", film, max_seconds=300) == Stored(sha(film), len(film), "mp4", seconds=300)


def test_a_photo_taken_upright_is_taller_than_wide(take):
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = take("foto.jpg", samples.jpg(exif=exif))
    assert (stored.width, stored.height) == (30, 40)


@pytest.mark.parametrize(
    "content",
    [
        samples.moving("MPO"),
        samples.jpg() + b"\0\0SEFH camera notes",
        samples.jpg() + samples.mp4(),
        samples.jpg(progressive=True),
        samples.jpg(mode="CMYK", colour=(0, 0, 0, 0)),
    ],
    ids=["several pictures", "camera notes", "motion photo", "progressive", "cmyk"],
)
def test_what_phones_and_scanners_make_of_a_jpg_is_welcome(take, content):
    assert take("foto.jpg", content).kind == "jpg"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + samples.pdf(),
        b"\x1b%-12345X@PJL JOB\r\n" + samples.pdf(),
        samples.pdf() + b"\r\n\0\0\0",
        samples.changed_pdf(lambda pdf: None, encryption=pikepdf.Encryption(owner="x", user="")),
        samples.changed_pdf(lambda pdf: None, linearize=True),
    ],
    ids=["byte order mark", "printer lines", "padding", "locked for copying", "linearised"],
)
def test_what_offices_make_of_a_pdf_is_welcome(take, content):
    assert take("laporan.pdf", content).pages == 1


def long_header(name: bytes) -> bytes:
    times = struct.pack(">QQIQ", 0, 0, 600, 600 * 42)
    return samples.box(name, b"\1\0\0\0", times, bytes(80))


@pytest.mark.parametrize(
    ("content", "seconds"),
    [
        (samples.mp4(0.2), 1),
        (samples.ftyp(b"mp42") + samples.box(b"mdat", bytes(9)) + samples.moov(7), 7),
        (samples.ftyp(b"XXXX", b"avc1") + samples.moov(7) + samples.box(b"mdat"), 7),
        (samples.ftyp() + samples.moov(8) + struct.pack(">I4sQ", 1, b"mdat", 20) + bytes(4), 8),
        (samples.ftyp() + samples.moov(8) + struct.pack(">I4s", 0, b"mdat") + bytes(40), 8),
        (
            samples.ftyp() + samples.box(b"moov", long_header(b"mvhd"), samples.track(b"vide", 5)) + samples.box(b"mdat"),
            42,
        ),
        (
            samples.ftyp()
            + samples.box(
                b"moov",
                samples.header(b"mvhd", 0),
                samples.track(b"vide", 0),
                samples.box(b"mvex", samples.box(b"mehd", bytes(4), struct.pack(">I", 9000))),
            )
            + samples.box(b"moof")
            + samples.box(b"mdat"),
            9,
        ),
    ],
    ids=["short", "moov last", "brand", "long length", "to the end", "version 1", "fragments"],
)
def test_the_shapes_an_mp4_may_have(take, content, seconds):
    assert take("video.mp4", content).seconds == seconds


def test_the_longest_track_counts_not_what_the_film_claims(take):
    content = samples.ftyp() + samples.box(b"moov", samples.header(b"mvhd", 10), samples.track(b"vide", 500)) + samples.box(b"mdat")
    assert take("video.mp4", content).seconds == 500


def test_the_same_file_twice_is_one_file_and_the_first_one_stays(take, storage, on_disk):
    first = take("a.pdf", samples.pdf())
    before = storage.path(first.sha256).stat()
    assert take("b.pdf", samples.pdf()) == first
    assert storage.path(first.sha256).stat().st_ino == before.st_ino
    assert len(on_disk()) == 1


def test_a_kept_file_that_was_cut_short_is_healed_by_the_next_upload(take, storage):
    stored = take("a.pdf", samples.pdf())
    storage.path(stored.sha256).write_bytes(b"")
    take("a.pdf", samples.pdf())
    assert storage.path(stored.sha256).read_bytes() == samples.pdf()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_nobody_else_may_read_a_kept_file(take, storage):
    path = storage.path(take("a.pdf", samples.pdf()).sha256)
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert oct(os.stat(path.parent).st_mode & 0o777) == "0o700"


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\windows\\a.pdf", "a\0b\n.pdf"])
def test_the_name_never_reaches_the_disk(take, on_disk, name):
    stored = take(name, samples.pdf())
    assert on_disk() == [f"files/{stored.sha256[:2]}/{stored.sha256}"]


@pytest.mark.parametrize("sha256", ["", "a" * 63, "A" * 64, "../" * 22, "a" * 64 + "\n", "g" * 64])
def test_only_a_hash_becomes_a_path(storage, sha256):
    for ask in (storage.path, storage.preview, lambda sha: storage.page(sha, 1)):
        with pytest.raises(ValueError, match="not a SHA-256"):
            ask(sha256)

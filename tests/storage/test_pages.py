"""Pages of a PDF as pictures: drawn once, the right size, in company."""

import sys

import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from app.storage import Rejected, Storage
from app.storage.child import Child

from . import samples


@pytest.fixture
def thick(take):
    """The hash of a kept document of seven pages."""
    return take("tebal.pdf", samples.pdf(7)).sha256


def drawn(storage, sha256):
    folder = storage.root / "previews" / sha256[:2] / sha256
    return sorted(path.name for path in folder.iterdir())


def test_a_page_is_an_a4_picture_at_110_dpi(storage, thick):
    path = storage.page(thick, 3)
    assert path == storage.root / "previews" / thick[:2] / thick / "p3.webp"
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("WEBP", (910, 1287))
        assert picture.convert("L").getextrema() == (0, 255)


def test_a_page_is_drawn_once(storage, thick):
    first = storage.page(thick, 1).stat()
    again = storage.page(thick, 1).stat()
    assert (first.st_ino, first.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)


def test_only_the_asked_page_is_drawn_unless_more_are_wanted(storage, thick, on_disk):
    storage.page(thick, 2)
    assert drawn(storage, thick) == ["p2.webp"]
    storage.page(thick, 1, ahead=2)
    assert drawn(storage, thick) == ["p1.webp", "p2.webp", "p3.webp"]
    storage.page(thick, 6, ahead=4)
    assert drawn(storage, thick)[3:] == ["p6.webp", "p7.webp"]
    assert not [name for name in on_disk() if name.startswith("incoming/")]


def test_at_most_four_pages_are_drawn_ahead(storage, thick):
    storage.page(thick, 1, ahead=50)
    assert drawn(storage, thick) == [f"p{number}.webp" for number in range(1, 6)]


@pytest.mark.parametrize("number", [0, -1, 8, 10**30])
def test_a_page_that_is_not_there(storage, thick, number):
    with pytest.raises(Rejected) as refusal:
        storage.page(thick, number)
    assert str(refusal.value) == f"Dokumen ini 7 halaman; halaman {number} tidak ada."


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(14400, 7200, (2000, 1000)), (500_000, 1, (2000, 1)), (3, 3, (5, 5))],
)
def test_a_huge_page_is_drawn_smaller(storage, take, width, height, size):
    def resize(document):
        document.pages[0].mediabox = [0, 0, width, height]

    sha256 = take("peta.pdf", samples.changed_pdf(resize)).sha256
    with Image.open(storage.page(sha256, 1)) as picture:
        assert picture.size == size


def test_an_empty_picture_left_by_a_power_cut_is_drawn_again(storage, thick):
    path = storage.page(thick, 1)
    path.write_bytes(b"")
    assert storage.page(thick, 1).stat().st_size > 0


def test_a_picture_has_no_pages(storage, take):
    sha256 = take("a.png", samples.png()).sha256
    with pytest.raises(Rejected, match=r"Halaman 1 dokumen ini tidak dapat digambar dengan aman"):
        storage.page(sha256, 1)


def test_a_lost_original_is_said_in_words(storage):
    with pytest.raises(Rejected, match=r"Berkas aslinya tidak ada di penyimpanan"):
        storage.page("a" * 64, 1)


def test_a_broken_page_ahead_does_not_cost_the_page_already_drawn(storage, thick):
    draws_one_then_dies = "import os, pathlib, sys;pathlib.Path(sys.argv[3], 'p1.webp').write_bytes(b'drawn');os.abort()"
    child = Child(command=(sys.executable, "-c", draws_one_then_dies))
    fragile = Storage(storage.root, samples.MEGABYTE, child)
    assert fragile.page(thick, 1, ahead=4).read_bytes() == b"drawn"
    with pytest.raises(Rejected, match=r"Halaman 2 dokumen ini tidak dapat digambar dengan aman"):
        fragile.page(thick, 2)


def test_what_was_filled_into_a_form_is_seen(storage, take):
    def fill(document):
        look = Stream(document, b"1 0 0 rg 0 0 300 300 re f", BBox=Array([0, 0, 300, 300]))
        look.Type, look.Subtype = Name.XObject, Name.Form
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("nama"),
            V=String("Ani"),
            F=4,
            Rect=Array([100, 100, 400, 400]),
            AP=Dictionary(N=look),
        )
        kept = document.make_indirect(field)
        document.Root.AcroForm = Dictionary(Fields=Array([kept]))
        document.pages[0].obj.Annots = Array([kept])

    sha256 = take("formulir.pdf", samples.changed_pdf(fill)).sha256
    with Image.open(storage.page(sha256, 1)) as picture:
        red, green, blue = picture.convert("RGB").getpixel((300, 900))
    assert red > 200 > 100 > max(green, blue)

"""The small copy of a picture that reviewers see."""

import io

import pytest
from PIL import Image, PngImagePlugin

from app.storage import Rejected

from . import samples


@pytest.fixture
def preview(storage, take):
    def seen(name, content):
        with Image.open(storage.preview(take(name, content).sha256)) as picture:
            picture.load()
        assert picture.format == "WEBP"
        return picture

    return seen


def close_to(colour, expected):
    return all(abs(one - other) < 12 for one, other in zip(colour, expected, strict=True))


def test_a_big_picture_is_made_small_and_a_small_one_is_left(preview):
    assert preview("a.jpg", samples.jpg(size=(4000, 1000))).size == (1600, 400)
    assert preview("b.png", samples.png(size=(20, 3000))).size == (11, 1600)
    assert preview("c.png", samples.png()).size == (40, 30)


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_the_picture_is_upright(preview, name):
    """Half red, half blue side by side, to be turned by a quarter: one above the other."""
    exif = Image.Exif()
    exif[0x0112] = 6
    raw = Image.new("RGB", (80, 40), "red")
    raw.paste("blue", (40, 0, 80, 40))
    content = io.BytesIO()
    raw.save(content, "JPEG" if name == "a.jpg" else "PNG", exif=exif, quality=95)
    picture = preview(name, content.getvalue())
    assert picture.size == (40, 80)
    assert close_to(picture.getpixel((20, 10)), (255, 0, 0))
    assert close_to(picture.getpixel((20, 70)), (0, 0, 255))


def test_place_time_and_profile_stay_behind(storage, take):
    exif = Image.Exif()
    exif[0x010E] = "halaman rumah"
    exif.get_ifd(0x8825)[2] = (6.0, 54.0, 0.0)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "halaman rumah")
    photo = take("a.jpg", samples.jpg(exif=exif, comment=b"halaman rumah", icc_profile=b"x" * 200))
    shot = take("a.png", samples.png(pnginfo=notes, exif=exif))
    for stored in (photo, shot):
        content = storage.preview(stored.sha256).read_bytes()
        assert b"rumah" not in content
        with Image.open(io.BytesIO(content)) as picture:
            assert not dict(picture.getexif())
            assert not {"exif", "xmp", "icc_profile"} & set(picture.info)


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 100, (100, 100, 100)),
        ("I;16", 25700, (100, 100, 100)),
        ("LA", (0, 0), (255, 255, 255)),
        ("P", 0, (0, 0, 0)),
        ("RGBA", (255, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (255, 0, 0, 255), (255, 0, 0)),
    ],
)
def test_every_way_to_store_colour_is_shown_right(preview, mode, colour, expected):
    picture = preview("a.png", samples.png(mode=mode, colour=colour))
    assert close_to(picture.getpixel((9, 9)), expected)


def test_a_printers_jpg_is_shown_right(preview):
    picture = preview("a.jpg", samples.jpg(mode="CMYK", colour=(0, 255, 255, 0)))
    assert close_to(picture.getpixel((9, 9)), (255, 0, 0))


def test_of_several_pictures_the_first_is_shown(preview):
    assert close_to(preview("a.jpg", samples.moving("MPO")).getpixel((9, 9)), (255, 0, 0))


def test_a_preview_is_drawn_once(storage, take):
    sha256 = take("a.png", samples.png()).sha256
    assert storage.preview(sha256).stat().st_mtime_ns == storage.preview(sha256).stat().st_mtime_ns


def test_a_document_has_no_preview(storage, take):
    sha256 = take("a.pdf", samples.pdf()).sha256
    with pytest.raises(Rejected, match=r"Gambar ini tidak dapat ditampilkan dengan aman"):
        storage.preview(sha256)

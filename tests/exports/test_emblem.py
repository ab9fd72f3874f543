"""A logo on paper: small, upright, on white, and the same bytes for the same picture."""
import io
import zipfile

import docx
import pytest
from PIL import Image

from app.exports import letters
from app.exports.emblem import NO_LOGO, SIDE, small
from tests.exports import samples


def picture(width: int, height: int, mode: str = "RGBA", format: str = "PNG", **more) -> bytes:
    drawn = io.BytesIO()
    Image.new(mode, (width, height)).save(drawn, format, **more)
    return drawn.getvalue()


def test_a_large_one_becomes_small_and_stands_on_white():
    logo = small("a", picture(2000, 1000))
    with Image.open(io.BytesIO(logo.png)) as made:
        assert (made.size, made.getpixel((0, 0)), logo.is_wide) == ((SIDE, SIDE // 2), (255, 255, 255), True)


def test_a_photograph_on_its_side_stands_upright():
    turned = Image.Exif()
    turned[0x0112] = 6
    assert not small("b", picture(200, 100, "RGB", "JPEG", exif=turned)).is_wide


def test_what_cannot_be_read_is_no_logo():
    assert small("c", b"bukan gambar") == NO_LOGO and not NO_LOGO


@pytest.mark.parametrize("kind", letters.KINDS)
def test_both_letters_carry_it_and_their_lines_in_both_formats(kind):
    logo, facts = small("d", picture(300, 360)), samples.facts(contact="Jalan Merdeka 1\nTelepon (0335) 112")
    made = letters.write(kind, facts, "docx", logo)
    assert made == letters.write(kind, facts, "docx", logo)
    assert "word/media/image1.png" in zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert [line.text for line in docx.Document(io.BytesIO(made)).paragraphs[:3]] == [
        "PEMERINTAH KABUPATEN LUMBUNG RAYA", "BAPPELITBANGDA", "Jalan Merdeka 1\nTelepon (0335) 112"]
    pdf = letters.write(kind, facts, "pdf", logo)
    assert pdf == letters.write(kind, facts, "pdf", logo)
    assert [b"/Subtype /Image" in one for one in (pdf, letters.write(kind, facts, "pdf"))] == [True, False]

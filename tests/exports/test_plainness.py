"""Every reader of workbooks holds them against the same: no macros, no declarations, no other encoding, no flood of tags."""
import io
import zipfile

import pytest

from app.exports import instrument_book, listing, result_sheet
from app.exports.plainness import MOST_TAGS
from app.rules import Refused


def read_list(content):
    listing.read(content, ("Nama",))


def read_results(content):
    result_sheet.read(content, ("16",))


def read_instrument(content):
    """It says the same in its own words, since its page has no template."""
    try:
        instrument_book.read(content)
    except Refused as reason:
        assert "tidak dapat dipakai sebagai instrumen" in str(reason)
        raise reason.__cause__ from None


@pytest.mark.parametrize("reader", [read_list, read_results, read_instrument])
@pytest.mark.parametrize(("name", "part", "words"), [
    ("a.xml", b'<?xml version="1.0" encoding="UTF-7"?><a/>', "tidak dibuat Excel"), ("a.xml", b"<!DOCTYPE a><a/>", "tidak dibuat Excel"),
    ("a.xml", b"<a/>" * (MOST_TAGS + 1), "jauh lebih besar"), ("xl/vbaProject.bin", b"x", "berisi makro"),
])
def test_a_hostile_part_is_refused_before_anything_is_read(reader, name, part, words):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"<a/>")
        made.writestr(name, part)
    with pytest.raises(Refused, match=words):
        reader(packed.getvalue())

"""Every reader of workbooks holds them against the same: no declarations, no other encoding, no flood of tags."""
import io
import zipfile

import pytest

from app.exports import listing, result_sheet
from app.exports.plainness import MOST_TAGS
from app.rules import Refused


@pytest.mark.parametrize("reader", [listing, result_sheet], ids=["listing", "result_sheet"])
@pytest.mark.parametrize(("part", "words"), [
    (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "tidak dibuat Excel"), (b"<!DOCTYPE a><a/>", "tidak dibuat Excel"),
    (b"<a/>" * (MOST_TAGS + 1), "jauh lebih besar"),
])
def test_a_hostile_part_is_refused_before_anything_is_read(reader, part, words):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", part)
    with pytest.raises(Refused, match=words):
        reader.must_be_harmless(packed.getvalue())

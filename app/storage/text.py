"""What a machine can read in a kept PDF, as the child left it."""

import json
from array import array
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from sys import byteorder
from typing import NamedTuple

FIELDS = 4  # left, top, right and bottom, 16 bits each, in hundredths of a per cent of the page


class Page(NamedTuple):
    """`texts` are one or two orders of the same words, `order` the words' numbers in the second; no text when the page cannot be read."""

    texts: tuple[str, ...]
    order: tuple[int, ...]
    first: int  # of its words, among those of the document
    words: int


@dataclass(frozen=True)
class Text:
    """The pages read, of `total` that there are; no page at all when the file could not be read."""

    pages: tuple[Page, ...] = ()
    total: int = 0


class Box(NamedTuple):
    """Where a word stands, in per cent of the page."""

    left: float
    top: float
    width: float
    height: float


def load(path: Path) -> Text:
    found = json.loads(path.read_text(encoding="utf-8"))
    pages, first = [], 0
    for page in found["pages"]:
        pages.append(Page(tuple(page["texts"]), tuple(page["order"]), first, page["words"]))
        first += page["words"]
    return Text(tuple(pages), found["total"])


def boxes(path: Path, page: Page, words: Collection[int]) -> list[Box]:
    """Where words of a page stand, by their numbers; neighbours on a line share a box."""
    fields = _fields(path, page)
    found: list[list[int]] = []
    before = -2
    for number in sorted(set(words)):
        left, top, right, bottom = fields[number * FIELDS : (number + 1) * FIELDS]
        if number == before + 1 and found[-1][0] < left and top < found[-1][3] and bottom > found[-1][1]:
            found[-1] = [found[-1][0], min(top, found[-1][1]), right, max(bottom, found[-1][3])]
        else:
            found.append([left, top, right, bottom])
        before = number
    return [Box(left / 100, top / 100, (right - left) / 100, (bottom - top) / 100) for left, top, right, bottom in found]


def _fields(path: Path, page: Page) -> array:
    fields = array("H")
    with open(path, "rb") as file:
        file.seek(page.first * FIELDS * fields.itemsize)
        fields.frombytes(file.read(page.words * FIELDS * fields.itemsize))
    if byteorder == "big":
        fields.byteswap()
    return fields

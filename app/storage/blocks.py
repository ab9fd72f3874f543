"""A page block by block: pieces of lines, each followed by the piece that stands right below it. Runs in the child only."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from .placed import BLOCK, GUTTER, LINE, Word, between


def by_blocks(words: Sequence[Word], gaps: Sequence[str]) -> tuple[list[int], list[str]]:
    """The words' numbers, and what stands between them. Any gap as wide as a gutter ends a piece of a line: what is justified stays whole
    in the file's order."""
    near = [gap == " " and between(*pair) < GUTTER for gap, pair in zip(gaps, pairwise(words), strict=True)]
    starts = [0, *(place for place, is_near in enumerate(near, 1) if not is_near)]
    pieces = [range(start, end) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]
    whole = [Word(words[piece[0]].text if len(piece) == 1 else "", *_around([words[place] for place in piece])) for piece in pieces]
    below = _chains(whole)
    order: list[int] = []
    found: list[str] = []
    for start in sorted(set(range(len(pieces))) - set(below.values())):
        number: int | None = start
        while number is not None:
            if order:
                found.append(BLOCK if number == start else LINE)
            order += pieces[number]
            found += [" "] * (len(pieces[number]) - 1)
            number = below.get(number)
    return order, found


def _around(words: Sequence[Word]) -> tuple[int, int, int, int]:
    return min(w.left for w in words), min(w.top for w in words), max(w.right for w in words), max(w.bottom for w in words)


def _chains(pieces: Sequence[Word]) -> dict[int, int]:
    """By piece: the one that continues it, close below and starting or centred where it does. Nobody continues two."""
    by_top = sorted(range(len(pieces)), key=lambda number: (pieces[number].top, number))
    tops = [pieces[number].top for number in by_top]
    below: dict[int, int] = {}
    taken: set[int] = set()
    for number in by_top:
        piece, near = pieces[number], pieces[number].height
        lowest = bisect_left(tops, piece.bottom + near * 0.4)
        candidates = by_top[bisect_left(tops, piece.bottom - near * 0.4):lowest]
        fitting = [other for other in candidates if other != number and other not in taken and _is_under(piece, pieces[other])
                   and not _is_numbered(pieces, other)]
        if fitting:
            below[number] = min(fitting, key=lambda other: abs(pieces[other].left - piece.left))
            taken.add(below[number])
    return below


def _is_numbered(pieces: Sequence[Word], number: int) -> bool:
    """Whether the piece before it in the file is the number of its row: then it begins a row."""
    before = pieces[number - 1] if number else None
    return before is not None and before.text.strip(".)").isdigit() and before.is_beside(pieces[number])


def _is_under(piece: Word, other: Word) -> bool:
    starts = abs(other.left - piece.left) < piece.height
    centred = abs(other.left + other.right - piece.left - piece.right) < 2 * piece.height
    return (starts or centred) and abs(other.height - piece.height) * 2 < piece.height

"""From words with places to text: what follows what, where a line ends, where a cell or a column does.

In the texts made here a space stands between words of a line, "\n" between lines that follow closely, "\t" where something else begins:
another cell, column or block. Runs in the child only.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from .blocks import by_blocks
from .placed import BLOCK, GUTTER, LINE, WIDE, Word, between, under

CLOSE = 0.9  # letters written with spaces between them stand closer than this
SPREAD = 0.06  # letters of a word that stand so far apart are spaced out on purpose
FOLLOWS, DOUBLE = 1.2, 2.5  # gaps between lines that belong together, as a rule and at most


def arrange(words: Sequence[Word]) -> tuple[list[Word], list[str], list[int]]:
    """The words, the page's text in the file's order and, where it differs, block by block; and the words' numbers in that second order.

    Most files write cell by cell and column by column, so that their own order reads well. Some write line by line across all columns;
    then only the second text has the words of a cell together.
    """
    if not words:
        return [], [""], []
    words = [word for line in _lines(words) for word in _closed_up(line)]
    gaps = _gaps(words)
    first = _written([word.text for word in words], gaps)
    order, other_gaps = by_blocks(words, gaps)
    if order == list(range(len(words))):
        return words, [first], order
    return words, [first, _written([words[place].text for place in order], other_gaps)], order


def _written(texts: Sequence[str], gaps: Sequence[str]) -> str:
    return "".join(part for pair in zip(texts, [*gaps, ""], strict=True) for part in pair)


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in words:
        if line and (line[-1].breaks or not line[-1].is_beside(word)):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _gaps(words: Sequence[Word]) -> list[str]:
    """What stands between each word and the next. Lines that stand as far apart as most of the page do follow each other."""
    lines = list(_lines(words))
    apart = [gap for one, other in pairwise(lines) if 0 <= (gap := under(one[-1], other[0])) < DOUBLE]
    follows = max(FOLLOWS, 1.2 * median(apart)) if apart else FOLLOWS
    gaps: list[str] = []
    for place, line in enumerate(lines):
        if place:
            last = lines[place - 1][-1]
            gaps.append(LINE if last.breaks or -1 < under(last, line[0]) < follows else BLOCK)
        within = [between(*pair) for pair in pairwise(line)]
        widest = _widest(line, within)
        gaps += [BLOCK if gap > widest else " " for gap in within]
    return gaps


def _widest(line: Sequence[Word], within: Sequence[float]) -> float:
    """The widest gap that still is a space between words of this line. Where the others are narrow it is a gutter; justified lines have wide
    gaps throughout."""
    if len(within) < 2:
        return WIDE
    return max(GUTTER + 2 * _spread(line), min(2 * WIDE, 2 * sorted(within)[len(within) // 4]))


def _spread(line: Sequence[Word]) -> float:
    """How far the letters of a line are spaced out."""
    return median([word.spread for word in line if len(word.text) > 1] or [0.0])


def _closed_up(line: Sequence[Word]) -> list[Word]:
    """S P A C E D   headings as the words they are. Some have a space between all letters, others gaps that now and then look like one."""
    letters = sum(len(word.text) == 1 for word in line)
    if _spread(line) < SPREAD and (letters < 4 or letters * 3 < len(line)):
        return list(line)
    apart = [between(one, other) for one, other in pairwise(line) if 1 in (len(one.text), len(other.text))]
    usual = median(apart + [word.spread for word in line for _ in word.text[1:]])
    if usual > CLOSE:
        return list(line)
    found = [line[0]]
    for one, other in pairwise(line):
        if between(one, other) < 1.6 * usual + 0.05:
            found[-1] = found[-1].joined(other)
        else:
            found.append(other)
    return found

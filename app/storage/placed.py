"""A word where it stands on a page. Runs in the child only."""

from typing import NamedTuple, Self

LINE, BLOCK = "\n", "\t"  # what separates words, beside a space
GUTTER, WIDE = 0.6, 2.0  # gaps between words, in heights of a word


class Word(NamedTuple):
    """`breaks` when it ends with a hyphen because its line ends; `spread` is the usual gap between its letters, in heights.

    Places grow to the right and downward.
    """

    text: str
    left: int
    top: int
    right: int
    bottom: int
    breaks: bool = False
    spread: float = 0.0

    @property
    def height(self) -> int:
        return max(1, self.bottom - self.top)

    def is_within(self, width: int, height: int) -> bool:
        """Whether anybody sees it: text can also stand beside the page."""
        return self.right > 0 and self.bottom > 0 and self.left < width and self.top < height

    def share_of(self, width: int, height: int, whole: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom when the page measures `whole` both ways."""

        def shares(places: tuple[int, int], side: int) -> list[int]:
            return [max(0, min(whole, place * whole // side)) for place in places]

        (left, right), (top, bottom) = shares((self.left, self.right), width), shares((self.top, self.bottom), height)
        return left, top, right, bottom

    def joined(self, other: Self) -> Self:
        return self._replace(
            text=self.text + other.text,
            left=min(self.left, other.left),
            top=min(self.top, other.top),
            right=max(self.right, other.right),
            bottom=max(self.bottom, other.bottom),
            breaks=other.breaks,
        )

    def is_beside(self, other: Self) -> bool:
        """On the same line, somewhere to the left of the other."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared * 2 > min(self.height, other.height) and self.left < other.left


def between(one: Word, other: Word) -> float:
    """The gap between two words of a line, measured in heights of the lower one."""
    return (other.left - one.right) / min(one.height, other.height)


def under(one: Word, other: Word) -> float:
    """The gap between the last word of a line and the first of the next, in heights of the lower one."""
    return (other.top - one.bottom) / min(one.height, other.height)

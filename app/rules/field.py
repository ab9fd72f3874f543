"""What may be sent, in groups and whole numbers: how high the index gets with the gate open and with the gate left alone, and with how many.

What has the same maturity counts alike, so not every number has to be tried. While one maturity is taken, the total is linear up to the least
divisor, and from there a constant, the count and c / n: it is highest at one of the two ends, and a height that the upper end does not reach
is reached up to some number or nowhere. What lacks for a height is concave in between: least at an end, too.
"""
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Literal, NamedTuple

from app.rules.portfolio import IndexRules

Hand = Literal["send", "hold"] | None
STEP = Decimal("0.01")  # maturity is told in hundredths of a point
ROUNDING = 100 * 100  # an index is shown in hundredths of a hundredth of the most


class Group(NamedTuple):
    """So many innovations that may be sent and count alike. `choice` is a person's: "send" must go (as what was sent already), "hold" must stay.
    `first` and `last` are places in the list. Affairs that are not basic may stand together under one name."""
    maturity: Decimal
    main_affair: str
    choice: Hand
    number: int
    first: int
    last: int


class Way:
    """So many that go in any case, with their points together, and of the rest as many as wanted from the top: `levels` are how many there are of
    each maturity. In between, `ends` are the numbers sent with a level whole."""

    def __init__(self, is_open: bool, first: int, points: int, levels: Counter[int], heads: Sequence[Group] = ()) -> None:
        self.is_open, self.first, self.heads = is_open, first, heads
        self.maturities = sorted((maturity for maturity, number in levels.items() if number), reverse=True)
        self.ends = list(accumulate((levels[maturity] for maturity in self.maturities), initial=first))
        self.sums = list(accumulate((levels[maturity] * maturity for maturity in self.maturities), initial=points))

    def points(self, number: int) -> int:
        at = bisect_left(self.ends, number)
        return self.sums[at] - (self.ends[at] - number) * (self.maturities[at - 1] if at else 0)

    def cut(self, number: int) -> tuple[int, int, bool]:
        """The level that the last one is of, how many of it go, and whether that is all."""
        at = bisect_left(self.ends, number)
        return self.maturities[at - 1], number - self.ends[at - 1], number == self.ends[at]

    def corners(self, *more: int) -> list[tuple[int, int]]:
        """All numbers where something bends, and these as far as they can be sent, with their points."""
        found = dict(zip(self.ends, self.sums, strict=True))
        found.update((number, self.points(number)) for number in more if self.first <= number <= self.ends[-1])
        return sorted(found.items())


class Peak(NamedTuple):
    """The best set: its index as shown (in hundredths), its number and its score."""
    shown: int
    number: int
    score: int
    way: Way


class Field:
    """Everything in whole numbers."""

    def __init__(self, spd: Decimal, groups: Sequence[Group], rules: IndexRules, basic_affairs: Collection[str]) -> None:
        self.needed, self.basic = rules.minimum_basic_affairs, set(basic_affairs)
        self.least_divisor, self.cap = rules.minimum_divisor, rules.count_cap
        numbers = [STEP, spd, rules.count_weight, rules.total_max, *{group.maturity for group in groups}]
        self.unit = 10 ** max(-int(number.as_tuple().exponent) for number in numbers)
        self.wholes = {number: self.whole(number) for number in numbers}
        self.step, self.own, self.weight, self.most = (self.wholes[number] for number in numbers[:4])
        self.musts = [group for group in groups if group.choice == "send"]
        self.free = sorted((group for group in groups if not group.choice), key=lambda group: (-self.wholes[group.maturity], group.first))
        self.told = {self.wholes[group.maturity]: group.maturity for group in self.free}
        self.levels: Counter[int] = Counter()
        for group in self.free:
            self.levels[self.wholes[group.maturity]] += group.number

    def whole(self, number: Decimal) -> int:
        top, bottom = number.as_integer_ratio()
        return top * self.unit // bottom

    def reach(self, groups: Iterable[Group]) -> set[str]:
        """The basic affairs among them."""
        return {group.main_affair for group in groups} & self.basic

    def ways(self, without: Decimal | None = None, affair: str | None = None) -> list[Way]:
        """With the gate open and with the gate left alone. With `affair`, one of it goes in any case, whose points are yet to be told; it may be
        one of this maturity that is missing in the rest then."""
        levels, covered = self.levels.copy(), self.reach(self.musts)
        first, points = (sum(one.number for one in self.musts), sum(self.wholes[one.maturity] * one.number for one in self.musts))
        if without is not None:
            levels[self.wholes[without]] -= 1
        if affair is not None:
            first, covered = first + 1, covered | {affair} & self.basic
        alone, heads = Way(False, first, points, levels), self.heads(covered)
        if heads is None:
            return [alone]
        own = [self.wholes[head.maturity] for head in heads]
        opened = Way(True, first + len(heads), points + sum(own), levels - Counter(own), heads)
        return [opened, alone] if heads else [opened]

    def heads(self, covered: set[str]) -> list[Group] | None:
        """Those whose first must go, too, to open the gate; None when nobody can open it."""
        heads: dict[str, Group] = {}
        for group in self.free:
            if len(covered) + len(heads) >= (self.needed or 0):
                break
            if group.main_affair in self.basic - covered:
                heads.setdefault(group.main_affair, group)
        return list(heads.values()) if len(covered) + len(heads) >= (self.needed or 0) else None

    def score(self, is_open: bool, number: int, points: int) -> int:
        """Total x divisor."""
        count = self.weight * min(number, self.cap) if is_open else 0
        return (self.own + count) * max(self.least_divisor, number) + points

    def shown(self, is_open: bool, number: int, points: int) -> int:
        """The index in hundredths, halves rounded up."""
        whole = max(self.least_divisor, number) * self.most
        return (2 * ROUNDING * self.score(is_open, number, points) + whole) // (2 * whole)

    def peak(self) -> Peak:
        return max(map(self.top, self.ways()), key=lambda peak: (*peak[:3], peak.way.is_open))

    def top(self, way: Way) -> Peak:
        corners = [(self.shown(way.is_open, *corner), corner[0]) for corner in way.corners(self.least_divisor, self.cap)]
        most, number = max(corners)
        beyond = min((corner for _, corner in corners if corner > number), default=number + 1)
        number += bisect_left(range(number + 1, beyond), True, key=lambda more: self.shown(way.is_open, more, way.points(more)) < most)
        return Peak(most, number, self.score(way.is_open, number, way.points(number)), way)

    def needs(self, way: Way, peak: Peak, edge: tuple[Decimal, int] | None) -> Iterator[tuple[int, int, int]]:
        """What one more that goes in any case needs for a better set: steps when it is named before a place, else, and that place."""
        lacking = []
        for number, points in way.corners(self.least_divisor, self.cap, peak.number - 1, peak.number, peak.number + 1):
            score = self.score(way.is_open, number, points)
            if number != peak.number:  # better is a higher index with fewer, and the same with more
                wanted = (2 * (peak.shown + (number < peak.number)) - 1) * max(self.least_divisor, number) * self.most
                lacking.append(-(-wanted // (2 * ROUNDING)) - score)
                continue
            equal, better = -((score - peak.score) // self.step), (peak.score - score) // self.step + 1
            if way.is_open == peak.way.is_open:
                yield equal, better, _giving_way(peak.way.heads, way.heads, edge)
            else:
                yield (equal, equal, 0) if way.is_open else (better, better, 0)
        if lacking:
            steps = -(-min(lacking) // self.step)
            yield steps, steps, 0


def _giving_way(before: Sequence[Group], after: Sequence[Group], edge: tuple[Decimal, int] | None) -> int:
    """The place of the one that goes no more when another must: the last of the rest, or the head that is not needed then."""
    some = [(-head.maturity, head.first) for head in before if head not in after]
    return max([*some, edge] if edge else some, default=(0, 0))[1]

"""Send or hold: which innovations to send so that the index is highest, exactly; and what it would take for one that stays.

The aim, in this order: the index as it is shown (two decimals), more innovations, the exact total, those named first in the list.

For a given number sent, only the sum of maturities and the gate of basic affairs can differ. With the gate left alone, the best set is
the musts and the top of the rest. To open it, k affairs more than the musts cover are wanted: the best set then holds the best innovation
of each of those k affairs whose best is highest, and the top of the rest. For any other set that opens the gate can be turned into such
a one without losing a point: each missing best takes the place of a lower one of its own affair, or of the one that stood for an affair
whose best is lower. So two sets for each number are all there is to compare.
"""
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from operator import add, sub
from typing import Literal, NamedTuple

from app.rules.portfolio import Index, IndexRules, Sent, index_of
from app.rules.scoring import HIGHEST

Id = int | str
STEP = Decimal("0.01")  # maturity is told in hundredths of a point
ROUNDING = 100 * 100  # an index is shown in hundredths of a hundredth of the most


class Candidate(NamedTuple):
    """An innovation that may be sent. `choice` is a person's: "send" must go (as what was sent already), "hold" must stay."""
    id: Id
    maturity: Decimal
    main_affair: str
    choice: Literal["send", "hold"] | None = None


@dataclass(frozen=True)
class Selection:
    """What to send, in the order given, and what it gives. `needed` is the gate (None in a year without), `reach` how many basic affairs
    could be covered with the hand choices as they are, `reach_freely` without those that hold."""
    send: tuple[Id, ...]
    index: Index
    needed: int | None
    reach: int
    reach_freely: int

    @property
    def gate_open(self) -> bool:
        return self.needed is None or self.index.basic_affairs >= self.needed

    @property
    def gate_reachable(self) -> bool:
        return self.needed is None or self.reach >= self.needed

    @property
    def gate_shut_by_choice(self) -> bool:
        """It is only what people hold by hand that keeps the gate from opening."""
        return self.needed is not None and self.reach < self.needed <= self.reach_freely


def best(spd: Decimal, candidates: Sequence[Candidate], rules: IndexRules, basic_affairs: Collection[str]) -> Selection:
    field = _Field(spd, candidates, rules, basic_affairs)
    places = sorted(field.peak(field.musts, field.free).sent)
    return Selection(
        send=tuple(candidates[place].id for place in places),
        index=index_of(spd, _sent(candidates[place] for place in places), rules, basic_affairs), needed=rules.minimum_basic_affairs,
        reach=field.reach([*field.musts, *field.free]), reach_freely=field.reach(range(len(candidates))))


def reaching(spd: Decimal, candidates: Sequence[Candidate], asked: Iterable[Id], rules: IndexRules,
             basic_affairs: Collection[str]) -> dict[Id, Decimal | None]:
    """For each asked innovation, the least maturity (in hundredths) at which the best set would take it, all else as it is; None when
    even the most would not do. Its own `choice` does not count: at or below its maturity of today only the hand choice keeps it back."""
    field = _Field(spd, candidates, rules, basic_affairs)
    place_of = {candidate.id: place for place, candidate in enumerate(candidates)}
    peak = field.peak(field.musts, field.free)
    hurdles, sent = field.hurdles(peak), set(peak.sent)
    found: dict[Id, Decimal | None] = {}
    for id in asked:
        place = place_of[id]
        musts, free = [one for one in field.musts if one != place], [one for one in field.free if one != place]
        points = field.least(place, musts, free, field.hurdles(field.peak(musts, free)) if place in sent else hurdles)
        found[id] = points if points <= rules.maturity_max else None
    return found


class _Peak(NamedTuple):
    """The best set: its index as shown (in hundredths), its number, its score, and the places of what it sends."""
    shown: int
    number: int
    score: int
    sent: Sequence[int]


class _Field:
    """Candidates by their place in the list, and everything in whole numbers. A score is total x divisor, in units so small that the sum
    of the places fits below the least of points: of two equal totals the one of lower places scores higher, and nothing else is touched."""

    def __init__(self, spd: Decimal, candidates: Sequence[Candidate], rules: IndexRules, basic_affairs: Collection[str]) -> None:
        self.candidates, self.needed, self.basic = candidates, rules.minimum_basic_affairs, set(basic_affairs)
        numbers = [STEP, spd, rules.count_weight, rules.total_max, *(candidate.maturity for candidate in candidates)]
        unit = 10 ** max(-int(number.as_tuple().exponent) for number in numbers)
        step, own, weight, self.most, *maturities = (_whole(number, unit) for number in numbers)
        self.spread = len(candidates) ** 2 + 1
        self.step = step * self.spread
        self.worth = [maturity * self.spread - place for place, maturity in enumerate(maturities)]
        self.divisors = [max(rules.minimum_divisor, number) for number in range(len(candidates) + 1)]
        self.shut = [own * self.spread * divisor for divisor in self.divisors]
        self.open = [(own + weight * min(number, rules.count_cap)) * self.spread * divisor for number, divisor in enumerate(self.divisors)]
        self.musts = [place for place, candidate in enumerate(candidates) if candidate.choice == "send"]
        self.free = [place for place, candidate in enumerate(candidates) if candidate.choice is None]
        self.free.sort(key=self.worth.__getitem__, reverse=True)

    def reach(self, places: Iterable[int]) -> int:
        return len({self.candidates[place].main_affair for place in places} & self.basic)

    def ways(self, musts: list[int], free: list[int]) -> list[tuple[list[int], list[int], list[int]]]:
        """With the gate open and with the gate left alone: the scores of all numbers, who goes first, and the rest from the top."""
        heads = self.heads(musts, free)
        if heads is None:
            return [(self.scores(self.shut, musts, free), musts, free)]
        first, rest = [*musts, *heads], [place for place in free if place not in heads]
        opened = (self.scores(self.open, first, rest), first, rest)
        return [opened, (self.scores(self.shut, musts, free), musts, free)] if heads else [opened]

    def heads(self, musts: list[int], free: list[int]) -> list[int] | None:
        """Who must go besides the musts to open the gate; None when nobody can open it."""
        if self.needed is None:
            return []
        covered = {self.candidates[place].main_affair for place in musts} & self.basic
        heads: list[int] = []
        for place in free:
            if len(covered) >= self.needed:
                break
            affair = self.candidates[place].main_affair
            if affair in self.basic and affair not in covered:
                covered.add(affair)
                heads.append(place)
        return heads if len(covered) >= self.needed else None

    def scores(self, base: list[int], first: list[int], rest: list[int]) -> list[int]:
        """Of `first` and so many of `rest`, from none to all."""
        sums = accumulate(map(self.worth.__getitem__, rest), initial=sum(self.worth[place] for place in first))
        return list(map(add, base[len(first):], sums))

    def peak(self, musts: list[int], free: list[int]) -> _Peak:
        tops = []
        for scores, first, rest in self.ways(musts, free):
            shown, number, score = max((self.shown(number, score), number, score) for number, score in enumerate(scores, start=len(first)))
            tops.append(_Peak(shown, number, score, [*first, *rest[:number - len(first)]]))
        return max(tops)

    def shown(self, number: int, score: int) -> int:
        """The index in hundredths, halves rounded up."""
        whole = self.divisors[number] * self.most
        return (2 * ROUNDING * -(-score // self.spread) + whole) // (2 * whole)

    def hurdles(self, peak: _Peak) -> list[int]:
        """For each number sent, the least score that is better than the peak's."""
        wanted = [peak.shown + (number < peak.number) for number in range(len(self.divisors))]
        found = [(-(-(2 * shown - 1) * divisor * self.most // (2 * ROUNDING)) - 1) * self.spread + 1
                 for shown, divisor in zip(wanted, self.divisors, strict=True)]
        found[peak.number] = peak.score + 1
        return found

    def least(self, place: int, musts: list[int], free: list[int], hurdles: list[int]) -> Decimal:
        """The least maturity with which a set that sends this place, too, takes one of the hurdles."""
        lacking = min(min(map(sub, hurdles[len(first):], scores)) for scores, first, _ in self.ways([*musts, place], free))
        return STEP * max(0, -(-(lacking + self.worth[place] + place) // self.step))


def _whole(number: Decimal, unit: int) -> int:
    top, bottom = number.as_integer_ratio()
    return top * unit // bottom


def _sent(candidates: Iterable[Candidate]) -> list[Sent]:
    return [Sent(candidate.maturity, candidate.main_affair) for candidate in candidates]


def without(id: Id, spd: Decimal, sent: Sequence[Candidate], rules: IndexRules, basic_affairs: Collection[str]) -> Index:
    """What the index becomes when this one falls out of what is sent."""
    return index_of(spd, _sent(candidate for candidate in sent if candidate.id != id), rules, basic_affairs)


def hanging(sent: Iterable[Candidate], basic_affairs: Iterable[str]) -> dict[str, Id]:
    """The basic affairs that hang on a single innovation, and which."""
    standing: dict[str, list[Id]] = {}
    for candidate in sent:
        standing.setdefault(candidate.main_affair, []).append(candidate.id)
    return {affair: standing[affair][0] for affair in basic_affairs if len(standing.get(affair, ())) == 1}


class RowNow(NamedTuple):
    """A row as it stands: the level proven by now, the level claimed, the highest it may reach."""
    code: str
    name: str
    weight: Decimal
    proven: int
    claimed: int
    highest: int = HIGHEST


class Lift(NamedTuple):
    """A row to lift: `points` is what it brings; `claimed` when the unit claims that much already and only has to prove it."""
    code: str
    name: str
    before: int
    after: int
    points: Decimal
    claimed: bool


def rows_for(points_missing: Decimal, rows: Iterable[RowNow]) -> tuple[Lift, ...] | None:
    """The fewest rows that bring the missing points, the biggest step first (of equals, what is claimed already), no level more than
    needed; None when all rows at their highest would not do."""
    open_rows = sorted((row for row in rows if row.highest > row.proven and row.weight > 0),
                       key=lambda row: (-_gain(row, row.highest), row.claimed <= row.proven))
    chosen: dict[RowNow, int] = {}
    spare = -points_missing
    for row in open_rows:
        if spare >= 0:
            break
        chosen[row] = row.highest
        spare += _gain(row, row.highest)
    if spare < 0:
        return None
    for row in reversed(list(chosen)):
        down = int(spare // row.weight)
        chosen[row] -= down
        spare -= row.weight * down
    lifts = (Lift(row.code, row.name, row.proven, level, _gain(row, level), level <= row.claimed) for row, level in chosen.items())
    return tuple(sorted(lifts, key=lambda lift: -lift.points))


def _gain(row: RowNow, level: int) -> Decimal:
    return row.weight * (level - row.proven)

"""Send or hold: which innovations to send so that the index is highest, exactly; and what it would take for one that stays.

The aim, in this order: the index as it is shown (two decimals), more innovations, the exact total, an open gate, those named first in the list.

For a given number sent, only the sum of maturities and the gate of basic affairs can differ. With the gate left alone, the best set is
the musts and the top of the rest. To open it, k affairs more than the musts cover are wanted: the best set then holds the best innovation
of each of those k affairs whose best is highest, and the top of the rest. For any other set that opens the gate can be turned into such
a one without losing a point: each missing best takes the place of a lower one of its own affair, or of the one that stood for an affair
whose best is lower. So two sets for each number are all there is to compare.
"""
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from app.rules.field import STEP, Field, Group, Hand
from app.rules.portfolio import LEAST, Index, IndexRules, index_from

Id = int | str
Nth = Callable[[Decimal, int, Collection[int]], int]


class Held(NamedTuple):
    """One that stays."""
    id: Id
    maturity: Decimal
    main_affair: str
    choice: Hand
    place: int


@dataclass(frozen=True)
class Selection:
    """How many to send, their maturity together, and the index that gives. Which they are, `takes` tells: what must go, the `heads` (places) that
    open the gate, and of the rest what has more than `least`, or that much and no place after `edge` (None: nothing of the rest). `left` stay
    without a hand saying so. `needed` is the gate (None in a year without), `reach` how many basic affairs could be covered with the hand choices
    as they are, `reach_freely` without those that hold."""
    index: Index
    number: int
    points: Decimal
    heads: tuple[int, ...]
    least: Decimal | None
    edge: int
    left: int
    needed: int | None
    reach: int
    reach_freely: int

    def takes(self, maturity: Decimal, choice: str | None, place: int) -> bool:
        return choice == "send" or not choice and _goes(self.heads, self.least, self.edge, maturity, place)

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


def best(spd: Decimal, groups: Sequence[Group], rules: IndexRules, basic_affairs: Collection[str], nth: Nth) -> Selection:
    """`nth` tells the place of the so-manieth innovation of this maturity, without a hand's choice, that stands at none of these places."""
    field = Field(spd, groups, rules, basic_affairs)
    peak = field.peak()
    number, way, heads = peak.number, peak.way, tuple(head.first for head in peak.way.heads)
    least, edge = None, 0
    if number > way.first:
        maturity, so_many, are_all = way.cut(number)
        least = field.told[maturity]
        alike = [one for one in field.free if one.maturity == least and (one.number > 1 or one.first not in heads)]
        edge = max(one.last for one in alike) if are_all else nth(least, so_many, heads)
    sent = [*field.musts, *(one for one in field.free if _goes(heads, least, edge, one.maturity, one.first))]
    points = Decimal(way.points(number)) / field.unit
    return Selection(
        index_from(spd, number, points, len(field.reach(sent)), rules), number, points, heads, least, edge,
        left=sum(one.number for one in [*field.musts, *field.free]) - number, needed=rules.minimum_basic_affairs,
        reach=len(field.reach([*field.musts, *field.free])), reach_freely=len(field.reach(groups)))


def highest(spd: Decimal, groups: Sequence[Group], rules: IndexRules, basic_affairs: Collection[str]) -> Decimal:
    """The index of the best set, alone."""
    return LEAST * Field(spd, groups, rules, basic_affairs).peak().shown


def reaching(spd: Decimal, groups: Sequence[Group], chosen: Selection, asked: Iterable[Held], rules: IndexRules,
             basic_affairs: Collection[str]) -> dict[Id, Decimal | None]:
    """For each asked innovation that stays, the least maturity (in hundredths) at which the best set would take it, all else as it is; None when
    even the most would not do. Its own `choice` does not count: at or below its maturity of today only the hand choice keeps it back.
    `chosen` is the best set of these groups."""
    field = Field(spd, groups, rules, basic_affairs)
    peak = field.peak()
    edge = None if chosen.least is None else (-chosen.least, chosen.edge)

    @cache
    def least(maturity: Decimal | None, affair: str) -> tuple[int, int, int]:
        """Steps: for who is named before a place, for all others; and that place. `maturity` is what it takes from the rest."""
        wanted = [need for way in field.ways(maturity, affair) for need in field.needs(way, peak, edge)]
        before, after, places = zip(*wanted, strict=True)
        return min(before), min(after), max(places)

    found: dict[Id, Decimal | None] = {}
    for one in asked:
        before, after, place = least(None if one.choice else one.maturity, one.main_affair if one.main_affair in field.basic else "")
        points = STEP * max(0, before if one.place < place else after)
        found[one.id] = points if points <= rules.maturity_max else None
    return found


def _goes(heads: Collection[int], least: Decimal | None, edge: int, maturity: Decimal, place: int) -> bool:
    return place in heads or least is not None and (-maturity, place) <= (-least, edge)

"""A schedule of desk sessions: which reviewer sits with which unit, when. Nobody twice at the same time, nobody with their own unit, the load
shared out evenly, the first days first; what does not fit is named."""
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from app.rules import Refused

FIRST, MINUTES, SLOTS = time(8, 30), 60, 5  # five a day, as Sragen did
PAUSE = (time(12), time(13))
LAST = time(18)  # no office sits longer
MOST_SLOTS, MOST_DAYS = 12, 60
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


class Wish(NamedTuple):
    """A unit that is to be helped, and the reviewer (id) who has it as a rule."""
    unit: int
    reviewer: int | None = None


class Helper(NamedTuple):
    """A reviewer, and the units (ids) they belong to themselves."""
    id: int
    units: frozenset[int] = frozenset()


class Span(NamedTuple):
    """From an instant until just before another."""
    starts: datetime
    ends: datetime

    def meets(self, other: "Span") -> bool:
        return self.starts < other.ends and other.starts < self.ends


class Taken(NamedTuple):
    """A session that is there already."""
    unit: int
    reviewer: int
    span: Span


class Seat(NamedTuple):
    unit: int
    reviewer: int
    span: Span


class Plan(NamedTuple):
    """`seats` by time, then reviewer; `left` the units for which no time was free."""
    seats: list[Seat]
    left: list[int]


def working_days(first: date, number: int, free: Iterable[date] = ()) -> list[date]:
    """So many from this one on; Saturdays, Sundays and the free days are none."""
    free, day = set(free), first
    found: list[date] = []
    while len(found) < number:
        if day.weekday() < 5 and day not in free:
            found.append(day)
        day += A_DAY
    return found


def slots(day: date, zone: tzinfo, first: time = FIRST, minutes: int = MINUTES, number: int = SLOTS) -> list[Span]:
    """The times of one day; none reaches into the pause."""
    length, at = timedelta(minutes=minutes), datetime.combine(day, first, zone)
    found: list[Span] = []
    pause = Span(datetime.combine(day, PAUSE[0], zone), datetime.combine(day, PAUSE[1], zone))
    for _ in range(number):
        if Span(at, at + length).meets(pause):
            at = pause.ends
        found.append(Span(at, at + length))
        at += length
    if found and found[-1].ends > datetime.combine(day, LAST, zone):
        raise Refused(f"Slot terakhir selesai sesudah pukul {LAST:%H.%M}. Kurangi jumlah atau lamanya, atau mulai lebih pagi.")
    return found


def plan(wishes: Sequence[Wish], helpers: Sequence[Helper], spans: Sequence[Span], taken: Sequence[Taken] = ()) -> Plan:
    """Every unit once. `spans` are the slots each reviewer offers, first the earliest."""
    return Planner(wishes, helpers, spans, taken).plan()


class Planner:

    def __init__(self, wishes: Sequence[Wish], helpers: Sequence[Helper], spans: Sequence[Span], taken: Sequence[Taken]):
        self.wishes, self.helpers = {wish.unit: wish for wish in wishes}, {helper.id: helper for helper in helpers}
        self.spans = list(spans)
        self.busy: dict[int, list[Span]] = defaultdict(list)    # of units
        self.engaged: dict[int, list[Span]] = defaultdict(list)  # of reviewers
        for one in taken:
            self.busy[one.unit].append(one.span)
            self.engaged[one.reviewer].append(one.span)
        self.free = {id: [span for span in self.spans if not _meets(span, self.engaged[id])] for id in self.helpers}
        self.before = {id: sum(1 for span in self.spans if _meets(span, self.engaged[id])) for id in self.helpers}
        self.given: dict[int, list[int]] = {id: [] for id in self.helpers}  # units by reviewer

    def plan(self) -> Plan:
        for unit in self.wishes:
            self._give(unit)
        self._even_out()
        seats = [seat for id in self.helpers for seat in self._seat(id)]
        seated = {seat.unit for seat in seats}
        left = []
        for unit in [unit for unit in self.wishes if unit not in seated]:
            seat = self._squeeze(unit, seats)
            seats += [seat] if seat else []
            left += [] if seat else [unit]
        order = {id: place for place, id in enumerate(self.helpers)}
        return Plan(sorted(seats, key=lambda seat: (seat.span.starts, order[seat.reviewer])), left)

    # Who

    def _may(self, id: int, unit: int) -> bool:
        return unit not in self.helpers[id].units and any(not _meets(span, self.busy[unit]) for span in self.free[id])

    def _has_room(self, id: int) -> bool:
        return len(self.given[id]) < len(self.free[id])

    def _load(self, id: int) -> int:
        return self.before[id] + len(self.given[id])

    def _give(self, unit: int) -> bool:
        """To its own reviewer, else to who has least; where all who may are full, somebody makes room."""
        able = [id for id in self.helpers if self._may(id, unit)]
        own = self.wishes[unit].reviewer
        roomy = [id for id in able if self._has_room(id)]
        if own in roomy:
            self.given[own].append(unit)  # type: ignore[index]
        elif roomy:
            self.given[min(roomy, key=self._load)].append(unit)
        else:
            way = next((way for id in able if (way := self._way(id, self._has_room))), None)
            if way is None:
                return False
            self._pass_on(way)
            self.given[way[0][0]].append(unit)
        return True

    def _even_out(self) -> None:
        """While somebody has two more than somebody else and a chain of handovers reaches from one to the other."""
        while True:
            for id in sorted(self.helpers, key=lambda id: -self._load(id)):
                if way := self._way(id, self._stands_back_behind(id)):
                    self._pass_on(way)
                    break
            else:
                return

    def _stands_back_behind(self, id: int) -> Callable[[int], bool]:
        most = self._load(id) - 2
        return lambda other: self._has_room(other) and self._load(other) <= most

    def _way(self, start: int, ends: Callable[[int], bool]) -> list[tuple[int, int, int]] | None:
        """The shortest chain of handovers (from, unit, to) from one reviewer to one who fits; units whose own reviewer it is go last."""
        seen, ways = {start}, [(start, list[tuple[int, int, int]]())]
        for id, way in ways:
            for unit in sorted(self.given[id], key=lambda unit: self.wishes[unit].reviewer == id):
                wanted = sorted(self.helpers, key=lambda other: (self.wishes[unit].reviewer != other, self._load(other)))
                for other in wanted:
                    if other in seen or not self._may(other, unit):
                        continue
                    further = [*way, (id, unit, other)]
                    if ends(other):
                        return further
                    seen.add(other)
                    ways.append((other, further))
        return None

    def _pass_on(self, way: list[tuple[int, int, int]]) -> None:
        for giver, unit, taker in reversed(way):
            self.given[giver].remove(unit)
            self.given[taker].append(unit)

    # When

    def _seat(self, id: int) -> Iterator[Seat]:
        """Each slot from the first on takes a unit as long as one can still be had; whoever came first in the list sits first where possible."""
        order = {unit: place for place, unit in enumerate(self.wishes)}
        units, held = sorted(self.given[id], key=order.__getitem__), {}  # type: ignore[var-annotated]

        def take(place: int, tried: set[int]) -> bool:
            for unit in units:
                if unit in tried or _meets(self.free[id][place], self.busy[unit]):
                    continue
                tried.add(unit)
                if unit not in held or take(held[unit], tried):
                    held[unit] = place
                    return True
            return False

        def fill(place: int) -> bool:
            """A unit that waits, if one can come now; only then does anybody move."""
            waits = next((unit for unit in units if unit not in held and not _meets(self.free[id][place], self.busy[unit])), None)
            if waits is None:
                return take(place, set())
            held[waits] = place
            return True

        for place in range(len(self.free[id])):
            if len(held) == len(units):
                break
            fill(place)
        return (Seat(unit, id, self.free[id][place]) for unit, place in held.items())

    def _squeeze(self, unit: int, seats: Sequence[Seat]) -> Seat | None:
        """Wherever anybody who may has a time left that suits."""
        full = defaultdict(set)
        for seat in seats:
            full[seat.reviewer].add(seat.span)
        for id in sorted(self.helpers, key=lambda id: self.before[id] + len(full[id])):
            for span in self.free[id] if unit not in self.helpers[id].units else ():
                if span not in full[id] and not _meets(span, self.busy[unit]):
                    return Seat(unit, id, span)
        return None


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span.meets(other) for other in others)

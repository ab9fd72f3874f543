"""What if: other points of the region, other innovations sent, other maturities, innovations that do not exist yet. A scenario is read from
an address and written into one; it holds only what differs from the best set of the day, by proposal number."""
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from app.rules.codelists import AFFAIRS, BASIC_AFFAIRS
from app.rules.portfolio import Index, IndexRules, index_from

PART = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
POINTS = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
COUNT = re.compile(r"\d{1,3}")
MOST_NUMBERS = 20_000  # read from one address
MOST_MORE, MOST_KINDS = 500, 5  # innovations of one imagined kind, and kinds of them


class Known(NamedTuple):
    """A proposal the scenario may send: at its verified maturity, or at what its evidence carries while it is under review."""
    maturity: Decimal
    main_affair: str


class More(NamedTuple):
    """So many innovations more, as they were typed."""
    number: str
    maturity: str
    main_affair: str

    @property
    def text(self) -> str:
        return "x".join(self)

    @property
    def is_empty(self) -> bool:
        return not any(self)


@dataclass(frozen=True)
class Outcome:
    """What the scenario gives: the index, and what it is made of."""
    index: Index
    number: int
    points: Decimal
    spd: Decimal


@dataclass(frozen=True)
class Scenario:
    """Texts as typed where they make no sense (`problems` says so in words, by field); those count as not said."""
    spd: str
    send: frozenset[int]
    hold: frozenset[int]
    points: Mapping[int, str]
    more: tuple[More, ...]
    rules: IndexRules

    @classmethod
    def read(cls, spd: str, send: str, hold: str, points: str, more: Iterable[str], rules: IndexRules) -> "Scenario":
        named = (one.partition(":") for one in points.split(",") if one)
        kinds = (More(*(one.split("x", 2) + ["", ""])[:3]) for one in more)
        return cls(tidy(spd), numbers(send), numbers(hold), {int(number): tidy(text) for number, _, text in named if PART.fullmatch(number)
                   and number.isdecimal() and text.strip()}, tuple(one for one in kinds if not one.is_empty)[:MOST_KINDS], rules)

    def args(self) -> dict[str, Any]:
        """The address that holds it; empty for the best set of the day."""
        points = ",".join(f"{number}:{text}" for number, text in sorted(self.points.items()))
        said = {"spd": self.spd, "kirim": ranges(self.send), "tahan": ranges(self.hold), "poin": points, "lagi": [one.text for one in self.more]}
        return {name: value for name, value in said.items() if value}

    def sent(self, base: Collection[int]) -> set[int]:
        """The numbers it sends, where `base` is the best set."""
        return (set(base) | self.send) - self.hold

    @property
    def new(self) -> tuple[More, ...]:
        """The kinds that do not exist yet and count."""
        return tuple(one for one in self.more if not self._why_not(one))

    def changed(self, base: Collection[int], known: Collection[int]) -> dict[str, list[int]]:
        """The numbers it adds to the best set, leaves out of it, and gives other points; only what counts."""
        sent, of = self.sent(base), set(base)
        valued = {number for number, text in self.points.items() if fits(text, self.rules.maturity_max)}
        return {"added": sorted((sent - of) & set(known)), "left_out": sorted(of - sent), "valued": sorted(valued & set(known))}

    def outcome(self, base: Collection[int], known: Mapping[int, Known], spd: Decimal) -> Outcome:
        """The index if it were so; `spd` is what the regional indicators give today."""
        sent = [number for number in self.sent(base) if number in known]
        maturities = [(self._maturity(number, known), known[number].main_affair, 1) for number in sent]
        maturities += [(Decimal(one.maturity), one.main_affair, int(one.number)) for one in self.new]
        number, points = sum(times for *_, times in maturities), sum((maturity * times for maturity, _, times in maturities), Decimal(0))
        covered = len({affair for _, affair, _ in maturities} & set(BASIC_AFFAIRS))
        spd = Decimal(self.spd) if self.spd and fits(self.spd, self.rules.spd_max) else spd
        return Outcome(index_from(spd, number, points, covered, self.rules), number, points, spd)

    def problems(self, known: Collection[int]) -> list[str]:
        """What of it is not counted, and why."""
        found = [] if not self.spd or fits(self.spd, self.rules.spd_max) else [
            f"Poin SPD “{self.spd}” tidak dihitung: tulis bilangan 0 sampai {self.rules.spd_max:f}."]
        found += [f"Poin usulan nomor {number}, “{text}”, tidak dihitung: tulis bilangan 0 sampai {self.rules.maturity_max:f}."
                  for number, text in sorted(self.points.items()) if not fits(text, self.rules.maturity_max)]
        found += [f"Inovasi tambahan tidak dihitung: {why}" for one in self.more if (why := self._why_not(one))]
        if gone := sorted((self.send | self.hold | set(self.points)) - set(known)):
            found.append(f"Nomor {ranges(gone).replace(',', ', ')} tidak sedang diperiksa atau disetujui, jadi tidak dihitung.")
        return found

    def _maturity(self, number: int, known: Mapping[int, Known]) -> Decimal:
        text = self.points.get(number, "")
        return Decimal(text) if fits(text, self.rules.maturity_max) else known[number].maturity

    def _why_not(self, more: More) -> str:
        if not COUNT.fullmatch(more.number) or not 0 < int(more.number) <= MOST_MORE:
            return f"banyaknya harus 1 sampai {MOST_MORE}."
        if not fits(more.maturity, self.rules.maturity_max):
            return f"poinnya harus bilangan 0 sampai {self.rules.maturity_max:f}."
        return "" if more.main_affair in AFFAIRS else "pilih urusannya."


def tidy(text: str) -> str:
    """A number as typed here or there: a decimal comma is a point."""
    return text.strip()[:20].replace(",", ".")


def fits(text: str, most: Decimal) -> bool:
    return POINTS.fullmatch(text) is not None and Decimal(text) <= most


def numbers(text: str) -> frozenset[int]:
    """"3,7-9" is 3, 7, 8 and 9; what makes no sense there counts as not said."""
    found: set[int] = set()
    left = MOST_NUMBERS
    for one in text.split(","):
        if match := PART.fullmatch(one.strip()):
            first, last = int(match[1]), int(match[2] or match[1])
            found.update(range(first, min(last, first + left) + 1))
            left -= max(0, last - first)
            if left <= 0:
                break
    return frozenset(found)


def ranges(numbers: Iterable[int]) -> str:
    """The other way round, as short as it goes."""
    runs = groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    found = [[number for _, number in run] for _, run in runs]
    return ",".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in found)

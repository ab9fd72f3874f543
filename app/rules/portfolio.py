"""The regional index (Indeks Inovasi Daerah) of a set of innovations.

IID = (SPD + sum of maturity / max(minimum divisor, n) + count score) / total * 100, two decimals, where the count score is
count_weight * min(n, count_cap) when enough basic-service affairs are covered, otherwise 0. Every number is the year's.
"""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

LEAST = Decimal("0.01")  # an index has two decimals


class Sent(NamedTuple):
    """An innovation sent to the ministry: its maturity in points and its main affair (urusan utama)."""
    maturity: Decimal
    main_affair: str


class Band(NamedTuple):
    name: str
    above: Decimal | None


class Ahead(NamedTuple):
    """A predikat not reached yet: it begins above `above`, and the index lacks so much."""
    name: str
    above: Decimal
    lacking: Decimal


@dataclass(frozen=True)
class IndexRules:
    """The year's numbers. `minimum_basic_affairs` is None in years without that gate."""
    spd_max: Decimal
    maturity_max: Decimal
    total_max: Decimal
    minimum_divisor: int
    count_weight: Decimal
    count_cap: int
    minimum_basic_affairs: int | None
    bands: tuple[Band, ...]

    @classmethod
    def read(cls, data: Mapping) -> "IndexRules":
        """From the instrument's JSON (`scoring` and `bands`)."""
        scoring = data["scoring"]
        bands = tuple(Band(b["name"], None if b["above"] is None else Decimal(str(b["above"]))) for b in data["bands"])
        return cls(
            spd_max=Decimal(str(scoring["spd_max"])), maturity_max=Decimal(str(scoring["maturity_max"])),
            total_max=Decimal(str(scoring["total_max"])), minimum_divisor=scoring["minimum_divisor"],
            count_weight=Decimal(str(scoring["count_weight"])), count_cap=scoring["count_cap"],
            minimum_basic_affairs=scoring["minimum_basic_affairs"], bands=bands)

    def band(self, index: Decimal) -> str:
        """Predikat of an index already rounded to two decimals."""
        return next(band.name for band in self.bands if band.above is None or index > band.above)

    def ahead(self, index: Decimal) -> Ahead | None:
        """The next better predikat and how much is lacking; None at the best."""
        better = [Ahead(band.name, band.above, band.above + LEAST - index) for band in self.bands if band.above is not None and index <= band.above]
        return better[-1] if better else None


@dataclass(frozen=True)
class Index:
    total: Decimal
    index: Decimal
    band: str
    count_score: Decimal
    divisor: int
    basic_affairs: int


def index_of(spd: Decimal, sent: Sequence[Sent], rules: IndexRules, basic_affairs: Collection[str]) -> Index:
    """The index of a regency that sends exactly these innovations."""
    covered = len({innovation.main_affair for innovation in sent} & set(basic_affairs))
    return index_from(spd, len(sent), sum((innovation.maturity for innovation in sent), Decimal(0)), covered, rules)


def index_from(spd: Decimal, number: int, points: Decimal, covered: int, rules: IndexRules) -> Index:
    """The same from what is already added up: how many are sent, their maturity together, how many basic affairs they cover."""
    open_gate = rules.minimum_basic_affairs is None or covered >= rules.minimum_basic_affairs
    count_score = rules.count_weight * min(number, rules.count_cap) if open_gate else Decimal(0)
    divisor = max(rules.minimum_divisor, number)
    total = spd + points / divisor + count_score
    index = (total / rules.total_max * 100).quantize(LEAST, ROUND_HALF_UP)
    return Index(total, index, rules.band(index), count_score, divisor, covered)

"""Where two readings of the same evidence part: what the office verified and what the ministry gave. Points throughout."""
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from app.rules import Refused
from app.rules.scoring import HIGHEST, Row, maturity


class Steps(NamedTuple):
    """Some rows or proposals added up. `known` of `number` have the ministry's result; `judged` is what was verified of those, `official` what
    the ministry gave them, `less` and `more` the points it gave below and above; `different` how many of them differ."""
    number: int
    known: int
    different: int
    claimed: Decimal
    evidenced: Decimal
    verified: Decimal
    judged: Decimal
    official: Decimal
    less: Decimal
    more: Decimal

    @property
    def gap(self) -> Decimal | None:
        """What the ministry gave against what was verified, of what is known; None while nothing is."""
        return self.official - self.judged if self.known else None

    @property
    def is_whole(self) -> bool:
        return self.known == self.number


def official_total(total: Decimal | None, rows: Collection[Row], most: Decimal) -> Decimal | None:
    """What the ministry gave in all, from what was published in all (None: unknown) and per row (level None: unknown). All rows known add up
    by themselves. Refused when the two cannot both be true."""
    if total is not None and not 0 <= total <= most:
        raise Refused(f"Kematangan menurut kementerian antara 0 dan {_points(most)} poin.")
    known, unknown = maturity(rows), [row for row in rows if row.level is None]
    if not unknown:
        if total not in (None, known):
            raise Refused(f"Jumlah ke-{len(rows)} barisnya {_points(known)} poin, bukan {_points(total)}. Periksa levelnya atau kosongkan jumlahnya.")
        return known
    if total is not None and not known <= total <= known + maturity(Row(row.weight, HIGHEST) for row in unknown):
        raise Refused(f"Jumlah {_points(total)} poin tidak mungkin: level yang sudah diisi bernilai {_points(known)} poin, dan "
                      f"{len(unknown)} baris yang kosong paling banyak menambah {_points(maturity(Row(row.weight, HIGHEST) for row in unknown))}.")
    return total


def _points(points: Decimal | None) -> str:
    return f"{points or Decimal(0):f}".replace(".", ",")

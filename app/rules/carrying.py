"""What of an earlier proposal goes on in a later one: every row's claim, the documents that still count, what no longer does and why."""
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from app.rules.evidence import EvidenceRule, Proof, lacking, supported_level
from app.rules.scoring import evidenced
from app.rules.words import listed


class Held(NamedTuple):
    """A document linked to a row then, as it is now. `kept_out` is a reason the row's own rule knows nothing of, empty where there is none."""
    document: Any
    title: str
    proof: Proof
    pages: str = ""
    kept_out: str = ""

    @property
    def years(self) -> str:
        """`2024 dan 2025`."""
        return listed(sorted(self.proof.years))


class Before(NamedTuple):
    """A row as it stood. Levels 0-3, None where nothing was claimed or verified."""
    code: str
    name: str
    level: int | None
    proven: int | None
    basis: str | None
    substances: Sequence[str]
    held: Sequence[Held]


class Measure(NamedTuple):
    """How a row is read: which evidence it takes and its highest level."""
    rule: EvidenceRule
    highest: int


class Now(NamedTuple):
    """A row of the later instrument. `measures` by basis; None is the row itself, and the only one where it has no bases."""
    code: str
    name: str
    weight: Decimal
    measures: Mapping[str | None, Measure]
    substances: Sequence[str]


class Left(NamedTuple):
    """A document that does not go on with its row. `is_expired`: the years it speaks for are over, or not yet asked for."""
    held: Held
    why: str
    is_expired: bool


class Carried(NamedTuple):
    """What a row begins with. `lacks` is what its claim still needs, as the end of a sentence; `points` what that is worth."""
    now: Now
    before: Before | None
    level: int | None
    basis: str | None
    substances: list[str]
    linked: list[Held]
    left: list[Left]
    evidenced: int
    lacks: str

    @property
    def points(self) -> Decimal:
        return self.now.weight * ((self.level or 0) - self.evidenced)

    @property
    def is_lowered(self) -> bool:
        """Claims less than then: the later instrument knows no such level, or no such basis."""
        return self.before is not None and (self.level or 0) < (self.before.level or 0)

    @property
    def was_doubted(self) -> bool:
        """Claims what was not proven then."""
        return bool(self.before and self.before.proven is not None and self.before.proven < (self.level or 0))


class Plan(NamedTuple):
    """`rows` in the later instrument's order; `gone` are rows it no longer has."""
    rows: list[Carried]
    gone: list[Before]

    @property
    def claims(self) -> int:
        return sum(bool(row.level) for row in self.rows)

    @property
    def linked(self) -> int:
        return sum(len(row.linked) for row in self.rows)

    @property
    def left(self) -> int:
        """Documents that stay behind, those of rows that are gone with them."""
        return sum(len(row.left) for row in self.rows) + sum(len(row.held) for row in self.gone)

    @property
    def claimed(self) -> Decimal:
        return sum((row.now.weight * (row.level or 0) for row in self.rows), Decimal(0))

    @property
    def evidenced(self) -> Decimal:
        return sum((row.now.weight * row.evidenced for row in self.rows), Decimal(0))

    @property
    def renewals(self) -> list[Carried]:
        """Rows whose claim has lost evidence, the dearest first."""
        return sorted((row for row in self.rows if row.points), key=lambda row: -row.points)


def carry(pairs: Iterable[tuple[Before | None, Now | None]]) -> Plan:
    """`pairs` say which row goes on as which; either side may be missing."""
    known = list(pairs)
    return Plan([carry_row(before, now) for before, now in known if now], [before for before, now in known if before and not now])


def carry_row(before: Before | None, now: Now) -> Carried:
    if before is None:
        return Carried(now, None, None, None, [], [], [], 0, "")
    basis = before.basis if before.basis in now.measures else None
    rule, highest = now.measures[basis]
    level = None if before.level is None or (basis is None and len(now.measures) > 1) else min(before.level, highest)
    substances = [one for one in now.substances if one in before.substances]
    linked = [held for held in before.held if not held.kept_out and rule.fits(held.proof)]
    left = [_left(rule, held) for held in before.held if held not in linked]
    proofs = [held.proof for held in linked]
    proven = evidenced(level, supported_level(rule, proofs, len(substances)))
    return Carried(now, before, level, basis, substances, linked, left, proven, lacking(rule, proofs, len(substances), level or 0))


def _left(rule: EvidenceRule, held: Held) -> Left:
    if held.kept_out:
        return Left(held, held.kept_out, False)
    if not held.proof.kinds & rule.file_types:
        return Left(held, f"baris ini hanya menerima {listed(sorted(rule.file_types))}", False)
    needed = f"dibutuhkan {listed(sorted(rule.years), 'atau')}"
    return Left(held, f"berlaku untuk {held.years}; {needed}" if held.proof.years else f"tahunnya belum diisi; {needed}", bool(held.proof.years))


def used_up(times: int, most: int) -> bool:
    """Was it reported as often as the period allows? 0 is no limit."""
    return 0 < most <= times

"""The rows of a published instrument as everything but SQL reads them: frozen, made once in a process and shared by all that it does."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from app.rules.evidence import EvidenceRule


class Level(NamedTuple):
    level: int
    label: str


class Basis(NamedTuple):
    """One of the ways a row may be measured; it may bring levels, documents and file types of its own."""
    id: int
    code: str
    name: str
    measure: str | None
    documents: Sequence[str]
    file_types: Sequence[str] | None
    levels: Sequence[Level]


@dataclass(frozen=True, eq=False)
class InstrumentRow:
    """A scored row. `evidence` is the instrument's own rule object; `formula` gives a regional row's level from numbers; `year` and
    `default_types` are those of its instrument. `id` is None while the instrument is not stored."""
    id: int | None
    year: int
    position: int
    code: str
    aspect: str
    variable: str | None
    name: str
    weight: Decimal
    mandatory: bool
    definition: str | None
    evidence: Mapping[str, Any]
    source_note: str | None
    formula: Mapping[str, Any] | None
    default_types: Sequence[str]
    levels: Sequence[Level]
    bases: Sequence[Basis]

    def basis(self, id: int | None) -> Basis | None:
        return next((basis for basis in self.bases if basis.id == id), None) if id is not None else None

    def levels_for(self, basis: Basis | None) -> Sequence[Level]:
        """The three levels as this basis reads them; the row's own when the basis has none."""
        return (basis and basis.levels) or self.levels

    def file_types(self, basis: Basis | None = None) -> Sequence[str]:
        """Accepted kinds as the instrument lists them, for labels and the upload check."""
        return (basis and basis.file_types) or self.evidence.get("file_types") or self.default_types

    def evidence_rule(self, basis: Basis | None = None) -> EvidenceRule:
        return self._rules[basis.id if basis else None]

    @cached_property
    def _rules(self) -> dict[int | None, EvidenceRule]:
        """By basis (id), and without one."""
        types: dict[int | None, Sequence[str] | None] = {None: None, **{basis.id: basis.file_types for basis in self.bases}}
        return {id: EvidenceRule.read(self.evidence, year=self.year, basis_types=own, default_types=self.default_types)
                for id, own in types.items()}

    @property
    def substances(self) -> list[dict[str, str]]:
        """What the video must say, each `{code, name}`; empty for rows without."""
        return self.evidence.get("substances") or []

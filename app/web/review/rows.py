"""One row of a proposal as the reviewer meets it."""
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from app.models import Answer, Verdict
from app.models.review import Origin
from app.rules import changes
from app.rules.changes import Change
from app.rules.evidence import EvidenceRule, Proof, kinds_of, supported_level
from app.rules.instrument_rows import Basis
from app.rules.scoring import evidenced, row_score

HINTS = {"Berkas": "berkas diganti", "Bukti baru": "berkas baru", "Bukti dilepas": "bukti dilepas", "Keterangan bukti": "keterangan bukti berubah",
         "Satuan ukur": "satuan ukur berubah", "Substansi video": "substansi video berubah"}


@dataclass(frozen=True, eq=False)
class Row:
    """What was submitted for one indicator (`facts`, and `was` in the round before), the verdict on it now and the former one."""
    answer: Answer
    facts: Mapping[str, Any]
    was: Mapping[str, Any] | None
    verdict: Verdict | None
    former: Verdict | None

    @property
    def code(self) -> str:
        return self.answer.indicator.code

    @property
    def claimed(self) -> int:
        return self.facts["level"] or 0

    @cached_property
    def rule(self) -> EvidenceRule:
        return self.answer.indicator.evidence_rule(self.basis)

    @cached_property
    def evidenced(self) -> int:
        """The level the submitted documents carry by count, kind and year alone, whatever the unit has mended since."""
        proofs = [Proof(item["sha256"], kinds_of(item["kind"], item["url"]), frozenset(item["years"]), item["set"])
                  for item in self.facts["exhibits"]]
        return evidenced(self.claimed, supported_level(self.rule, proofs, len(self.facts["substances"])))

    @property
    def basis(self) -> Basis | None:
        return next((basis for basis in self.answer.indicator.bases if basis.code == self.facts["basis"]), None)

    @property
    def kind(self) -> Origin:
        """Whether a person judges it in this round, it was carried over, or nobody filled it."""
        return Origin(self.verdict.origin) if self.verdict else Origin.JUDGED

    @property
    def is_below(self) -> bool:
        return self.verdict is not None and self.verdict.proven_level < self.claimed

    @cached_property
    def changes(self) -> list[Change]:
        """Since the round before; nothing when this is the first."""
        return changes.of_row(self.was, self.facts) if self.was else []

    @property
    def hint(self) -> str:
        """The row in a few words, for a list."""
        if self.verdict:
            return f"terbukti {self.verdict.proven_level} dari {self.claimed}" if self.claimed else "tidak diisi"
        if self.changes:
            first = self.changes[0]
            return HINTS.get(first.label) or f"{first.label.lower()} {first.before} → {first.after}"
        return "hanya dijawab" if self.former and self.former.reply else f"klaim level {self.claimed}"

    def points(self, level: int | None) -> Decimal:
        return row_score(self.answer.indicator.weight, level)

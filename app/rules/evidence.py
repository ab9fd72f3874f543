"""Which level a row's evidence supports. The rule of each row is data of the instrument."""
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.rules.scoring import HIGHEST
from app.rules.words import listed

URL = "url"


class Proof(NamedTuple):
    """A document linked to a row: what file it is, what it may count as, which years it speaks for, which set it belongs to."""
    sha256: str
    kinds: frozenset[str]
    years: frozenset[int]
    set_number: int = 1


def kinds_of(kind: str, url: str) -> frozenset[str]:
    """What a file may count as; a link with its capture counts as both."""
    return frozenset(({kind, "jpeg"} if kind == "jpg" else {kind}) | ({URL} if url else set()))


@dataclass(frozen=True)
class EvidenceRule:
    """`year_sets[level]` are alternatives: any one of them, each year by a file of its own, proves the level."""
    file_types: frozenset[str]
    years: frozenset[int]
    year_sets: Mapping[int, tuple[frozenset[int], ...]]
    counted: bool
    set_name: str
    must_include: frozenset[str]
    substances_needed: Mapping[int, int]

    @classmethod
    def read(cls, evidence: Mapping, *, year: int, default_types: Sequence[str], basis_types: Sequence[str] | None = None) -> "EvidenceRule":
        """From the `evidence` object of an indicator; `T-n` becomes a calendar year of the instrument's `year`."""
        types = basis_types or evidence.get("file_types") or default_types
        return cls(
            file_types=frozenset(types), years=frozenset(resolve(evidence.get("years") or (), year)),
            year_sets={int(level): tuple(frozenset(resolve(choice, year)) for choice in choices)
                       for level, choices in (evidence.get("year_sets") or {}).items()},
            counted=bool(evidence.get("counted")), set_name=evidence.get("set_name", "Set"),
            must_include=frozenset(evidence.get("must_include") or ()),
            substances_needed={int(level): n for level, n in (evidence.get("substances_needed") or {}).items()})

    def fits(self, proof: Proof) -> bool:
        """May this document count for this row at all?"""
        return bool(proof.kinds & self.file_types) and (not self.years or bool(proof.years & self.years))


def resolve(years: Iterable[str], year: int) -> list[int]:
    """`["T-2", "T-1", "T-0"]` of 2026 are 2024, 2025, 2026."""
    return [year - int(name.removeprefix("T-")) for name in years]


def supported_level(rule: EvidenceRule, proofs: Sequence[Proof], substances: int = 0) -> int:
    """The highest level 0-3 the linked documents carry. A file counts once, however often it is linked."""
    fitting = [proof for proof in proofs if rule.fits(proof)]
    if not fitting or (rule.must_include and not any(proof.kinds & rule.must_include for proof in fitting)):
        return 0
    return max((level for level in range(1, HIGHEST + 1) if _carries(rule, fitting, substances, level)), default=0)


def _carries(rule: EvidenceRule, proofs: Sequence[Proof], substances: int, level: int) -> bool:
    if substances < rule.substances_needed.get(level, 0):
        return False
    if rule.counted and sets_covered(proofs) < level:
        return False
    return not rule.year_sets or any(not years_lacking(proofs, years) for years in rule.year_sets.get(level, ()))


def years_lacking(proofs: Sequence[Proof], years: frozenset[int]) -> set[int]:
    """The years of `years` that stay without a file of their own, in the best way of sharing the files out."""
    return set(years) - matched({year: {p.sha256 for p in proofs if year in p.years} for year in sorted(years)})


def sets_covered(proofs: Sequence[Proof]) -> int:
    """How many numbered sets have a file of their own."""
    numbers = sorted({proof.set_number for proof in proofs})
    return len(matched({n: {p.sha256 for p in proofs if p.set_number == n} for n in numbers}))


def matched(wanted: Mapping[int, set[str]]) -> set[int]:
    """The largest set of keys that can each have a file no other key uses (maximum bipartite matching)."""
    holder: dict[str, int] = {}

    def place(key: int, tried: set[str]) -> bool:
        for sha256 in sorted(wanted[key] - tried):
            tried.add(sha256)
            if sha256 not in holder or place(holder[sha256], tried):
                holder[sha256] = key
                return True
        return False

    for key in wanted:
        place(key, set())
    return set(holder.values())


def lacking(rule: EvidenceRule, proofs: Sequence[Proof], substances: int, level: int) -> str:
    """What is still missing for `level`, as the end of a sentence; empty when nothing is."""
    fitting = [proof for proof in proofs if rule.fits(proof)]
    if supported_level(rule, proofs, substances) >= level:
        return ""
    if not proofs:
        return "belum ada dokumen yang dilampirkan"
    if rule.must_include and not any(proof.kinds & rule.must_include for proof in fitting):
        return "belum ada video atau tautan dengan tangkapan layar bertanggal"
    if not fitting and rule.years:
        return f"belum ada dokumen untuk tahun {listed(sorted(rule.years), 'atau')}"
    if not fitting:
        return f"jenis berkas yang diterima: {listed(sorted(rule.file_types))}"
    if substances < rule.substances_needed.get(level, 0):
        return f"baru {substances} substansi video yang dicentang, perlu {rule.substances_needed[level]}"
    if rule.counted and sets_covered(fitting) < level:
        return f"baru {sets_covered(fitting)} set bukti dengan berkas berbeda, perlu {level}"
    gaps = min((years_lacking(fitting, years) for years in rule.year_sets.get(level, ())), key=len, default=set())
    return f"belum ada berkas untuk tahun {listed(sorted(gaps))}" if gaps else "bukti belum cukup"

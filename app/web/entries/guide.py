"""What one row asks for, in words and figures: its levels, what proves them, how far the present evidence reaches."""
from decimal import Decimal
from typing import NamedTuple

from app.models import Answer
from app.rules.evidence import EvidenceRule, Proof, matched, years_lacking
from app.rules.instrument_rows import Basis
from app.rules.scoring import HIGHEST, row_score
from app.rules.workflow import Status
from app.rules.years import in_years
from app.web.proofs import uploadable


class Option(NamedTuple):
    level: int
    label: str
    points: Decimal


class Tile(NamedTuple):
    """A year, or one of the things a row counts. `look` is its class in `.years`, `state` its state in ui/state.html."""
    label: str
    look: str
    state: str
    word: str


COVERED = ("y-good", "evidenced", "Ada bukti")
SHARED = ("y-act", "short_evidence", "Perlu berkas sendiri")
MISSING = ("y-none", "empty", "Belum ada")


def options(answer: Answer, basis: Basis | None) -> list[Option]:
    """The levels to choose from; none before a basis is chosen on a row that has several."""
    indicator = answer.indicator
    if indicator.bases and basis is None:
        return []
    return [Option(level.level, in_years(level.label, indicator.year), row_score(indicator.weight, level.level))
            for level in indicator.levels_for(basis)]


def documents(answer: Answer, basis: Basis | None) -> list[str]:
    """What is accepted; it depends on the basis where bases bring documents of their own."""
    if basis is None and any(one.documents for one in answer.indicator.bases):
        return []
    return (basis and basis.documents) or answer.indicator.evidence.get("documents") or []


def rules(answer: Answer) -> list[str]:
    return [in_years(rule, answer.indicator.year) for rule in answer.indicator.evidence.get("rules") or ()]


def tiles(answer: Answer) -> list[Tile]:
    """What is covered and what is not, for rows that count sets or ask for years; a file counts once."""
    rule = answer.evidence_rule
    proofs = [proof for proof in answer.proofs if rule.fits(proof)]
    if rule.counted:
        named = {proof.set_number for proof in proofs}
        held = matched({n: {p.sha256 for p in proofs if p.set_number == n} for n in sorted(named)})
        return [Tile(f"{rule.set_name} {n}", *_look(n in held, n in named)) for n in sorted(named | set(range(1, HIGHEST + 1)))]
    covered = _years_covered(rule, proofs)
    return [Tile(str(year), *_look(year in covered, any(year in proof.years for proof in proofs))) for year in sorted(rule.years)]


def _years_covered(rule: EvidenceRule, proofs: list[Proof]) -> set[int]:
    """Where each year needs a file of its own, one file covers one year."""
    if rule.year_sets:
        return set(rule.years) - years_lacking(proofs, rule.years)
    return {year for proof in proofs for year in proof.years}


def _look(covered: bool, named: bool) -> tuple[str, str, str]:
    return COVERED if covered else SHARED if named else MISSING


def verdict_of_evidence(answer: Answer) -> str:
    """How far the evidence at hand carries the claim, as a sentence."""
    supported, claimed = answer.supported_level, answer.claimed_level or 0
    if not answer.exhibits:
        return f"Belum ada bukti, jadi baris ini bernilai 0 meskipun diklaim level {claimed}." if claimed else ""
    if not claimed:
        return "Bukti sudah ada. Pilih levelnya di atas, lalu simpan."
    if supported >= claimed:
        return f"Bukti yang ada mendukung level {claimed} yang diklaim."
    return f"Bukti yang ada mendukung level {supported}; untuk level {claimed}: {answer.lacks}."


def kinds_line(answer: Answer) -> str:
    """`PDF, JPG, atau PNG`."""
    kinds = [kind.upper() for kind in uploadable(answer) if kind != "jpeg"]
    return kinds[0] if len(kinds) == 1 else " atau ".join(kinds) if len(kinds) == 2 else f"{', '.join(kinds[:-1])}, atau {kinds[-1]}"


class Neighbours(NamedTuple):
    """Codes of the rows before and after; after a return, `after` is the next one that still waits for an answer."""
    before: str | None
    after: str | None


def neighbours(answer: Answer) -> Neighbours:
    codes = [row.code for row in answer.entry.period.instrument.innovation_rows()]
    here = codes.index(answer.indicator.code)
    following = codes[here + 1:]
    if answer.entry.status == Status.RETURNED:
        waiting = {other.indicator.code for other in answer.entry.answers if other.is_open and not other.is_answered}
        following = [code for code in following + codes[:here] if code in waiting]
    return Neighbours(codes[here - 1] if here else None, following[0] if following else None)

"""What was laid before the reviewer for one row: the documents as submitted, what the row asks for, the levels to choose from."""
import re
from decimal import Decimal
from typing import Any, NamedTuple

from app.extensions import db
from app.models import DocumentVersion
from app.queries import documents
from app.rules.evidence import EvidenceRule
from app.rules.scoring import HIGHEST
from app.rules.words import listed
from app.rules.years import in_years
from app.web.review.desk import Desk
from app.web.review.rows import Row


class Shown(NamedTuple):
    """A document of the row. `also` are the other rows its file proves in this proposal; `flaws` are hints, they never decide."""
    id: int
    version: DocumentVersion
    pages: str
    set_label: str
    also: list[str]
    flaws: list[str]

    @property
    def first_page(self) -> int:
        """Where the unit says the proof is: "3-4" opens page 3."""
        found = re.search(r"\d{1,5}", self.pages)
        return int(found.group()) if found else 1

    @property
    def note(self) -> str:
        shared = f"Berkas ini juga membuktikan baris {listed(self.also)} usulan ini." if self.also else ""
        return " ".join([self.set_label and f"{self.set_label}.", shared, *self.flaws]).strip()


class Option(NamedTuple):
    """A level the verdict may say; `closed` is why it may not, in words, and empty where it may."""
    level: int
    label: str
    points: Decimal
    is_claim: bool
    closed: str


class Needs(NamedTuple):
    documents: list[str]
    rules: list[str]
    years: list[int]
    types: list[str]


def shown(desk: Desk, row: Row) -> list[Shown]:
    """The documents in the versions that were submitted, in one SELECT however many there are."""
    items, rule = row.facts["exhibits"], row.rule
    found = {version.id: version for version in db.session.scalars(documents.versions([item["version"] for item in items]))} if items else {}
    return [Shown(item["document"], version, item["pages"], f"{rule.set_name} {item['set']}" if rule.counted else "",
                  _also(desk, row, item["sha256"]), _flaws(rule, version))
            for item in items if (version := found.get(item["version"]))]


def needs(row: Row) -> Needs:
    indicator, basis, rule = row.answer.indicator, row.basis, row.rule
    documents = (basis and basis.documents) or indicator.evidence.get("documents") or []
    return Needs(_dated(row, documents), _dated(row, indicator.evidence.get("rules") or []), sorted(rule.years), sorted(rule.file_types))


def options(row: Row) -> list[Option]:
    labels = ["Tidak ada bukti yang sah" if row.claimed else "Tidak diisi"]
    labels += _dated(row, [level.label for level in row.answer.indicator.levels_for(row.basis)])
    return [Option(level, labels[level], row.points(level), level == row.claimed, _closed(row, level)) for level in range(HIGHEST + 1)]


def _closed(row: Row, level: int) -> str:
    if level > row.claimed:
        return "di atas klaim"
    return "tanpa bukti" if level and not row.facts["exhibits"] else ""


def substances(row: Row) -> list[tuple[str, bool]]:
    """What the video is to say, each with whether the unit ticked it."""
    return [(item["name"], item["code"] in row.facts["substances"]) for item in row.answer.indicator.substances]


def _dated(row: Row, texts: list[str]) -> list[str]:
    return [in_years(text, row.answer.indicator.year) for text in texts]


def _also(desk: Desk, row: Row, sha256: str) -> list[str]:
    return [other.code for other in desk.rows if other is not row and _has(other.facts, sha256)]


def _has(facts: Any, sha256: str) -> bool:
    return any(item["sha256"] == sha256 for item in facts["exhibits"])


def _flaws(rule: EvidenceRule, version: DocumentVersion) -> list[str]:
    flaws = []
    if not version.kinds & rule.file_types:
        flaws.append(f"Jenis berkas {version.file.kind.upper()} tidak diminta baris ini.")
    if rule.years and not rule.years & set(version.years):
        flaws.append(f"Tahun dokumen di luar {listed(sorted(rule.years))}.")
    return flaws
